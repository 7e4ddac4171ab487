"""`kata train`, in a pipe and on terminals: shown, stopped, gone on with, broken off."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from nnkata.workspace.workspace import Workspace

from .conftest import REFERENCE
from .terminal import Kata, Running

HEADER = """\
.................... 0 of 1 modules of the network are yours
borrowed: step

"""
FIRST = """\
The first stage
  step 1  loss 1.00
  step 2  loss 0.50
  step 3  loss 0.33
  step 4  loss 0.25
  accuracy 75%
  misread: 3 as 8
"""
LONG = """\
The long stage
  after 0
  part 0 scored
  after 3
  part 1 scored
  after 5
  part 2 scored
"""
WIDTHS = pytest.mark.parametrize("columns", [60, 80, 120])


@pytest.fixture(params=["a pipe", "a terminal that asked for lines", "a dumb terminal"])
def lines(request: pytest.FixtureRequest, kata: Kata) -> Callable[[], str]:
    """Train where nothing is drawn, and return what was printed."""

    def train() -> str:
        if request.param == "a pipe":
            return kata.train("--plain")
        arguments = ["train", "--plain"] if "asked" in request.param else ["train"]
        term = "xterm" if "asked" in request.param else "dumb"
        with kata.on_terminal(80, *arguments, TERM=term) as running:
            assert running.end() == 0
            return running.text.replace("░", ".")

    return train


def test_where_nothing_can_be_drawn_lines_are_printed(lines: Callable[[], str], kata: Kata) -> None:
    kata.go()
    assert lines() == HEADER + FIRST + LONG


def test_lines_come_as_they_are_told_also_through_a_pipe(kata: Kata) -> None:
    with kata.piped("train") as running:
        running.until("part 0 scored")
        kata.go()
        assert running.end() == 0


def stopped(kata: Kata, running: Running) -> str:
    """Stop a training run in the second part of the long stage; return the text up to its end."""
    running.until("part 2 of 3" if running.is_terminal else "  after 3")
    running.interrupt()
    assert running.end() == 130
    assert "Traceback" not in running.text
    return running.text


def test_ctrl_c_says_what_was_reached_and_the_next_run_goes_on_there(kata: Kata) -> None:
    with kata.piped("train", "--plain") as running:
        text = stopped(kata, running)
    assert text.startswith(HEADER + FIRST)
    assert "stopped in long, part 2 of 3, at step 1 of 2, loss 0.5\n" in text
    assert "done and stored: first; 1 of 3 parts of long\n" in text
    assert "-> kata train continues from there, kata train --afresh starts again" in text
    kata.go()
    assert (
        kata.train("--plain")
        == HEADER
        + (
            "continuing where training was stopped; done before: first; 1 of 3 parts of long\n"
            "(kata train --afresh starts again)\n"
        )
        + LONG.partition("  part 0 scored\n")[2]
    )
    assert kata.train("--plain") == HEADER + FIRST + LONG, "a finished training run begins anew"


def test_afresh_begins_again(kata: Kata) -> None:
    with kata.piped("train") as running:
        stopped(kata, running)
    kata.go()
    assert kata.train("--plain", "--afresh") == HEADER + FIRST + LONG


def test_a_changed_module_invalidates_the_checkpoint(
    kata: Kata, workspace: Workspace, solve: Callable[[str], None]
) -> None:
    with kata.piped("train") as running:
        stopped(kata, running)
    solve(REFERENCE.replace("1.0 / n", "2.0 / n"))
    kata.go()
    text = kata.train("--plain")
    assert "modules have changed since training was stopped (part/step.py), so it" in text
    assert FIRST.replace("loss 1.00", "loss 2.00").splitlines()[1] in text
    assert text.endswith(LONG)


def test_a_broken_file_is_said_and_ignored(kata: Kata, workspace: Workspace) -> None:
    (workspace.state / "training.json").write_text("{", encoding="utf-8")
    kata.go()
    text = kata.train("--plain")
    assert "training.json cannot be read (" in text
    assert text.endswith(FIRST + LONG)
    assert not (workspace.state / "training.json").exists()


def test_a_stop_before_anything_is_done_says_so(kata: Kata, solve: Callable[[str], None]) -> None:
    solve(REFERENCE.replace("return 1.0 / n", "print('waits', flush=True); wait(1)"))
    with kata.piped("train", "--plain") as running:
        running.until("waits")
        running.interrupt()
        assert running.end() == 130
    assert "stopped in first\nno stage was done yet, so the next kata train" in running.text


@WIDTHS
def test_a_terminal_without_colour_shows_what_is_done_and_drawn(kata: Kata, columns: int) -> None:
    with kata.on_terminal(columns, "train", NO_COLOR="1") as running:
        drawn = running.drawn("part 2 of 3")
        kata.go()
        assert running.end() == 0
    assert "\x1b[3" not in running.text
    assert "\x1b[1m" not in running.text
    assert running.text.rindex("\x1b[?25h") > running.text.rindex("\x1b[?25l"), "no cursor"
    assert "✓ first  done, 75.0% right" in drawn
    assert any(line.startswith("→ long   part 2 of 3") for line in drawn)
    assert re.search(r" \d+%, \d+ s(, about \d+ s left)?\. Ctrl-C stops\.$", drawn[-1])
    lines = running.stays()
    assert max(map(len, [*drawn, *lines])) < columns
    assert [line.split() for line in lines if "misread" in line] == [["misread:", "3", "as", "8"]]
    at = lines.index("  misread: 3 as 8")
    assert lines[at + 1 : at + 5] == ["  ▄▀", "  ▀▀", "  is 3", "  read 8"]
    assert "1 ┤" in "".join(lines)
    assert any(line.split() == ["1", "4", "steps"] for line in lines)
    scores = [line.strip() for line in lines if "scored" in line]
    assert scores == [f"part {part} scored" for part in range(3)]
    assert "Ctrl-C" not in "".join(lines), "nothing of the frame stays"


def test_colour_adds_to_words_and_takes_none_away(kata: Kata) -> None:
    kata.go()
    told = []
    for color in ("never", "always"):
        with kata.on_terminal(80, "--color", color, "train", TERM="xterm-256color") as running:
            assert running.end() == 0
        told.append([line for line in running.stays() if "▀" not in line])
    assert told[0] == told[1]
    assert "38;2;" in running.text or "38;5;" in running.text, "the picture has shades"


def test_ctrl_c_on_a_terminal_leaves_it_as_it_was_and_the_next_run_goes_on(kata: Kata) -> None:
    with kata.on_terminal(80, "train") as running:
        stopped(kata, running)
    assert running.text.rindex("\x1b[?25h") > running.text.rindex("\x1b[?25l")
    lines = running.stays()
    assert "stopped in long, part 2 of 3, at step 1 of 2, loss 0.5" in lines
    assert "  part 0 scored" in lines, "what the stage has told stays"
    assert "Ctrl-C stops" not in "".join(lines)
    kata.go()
    with kata.on_terminal(80, "train") as running:
        assert running.end() == 0
    lines = running.stays()
    assert (
        "continuing where training was stopped; done before: first; 1 of 3 parts of long" in lines
    )
    assert [line.strip() for line in lines if "scored" in line] == [
        f"part {part} scored" for part in range(3)
    ]
    assert "✓ first  done before" in running.text


@pytest.mark.parametrize("signal_name", ["SIGTERM", "SIGHUP"])
def test_a_signal_that_ends_it_leaves_the_terminal_as_it_was_and_keeps_what_was_reached(
    kata: Kata, signal_name: str
) -> None:
    number = signal.Signals[signal_name]
    with kata.on_terminal(80, "train") as running:
        running.until("part 2 of 3")
        running.process.send_signal(number)
        assert running.end() == 128 + number
    assert running.text.rindex("\x1b[?25h") > running.text.rindex("\x1b[?25l")
    assert "done and stored: first; 1 of 3 parts of long" in running.stays()
    with kata.piped("train") as running:
        running.until("continuing where training was stopped")
        running.process.send_signal(number)
        assert running.end() == 128 + number
    assert "Traceback" not in running.text


def test_the_cursor_is_shown_while_the_shell_has_the_terminal(kata: Kata) -> None:
    """No shell stands behind this process, so the system does not stop it and it goes on."""
    with kata.on_terminal(80, "train") as running:
        at = running.until("part 2 of 3")
        running.process.send_signal(signal.SIGTSTP)
        running.until("part 2 of 3", running.until("\x1b[?25h\x1b[?25l", at))
        kata.go()
        assert running.end() == 0


def test_a_terminal_that_becomes_smaller_is_drawn_on_all_the_same(kata: Kata) -> None:
    with kata.on_terminal(120, "train", NO_COLOR="1") as running:
        running.drawn("part 2 of 3")
        running.resize(50, 12)
        narrow = running.drawn("part 2 of 3", len(running.text))
        kata.go()
        assert running.end() == 0
    assert len(narrow[-1]) < 50
    assert "  part 2 scored" in running.stays()


def test_an_output_in_ascii_is_drawn_in_ascii(kata: Kata) -> None:
    with kata.on_terminal(
        60, "train", PYTHONIOENCODING="ascii", PYTHONUTF8="0", NO_COLOR="1"
    ) as running:
        drawn = running.drawn("part 2 of 3")
        kata.go()
        assert running.end() == 0
    assert running.text.isascii()
    assert "+  first  done, 75.0% right" in drawn
    assert any(line.startswith("-> long   part 2 of 3") for line in drawn)
    lines = running.stays()
    at = lines.index("  ..##")
    assert lines[at : at + 6] == ["  ..##", "  ##..", "  ####", "  ....", "  is 3", "  read 8"]


RAISES = {
    "in a function": ("return 1.0 / n", "return 1.0 / (n - 3)", "ZeroDivisionError", "in loss"),
    "at import": ("import os\n", "import os\nnothing\n", "NameError", "in <module>"),
    "in a line": ("import os\n", "import os\ndef (\n", "SyntaxError", "in <module>"),
    "by exit": ("return 1.0 / n", "raise SystemExit(0)", "SystemExit", "in loss"),
}


@pytest.mark.parametrize("name", RAISES)
@pytest.mark.parametrize("columns", [None, 60])
def test_a_module_that_raises_is_told_by_its_own_lines(
    name: str, columns: int | None, kata: Kata, solve: Callable[[str], None]
) -> None:
    old, new, error, function = RAISES[name]
    assert old in REFERENCE
    solve(REFERENCE.replace(old, new))
    where = kata.piped("train") if columns is None else kata.on_terminal(columns, "train")
    with where as running:
        assert running.end() == 1
    lines = running.stays()
    assert "Traceback" not in running.text
    assert "training.py" not in running.text
    number = next(
        n for n, line in enumerate(REFERENCE.replace(old, new).splitlines(), 1)
        if line.strip() == new.split("\n")[-2 if "\n" in new else 0].strip()
    )  # fmt: skip
    at = lines.index(f"  net/part/step.py, line {number}, {function}")
    assert lines[at + 1].strip() in new
    assert lines[at + 2].startswith(f"  {error}")
    assert "→ fix that, then run kata check step and kata train" in lines
    if name == "in a function":
        assert "training ended early, in first, at step 2 of 4, loss" in " ".join(lines)


def test_a_long_traceback_is_shown_by_its_end(kata: Kata, solve: Callable[[str], None]) -> None:
    solve(REFERENCE.replace("return 1.0 / n", "return loss(n) + 1"))
    text = kata.train(code=1)
    assert text.count("in loss\n") == 5
    assert "more lines of the traceback before these" in text
    assert "RecursionError" in text


def test_an_error_of_the_training_module_is_the_courses(kata: Kata, site: Path) -> None:
    path = site / "waiting" / "training.py"
    path.write_text(path.read_text().replace("log.line(", "log.lime(", 1), encoding="utf-8")
    text = kata.train(code=3)
    assert f"{path}: the training raised AttributeError" in text.replace("\n", " ")


@pytest.mark.parametrize("columns", [None, 60])
def test_a_loss_that_is_lost_is_said_in_words(
    columns: int | None, kata: Kata, solve: Callable[[str], None]
) -> None:
    solve(REFERENCE.replace("return 1.0 / n", "return float('nan') if n > 2 else 1.0"))
    kata.go()
    where = kata.piped("train") if columns is None else kata.on_terminal(columns, "train")
    with where as running:
        assert running.end() == 0
    text = " ".join(running.stays())
    assert text.count("the loss is not a number (nan) at step 3") == 1


def test_a_breakpoint_has_the_terminal_to_itself(kata: Kata, solve: Callable[[str], None]) -> None:
    solve(REFERENCE.replace("return 1.0 / n", "x = n\n    breakpoint()\n    return 1.0 / n"))
    with kata.on_terminal(80, "train", HOME="/nonexistent") as running:
        running.until("(Pdb) ")
        assert running.text.rindex("\x1b[?25h") > running.text.rindex("\x1b[?25l")
        assert running.stays()[-2:] == ["-> return 1.0 / n", "(Pdb)"], (
            "it stops in the learner's own line"
        )
        running.write("p x + 41\n")
        running.until("42")
        running.write("q\n")
        assert running.end() == 130
    assert "stopped in first" in running.stays()


def test_what_a_module_prints_stays_above(kata: Kata, solve: Callable[[str], None]) -> None:
    solve(REFERENCE.replace("return 1.0 / n", "print('printed', n)\n    return 1.0 / n"))
    kata.go()
    with kata.on_terminal(80, "train") as running:
        assert running.end() == 0
    assert {f"printed {n}" for n in range(1, 5)} <= set(running.stays())


def test_a_program_of_their_own_is_run_as_it_is(kata: Kata, workspace: Workspace) -> None:
    program = workspace.package / "__main__.py"
    program.write_text("import sys\nprint('mine', sys.argv, __name__)\n", encoding="utf-8")
    text = kata.train("--plain")
    assert "net/__main__.py is a program of your own, so it is run instead of the" in text
    assert text.endswith(f"mine [{str(program)!r}] __main__\n")
    program.write_text("def f():\n    raise ValueError('mine')\nf()\n", encoding="utf-8")
    text = kata.train(code=1)
    assert "  net/__main__.py, line 2, in f\n      raise ValueError('mine')" in text


def test_an_earlier_version_of_the_given_program_is_run_and_said(
    kata: Kata, site: Path, workspace: Workspace
) -> None:
    given = site / "waiting_reference" / "__main__.py"
    given.write_text("print('a later one')\n", encoding="utf-8")
    text = kata.train("--plain")
    assert "is an earlier version; kata init brings it up to date." in text
    assert text.endswith("the package itself\n")


def test_a_course_without_a_training_module_runs_its_package(kata: Kata, site: Path) -> None:
    toml = site / "waiting" / "course.toml"
    toml.write_text(toml.read_text().replace('training = "training.py"\n', ""), encoding="utf-8")
    assert kata.train("--plain") == HEADER + "the package itself\n"


def test_a_reader_that_goes_away_is_no_error(kata: Kata) -> None:
    with kata.piped("train") as running:
        running.until("The long stage")
        os.close(running.out)
        running.out = os.dup(os.open(os.devnull, os.O_RDONLY))
        kata.go()
        assert running.process.wait(timeout=60) == 0
