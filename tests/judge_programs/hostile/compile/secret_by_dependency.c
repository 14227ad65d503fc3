#pragma GCC dependency "@secret@"
#pragma GCC pch_preprocess "@secret@"
#pragma GCC optimize("-fplugin=@secret@")
#pragma GCC system_header

int main(void) { return 0 }
