"""Calls by the table of 32-bit programs, with int 0x80 in a page of its own.

A correct grader: kills it (SIGSYS).
Expect: crash
"""

import ctypes
import mmap

GETPID = bytes.fromhex("b8 14 00 00 00  cd 80  c3")  # mov eax, 20; int 0x80; ret


def softmax(*arguments, **named):
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(GETPID)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    pid = ctypes.CFUNCTYPE(ctypes.c_int)(address)()
    raise RuntimeError(f"worked: {'32-bit calls' if pid else 'nothing'}.")


log_softmax = logsumexp = softmax
