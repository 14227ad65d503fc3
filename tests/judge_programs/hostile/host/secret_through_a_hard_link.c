#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
    puts(link("@secret@", "hard") == 0 ? "linked" : "refused");
}
