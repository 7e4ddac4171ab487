"""The reports of one result are, byte for byte, those in golden/."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from nnkata.reporters import nnkata_reporters

from .make_golden import FILES, GOLDEN, RESULT, report, reports

MADE = reports()


@pytest.mark.parametrize("file", MADE)
def test_a_report_is_what_it_was(file: str) -> None:
    golden = (GOLDEN / file).read_bytes().decode()
    assert MADE[file] == golden, "→ python tests/reporters/make_golden.py"


def test_every_golden_file_is_made_and_every_reporter_has_one() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(MADE)
    assert set(nnkata_reporters()) == set(FILES)


def test_a_column_of_scores_is_there_only_where_a_rule_gave_some() -> None:
    without = [replace(verdict, score=None, score_reason=None) for verdict in RESULT.verdicts]
    assert ">Score</th>" in report("html", RESULT)
    assert ">Score</th>" not in report("html", replace(RESULT, verdicts=without))
