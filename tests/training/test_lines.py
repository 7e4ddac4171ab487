"""Plain output of a training fits the terminal, whatever the program reports."""

from __future__ import annotations

import pytest

from nnkata.cli.terminal.screen import Screen
from nnkata.cli.terminal.train_lines import PlainTrainingView
from nnkata.training.stages import TextLine


def test_a_line_that_is_too_long_is_folded_below_its_own_margin(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    view = PlainTrainingView(Screen("never", False))
    view.on_event(TextLine("\nA table   stays   as it is."))
    view.on_event(TextLine("  misread 3 of 100 images: 3 as 8, 1 as 7"))
    assert capsys.readouterr().out.splitlines() == [
        "",
        "A table   stays   as it is.",
        "  misread 3 of 100 images: 3 as 8, 1",
        "    as 7",
    ]
