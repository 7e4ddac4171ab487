"""The course's own network, trained as `kata train` trains it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from nnkata.cli.context import pick_course
from nnkata.workspace.workspace import create

from .terminal import Kata


@pytest.fixture
def place(tmp_path: Path) -> Path:
    workspace, _ = create(tmp_path / "nn", pick_course()[0])
    kata = workspace.course.katas["two-layer-net"]
    workspace.path_of(kata).write_bytes(kata.reference.read_bytes())
    workspace.progress.record_pass(kata.name, "", "", 0)
    workspace.progress.close()
    return tmp_path / "nn"


def test_the_lines_are_those_of_the_program_and_what_was_misread(place: Path) -> None:
    program = subprocess.run(
        [sys.executable, "-m", "refnn"], capture_output=True, text=True, check=True
    ).stdout
    told = Kata(place).train().partition("XOR on scalars, ")
    lines = (told[1] + told[2]).splitlines()
    misread = [line for line in lines if line.startswith("  misread ")]
    assert len(misread) == 1
    assert lines[lines.index(misread[0]) - 1].startswith("  accuracy on images")
    # The program writes lines of any length, and the terminal folds them.
    kept = " ".join(line for line in lines if line not in misread)
    assert kept.split() == program.split()


@pytest.mark.parametrize("columns", [60, 120])
def test_the_misread_digits_are_drawn_without_colour(columns: int, place: Path) -> None:
    with Kata(place).on_terminal(columns, "train", NO_COLOR="1") as running:
        assert running.end() == 0
    lines = running.stays()
    assert max(map(len, lines)) < columns
    at = next(n for n, line in enumerate(lines) if line.startswith("  misread "))
    named = " ".join(lines[at : at + 2]).replace(",", "").split()
    pairs = [(named[n - 1], named[n + 1]) for n, word in enumerate(named) if word == "as"]
    captions = next(n for n, line in enumerate(lines) if line.startswith("  is "))
    truth = lines[captions].split()[1::2]
    read = lines[captions + 1].split()[1::2]
    assert list(zip(truth, read, strict=True)) == pairs[: len(truth)]
    assert len(truth) == min(len(pairs), (columns - 3) // 11)
    picture = lines[captions - 4 : captions]
    assert all(set(line) <= set(" ▀▄█") for line in picture)
    assert any("█" in line for line in picture)
    assert "✓ handwritten digits   done, 9" in running.text
    assert "mean 9" in running.text
