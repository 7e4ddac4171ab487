"""`kata watch` without keys: through a pipe, with --plain, on a terminal that knows only lines."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from nnkata.workspace.workspace import Workspace

from .conftest import Start
from .terminal import COURSE, ESCAPES, KATA, PATIENCE, mistake, module, reference, save

RIGHT = reference("softmax")
WRONG = mistake("softmax", "global-max")
ALL = f"{len(COURSE.katas)} modules"


class Piped:
    """A `kata watch` whose output goes into a pipe."""

    def __init__(self, place: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [KATA, *arguments], cwd=place, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env=os.environ | {"COLUMNS": "80", "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        self.seen = ""

    def says(self, words: str) -> str:
        """Wait for words that were not there before; return what came with them."""
        assert self.process.stdout is not None
        start, deadline = len(self.seen), time.monotonic() + PATIENCE
        while words not in self.seen[start:]:
            left = deadline - time.monotonic()
            assert left > 0, f"`{words}` never came:\n{self.seen}"
            if select.select([self.process.stdout], [], [], left)[0]:
                part = os.read(self.process.stdout.fileno(), 2**16)
                assert part, f"`{words}` never came:\n{self.seen}"
                self.seen += part.decode()
        return self.seen[start:]

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def piped(workspace: Workspace) -> Iterator[Piped]:
    begun = Piped(workspace.root, "watch", "--plain")
    yield begun
    begun.close()


def test_through_a_pipe_it_prints_lines_and_nothing_else(
    piped: Piped, workspace: Workspace
) -> None:
    piped.says("Watching mynn/ until Ctrl-C: save a module, and it is checked.")
    path = module(workspace.root, "softmax")
    save(path, WRONG)
    said = piped.says("-> kata hint\n")
    assert "softmax - mynn/forward/softmax.py\nx " in said
    assert "Likely cause:" in said
    assert "\n\n\n" not in said
    save(path, RIGHT)
    said = piped.says("-> kata next names the next kata")
    assert f"1 of {ALL} of the network" in said
    path.unlink()
    piped.says("there is no file mynn/forward/softmax.py")
    save(path, "def softmax(:\n")
    piped.says("-> fix that, and save")
    assert "\x1b" not in piped.seen
    assert "\r" not in piped.seen
    assert piped.seen.isascii()


@pytest.mark.parametrize(
    ("ending", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 128 + signal.SIGTERM)]
)
def test_a_signal_ends_it_without_a_word(piped: Piped, ending: signal.Signals, code: int) -> None:
    piped.says("it is checked.")
    piped.process.send_signal(ending)
    _, errors = piped.process.communicate(timeout=PATIENCE)
    assert piped.process.returncode == code
    assert errors == b""


def test_a_reader_that_leaves_ends_it_at_the_next_verdict(
    piped: Piped, workspace: Workspace
) -> None:
    piped.says("it is checked.")
    assert piped.process.stdout is not None
    piped.process.stdout.close()
    save(module(workspace.root, "softmax"), WRONG)
    assert piped.process.wait(timeout=PATIENCE) == 0  # as for every command whose reader leaves
    assert piped.process.stderr is not None
    assert piped.process.stderr.read() == b""
    piped.process.stdout = None


def test_at_the_start_a_module_that_is_written_is_checked(workspace: Workspace) -> None:
    save(module(workspace.root, "softmax"), WRONG)
    begun = Piped(workspace.root, "--plain", "watch")
    try:
        assert "1. read" not in begun.says("-> kata hint\n")
    finally:
        begun.close()


def test_polling_is_said_and_notices_saves(workspace: Workspace) -> None:
    begun = Piped(workspace.root, "watch", "--poll")
    try:
        begun.says("Files are checked for changes twice a second: --poll was given.")
        save(module(workspace.root, "softmax"), WRONG)
        begun.says("Likely cause:")
        save(module(workspace.root, "softmax"), RIGHT)
        begun.says(f"1 of {ALL}")
    finally:
        begun.close()


@pytest.mark.parametrize(("arguments", "variables"), [(("--plain",), {}), ((), {"TERM": "dumb"})])
def test_a_terminal_is_left_alone_where_lines_are_wanted(
    start: Start, workspace: Workspace, arguments: tuple[str, ...], variables: dict[str, str]
) -> None:
    terminal = start(*arguments, **variables)
    terminal.says("Watching mynn/ until Ctrl-C")
    assert terminal.is_as_before()
    save(module(workspace.root, "softmax"), WRONG)
    terminal.says("Likely cause:", "kata hint")
    places = {found[0] for found in ESCAPES.finditer(terminal.seen)}
    assert all(place.endswith("m") for place in places)
    terminal.press("\x03")
    assert terminal.end() == 0


def test_in_the_background_it_does_not_touch_the_terminal(
    start: Start, workspace: Workspace
) -> None:
    shell = start(command=("bash", "--norc", "--noprofile", "-i"), PS1="shell> ")
    shell.says("shell>")
    shell.press(f"{KATA} watch &\n")
    shell.says("Watching mynn/ until Ctrl-C")
    save(module(workspace.root, "softmax"), WRONG)
    shell.says("Likely cause:")
    shell.press("kill %1; wait\n")
    shell.says("Exit 143")
    shell.press("exit\n")
    assert shell.end() == 0


def test_usage_errors_are_said_before_anything_is_watched(
    workspace: Workspace, tmp_path: Path
) -> None:
    def run(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [KATA, "watch", *words], cwd=place, capture_output=True, text=True, check=False,
            stdin=subprocess.DEVNULL, timeout=PATIENCE,
        )  # fmt: skip

    done = run(workspace.root, "sofmax")
    assert done.returncode == 2
    assert "did you mean softmax?" in done.stderr
    done = run(tmp_path)
    assert done.returncode == 2
    assert "is not inside a workspace" in done.stderr
