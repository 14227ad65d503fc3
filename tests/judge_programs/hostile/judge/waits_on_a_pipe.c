#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
    mkfifo("door", 0600);
    open("door", O_RDONLY);
    int ends[2];
    pipe(ends);
    char byte;
    read(ends[0], &byte, 1);
}
