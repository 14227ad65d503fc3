#include "../../../../../../../../..@secret@"
#include "/proc/self/root@secret@"
#include "/proc/1/root@secret@"
#include "/proc/self/cwd/../../../..@secret@"

int main() {}
