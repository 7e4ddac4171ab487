"""Fill the grade column of a file that Canvas or Moodle exported, and touch no other cell.

A submission's name has to be what the export says of one student, such as an ID, a login or an
e-mail address; nothing is guessed. What cannot be filled in is left as it is, and named.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from difflib import get_close_matches
from html import escape

from msgspec import Struct

from ..errors import KataError
from ..model import Verdicts
from ..reporters.summary import Standing, standings
from ..text.sanitize import number, one_line

CANVAS_KEYS = ("ID", "SIS User ID", "SIS Login ID")
MOODLE_KEYS = ("Email address", "ID number", "Username", "Identifier")
ARCHIVES = (".tar.gz", ".tar.bz2", ".tar.xz", ".tgz", ".tar", ".zip")
FORMULA = "=+-@\t\r＝＋－＠"
WORKSHEET = ("Grade", "Feedback comments")
NOT_MARKS = ("EX", "N/A")
"""What Canvas writes for an excused student, and for one who does not have the assignment."""


class Rules(Struct, frozen=True):
    """How to fill in: which columns, which say who a row is, and out of how many points."""

    column: str
    keys: tuple[str, ...]
    feedback: str | None = None
    out_of: float | None = None


class Filled(Struct):
    """The file with grades in it, and what has to be looked at."""

    text: str
    graded: int = 0
    left_out: list[str] = []
    """Who was not filled in, and why."""
    replaced: list[str] = []
    """Whose grade was another before."""


class Table(Struct):
    """A CSV file and how it is written."""

    rows: list[list[str]]
    delimiter: str
    ending: str
    mark: str

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return self.rows[0]

    def column(self, name: str) -> int:
        """Return where a column stands; raises `KataError` unless there is exactly one."""
        found = [place for place, title in enumerate(self.header) if title.strip() == name]
        if len(found) == 1:
            return found[0]
        if found:
            raise KataError(
                f"the file has {len(found)} columns `{name}`",
                next_step="export it again, with one column of that name",
            )
        near = get_close_matches(name, self.header, n=1, cutoff=0.3)
        raise KataError(
            f"the file has no column `{name}`",
            next_step=f"did you mean `{near[0]}`?"
            if near
            else f"it has: {', '.join(filter(None, self.header))}",
        )

    def text(self) -> str:
        """Return the file's text, ends of lines and mark at the beginning as they were."""
        out = io.StringIO()
        csv.writer(out, delimiter=self.delimiter, lineterminator=self.ending).writerows(self.rows)
        return self.mark + out.getvalue()


def canvas_rules(column: str, out_of: float | None = None, match: str | None = None) -> Rules:
    """Return how an export of Canvas's gradebook is filled in."""
    return Rules(column, (match,) if match else CANVAS_KEYS, None, out_of)


def moodle_rules(
    column: str | None, feedback: str | None, out_of: float | None = None, match: str | None = None
) -> Rules:
    """Return how Moodle's grading worksheet, or an export of its gradebook, is filled in.

    Moodle can lose a grade that comes without feedback, so both columns are always filled in.
    """
    column = column or WORKSHEET[0]
    if feedback is None:
        if column == WORKSHEET[0]:
            feedback = WORKSHEET[1]
        elif "(Real)" in column:
            feedback = column.replace("(Real)", "(Feedback)")
        else:
            raise KataError(
                f"which column holds the feedback to `{column}` cannot be told",
                next_step="name it with --feedback; Moodle needs grade and feedback together",
            )
    return Rules(column, (match,) if match else MOODLE_KEYS, feedback, out_of)


def fill(export: str, verdicts: Verdicts, rules: Rules) -> Filled:
    """Return the export with our grades in it; raises `KataError` when it is not what it should be.

    Left out are submissions that match no row or more than one, or the same row as another, that
    have no mark because a check of the course broke, or whose row says that there is to be none.
    """
    table = read_table(export)
    grade = table.column(rules.column)
    feedback = table.column(rules.feedback) if rules.feedback else None
    keys = [place for place, title in enumerate(table.header) if title.strip() in rules.keys]
    if not keys:
        raise KataError(
            f"no column of the file says who a row is: {', '.join(rules.keys)}",
            next_step="name the column with --match",
        )
    found = [standing for standing in standings(verdicts) if standing.verdicts]
    scale = _scale(table, grade, found, rules)
    filled = Filled("")
    for place, standing in _matched(table, keys, found, filled.left_out):
        row = table.rows[place]
        before = row[grade].strip()
        if standing.broken:
            why = "a check of the course is broken, so there is no mark"
            filled.left_out.append(one_line(f"{standing.name}: {why}"))
            continue
        if before.upper() in NOT_MARKS:
            filled.left_out.append(one_line(f"{standing.name}: the file says {before}"))
            continue
        row[grade] = number(standing.score * scale)
        if _float(before) not in (None, _float(row[grade])):
            filled.replaced.append(one_line(f"{standing.name}: {before} becomes {row[grade]}"))
        if feedback is not None:
            row[feedback] = safe_cell(feedback_of(standing))
        filled.graded += 1
    filled.text = table.text()
    return filled


def read_table(text: str) -> Table:
    """Read a CSV file, with the delimiter that its first line shows."""
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
    return Table(rows, delimiter, ending, mark)


def safe_cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(tuple(FORMULA)) else text


def feedback_of(standing: Standing) -> str:
    """Return a few words on a submission; Moodle shows them as HTML, so that is escaped.

    They are the course's words and numbers only: nothing that a submission says.
    """
    parts = [f"{standing.points} of {standing.max_points} points"]
    parts += standing.reasons
    for verdict in standing.verdicts:
        said = [f"looks like {d.mistake}" for d in verdict.diagnoses]
        if verdict.load is not None:
            said.append(f"could not be loaded ({verdict.load.kind.replace('_', ' ')})")
        if not verdict.passed:
            points = f"{verdict.kata} {verdict.points}/{verdict.max_points}"
            parts.append(", ".join([points, *said]))
    return escape(one_line("; ".join(parts), 2000), quote=False)


def _scale(table: Table, grade: int, found: list[Standing], rules: Rules) -> float:
    """Return what a point is worth in the column; raises `KataError` where that is not sure."""
    whole = {standing.max_points for standing in found}
    if len(whole) > 1:
        raise KataError(
            "the submissions were not graded by the same katas",
            next_step="grade them together: kata grade FOLDER --each",
        )
    ours = float(whole.pop()) if whole else 0.0
    solved = _possible(table, grade)
    if rules.out_of is None:
        if solved not in (None, ours):
            assert solved is not None
            raise KataError(
                f"the column `{rules.column}` is out of {number(solved)} points, and the result "
                f"out of {number(ours)}",
                next_step=f"--out-of {number(solved)} scales the result, "
                f"--out-of {number(ours)} writes it as it is",
            )
        return 1.0
    return rules.out_of / ours if ours else 1.0


def _possible(table: Table, grade: int) -> float | None:
    """Return the points that the file says there are; raises `KataError` for a read-only column."""
    for row in table.rows[1:]:
        if row and "Points Possible" in row[0] and len(row) > grade:
            if re.search(r"read\s+only", row[grade]):
                raise KataError(
                    f"Canvas does not read the column `{table.header[grade].strip()}`",
                    next_step="name the column of an assignment, such as `Week 3 (1234)`",
                )
            return _float(row[grade])
    if "Maximum Grade" in table.header:
        place = table.header.index("Maximum Grade")
        found = {_float(row[place]) for row in table.rows[1:] if len(row) > place}
        return found.pop() if len(found) == 1 else None
    return None


def _float(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _matched(
    table: Table, keys: list[int], found: list[Standing], left_out: list[str]
) -> Iterator[tuple[int, Standing]]:
    """Yield (row, submission) where each is the other's only match, and list the rest."""
    rows: dict[str, set[int]] = {}
    for place, row in enumerate(table.rows[1:], 1):
        if len(row) == len(table.header) and "Points Possible" not in row[0]:
            for key in keys:
                for name in _names(row[key], table.header[key].strip()):
                    rows.setdefault(name, set()).add(place)
    claims: dict[int, list[Standing]] = {}
    for standing in found:
        places = rows.get(_key(standing.name), set())
        if len(places) == 1:
            claims.setdefault(next(iter(places)), []).append(standing)
        elif places:
            left_out.append(one_line(f"{standing.name}: {len(places)} rows of the file match it"))
        else:
            left_out.append(one_line(f"{standing.name}: no row of the file matches it"))
    for place, claimants in claims.items():
        if len(claimants) == 1:
            yield place, claimants[0]
        else:
            names = ", ".join(standing.name for standing in claimants)
            left_out.append(one_line(f"{names}: they match the same row, so none is filled in"))


def _names(cell: str, title: str) -> Iterator[str]:
    """Yield what a submission may be called to be this cell's; `Participant 12` is also `12`."""
    if name := cell.strip().casefold():
        yield name
        if title == "Identifier" and (digits := re.search(r"\d+$", name)):
            yield digits[0]


def _key(name: str) -> str:
    name = name.strip().casefold()
    for ending in ARCHIVES:
        name = name.removesuffix(ending)
    return name
