import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


class Part(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]


room = ctypes.create_string_buffer(8)
part = Part(ctypes.addressof(room), 8)
done = libc.process_vm_writev(os.getppid(), ctypes.byref(part), 1, ctypes.byref(part), 1, 0)
print("wrote" if done > 0 else "refused")
