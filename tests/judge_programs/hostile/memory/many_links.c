#include <stdio.h>
#include <unistd.h>

int main(void) {
    char name[32];
    char target[4001];
    for (int i = 0; i < 4000; i++) target[i] = 'x';
    target[4000] = 0;
    int made = 0;
    for (; made < 150000; made++) {
        sprintf(name, "l%d", made);
        if (symlink(target, name)) break;
    }
    puts(made == 150000 ? "600 MB of links" : "refused");
}
