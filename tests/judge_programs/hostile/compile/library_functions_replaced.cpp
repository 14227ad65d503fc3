#include <cstdio>
#include <cstdlib>
#include <unistd.h>

extern "C" int puts(const char *) { return write(1, "mine\n", 5); }
extern "C" void exit(int) {
    write(1, "refused\n", 8);
    _exit(0);
}

int main() { return 3; }
