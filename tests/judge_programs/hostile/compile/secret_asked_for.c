#include <stdio.h>

int main(void) {
#if __has_include("@secret@") || __has_include("@cache@") || __has_include("/root/.bashrc")
    puts("it exists");
#else
    puts("refused");
#endif
}
