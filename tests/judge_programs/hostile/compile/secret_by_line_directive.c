// The compiler shows the line of the file that it believes the mistake to be in.
#line 1 "@secret@"
int main(void) { return undeclared; }
