"""A worker that was started anew: it connects to the grader, and serves it as a forked one does.

python -P -s -S -B spawn_main.py PORT NUMPY_HOME MSGSPEC_HOME        (the token on stdin)
"""

from __future__ import annotations

import importlib.util
import io
import os
import socket
import sys


def main(port: int, numpy_home: str, msgspec_home: str) -> None:
    """Connect, load numpy, and serve until the grader goes away."""
    beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fork_server_main.py")
    spec = importlib.util.spec_from_file_location("fork_server_main", beside)
    assert spec is not None
    assert spec.loader is not None
    fork_server_main = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fork_server_main)
    token = sys.stdin.buffer.read()
    wire_end, output = (_connected(port, token) for _ in range(2))
    worker = fork_server_main.prepared(numpy_home, msgspec_home)["worker"]
    written = io.TextIOWrapper(
        output.makefile("wb"), encoding="utf-8", errors="backslashreplace", write_through=True
    )
    sys.stdin = io.StringIO()
    sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = written  # type: ignore[misc]
    worker.run(wire_end.detach())


def _connected(port: int, token: bytes) -> socket.socket:
    found = socket.create_connection(("127.0.0.1", port))
    found.sendall(token)
    return found


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]), *sys.argv[2:])
    finally:
        os._exit(70)
