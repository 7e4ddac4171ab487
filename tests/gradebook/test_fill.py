"""Files in other languages: named columns, their own numbers, and a maximum that must be known."""

from __future__ import annotations

import csv
import io

import pytest
from msgspec.structs import replace

from nnkata.errors import KataError
from nnkata.gradebook.csv_file import NumberFormat, find_number_format
from nnkata.gradebook.fill import ColumnMapping, FilledExport, canvas_mapping, fill, moodle_mapping
from nnkata.gradebook.marks import Marks, compute_marks
from nnkata.gradebook.records import Note, Student, snapshot_of
from nnkata.model import Verdicts

from .results import RUN, verdict
from .test_marks import NOON

GERMAN = """\
\ufeffID;"Vollständiger Name";E-Mail-Adresse;Bewertung;Bestwertung;"Feedback als Kommentar"\r
"Teilnehmer/in 501";"Ada Lovelace";ada@x.org;;"2.000,00";\r
"Teilnehmer/in 502";"Ben B";ben@x.org;"1.000,50";"2.000,00";alt\r
"""
FRENCH_CANVAS = """\
Étudiant,ID,Identifiant SIS,Section,Semaine 3 (77),Semaine 4 (78),Note finale
,,,,Publication manuelle,,
    Points possibles,,,,"2,00","4,00",(read only)
"Lovelace, Ada",11,s11,lundi,,"3,5",
Test,14,,lundi,,,
"""


def result(*names: str, checks: int = 2) -> Verdicts:
    outcomes = ["passed", "failed", *["passed"] * (checks - 2)]
    return Verdicts(
        engine="0", course="tiny", seed=1, protection=RUN.protection,
        verdicts=[verdict(n, k, *outcomes) for n in names for k in ("one", "two")],  # type: ignore[arg-type]
    )  # fmt: skip


def marks(*names: str, checks: int = 2) -> Marks:
    return compute_marks(snapshot_of(result(*names, checks=checks)))


def cells(filled: FilledExport) -> list[list[str]]:
    text = filled.text.removeprefix("\ufeff")
    delimiter = ";" if text.partition("\n")[0].count(";") else ","
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def german(**more: object) -> ColumnMapping:
    mapping = moodle_mapping("Bewertung", "Feedback als Kommentar", None, "ID")
    return replace(mapping, maximum="Bestwertung", **more)


def test_a_german_worksheet_gets_its_own_numbers() -> None:
    filled = fill(GERMAN, marks("501", "502", checks=1000), german())
    assert [row[3] for row in cells(filled)[1:]] == ["1.998", "1.998"]
    assert filled.replaced == ["502: 1.000,50 becomes 1.998"]
    assert filled.text.startswith("\ufeffID;")
    assert filled.text.count("\r\n") == 3
    half = compute_marks(replace(snapshot_of(result("501", checks=1000)), notes=[note("501")]))
    assert cells(fill(GERMAN, half, german()))[1][3] == "1.234,5"


def note(subject: str) -> Note:
    return Note(subject=subject, kind="override", score=1234.5, by="ann", why="w", recorded_at=NOON)


def test_a_maximum_that_is_not_named_is_an_error_and_not_off() -> None:
    mapping = moodle_mapping("Bewertung", "Feedback als Kommentar", None, "ID")
    with pytest.raises(KataError, match="no column `Maximum Grade`") as error:
        fill(GERMAN, marks("501"), mapping)
    assert "--maximum" in error.value.next_step
    assert fill(GERMAN, marks("501"), replace(mapping, out_of=4.0)).graded == 1


@pytest.mark.parametrize("maximum", ["viele", "", "2.000,00 Punkte", "-"])
def test_a_maximum_that_cannot_be_read_is_an_error_and_not_off(maximum: str) -> None:
    with pytest.raises(KataError, match="does not say how many points `Bewertung` is out of"):
        fill(GERMAN.replace("2.000,00", maximum), marks("501", checks=1000), german())


def test_two_maxima_are_an_error() -> None:
    text = GERMAN.replace("2.000,00", "4,00", 1)
    with pytest.raises(KataError, match=r"it says 4,00 and 2\.000,00"):
        fill(text, marks("501", "502"), german())


def test_a_maximum_that_differs_is_an_error_in_the_numbers_of_people() -> None:
    with pytest.raises(KataError, match="out of 2000 points, and the result out of 4"):
        fill(GERMAN, marks("501"), german())


def test_a_french_canvas_file_is_filled_in_without_english_words() -> None:
    mapping = replace(canvas_mapping("Semaine 4 (78)"), keys=("ID",))
    filled = fill(FRENCH_CANVAS, marks("11"), mapping)
    assert cells(filled)[3][5] == "2"
    assert filled.replaced == ["11: 3,5 becomes 2"]
    with pytest.raises(KataError, match="out of 2 points, and the result out of 4"):
        fill(FRENCH_CANVAS, marks("11"), replace(mapping, column="Semaine 3 (77)"))
    with pytest.raises(KataError, match="does not import the column"):
        fill(FRENCH_CANVAS, marks("11"), replace(mapping, column="Note finale"))
    with pytest.raises(KataError, match="`quatre` is not a number"):
        fill(FRENCH_CANVAS.replace('"4,00"', "quatre"), marks("11"), mapping)


def test_a_kata_has_its_own_column() -> None:
    mapping = replace(canvas_mapping("Semaine 3 (77)", None, "ID"), kata="two")
    filled = fill(FRENCH_CANVAS, marks("11"), mapping)
    assert cells(filled)[3][4:6] == ["1", "3,5"]


def test_a_row_is_found_by_what_the_roster_says() -> None:
    roster = [Student(id="ada", canvas="11"), Student(id="ben", email="ben@x.org", moodle="502")]
    done = replace(snapshot_of(result("ada", "ben")), roster=roster)
    mapping = replace(canvas_mapping("Semaine 4 (78)"), keys=("ID",))
    assert fill(FRENCH_CANVAS, compute_marks(done), mapping).graded == 1
    assert fill(GERMAN, compute_marks(done), german(out_of=4.0)).graded == 1


@pytest.mark.parametrize("name", ["ada_11_98765_net.zip", "ada_late_11_98765_net.zip"])
def test_a_download_of_canvas_needs_no_roster(name: str) -> None:
    mapping = replace(canvas_mapping("Semaine 4 (78)"), keys=("ID",))
    assert fill(FRENCH_CANVAS, marks(name), mapping).graded == 1


def test_a_download_of_moodle_needs_no_roster() -> None:
    name = "Ada Lovelace_501_assignsubmission_file"
    assert fill(GERMAN, marks(name), german(out_of=4.0)).graded == 1


@pytest.mark.parametrize(
    ("cells", "delimiter", "written"),
    [
        (["1,234.50"], ",", NumberFormat(".", ",")),
        (["1.234,50"], ",", NumberFormat(",", ".")),
        (["1 234,5"], ";", NumberFormat(",", " ")),
        (["1’234.5"], ";", NumberFormat(".", "’")),
        (["8,5", "10"], ",", NumberFormat(",")),
        (["10.00"], ";", NumberFormat(".")),
        (["1.234.567"], ",", NumberFormat(",", ".")),
        (["0,125"], ",", NumberFormat(",")),
        (["12"], ",", NumberFormat(".")),
        (["12"], ";", NumberFormat(",")),
        (["", "-", "EX"], ",", NumberFormat(".")),
        (["1.234", "0.5"], ",", NumberFormat(".")),
    ],
)
def test_a_file_shows_how_it_writes_numbers(
    cells: list[str], delimiter: str, written: NumberFormat
) -> None:
    assert find_number_format(cells, [], delimiter) == written


@pytest.mark.parametrize("cells", [["1,234"], ["100.000"], ["8,5", "10.00"]])
def test_numbers_that_can_be_read_in_two_ways_are_an_error(cells: list[str]) -> None:
    with pytest.raises(KataError, match=r"in two (ways|formats)") as error:
        find_number_format(cells, [], ",")
    assert "--decimal" in error.value.next_step


def test_a_sign_that_is_named_decides() -> None:
    text = FRENCH_CANVAS.replace("4,00", "4,000")
    mapping = replace(canvas_mapping("Semaine 4 (78)"), keys=("ID",), decimal=",")
    assert fill(text, marks("11"), mapping).graded == 1


@pytest.mark.parametrize(
    ("written", "text", "value"),
    [
        (NumberFormat(",", "."), "1.234,5", 1234.5),
        (NumberFormat(".", ","), "1,234.50", 1234.5),
        (NumberFormat(",", " "), "1 234", 1234.0),
        (NumberFormat(","), "8", 8.0),
        (NumberFormat(","), "10.00", None),
        (NumberFormat("."), "1,23", None),
        (NumberFormat("."), "eight", None),
        (NumberFormat("."), "1.2.3", None),
        (NumberFormat("."), "", None),
    ],
)
def test_a_number_is_read_in_the_format_or_not_at_all(
    written: NumberFormat, text: str, value: float | None
) -> None:
    assert written.parse(text) == value
    if value is not None:
        assert written.parse(written.write(value)) == value


def test_what_graders_write_is_in_the_feedback_but_no_reason() -> None:
    told = [
        note("501"),
        Note(subject="501", kind="comment", text="<b>well argued", by="ann", why="secret",
             recorded_at=NOON),
    ]  # fmt: skip
    done = compute_marks(replace(snapshot_of(result("501")), notes=told))
    feedback = cells(fill(GERMAN, done, german(out_of=4.0)))[1][5]
    assert "&lt;b&gt;well argued" in feedback
    assert "a person set the mark 1234.5" in feedback
    assert "secret" not in feedback
