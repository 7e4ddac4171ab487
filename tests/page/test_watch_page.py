"""What `kata watch --page` says, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from nnkata.workspace.workspace import Workspace

from .conftest import Kata

PROGRAM = str(Path(sys.executable).with_name("kata"))


def test_a_port_that_is_taken_is_an_error_with_a_next_step(kata: Kata) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = kata("watch", "--port", str(port))
    assert done.returncode == 2
    assert f"the page cannot be served on port {port} of 127.0.0.1" in done.stderr
    assert "leave --port out" in done.stderr


@pytest.mark.parametrize("browser", ["/bin/true %s", "/nowhere/browser %s"])
def test_the_address_is_told_served_until_the_end_and_opened_when_asked(
    browser: str, workspace: Workspace
) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "KATA_"))}
    process = subprocess.Popen(
        [PROGRAM, "watch", "--open"], cwd=workspace.root, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=kept | {"BROWSER": browser, "PATH": "/nowhere", "DISPLAY": ""},
    )  # fmt: skip
    assert process.stdout is not None
    found = None
    for line in process.stdout:
        if found := re.match(r"The page: (http://127\.0\.0\.1:\d+/[\w-]+/)(.*)", line):
            break
    assert found is not None
    if "true" in browser:
        assert found[2] == ""
    else:
        told = f"{found[2]} {process.stdout.readline().strip()}"
        assert told == " (no browser could be started: open it yourself)"
    with urllib.request.urlopen(found[1], timeout=30) as answer:
        assert b"A neural network from nothing" in answer.read()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, "")
