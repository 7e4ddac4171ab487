"""Where processes cannot be forked, as on Windows, each worker is a new, unprotected process.

The tests remove from Python on Linux the calls that Windows lacks; Windows itself is not tested.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nnkata.checking.proxy import Link
from nnkata.checking.runtime import BundleBuilder, Submission, WorkerSlot
from nnkata.cli.context import pick_course
from nnkata.course.mistakes import read_mistake
from nnkata.sandbox.pool import WorkerPool
from nnkata.sandbox.spawn import SpawnServer, _accept
from nnkata.sandbox.worker_client import WorkerLostError

COURSE = pick_course()[0]
WITHOUT = """
import os, select, socket, sys
for name in (
    "fork posix_spawn sysconf O_NOFOLLOW O_DIRECTORY O_NONBLOCK getuid geteuid killpg setsid "
    "sched_setaffinity sched_getaffinity mkfifo getpgid tcgetpgrp getpgrp waitid forkpty"
).split():
    delattr(os, name)
for name in ("poll", "epoll"):
    delattr(select, name)
for name in ("send_fds", "recv_fds"):
    delattr(socket, name)
for module in ("fcntl", "resource", "termios", "pwd", "grp", "pty", "tty"):
    sys.modules[module] = None
os.supports_dir_fd = set()
from nnkata.cli.app import main
sys.exit(main())
"""


MINE = Submission("mine", lambda _: "")


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


def write(workspace: Path, text: str) -> None:
    (workspace / "mynn" / "forward" / "softmax.py").write_text(text, encoding="utf-8")


def outcomes(workspace: Path) -> dict[str, str]:
    done = kata(workspace, "check", "softmax", "--json")
    (verdict,) = json.loads(done.stdout)["verdicts"]
    return {o["check"]: o["outcome"] for o in verdict["outcomes"]}


def test_a_right_module_passes_and_a_wrong_one_is_diagnosed(workspace: Path) -> None:
    softmax = COURSE.katas["softmax"]
    write(workspace, softmax.reference.read_text(encoding="utf-8"))
    assert set(outcomes(workspace).values()) == {"passed"}
    write(workspace, read_mistake(softmax, "global-max").module + "\nprint('seen')\n")
    done = kata(workspace, "check", "softmax")
    assert done.returncode == 1
    assert "Likely cause:" in done.stdout
    assert "seen" in done.stdout


def test_a_crash_costs_its_check_and_the_next_one_runs(workspace: Path) -> None:
    write(workspace, "import os\ndef softmax(z, axis=-1): os._exit(3)\n"
          "def log_softmax(z, axis=-1): raise ValueError('no')\n"
          "def logsumexp(z, axis=-1, keepdims=False): raise ValueError('no')\n")  # fmt: skip
    found = outcomes(workspace)
    assert set(found.values()) == {"crash", "error"}, found


def test_a_loop_is_stopped(workspace: Path) -> None:
    course = pick_course()[0]
    module = "def softmax(z, axis=-1):\n    while True: pass\n"
    with WorkerPool(SpawnServer()) as pool:
        slot = WorkerSlot(pool, course.katas["softmax"], course,
                    BundleBuilder(course).build(course.katas["softmax"], module, MINE))  # fmt: skip
        slot.load(1, time.monotonic() + 60)
        assert slot.worker is not None
        link = Link(slot.worker, time.monotonic() + 1)
        with pytest.raises(WorkerLostError) as lost:
            slot.solution(link).softmax([1.0])
        assert lost.value.kind == "timeout"
        assert not pool.server.processes  # type: ignore[attr-defined]


def test_a_connection_without_the_token_is_closed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(30)
        token = b"t" * 16
        with (
            socket.create_connection(listener.getsockname()) as stranger,
            socket.create_connection(listener.getsockname()) as worker,
        ):
            stranger.sendall(b"x" * 16)
            worker.sendall(token + b"!")
            with _accept(listener, token) as connection:
                assert connection.recv(1) == b"!"


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        ("doctor", 0, "Protection while a module is checked: level 0"),
        ("verify softmax", 0, "1 of 1 katas are done"),
        ("report", 0, f"{1 + len(COURSE.katas)} pages written"),
        ("grade .", 4, "only level 0 is available here"),
        ("check --debug softmax", 5, "this system cannot copy a running process (fork)"),
    ],
)
def test_the_other_commands_do_what_they_can(
    command: str, code: int, words: str, workspace: Path
) -> None:
    done = kata(workspace, *command.split())
    assert words in done.stdout + done.stderr
    assert done.returncode == code
    assert "Traceback" not in done.stderr


def test_a_save_is_checked(workspace: Path) -> None:
    softmax = COURSE.katas["softmax"]
    write(workspace, softmax.stub.read_text(encoding="utf-8"))
    with subprocess.Popen(
        [sys.executable, "-c", WITHOUT, "watch", "--plain"], cwd=workspace,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    ) as watch:  # fmt: skip
        try:
            assert watch.stdout is not None
            for line in watch.stdout:
                if line.startswith("Watching"):
                    write(workspace, softmax.reference.read_text(encoding="utf-8"))
                if "17 of 17 checks pass" in line:
                    break
            else:
                pytest.fail("the watch ended before a verdict")
        finally:
            watch.terminate()
