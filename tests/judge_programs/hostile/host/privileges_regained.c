#include <stdio.h>
#include <sys/prctl.h>

int main(void) {
    int kept = prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0);
    puts(kept == 0 ? "may gain privileges" : "refused");
}
