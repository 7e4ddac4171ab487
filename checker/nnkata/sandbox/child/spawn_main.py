"""A worker in a new interpreter: it connects to the grader, and serves it like a forked worker.

python -P -s -S -B spawn_main.py PORT NUMPY_PARENT MSGSPEC_PARENT        (the token on stdin)
"""

from __future__ import annotations

import importlib.util
import io
import os
import socket
import sys


def main(port: int, numpy_parent: str, msgspec_parent: str) -> None:
    """Connect to the grader, import numpy, and serve until the grader closes the connection."""
    beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fork_server_main.py")
    spec = importlib.util.spec_from_file_location("fork_server_main", beside)
    assert spec is not None
    assert spec.loader is not None
    fork_server_main = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fork_server_main)
    token = sys.stdin.buffer.read()
    wire, output = (_connect(port, token) for _ in range(2))
    modules = fork_server_main.import_worker_modules(numpy_parent, msgspec_parent, "given_files")
    stream = io.TextIOWrapper(
        output.makefile("wb"), encoding="utf-8", errors="backslashreplace", write_through=True
    )
    sys.stdin = io.StringIO()
    sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = stream  # type: ignore[misc]
    modules["worker"].run(wire.detach(), show_given=modules["given_files"].write_own_files)


def _connect(port: int, token: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(token)
    return connection


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]), *sys.argv[2:])
    finally:
        os._exit(70)
