"""`kata` ends its process at once, and loses nothing by it."""

import subprocess
import sys

import pytest

LEAVE = """
import atexit, sys, threading
from nnkata.cli import app
atexit.register(print, "at exit")
sys.stdout.write("x" * 100_000 + "\\n")
sys.stderr.write("to stderr")
{more}
app.leave({code})
print("not left")
"""


def leave(code: object, more: str = "") -> subprocess.CompletedProcess[str]:
    program = LEAVE.format(code=code, more=more)
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)


@pytest.mark.parametrize("code", [0, 1, 5])
def test_what_was_written_arrives_and_the_exit_code_stands(code: int) -> None:
    done = leave(code)
    assert done.returncode == code
    assert done.stdout == "x" * 100_000 + "\nat exit\n"
    assert done.stderr == "to stderr"


@pytest.mark.parametrize(
    ("code", "more"),
    [
        (None, ""),
        ("'words'", ""),
        (0, "threading.Thread(target=threading.Event().wait, args=(0.2,)).start()"),
        (0, "sys.stderr.close()"),
    ],
)
def test_where_something_would_be_lost_python_ends_as_ever(code: object, more: str) -> None:
    assert "not left" in leave(code, more).stdout


def test_a_learners_own_program_finds_python_as_it_is() -> None:
    program = """
import gc, sys
from nnkata.cli import app
sys.argv = ["kata", "run", "-h"]
try:
    app.main()
finally:
    print(gc.get_threshold()[0])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.endswith("700\n")
