"""The museum of wrong networks says what is measured: two of its rows are measured again."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from nnkata.cli.context import pick_course
from nnkata.course.mistakes import read_mistake

ROOT = Path(__file__).parents[2]
COURSE = pick_course()[0]
ROW = re.compile(r"^\| ([\d.]+)% \| ([\d.e+-]+) \| (.+) \(`([\w-]+)`\) \|$", re.MULTILINE)


def rows() -> list[tuple[float, float, str, str]]:
    page = (ROOT / "docs" / "learner" / "museum.md").read_text(encoding="utf-8")
    return [(float(a) / 100, float(e), words, kata) for a, e, words, kata in ROW.findall(page)]


def test_all_exhibits_read_digits_with_wrong_gradients() -> None:
    shown = rows()
    assert len(shown) >= 10
    assert len({kata for *_, kata in shown}) >= 3
    for accuracy, error, words, kata in shown:
        assert accuracy >= 0.9
        assert error >= 1e-3
        texts = [p.read_text(encoding="utf-8") for p in COURSE.katas[kata].mistakes()]
        assert any(words.rstrip(".")[:40] in " ".join(text.split()) for text in texts), words


@pytest.mark.parametrize(
    ("kata", "mistake"),
    [
        ("dense-layer", "divides-by-the-batch-again"),
        ("activation-layers", "tanh-slope-from-the-input"),
        ("dense-layer", "bias-gradient-is-a-mean"),
    ],
)
def test_an_exhibit_is_measured_again(kata: str, mistake: str) -> None:
    script = str(ROOT / "bench" / "museum.py")
    done = subprocess.run(
        [sys.executable, script, "--only", f"{kata}/{mistake}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    accuracy, error, _ = done.stdout.split()
    sentence = read_mistake(COURSE.katas[kata], mistake).text.split("\n")[0]
    known = [row for row in rows() if row[2] == sentence and row[3] == kata]
    assert len(known) <= 1
    for shown_accuracy, shown_error, *_ in known:
        assert float(accuracy.rstrip("%")) / 100 == pytest.approx(shown_accuracy, abs=0.01)
        assert float(error) == pytest.approx(shown_error, rel=0.05)
    shown = float(accuracy.rstrip("%")) >= 90 and float(error) >= 1e-3
    assert shown == bool(known)
