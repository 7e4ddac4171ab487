"""Fill in the grade column of a file that Canvas or Moodle exported; other cells stay unchanged.

The name of a submission must be what the export says of a student, such as an ID, a login or an
e-mail address; nothing is guessed. A row that cannot be filled in stays unchanged and is listed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import escape

from msgspec import Struct

from ..errors import KataError, suggest
from ..model import Verdicts
from ..reporters.summary import SubmissionSummary, likely_cause, summarize
from ..text.sanitize import number, one_line

CANVAS_KEYS = ("ID", "SIS User ID", "SIS Login ID")
MOODLE_KEYS = ("Email address", "ID number", "Username", "Identifier")
ARCHIVE_SUFFIXES = (".tar.gz", ".tar.bz2", ".tar.xz", ".tgz", ".tar", ".zip")
FORMULA = "=+-@\t\r＝＋－＠"
WORKSHEET = ("Grade", "Feedback comments")
NOT_MARKS = ("EX", "N/A")
"""What Canvas writes for an excused student, and for one without the assignment."""


class ColumnMapping(Struct, frozen=True):
    """The columns to fill in, the columns that identify a student, and the maximum of points."""

    column: str
    keys: tuple[str, ...]
    feedback: str | None = None
    out_of: float | None = None


class FilledExport(Struct):
    """The text of the file with grades, and what the instructor should look at."""

    text: str
    graded: int = 0
    left_out: list[str] = []
    """Submissions without a grade in the file, and why."""
    replaced: list[str] = []
    """Submissions whose grade in the file was different before."""


class CsvFile(Struct):
    """The rows of a CSV file, and its format."""

    rows: list[list[str]]
    delimiter: str
    ending: str
    mark: str

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return self.rows[0]

    def column(self, name: str) -> int:
        """Return the index of a column; raises `KataError` unless there is exactly one."""
        places = [place for place, title in enumerate(self.header) if title.strip() == name]
        if len(places) == 1:
            return places[0]
        if places:
            raise KataError(
                f"the file has {len(places)} columns `{name}`",
                next_step="export it again, with one column of that name",
            )
        raise KataError(
            f"the file has no column `{name}`",
            next_step=suggest(name, self.header, "`{}`", cutoff=0.3)
            or f"it has: {', '.join(filter(None, self.header))}",
        )

    def text(self) -> str:
        """Return the file's text with its line ends and byte order mark."""
        out = io.StringIO()
        csv.writer(out, delimiter=self.delimiter, lineterminator=self.ending).writerows(self.rows)
        return self.mark + out.getvalue()


def canvas_mapping(
    column: str, out_of: float | None = None, match: str | None = None
) -> ColumnMapping:
    """Return the columns of a gradebook that Canvas exported."""
    return ColumnMapping(column, (match,) if match else CANVAS_KEYS, None, out_of)


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
    return ColumnMapping(column, (match,) if match else MOODLE_KEYS, feedback, out_of)


def fill(export: str, verdicts: Verdicts, mapping: ColumnMapping) -> FilledExport:
    """Return the export with the grades filled in; raises `KataError` if a column is missing.

    A submission is left out if it matches no row or several, or the same row as another one, if a
    check of the course is broken, or if its row says that there is no grade.
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
    if verdicts.policy_error is not None:
        raise KataError(
            f"the result has no scores: {verdicts.policy_error}",
            next_step="grade again, with a policy that works or without one",
        )
    submissions = [submission for submission in summarize(verdicts) if submission.verdicts]
    scale = _scale(table, grade, submissions, mapping)
    filled = FilledExport("")
    for entry in verdicts.needs_person:
        line = f"{entry.submission}: it needs a person: {entry.reason}; {entry.next_step}"
        filled.left_out.append(one_line(line))
    for place, submission in _match(table, keys, submissions, filled.left_out):
        row = table.rows[place]
        before = row[grade].strip()
        if submission.broken:
            why = "a check of the course is broken, so there is no mark"
            filled.left_out.append(one_line(f"{submission.name}: {why}"))
            continue
        if before.upper() in NOT_MARKS:
            filled.left_out.append(one_line(f"{submission.name}: the file says {before}"))
            continue
        row[grade] = number(submission.score * scale)
        if _float(before) not in (None, _float(row[grade])):
            filled.replaced.append(one_line(f"{submission.name}: {before} becomes {row[grade]}"))
        if feedback is not None:
            row[feedback] = safe_cell(feedback_of(submission))
        filled.graded += 1
    filled.text = table.text()
    return filled


def read_table(text: str) -> CsvFile:
    """Return a CSV file from its text; the first line decides on the delimiter."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark) if mark else text
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=lambda d: len(next(csv.reader([first], delimiter=d), [])))
    ending = "\r\n" if first.endswith("\r") else "\n"
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise KataError(
            f"the export cannot be read as CSV: {error}", next_step="export it again"
        ) from None
    if not rows or not rows[0]:
        raise KataError("the export is empty", next_step="export it again")
    return CsvFile(rows, delimiter, ending, mark)


def safe_cell(text: str) -> str:
    """Return text that a spreadsheet does not interpret as a formula."""
    return f"'{text}" if text.startswith(tuple(FORMULA)) else text


def feedback_of(submission: SubmissionSummary) -> str:
    """Return the feedback on a submission, escaped, since Moodle shows it as HTML.

    It contains texts of the course and numbers only, and no text of the submission.
    """
    parts = [f"{submission.points} of {submission.max_points} points"]
    parts += submission.reasons
    for verdict in submission.verdicts:
        notes = [f"likely cause: {likely_cause(d).rstrip('.')}" for d in verdict.diagnoses]
        if verdict.load is not None:
            notes.append(f"could not be loaded ({verdict.load.kind.replace('_', ' ')})")
        if not verdict.passed:
            points = f"{verdict.kata} {verdict.points}/{verdict.max_points}"
            parts.append(", ".join([points, *notes]))
    return escape(one_line("; ".join(parts), 2000), quote=False)


def _scale(
    table: CsvFile, grade: int, submissions: list[SubmissionSummary], mapping: ColumnMapping
) -> float:
    """Return the grade per point; raises `KataError` if the maximum of points is unclear."""
    maxima = {submission.max_points for submission in submissions}
    if len(maxima) > 1:
        raise KataError(
            "the submissions were not graded with the same katas",
            next_step="grade them together: kata grade FOLDER --each",
        )
    maximum = float(maxima.pop()) if maxima else 0.0
    possible = _points_possible(table, grade)
    if mapping.out_of is None:
        if possible is not None and possible != maximum:
            raise KataError(
                f"the column `{mapping.column}` is out of {number(possible)} points, and the "
                f"result out of {number(maximum)}",
                next_step=f"--out-of {number(possible)} scales the result, "
                f"--out-of {number(maximum)} writes it as it is",
            )
        return 1.0
    return mapping.out_of / maximum if maximum else 1.0


def _points_possible(table: CsvFile, grade: int) -> float | None:
    """Return the maximum of points in the file; raises `KataError` for a read-only column."""
    for row in table.rows[1:]:
        if row and "Points Possible" in row[0] and len(row) > grade:
            if re.search(r"read\s+only", row[grade]):
                raise KataError(
                    f"Canvas does not import the column `{table.header[grade].strip()}`",
                    next_step="name the column of an assignment, such as `Week 3 (1234)`",
                )
            return _float(row[grade])
    if "Maximum Grade" in table.header:
        place = table.header.index("Maximum Grade")
        maxima = {_float(row[place]) for row in table.rows[1:] if len(row) > place}
        return maxima.pop() if len(maxima) == 1 else None
    return None


def _float(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _match(
    table: CsvFile, keys: list[int], submissions: list[SubmissionSummary], left_out: list[str]
) -> Iterator[tuple[int, SubmissionSummary]]:
    """Yield (row, submission) for every unique match; list the others in `left_out`."""
    rows: dict[str, set[int]] = {}
    for place, row in enumerate(table.rows[1:], 1):
        if len(row) == len(table.header) and "Points Possible" not in row[0]:
            for key in keys:
                for name in _names(row[key], table.header[key].strip()):
                    rows.setdefault(name, set()).add(place)
    claims: dict[int, list[SubmissionSummary]] = {}
    for submission in submissions:
        places = rows.get(_key(submission.name), set())
        if len(places) == 1:
            claims.setdefault(next(iter(places)), []).append(submission)
        elif places:
            left_out.append(one_line(f"{submission.name}: {len(places)} rows of the file match it"))
        else:
            left_out.append(one_line(f"{submission.name}: no row of the file matches it"))
    for place, claimants in claims.items():
        if len(claimants) == 1:
            yield place, claimants[0]
        else:
            names = ", ".join(submission.name for submission in claimants)
            left_out.append(one_line(f"{names}: they match the same row, so none is filled in"))


def _names(cell: str, title: str) -> Iterator[str]:
    """Yield the names of submissions that match a cell; `Participant 12` also matches `12`."""
    if name := cell.strip().casefold():
        yield name
        if title == "Identifier" and (digits := re.search(r"\d+$", name)):
            yield digits[0]


def _key(name: str) -> str:
    name = name.strip().casefold()
    for ending in ARCHIVE_SUFFIXES:
        name = name.removesuffix(ending)
    return name
