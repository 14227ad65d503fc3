#include <stdio.h>
#include <sys/fanotify.h>

int main(void) { puts(fanotify_init(FAN_CLASS_NOTIF, 0) >= 0 ? "watches" : "refused"); }
