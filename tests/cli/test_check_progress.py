"""A check that takes a while says on a terminal how far it is, and leaves no trace of that."""

from __future__ import annotations

import io
import threading
import time
from functools import partial
from typing import Any

import pytest
from click.testing import CliRunner

from nnkata.cli.commands import check as check_command
from nnkata.cli.group import kata as command_line
from nnkata.cli.terminal.check_progress import CheckProgress

CHECKS = "\n".join(
    f'def test_{n}(solution):\n    """{n}."""\n    assert solution.f({n}) == {n}\n'
    for n in range(3)
)
KATA = {
    "reference": "def f(x): return x\n", "exports": ["f"], "checks": CHECKS, "points": 3,
    "limits": {"seconds": 1.0},
}  # fmt: skip
HANGS = "import time\ndef f(x):\n    time.sleep(30)\n"


class Terminal(io.StringIO):
    """Takes what is written, as a terminal does."""

    def isatty(self) -> bool:
        return True


def left_on(terminal: Terminal) -> str:
    """Return what is on the last line in the end."""
    line = ""
    for part in terminal.getvalue().split("\r"):
        line = part + line[len(part) :]
    return line.strip()


def wait_until_shown(progress: CheckProgress) -> None:
    end = time.monotonic() + 10
    while progress.shown is None and time.monotonic() < end:
        time.sleep(0.01)
    assert progress.shown is not None


def test_nothing_appears_where_checks_are_quick() -> None:
    terminal, before = Terminal(), set(threading.enumerate())
    with CheckProgress(terminal, patience=30.0) as progress:
        progress.check("one", 1, 3)
    assert terminal.getvalue() == ""
    assert set(threading.enumerate()) <= before  # the process can end at once


def test_the_line_is_replaced_and_removed() -> None:
    terminal = Terminal()
    with CheckProgress(terminal, patience=0.0) as progress:
        progress.check("one", 9, 17)
        wait_until_shown(progress)
        progress.check("one", 10, 17)
        assert left_on(terminal) == "one: check 10 of 17"
        progress.say("shorter")
        assert left_on(terminal) == "shorter"
    assert left_on(terminal) == ""
    assert "\n" not in terminal.getvalue()


@pytest.mark.parametrize("quiet", [True, False])
def test_without_a_terminal_or_when_quiet_nothing_is_written(quiet: bool) -> None:
    stream = Terminal() if quiet else io.StringIO()
    with CheckProgress(stream, patience=0.0, quiet=quiet) as progress:
        progress.check("one", 1, 3)
        time.sleep(0.05)
        progress.check("one", 2, 3)
    assert stream.getvalue() == ""


def test_a_check_that_hangs_is_seen_to_run(
    lab: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab.install(lab.write_course({"one": KATA}))
    monkeypatch.chdir(tmp_path)
    terminal = Terminal()
    monkeypatch.setattr(
        check_command, "CheckProgress", partial(CheckProgress, terminal, patience=0.0)
    )
    assert CliRunner().invoke(command_line, ["init", ".", "--course", "tiny"]).exit_code == 0
    (tmp_path / "net" / "part" / "one.py").write_text(HANGS, encoding="utf-8")
    done = CliRunner().invoke(command_line, ["check", "one"])
    assert done.exit_code == 1
    assert done.stdout.count("timeout") >= 1
    assert "one: check 1 of 3" in terminal.getvalue()
    assert "one: check 2 of 3" in terminal.getvalue()
    assert "check 3 of 3" not in terminal.getvalue()  # two timeouts are enough
    assert left_on(terminal) == ""
