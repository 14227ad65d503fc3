#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
    int made = 0;
    while (made < 300000 && mkdir("d", 0700) == 0 && chdir("d") == 0) made++;
    puts(made == 300000 ? "300000 folders" : "refused");
}
