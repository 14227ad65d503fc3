#include <unistd.h>

int main(void) {
    ualarm(10000, 0);
    for (;;) pause();
}
