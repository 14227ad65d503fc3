#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>

int main(void) {
    int found = mq_open("/dars", O_RDONLY) != (mqd_t)-1;
    mq_open("/dars", O_CREAT | O_RDWR, 0600, NULL);
    puts(found ? "found a queue" : "refused");
}
