"""Where a process cannot be copied, as on Windows, workers are started anew, and nothing protects.

A Linux without the calls that Windows lacks stands in for it; Windows itself was never tried.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nnkata.bundles import Bundles, Submission
from nnkata.cli.common import pick_course
from nnkata.jail.anew import Anew, _connected
from nnkata.jail.parent import LostError
from nnkata.seats import Jail, Seat
from nnkata.solution import Link

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
from nnkata.cli import main
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
    softmax = pick_course()[0].katas["softmax"]
    write(workspace, softmax.reference.read_text(encoding="utf-8"))
    assert set(outcomes(workspace).values()) == {"passed"}
    wrong = softmax.folder / "mistakes" / "global-max.py"
    write(workspace, wrong.read_text(encoding="utf-8") + "\nprint('seen')\n")
    done = kata(workspace, "check", "softmax")
    assert done.returncode == 1
    assert "What this looks like: global-max" in done.stdout
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
    with Jail(Anew()) as jail:
        seat = Seat(jail, course.katas["softmax"], course,
                    Bundles(course).of(course.katas["softmax"], module, MINE))  # fmt: skip
        seat.take(1, time.monotonic() + 60)
        assert seat.worker is not None
        link = Link(seat.worker, time.monotonic() + 1)
        with pytest.raises(LostError) as lost:
            seat.solution(link).softmax([1.0])
        assert lost.value.kind == "timeout"
        assert not jail.zygote.processes  # type: ignore[attr-defined]


def test_a_stranger_who_knows_the_port_is_let_go() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(30)
        token = b"t" * 16
        with (
            socket.create_connection(listener.getsockname()) as stranger,
            socket.create_connection(listener.getsockname()) as worker,
        ):
            stranger.sendall(b"x" * 16)
            worker.sendall(token + b"!")
            with _connected(listener, token) as found:
                assert found.recv(1) == b"!"


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        ("doctor", 0, "While a module is checked: level 0"),
        ("verify softmax", 0, "1 of 1 katas are done"),
        ("report", 0, "14 pages written"),
        ("grade .", 4, "level 0 is what can be had here"),
        ("check --debug softmax", 5, "this system cannot copy a process that runs (fork)"),
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
    softmax = pick_course()[0].katas["softmax"]
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
