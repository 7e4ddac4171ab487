"""TCP and UDP to this machine, a port of its own, names by DNS.

A correct grader: gives it no socket.
Expect: error
"""

import socket

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

PORT = int("@port@")


def udp():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"stolen", ("127.0.0.1", PORT))


def listen():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()


def softmax(*arguments, **named):
    worked(
        tcp=lambda: socket.create_connection(("127.0.0.1", PORT), 1).close(),
        udp=udp,
        listen=listen,
        tcp6=lambda: socket.socket(socket.AF_INET6).close(),
        raw=lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1).close(),
        packet=lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW).close(),
    )


log_softmax = logsumexp = softmax
