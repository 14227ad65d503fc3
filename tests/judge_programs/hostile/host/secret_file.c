#include <stdio.h>

int main(void) {
    char line[256] = "";
    FILE *file = fopen("@secret@", "r");
    if (file && fgets(line, sizeof line, file)) puts(line);
    else puts("refused");
}
