"""Grades go into the column that is named, for those who can be told apart, and nowhere else."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from nnkata.cli.group import kata as command_line
from nnkata.errors import KataError
from nnkata.gradebook.csv_file import safe_cell
from nnkata.gradebook.fill import FilledExport, canvas_mapping, moodle_mapping
from nnkata.model import Verdicts
from nnkata.text.sanitize import json_text

from .hostile import HOSTILE, poisoned
from .make_golden import ADA, CANVAS, MOODLE, RESULT, SOUND, fill

COLUMN = "Week 3 (77)"


def called(*names: str) -> Verdicts:
    """Return a result in which these submissions are all the same."""
    sound = [v for v in SOUND.verdicts if v.submission == "ada"]
    return replace(
        SOUND, verdicts=[replace(v, submission=name) for name in names for v in sound], refused=[]
    )


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def changed(before: str, after: str) -> set[tuple[int, int]]:
    """Return (row, column) of every cell that differs."""
    old, new = cells(before), cells(after)
    assert [len(row) for row in old] == [len(row) for row in new]
    return {(r, c) for r, row in enumerate(old) for c, cell in enumerate(row) if cell != new[r][c]}


def canvas(result: Verdicts, text: str = CANVAS, column: str = COLUMN) -> FilledExport:
    return fill(text, result, canvas_mapping(column))


@pytest.mark.parametrize("name", ["11", "s11", "ada", "ADA", "ada.zip", "11.tar.gz", " ada "])
def test_a_student_is_found_by_id_sis_id_or_login(name: str) -> None:
    filled = canvas(called(name))
    assert changed(CANVAS, filled.text) == {(3, 6)}
    assert cells(filled.text)[3][6] == "0.9"
    assert (filled.graded, filled.left_out) == (1, [])


def test_moodle_gets_grade_and_feedback_together() -> None:
    filled = fill(MOODLE, called("emmy@example.org"), moodle_mapping(None, None))
    assert changed(MOODLE, filled.text) == {(3, 4), (3, 7)}
    assert filled.text.count("\r\n") == MOODLE.count("\r\n") == filled.text.count("\n")


@pytest.mark.parametrize("name", ["Participant 503", "503", "EMMY@example.org"])
def test_a_participant_is_found_by_number_or_address(name: str) -> None:
    filled = fill(MOODLE, called(name), moodle_mapping(None, None))
    assert (filled.graded, filled.left_out) == (1, [])


@pytest.mark.parametrize("name", ["eve", "Ada", "Lovelace, Ada", "1", "", "10.00"])
def test_who_matches_nobody_is_named_and_nothing_is_guessed(name: str) -> None:
    if name == "Ada":
        name = "Ada Lovelace"
    filled = canvas(called(name))
    assert filled.text == CANVAS
    assert filled.left_out == [f"{name}: no row of the file matches it"]


def test_who_matches_two_rows_is_left_out() -> None:
    twice = CANVAS.replace("s12", "ada")
    filled = canvas(called("ada"), twice)
    assert filled.text == twice
    assert filled.left_out == ["ada: 2 rows of the file match it"]


def test_two_submissions_of_one_student_are_both_left_out() -> None:
    filled = canvas(called("ada", "11.zip"))
    assert filled.text == CANVAS
    assert filled.left_out == ["ada, 11.zip: they match the same row, so none is filled in"]


def test_who_is_excused_stays_excused() -> None:
    filled = canvas(called("emmy"))
    assert filled.text == CANVAS
    assert filled.left_out == ["emmy: the file says EX"]


def test_an_earlier_grade_that_is_replaced_is_named() -> None:
    assert canvas(called("grace@example.org")).replaced == ["grace@example.org: 3 becomes 0.9"]


def test_a_broken_check_gives_no_mark() -> None:
    filled = canvas(replace(RESULT, verdicts=ADA))
    assert filled.text == CANVAS
    assert filled.left_out == ["ada: a check of the course is broken, so there is no mark"]


def test_points_that_differ_from_the_columns_are_scaled_only_when_that_is_said() -> None:
    export = CANVAS.replace("11.00", "100.00")
    with pytest.raises(KataError, match="out of 100 points, and the result out of 11"):
        canvas(called("ada"), export)
    scaled = fill(export, called("ada"), canvas_mapping(COLUMN, out_of=100))
    assert cells(scaled.text)[3][6] == "8.18"
    as_it_is = fill(export, called("ada"), canvas_mapping(COLUMN, out_of=11))
    assert cells(as_it_is.text)[3][6] == "0.9"


@pytest.mark.parametrize(
    ("export", "column", "said"),
    [
        (CANVAS, "Week 4 (78)", "no column `Week 4 "),
        (CANVAS, "Final Score", "Canvas does not import the column"),
        (CANVAS.replace("Week 2 (76)", COLUMN), COLUMN, "has 2 columns"),
        (CANVAS.replace("ID", "Number"), COLUMN, "identifies a student"),
        ("", COLUMN, "is empty"),
        ('a,"b', COLUMN, "cannot be read as CSV"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused(
    export: str, column: str, said: str
) -> None:
    with pytest.raises(KataError, match=said):
        canvas(called("ada"), export, column)


def test_moodles_feedback_column_is_found_or_has_to_be_named() -> None:
    rules = moodle_mapping("Assignment: Week 3 (Real)", None)
    assert rules.feedback == "Assignment: Week 3 (Feedback)"
    with pytest.raises(KataError, match="the feedback column of"):
        moodle_mapping("Bewertung", None)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_the_file_stays_as_it_was_written(delimiter: str) -> None:
    plain = CANVAS.replace(", ", " ").replace('"', "")
    export = "\ufeff" + plain.replace(",", delimiter)
    filled = canvas(called("ada"), export)
    ours = plain.replace("9,,82", "9,0.9,82").replace(",", delimiter)
    assert filled.text == f"\ufeff{ours}"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_of_a_submission_gets_into_a_gradebook(text: str) -> None:
    hostile = poisoned(SOUND, text)
    verdicts = [
        replace(bad, submission=good.submission)
        for bad, good in zip(hostile.verdicts, SOUND.verdicts, strict=True)
    ]
    filled = fill(MOODLE, replace(hostile, verdicts=verdicts), moodle_mapping(None, None))
    assert changed(MOODLE, filled.text) == {(1, 4), (1, 7), (2, 4), (2, 7)}
    for row in cells(filled.text)[1:]:
        assert "<" not in row[7]
        assert not row[7].startswith(tuple("=+-@\t\r"))
    unmatched = fill(MOODLE, hostile, moodle_mapping(None, None))
    assert unmatched.text == MOODLE
    assert not any(set(line) & set("\x1b\r\n\u202e\x9b") for line in unmatched.left_out)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1"])
def test_a_cell_is_no_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"
    assert safe_cell("9 = 9") == "9 = 9"


def run(folder: Path, *arguments: str, result: Verdicts = SOUND) -> tuple[int, str, str]:
    (folder / "result.json").write_text(json_text(result), encoding="utf-8")
    (folder / "canvas.csv").write_text(CANVAS, encoding="utf-8")
    done = CliRunner().invoke(
        command_line, ["gradebook", "fill", str(folder / "result.json"), *arguments]
    )
    return done.exit_code, done.stdout, done.stderr


def test_the_command_writes_the_file_and_lists_who_is_left_out(tmp_path: Path) -> None:
    export, out = str(tmp_path / "canvas.csv"), tmp_path / "out.csv"
    code, printed, told = run(
        tmp_path, "--canvas", export, "--column", COLUMN, "-o", str(out), result=called("ada", "x")
    )
    assert (code, printed) == (1, "")
    assert told == "left out: x: no row of the file matches it\n1 grades filled in, 1 left out\n"
    assert changed(CANVAS, out.read_text(encoding="utf-8")) == {(3, 6)}


def test_the_command_prints_the_file_when_none_is_named(tmp_path: Path) -> None:
    export = str(tmp_path / "canvas.csv")
    code, printed, told = run(tmp_path, "--canvas", export, "--column", COLUMN)
    assert code == 0
    assert len(cells(printed)) == len(cells(CANVAS))
    assert "2 grades filled in, 0 left out" in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "no file to fill in"),
        (["--canvas", "canvas.csv"], "no column is named"),
        (["--canvas", "nowhere.csv", "--column", COLUMN], "cannot be read"),
    ],
)
def test_the_command_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, told = run(tmp_path, *arguments)
    assert code == 2
    assert said in told


def test_the_command_refuses_what_is_no_result(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text(json.dumps({"a": 1}))
    (tmp_path / "canvas.csv").write_text(CANVAS, encoding="utf-8")
    arguments = ["--canvas", str(tmp_path / "canvas.csv"), "--column", COLUMN]
    done = CliRunner().invoke(
        command_line, ["gradebook", "fill", str(tmp_path / "other.json"), *arguments]
    )
    assert done.exit_code == 2
    assert "is not a result of nnkata" in done.stderr
