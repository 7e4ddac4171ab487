"""Fill in columns of a file that Canvas or Moodle exported; other cells stay unchanged.

A row belongs to a student if one of its identifying cells has a name of the student from the
roster, or the name of the student's submission; nothing is guessed. A row that cannot be filled in
stays unchanged and is listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Literal

from msgspec import Struct

from ..errors import KataError
from ..reporters.summary import likely_cause
from ..text.sanitize import number, one_line
from .csv_file import CsvFile, NumberFormat, find_number_format, read_table, safe_cell
from .marks import NO_SCORE, KataMark, Marks, StudentMark
from .roster import canvas_number, moodle_number, plain_name

CANVAS_KEYS = ("ID", "SIS User ID", "SIS Login ID")
MOODLE_KEYS = ("Email address", "ID number", "Username", "Identifier")
WORKSHEET = ("Grade", "Feedback comments")
MAXIMUM = "Maximum Grade"
NOT_MARKS = ("EX", "N/A")
"""The text in Canvas for an excused student, and for a student without the assignment."""
PARTICIPANT = re.compile(r"[^\W\d]{4}\S*?\s*(\d+)$")
"""`Participant 12`, in any language."""


class ColumnMapping(Struct, frozen=True, kw_only=True):
    """The column to fill in, the columns that identify a student, and the maximum of points."""

    platform: Literal["canvas", "moodle"]
    column: str
    keys: tuple[str, ...]
    kata: str = ""
    """The kata whose marks go into the column; "" for the whole mark."""
    feedback: str | None = None
    out_of: float | None = None
    maximum: str | None = None
    """The column with the maximum of points, if it does not have the English name."""
    decimal: str | None = None
    """The decimal separator, if the file does not show it."""


class FilledExport(Struct):
    """The text of the file with grades, and lists for the instructor."""

    text: str
    graded: int = 0
    left_out: list[str] = []
    """Students and submissions without a grade in the file, and why."""
    replaced: list[str] = []
    """Students whose grade in the file was different before."""


def canvas_mapping(
    column: str, out_of: float | None = None, match: str | None = None
) -> ColumnMapping:
    """Return the columns of a gradebook that Canvas exported."""
    keys = (match,) if match else CANVAS_KEYS
    return ColumnMapping(platform="canvas", column=column, keys=keys, out_of=out_of)


def moodle_mapping(
    column: str | None, feedback: str | None, out_of: float | None = None, match: str | None = None
) -> ColumnMapping:
    """Return the columns of Moodle's grading worksheet, or of an export of its gradebook.

    Moodle can drop a grade without feedback, so both columns are always filled in. Raises
    `KataError` if the feedback column cannot be derived from the name of the grade column.
    """
    column = column or WORKSHEET[0]
    if feedback is None:
        if column == WORKSHEET[0]:
            feedback = WORKSHEET[1]
        elif "(Real)" in column:
            feedback = column.replace("(Real)", "(Feedback)")
        else:
            raise KataError(
                f"the feedback column of `{column}` is unknown",
                next_step="name it with --feedback; Moodle needs grade and feedback together",
            )
    keys = (match,) if match else MOODLE_KEYS
    return ColumnMapping(
        platform="moodle", column=column, keys=keys, feedback=feedback, out_of=out_of
    )


def fill(export: str, marks: Marks, mapping: ColumnMapping) -> FilledExport:
    """Return the export with the grades filled in; raises `KataError` if a column is missing.

    A student is left out if they have no mark, if they match no row, several rows, or the same row
    as another student, or if their row says that there is no grade.
    """
    table = read_table(export)
    grade = table.column(mapping.column)
    feedback = table.column(mapping.feedback) if mapping.feedback else None
    keys = [place for place, title in enumerate(table.header) if title.strip() in mapping.keys]
    if not keys:
        raise KataError(
            f"no column of the file identifies a student: {', '.join(mapping.keys)}",
            next_step="name the column with --match",
        )
    _require_scores(marks)
    numbers = _Numbers(table, grade, keys, mapping)
    scale = numbers.scale(marks)
    filled = FilledExport("")
    filled.left_out += [one_line(line) for line in marks.no_marks(mapping.kata)]
    students = [s for s in marks.students if s.mark_of(mapping.kata) is not None]
    for place, student in _match(table, keys, students, mapping, filled.left_out):
        row = table.rows[place]
        before = row[grade].strip()
        if before.upper() in NOT_MARKS:
            filled.left_out.append(one_line(f"{student.id}: the file says {before}"))
            continue
        row[grade] = numbers.format.write((student.mark_of(mapping.kata) or 0.0) * scale)
        earlier = numbers.format.parse(before)
        if earlier not in (None, numbers.format.parse(row[grade])):
            filled.replaced.append(one_line(f"{student.id}: {before} becomes {row[grade]}"))
        if feedback is not None:
            row[feedback] = safe_cell(feedback_of(student, mapping.kata))
        filled.graded += 1
    filled.text = table.text()
    return filled


def feedback_of(student: StudentMark, kata: str = "") -> str:
    """Return the feedback for a student, escaped, since Moodle shows it as HTML.

    It contains only numbers and texts of the course and of the graders, and no text of the
    submission.
    """
    katas = [student.katas[kata]] if kata else list(student.katas.values())
    judged = [mark for mark in katas if mark.verdict is not None]
    points = sum(mark.verdict.points for mark in judged if mark.verdict)
    parts = [f"{points} of {sum(mark.max_points for mark in katas)} points"]
    parts += _score_reasons(judged)
    for mark in judged:
        parts += _kata_feedback(mark)
    if student.override is not None and not kata:
        parts.append(f"a person set the mark {number(student.override.score or 0)}")
    parts += [note.text for note in student.comments if note.kata in ("", kata) or not kata]
    return escape(one_line("; ".join(parts), 2000), quote=False)


def _score_reasons(marks: list[KataMark]) -> list[str]:
    """Return the reasons for scores that differ from the points, else one reason for equal ones."""
    scored = [m for m in marks if m.verdict and m.verdict.score_reason and m.override is None]
    changed = [f"{m.kata}: {m.why}" for m in scored if m.verdict and m.mark != m.verdict.points]
    return changed or list(dict.fromkeys(m.why for m in scored if m.why))[:1]


def _kata_feedback(mark: KataMark) -> Iterator[str]:
    """Yield the feedback on a kata that did not pass, or whose mark a person set."""
    verdict = mark.verdict
    assert verdict is not None
    notes = [f"likely cause: {likely_cause(d).rstrip('.')}" for d in verdict.diagnoses]
    if verdict.search_ended:
        notes.append("the search for the cause ended early")
    if verdict.load is not None:
        notes.append(f"could not be loaded ({verdict.load.kind.replace('_', ' ')})")
    if mark.override is not None:
        notes.append(f"a person set the mark {number(mark.override.score or 0)}")
    if not verdict.passed or mark.override is not None:
        yield ", ".join([f"{verdict.kata} {verdict.points}/{verdict.max_points}", *notes])


def _require_scores(marks: Marks) -> None:
    """Raise `KataError` if a scoring rule failed, so that points must not be used as marks."""
    for student in marks.students:
        for kata in student.katas.values():
            if kata.mark is None and kata.why.startswith(NO_SCORE):
                raise KataError(
                    f"the result has no scores: {kata.why.partition(': ')[2]}",
                    next_step="grade again, with a policy that works or without one",
                )


class _Numbers:
    """The numbers of a file: their format, and the maximum of a column."""

    def __init__(self, table: CsvFile, grade: int, keys: list[int], mapping: ColumnMapping) -> None:
        self.table, self.grade, self.mapping = table, grade, mapping
        rows = [row for row in table.rows[1:] if len(row) == len(table.header)]
        students = [row for row in rows if any(row[key].strip() for key in keys)]
        first = rows.index(students[0]) if students else len(rows)
        if mapping.platform == "canvas":
            titled = [row for row in rows if "Points Possible" in row[0]]
            self.maxima = [row[grade].strip() for row in titled or rows[:first]]
        else:
            name = mapping.maximum or MAXIMUM
            known = mapping.maximum or any(title.strip() == name for title in table.header)
            place = table.column(name) if known else None
            self.maxima = [row[place].strip() for row in students] if place is not None else []
        cells = [*self.maxima, *(row[grade] for row in rows)]
        others = (cell for row in rows for place, cell in enumerate(row) if place not in keys)
        if mapping.decimal is None:
            self.format = find_number_format(cells, others, table.delimiter)
        else:
            self.format = NumberFormat(mapping.decimal)

    def scale(self, marks: Marks) -> float:
        """Return the grade per point; raises `KataError` if the maximum of points is unclear."""
        mapping = self.mapping
        maxima = {
            student.max_of(mapping.kata)
            for student in marks.students
            if student.mark_of(mapping.kata) is not None
        }
        if len(maxima) > 1:
            raise KataError(
                "the submissions were not graded with the same katas",
                next_step="grade them together: kata grade FOLDER --each",
            )
        maximum = float(maxima.pop()) if maxima else 0.0
        if mapping.platform == "canvas" and any("read only" in cell for cell in self.maxima):
            raise KataError(
                f"Canvas does not import the column `{self.table.header[self.grade].strip()}`",
                next_step="name the column of an assignment, such as `Week 3 (1234)`",
            )
        if mapping.out_of is not None:
            return mapping.out_of / maximum if maximum else 1.0
        possible = self.maximum() if maximum else 0.0
        if maximum and possible != maximum:
            raise KataError(
                f"the column `{mapping.column}` is out of {number(possible)} points, and the "
                f"result out of {number(maximum)}",
                next_step=f"--out-of {number(possible)} scales the result, "
                f"--out-of {number(maximum)} writes it as it is",
            )
        return 1.0

    def maximum(self) -> float:
        """Return the maximum in the file; raises `KataError` where it cannot be read."""
        found = {cell: self.format.parse(cell) for cell in self.maxima}
        if self.mapping.platform == "canvas":  # rows above the students may contain other texts
            found = {cell: value for cell, value in found.items() if cell} or found
            found = {cell: value for cell, value in found.items() if value is not None} or found
        values = set(found.values())
        if len(values) == 1 and (value := values.pop()) is not None:
            return value
        unread = [cell for cell, value in found.items() if value is None]
        if unread:
            why = f"`{unread[0]}` is not a number in the file's format"
        elif found:
            why = f"it says {' and '.join(found)}"
        elif self.mapping.platform == "moodle":
            why = f"it has no column `{MAXIMUM}`"
        else:
            why = "it has no row for it"
        more = "name its column with --maximum, or " if self.mapping.platform == "moodle" else ""
        raise KataError(
            f"the file does not say how many points `{self.mapping.column}` is out of: {why}",
            next_step=f"{more}give it with --out-of POINTS",
        )


def _match(
    table: CsvFile, keys: list[int], students: list[StudentMark], mapping: ColumnMapping,
    left_out: list[str],
) -> Iterator[tuple[int, StudentMark]]:  # fmt: skip
    """Yield (row, student) for every unique match; list the others in `left_out`."""
    rows: dict[str, set[int]] = {}
    for place, row in enumerate(table.rows[1:], 1):
        if len(row) == len(table.header) and "Points Possible" not in row[0]:
            for key in keys:
                for name in _cell_names(row[key], table.header[key].strip(), mapping):
                    rows.setdefault(name, set()).add(place)
    claims: dict[int, list[StudentMark]] = {}
    for student in students:
        places = set().union(*(rows.get(n, ()) for n in _names(student, mapping.platform)))
        if len(places) == 1:
            claims.setdefault(next(iter(places)), []).append(student)
        elif places:
            left_out.append(one_line(f"{student.id}: {len(places)} rows of the file match it"))
        else:
            left_out.append(one_line(f"{student.id}: no row of the file matches it"))
    for place, claimants in claims.items():
        if len(claimants) == 1:
            yield place, claimants[0]
        else:
            names = ", ".join(student.id for student in claimants)
            left_out.append(one_line(f"{names}: they match the same row, so none is filled in"))


def _names(student: StudentMark, platform: str) -> set[str]:
    """Return the names that can identify a student's row."""
    person = student.student
    own = person.canvas if platform == "canvas" else person.moodle
    names = {plain_name(name) for name in (person.id, person.email, own, *student.submissions)}
    find = canvas_number if platform == "canvas" else moodle_number
    names |= {find(name) for name in student.submissions}
    return names - {""}


def _cell_names(cell: str, title: str, mapping: ColumnMapping) -> Iterator[str]:
    """Yield the names that match a cell; `Participant 12` also matches `12`."""
    if name := cell.strip().casefold():
        yield name
        named = title == "Identifier" or title not in MOODLE_KEYS
        if mapping.platform == "moodle" and named and (found := PARTICIPANT.match(name)):
            yield found[1]
