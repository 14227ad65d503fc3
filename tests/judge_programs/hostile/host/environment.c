#include <stdio.h>
#include <string.h>

extern char **environ;

int main(void) {
    char path[64], all[1 << 16];
    int found = 0;
    for (char **one = environ; *one; one++)
        if (strstr(*one, "DARS") || strstr(*one, "TOKEN") || strstr(*one, "PASSWORD")) found = 1;
    for (int pid = 1; pid < 2000; pid++) {
        sprintf(path, "/proc/%d/environ", pid);
        FILE *file = fopen(path, "r");
        if (!file) continue;
        size_t size = fread(all, 1, sizeof all - 1, file);
        all[size] = 0;
        for (size_t i = 0; i < size; i += strlen(all + i) + 1)
            if (strstr(all + i, "DARS")) found = 1;
        fclose(file);
    }
    puts(found ? "found the environment" : "refused");
}
