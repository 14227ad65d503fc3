// A file's handle opens it past every mount, for who may use it.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    struct file_handle *handle = calloc(1, sizeof *handle + 128);
    handle->handle_bytes = 8;
    handle->handle_type = 1;
    handle->f_handle[0] = 2;
    int root = open("/", O_RDONLY);
    puts(open_by_handle_at(root, handle, O_RDONLY) >= 0 ? "opened" : "refused");
}
