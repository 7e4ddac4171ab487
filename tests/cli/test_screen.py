"""Colour and symbols follow the rules, on any terminal and on none, and nothing rewrites it."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nnkata.cli.context import pick_course
from nnkata.cli.terminal.screen import Screen
from nnkata.text.layout import ASCII, SYMBOLS

KATA = str(Path(sys.executable).with_name("kata"))
ESCAPE = "\x1b["
HOSTILE = """
import numpy as np
def softmax(z, axis=-1):
    print("printed \\x1b[2J\\x07 \\u202e\\u2066 \\x9b31m \\r overwritten ")
    raise ValueError("größer σ \\x1b[31mred\\x1b[0m \\u202ekcab\\u2069 \\x00 \\ud800 \\u200b end")
log_softmax = logsumexp = softmax
"""
ACTED_ON = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\ud800-\udfff]")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a workspace whose softmax says hostile things."""
    place = tmp_path_factory.mktemp("screen")
    subprocess.run([KATA, "init", "."], cwd=place, check=True, capture_output=True)
    (place / "mynn" / "forward" / "softmax.py").write_text(HOSTILE, encoding="utf-8")
    return place


def environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "TERM")}
    return kept | {"TERM": "xterm-256color", "PYTHONUTF8": "1"} | more


def piped(place: Path, *arguments: str, **more: str) -> str:
    """Run `kata` with its output in a pipe; return what it wrote there."""
    done = subprocess.run(
        [KATA, *arguments], cwd=place, env=environment(**more), capture_output=True,
        stdin=subprocess.DEVNULL, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done.stdout.decode("utf-8")


def on_a_terminal(place: Path, *arguments: str, **more: str) -> str:
    """Run `kata` on a terminal; return what it wrote there."""
    ours, solved = pty.openpty()
    process = subprocess.Popen(
        [KATA, *arguments], cwd=place, env=environment(**more),
        stdin=solved, stdout=solved, stderr=solved,
    )  # fmt: skip
    os.close(solved)
    written = b""
    while True:
        try:
            part = os.read(ours, 2**16)
        except OSError:
            break
        if not part:
            break
        written += part
    os.close(ours)
    assert process.wait(timeout=60) in (0, 1)
    return written.decode("utf-8")


COLOUR: dict[str, tuple[bool, list[str], dict[str, str], bool]] = {
    "a terminal": (True, [], {}, True),
    "a terminal with NO_COLOR": (True, [], {"NO_COLOR": "1"}, False),
    "a terminal with an empty NO_COLOR": (True, [], {"NO_COLOR": ""}, True),
    "a dumb terminal": (True, [], {"TERM": "dumb"}, False),
    "a terminal that is asked to be plain": (True, ["--plain"], {}, False),
    "a terminal with --color never": (True, ["--color", "never"], {"FORCE_COLOR": "1"}, False),
    "--color always over NO_COLOR": (True, ["--color", "always"], {"NO_COLOR": "1"}, True),
    "a pipe": (False, [], {}, False),
    "a pipe with FORCE_COLOR": (False, [], {"FORCE_COLOR": "1"}, True),
    "a pipe with FORCE_COLOR=0": (False, [], {"FORCE_COLOR": "0"}, False),
    "a pipe with both": (False, [], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    "a pipe with --color always": (False, ["--color", "always"], {}, True),
    "a plain pipe": (False, ["--plain"], {"FORCE_COLOR": "1"}, False),
}


@pytest.mark.parametrize("name", COLOUR)
def test_colour_follows_the_option_the_variables_and_the_terminal(name: str, place: Path) -> None:
    terminal, options, variables, coloured = COLOUR[name]
    run = on_a_terminal if terminal else piped
    assert (ESCAPE in run(place, *options, "next", **variables)) is coloured


def test_json_has_no_colour_even_where_it_is_forced(place: Path) -> None:
    for arguments in (["list", "--json"], ["check", "softmax", "--json"]):
        told = piped(place, "--color", "always", *arguments, FORCE_COLOR="1")
        assert ESCAPE not in told
        json.loads(told)


COMMANDS = """next|list|check softmax|hint softmax|show softmax|restore|list --json|--help
check softmax --json|check softmax --report terminal|check softmax --report json
--color always show softmax""".replace("\n", "|").split("|")


ENCODED = [("ascii", command) for command in COMMANDS] + [
    ("cp437", "list"), ("latin-1", "check softmax"), ("cp1252", "check softmax --json"),
]  # fmt: skip


@pytest.mark.parametrize(("encoding", "command"), ENCODED)
def test_no_encoding_of_the_output_makes_a_command_fail(
    encoding: str, command: str, place: Path
) -> None:
    done = subprocess.run(
        [KATA, *command.split()], cwd=place,
        env=environment(PYTHONIOENCODING=encoding, PYTHONUTF8="0"),
        capture_output=True, stdin=subprocess.DEVNULL, timeout=120, check=False,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    assert done.returncode in (0, 1), done.stderr.decode()
    if "json" in command:
        json.loads(done.stdout.decode("utf-8"))
    elif "report" not in command:
        done.stdout.decode(encoding)


def test_errors_can_be_written_on_an_ascii_terminal(place: Path) -> None:
    done = subprocess.run(
        [KATA, "chéck"], cwd=place, capture_output=True, check=False,
        env=environment(PYTHONIOENCODING="ascii", PYTHONUTF8="0"),
    )  # fmt: skip
    assert done.returncode == 2
    assert b"there is no command" in done.stderr
    assert b"Traceback" not in done.stderr


def test_plain_output_is_made_of_ascii_symbols_and_words(place: Path) -> None:
    symbols = set(SYMBOLS.values()) | {"←", "✓", "✗"}
    for command in (["list"], ["check", "softmax"]):
        told = piped(place, "--plain", *command)
        assert not symbols & set(told), command
        assert "\x1b" not in told


OPTIONS = [[], ["--plain"], ["--color", "always"], ["--json"], ["--report", "terminal"],
           ["--report", "json"]]  # fmt: skip


@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
def test_what_a_module_says_cannot_act_on_the_terminal(options: list[str], place: Path) -> None:
    before = [o for o in options if o in ("--plain", "--color", "always")]
    after = [o for o in options if o not in before]
    told = piped(place, *before, "check", "softmax", *after)
    ours = re.sub(r"\x1b\[\d+m", "", told)
    assert ours == told or "--color" in options
    assert not ACTED_ON.search(ours), ACTED_ON.findall(ours)
    assert "\x1b[31mred" not in told
    assert "größer σ" in told
    assert "31mred" in told  # it is shown, and not left out


def test_what_a_module_says_at_import_cannot_act_on_the_terminal(place: Path) -> None:
    module = place / "mynn" / "forward" / "softmax.py"
    kept = module.read_text(encoding="utf-8")
    try:
        module.write_text(r"raise ValueError('\x1b[2J\u202e größer')", encoding="utf-8")
        for arguments in (["check", "softmax"], ["check", "softmax", "--json"]):
            told = piped(place, *arguments)
            assert not ACTED_ON.search(told)
            assert "größer" in told
    finally:
        module.write_text(kept, encoding="utf-8")


def test_a_narrow_terminal_is_written_to_all_the_same(place: Path) -> None:
    for columns in ("1", "x"):
        told = piped(place, "check", "softmax", COLUMNS=columns)
        assert "softmax" in told


def test_a_reader_that_goes_away_is_no_error(place: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"{KATA} show softmax | head -c 1 >/dev/null; {KATA} list | true"],
        cwd=place, env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_the_screen_keeps_its_width_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    for columns, width in (("10", 40), ("66", 66), ("500", 100)):
        monkeypatch.setenv("COLUMNS", columns)
        assert Screen("auto", False).width == width
    assert Screen("auto", True).symbols is ASCII


def test_the_course_is_there() -> None:
    assert "softmax" in pick_course()[0].katas


def test_prompts_are_never_waited_for(place: Path, lab: Any) -> None:
    """Without a terminal no command asks anything."""
    for command in (["reset", "softmax"], ["restore"], ["init"], ["solution", "softmax"]):
        done = lab.kata(*command, cwd=place)
        assert done.returncode in (0, 2)
    (place / "mynn" / "forward" / "softmax.py").write_text(HOSTILE, encoding="utf-8")
