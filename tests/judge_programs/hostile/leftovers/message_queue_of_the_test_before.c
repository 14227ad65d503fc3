#include <stdio.h>
#include <sys/ipc.h>
#include <sys/msg.h>

int main(void) {
    int found = msgget(0x44617273, 0600) >= 0;
    msgget(0x44617273, IPC_CREAT | 0600);
    puts(found ? "found a queue" : "refused");
}
