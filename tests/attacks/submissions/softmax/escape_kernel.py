"""The large doors of the kernel: io_uring, bpf, perf, modules, keys, quotas, fanotify, ports.

A correct grader: refuses the calls: it allows a list and nothing beyond.
Expect: error
Level 0: not run: root could
"""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    """Make a system call of x86-64."""
    if libc.syscall(ctypes.c_long(number), *arguments) < 0:
        raise OSError(ctypes.get_errno(), "refused")

def worked(**acts):
    """Do each act, and say which of them were not refused."""
    done = []
    for name, act in acts.items():
        try:
            act()
        except BaseException:
            continue
        done.append(name)
    raise RuntimeError("worked: " + (", ".join(done) or "nothing") + ".")


def softmax(*arguments, **named):
    room = (ctypes.c_uint64 * 64)()
    worked(
        io_uring_setup=lambda: call(425, 4, room),
        io_uring_register=lambda: call(427, 0, 0, 0, 0),
        bpf=lambda: call(321, 0, room, 64),
        perf_event_open=lambda: call(298, room, 0, -1, -1, 0),
        fanotify_init=lambda: call(300, 0, 0),
        inotify_init=lambda: call(294, 0),
        epoll_create=lambda: call(291, 0),
        open_by_handle_at=lambda: call(304, -100, room, 0),
        modify_ldt=lambda: call(154, 0, room, 64),
        iopl=lambda: call(172, 3),
        vmsplice=lambda: call(278, 1, room, 0, 0),
        splice=lambda: call(275, 0, 0, 1, 0, 1, 0),
        process_madvise=lambda: call(440, 0, room, 0, 4, 0),
        seccomp=lambda: call(317, 1, 0, room),
        landlock=lambda: call(444, room, 8, 0),
        syslog=lambda: call(103, 10, 0, 0),
        unknown=lambda: call(999),
        huge_number=lambda: call(0x3FFFFFFF),
    )


log_softmax = logsumexp = softmax
