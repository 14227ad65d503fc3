__asm__(".macro again\nagain\nagain\n.endm\nagain");

int main(void) { return 0; }
