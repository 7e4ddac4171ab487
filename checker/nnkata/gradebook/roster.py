"""The students of a course: read their roster, and find the owners of submissions.

A submission belongs to a student if its name is one of the student's names in the roster, or if it
is the name of a download from a platform and contains the student's number or login. Nothing is
guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from ..errors import KataError
from .csv_file import read_csv, read_table
from .records import Student

ARCHIVE_SUFFIXES = (".tar.gz", ".tar.bz2", ".tar.xz", ".tgz", ".tar", ".zip")
MOODLE_DOWNLOAD = re.compile(r"(?:^|_)(\d+)_assignsubmission_")
"""`Ada Lovelace_501_assignsubmission_file`: the number of the participant."""
CANVAS_DOWNLOAD = re.compile(r"^[^_]+_(?:late_)?(\d+)_\d+_.")
"""`lovelaceada_LATE_11_98765_work.zip`: the IDs of the student and of the submission."""
SECOND_DOWNLOAD = re.compile(r" ?\(\d+\)$")
"""`ada (1)`: the number that a browser adds."""
BRANCHES = ("-main", "-master")
"""The suffixes that GitHub adds to a repository's name in the name of a zip archive."""
COLUMNS = {
    "id": ("id", "student id", "identifier", "id number", "sis user id"),
    "name": ("name", "full name", "student"),
    "email": ("email", "email address", "e-mail"),
    "github": ("github", "github_username", "github username"),
    "moodle": ("moodle", "moodle id", "participant"),
    "canvas": ("canvas", "canvas id"),
}
"""The usual names of a roster's columns, for columns that are not named by an option."""


class Owners(Struct, frozen=True):
    """The owner of each submission, and the submissions whose owner is not known."""

    by_submission: dict[str, str] = {}
    unmatched: dict[str, str] = {}
    """The submissions without a student, and why."""


def read_roster(path: Path, names: dict[str, str]) -> list[Student]:
    """Return the students of a CSV file; `names` maps fields to names of columns.

    Raises `KataError` with the line that cannot be used.
    """
    table = read_table(read_csv(path))
    places = {}
    for field, usual in COLUMNS.items():
        if name := names.get(field):
            places[field] = table.column(name)
            continue
        titles = [title.strip().casefold() for title in table.header]
        found = [titles.index(title) for title in usual if title in titles]
        if found:
            places[field] = found[0]
    if "id" not in places:
        raise KataError(
            f"{path} has no column `id`, which identifies the students",
            next_step=f"name it with --id; the file has: {', '.join(filter(None, table.header))}",
        )
    students: dict[str, Student] = {}
    for line, row in enumerate(table.rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(table.header):
            raise _unusable(path, f"row {line} has {len(row)} cells, not {len(table.header)}")
        student = Student(**{field: row[place].strip() for field, place in places.items()})
        if not student.id:
            raise _unusable(path, f"row {line} has no id")
        if student.id.casefold() in students:
            raise _unusable(path, f"row {line}: the id {student.id} is in the file twice")
        students[student.id.casefold()] = student
    _require_unique(path, students.values())
    return list(students.values())


def find_owners(submissions: Iterable[str], roster: list[Student]) -> Owners:
    """Return the owners of submissions; without a roster, each submission is its own owner."""
    submissions = list(submissions)
    if not roster:
        return Owners({name: name for name in submissions})
    index = _RosterIndex(roster)
    owners = Owners({}, {})
    for name in submissions:
        found = index.find(name)
        if len(found) == 1:
            owners.by_submission[name] = found.pop()
        elif found:
            owners.unmatched[name] = f"it matches {', '.join(sorted(found))} of the roster"
        else:
            owners.unmatched[name] = "no student of the roster matches it"
    return owners


def plain_name(submission: str) -> str:
    """Return the name of a submission in lower case, without the parts that a download adds.

    These are the extension of an archive or a module, and the number of a second download.
    """
    name = submission.strip().casefold()
    for ending in (*ARCHIVE_SUFFIXES, ".py"):
        name = name.removesuffix(ending)
    return SECOND_DOWNLOAD.sub("", name)


def moodle_number(submission: str) -> str:
    """Return the participant number in the name of a download from Moodle, or ""."""
    found = MOODLE_DOWNLOAD.search(submission)
    return found[1] if found else ""


def canvas_number(submission: str) -> str:
    """Return the student's ID in the name of a download from Canvas, or ""."""
    found = CANVAS_DOWNLOAD.match(submission.casefold())
    return found[1] if found else ""


class _RosterIndex:
    """An index of the students of a roster by their names, numbers and logins."""

    def __init__(self, roster: list[Student]) -> None:
        self._all: dict[str, set[str]] = {}
        self._kinds: dict[str, dict[str, set[str]]] = {"moodle": {}, "canvas": {}, "github": {}}
        for student in roster:
            for name in (
                student.id, student.email, student.github, student.moodle, student.canvas
            ):  # fmt: skip
                if name:
                    self._all.setdefault(name.casefold(), set()).add(student.id)
            for kind, index in self._kinds.items():
                number = getattr(student, kind) or student.id
                if kind == "moodle":
                    number = re.sub(r"^\D*(?=\d+$)", "", number)
                index.setdefault(number.casefold(), set()).add(student.id)

    def find(self, submission: str) -> set[str]:
        """Return the ids of the students that a name matches, by the first rule that matches."""
        if found := self._all.get(plain_name(submission)):
            return set(found)
        for kind, number in (
            ("moodle", moodle_number(submission)),
            ("canvas", canvas_number(submission)),
        ):
            if number:
                return set(self._kinds[kind].get(number, ()))
        return {
            student
            for login in _logins(plain_name(submission))
            for student in self._kinds["github"].get(login, ())
        }


def _logins(name: str) -> Iterator[str]:
    """Yield the possible logins in `week-3-ada`, the name of a repository of GitHub Classroom.

    Downloaded as an archive, it is `week-3-ada-main`.
    """
    for known in dict.fromkeys((name, *(name.removesuffix(branch) for branch in BRANCHES))):
        parts = known.split("-")
        for start in range(1, len(parts)):
            yield "-".join(parts[start:])


def _require_unique(path: Path, students: Iterable[Student]) -> None:
    """Raise `KataError` if two students of a roster have the same name on one platform."""
    for field in ("email", "github", "moodle", "canvas"):
        owners: dict[str, str] = {}
        for student in students:
            value = getattr(student, field).casefold()
            if value and owners.setdefault(value, student.id) != student.id:
                raise _unusable(
                    path, f"{owners[value]} and {student.id} have the same {field}: {value}"
                )


def _unusable(path: Path, why: str) -> KataError:
    return KataError(f"the roster {path} cannot be used: {why}", next_step="correct the file")
