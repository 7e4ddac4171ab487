"""Where a process cannot be copied, as on Windows, what needs no check works and the rest says so.

A Linux without the calls that Windows lacks stands in for it; Windows itself was never tried.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

WITHOUT = """
import os, select, socket, sys
for name in (
    "fork posix_spawn sysconf O_NOFOLLOW O_DIRECTORY O_NONBLOCK getuid geteuid killpg setsid "
    "sched_setaffinity sched_getaffinity mkfifo getpgid tcgetpgrp getpgrp waitid forkpty"
).split():
    delattr(os, name)
for name in ("poll", "epoll"):
    delattr(select, name)
for name in ("send_fds", "recv_fds", "AF_UNIX"):
    delattr(socket, name)
for module in ("fcntl", "resource", "termios", "pwd", "grp", "pty", "tty"):
    sys.modules[module] = None
os.supports_dir_fd = set()
from nnkata.cli import main
sys.exit(main())
"""


def kata(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *arguments], cwd=place, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("without")
    done = kata(place, "init", "net")
    assert done.returncode == 0, done.stderr
    return place / "net"


@pytest.mark.parametrize(
    "command",
    ["next", "list", "show softmax", "hint softmax", "reset softmax", "restore", "--help"],
)
def test_what_needs_no_check_works(command: str, workspace: Path) -> None:
    done = kata(workspace, *command.split())
    assert (done.returncode, done.stderr) == (0, "")


def test_the_network_trains(workspace: Path) -> None:
    done = kata(workspace, "train")
    assert done.returncode == 0, done.stderr
    assert "accuracy on images it has not seen" in done.stdout


@pytest.mark.parametrize(
    "command",
    ["check softmax", "check --debug softmax", "watch", "watch --page", "report", "doctor",
     "verify softmax", "grade ."],
)  # fmt: skip
def test_what_needs_one_says_what_is_missing(command: str, workspace: Path) -> None:
    done = kata(workspace, *command.split())
    assert done.returncode == 5
    assert "this system cannot copy a process that runs (fork)" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
