"""UNIX sockets by path and by abstract name, netlink, vsock, and a name sent along the wire.

A correct grader: gives it no socket, and sends to no address.
Expect: error
"""

import os
import socket
import stat

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


def unix(address):
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(address)


def along_the_wire():
    for number in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                break
        except OSError:
            continue
    wire = socket.socket(fileno=os.dup(number))
    wire.sendmsg([b""], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, b"\0\0\0\0")])


def softmax(*arguments, **named):
    worked(
        path=lambda: unix("@temp@/nnkata-attack.socket"),
        abstract=lambda: unix("\0nnkata-attack"),
        pair=socket.socketpair,
        netlink=lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).close(),
        vsock=lambda: socket.socket(socket.AF_VSOCK).close(),
        descriptors=along_the_wire,
    )


log_softmax = logsumexp = softmax
