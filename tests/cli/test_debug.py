"""`kata check --debug` gives a learner their debugger, on a real terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from nnkata.cli.context import pick_course

KATA = str(Path(sys.executable).with_name("kata"))
PATIENCE = 60.0


class Terminal:
    """A `kata` on a terminal, which is typed at."""

    def __init__(self, place: Path, *arguments: str) -> None:
        self.ours, solved = pty.openpty()
        self.process = subprocess.Popen(
            [KATA, *arguments], cwd=place, stdin=solved, stdout=solved, stderr=solved,
            start_new_session=True, env=os.environ | {"TERM": "dumb", "PYTHON_BASIC_REPL": "1"},
        )  # fmt: skip
        os.close(solved)
        self.seen = ""

    def wait_for(self, words: str) -> str:
        """Read until `words` appear; return everything read for them."""
        start = len(self.seen)
        deadline = time.monotonic() + PATIENCE
        while words not in self.seen[start:]:
            left = deadline - time.monotonic()
            assert left > 0, f"`{words}` never came: {self.seen}"
            if not select.select([self.ours], [], [], left)[0]:
                continue
            try:
                part = os.read(self.ours, 2**16)
            except OSError:
                part = b""
            assert part, f"`{words}` never came: {self.seen}"
            self.seen += part.decode("utf-8", "replace")
        return self.seen[start:]

    def type(self, line: str) -> None:
        os.write(self.ours, line.encode() + b"\n")

    def end(self) -> int:
        """Read the rest; return the exit code."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if select.select([self.ours], [], [], 0.2)[0]:
                try:
                    part = os.read(self.ours, 2**16)
                except OSError:
                    break
                if not part:
                    break
                self.seen += part.decode("utf-8", "replace")
            elif self.process.poll() is not None:
                break
        return self.process.wait(timeout=PATIENCE)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.ours)


def tally(terminal: Terminal) -> tuple[int, int]:
    found = re.search(r"(\d+) of (\d+) checks pass", terminal.seen)
    assert found, terminal.seen
    return int(found[1]), int(found[2])


@pytest.fixture
def place(lab: Any, tmp_path: Path) -> Path:
    assert lab.kata("init", ".", cwd=tmp_path).returncode == 0
    kata = pick_course()[0].katas["softmax"]
    text = kata.reference.read_text(encoding="utf-8")
    body = "    seen = np.asarray(z).shape\n    breakpoint()\n"
    head, found, rest = text.partition('    """\n')
    assert found
    (tmp_path / "mynn" / kata.module).write_text(head + found + body + rest, encoding="utf-8")
    return tmp_path


def test_a_breakpoint_stops_in_the_learners_function(place: Path) -> None:
    terminal = Terminal(place, "check", "softmax", "--debug")
    try:
        shown = terminal.wait_for("(Pdb) ")
        assert "in this process, without limits or a sandbox" in terminal.seen
        assert "mynn/forward/softmax.py" in shown
        terminal.type("p 'shape', seen")
        assert re.search(r"\('shape', \(\d+, \d+\)\)", terminal.wait_for("(Pdb) "))
        terminal.type("list")
        assert "breakpoint()" in terminal.wait_for("(Pdb) ")
        terminal.type("p open('written', 'w').write('x')")
        terminal.wait_for("(Pdb) ")
        assert (place / "written").read_text() == "x"
        terminal.type("import builtins; sys = __import__('sys'); sys.breakpointhook = print")
        terminal.wait_for("(Pdb) ")
        terminal.type("continue")
        code = terminal.end()
        assert code == 0, terminal.seen
        passed, whole = tally(terminal)
        assert passed == whole
    finally:
        terminal.close()


def test_leaving_the_debugger_costs_a_check_and_nothing_more(place: Path) -> None:
    terminal = Terminal(place, "check", "softmax", "--debug")
    try:
        terminal.wait_for("(Pdb) ")
        terminal.type("__import__('os')._exit(3)")
        terminal.wait_for("(Pdb) ")
        terminal.type("p 6 * 7")
        assert "42" in terminal.wait_for("(Pdb) ")
        terminal.type("__import__('sys').breakpointhook = print")
        terminal.wait_for("(Pdb) ")
        terminal.type("continue")
        assert terminal.end() == 1, terminal.seen
        passed, whole = tally(terminal)
        assert passed == whole - 1
    finally:
        terminal.close()


def test_debugging_is_not_remembered_as_a_pass(place: Path, lab: Any) -> None:
    kata = pick_course()[0].katas["softmax"]
    (place / "mynn" / kata.module).write_bytes(kata.reference.read_bytes())
    done = lab.kata("check", "softmax", "--debug", cwd=place)
    assert done.returncode == 0
    assert "0 of " in lab.kata("next", cwd=place).stdout


def test_without_debug_a_breakpoint_waits_for_nobody(place: Path, lab: Any) -> None:
    done = lab.kata("check", "softmax", cwd=place)
    assert done.returncode == 1
    assert "BdbQuit" in done.stdout
