"""Write marks as CSV, and feedback as one page and one text per student."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from markupsafe import Markup
from msgspec import Struct

from ..errors import KataError
from ..files import write_atomically
from ..reporters.html import POLICY
from ..reporters.html_templates import digest, templates, verdict_table
from ..text.sanitize import number, one_line, visible
from .csv_file import safe_cell
from .marks import KataMark, Marks, StudentMark

CSV_COLUMNS = ("student", "name", "submission", "mark", "max_points", "remark")
"""The columns of the CSV file; each kata has a column between `submission` and `mark`."""


class KataMarkRow(Struct, kw_only=True):
    """The mark of a student for one kata."""

    kata: str
    mark: float | None
    """null if there is no mark; `why` says why."""
    max_points: int
    why: str
    overridden: bool


class StudentMarkRow(Struct, kw_only=True):
    """The mark of a student."""

    student: str
    """The id in the roster, or the name of the submission."""
    name: str
    submissions: list[str]
    mark: float | None
    """null if there is no mark; `why` says why."""
    max_points: int
    why: str
    overridden: bool
    katas: list[KataMarkRow]
    comments: list[str]


class MarksReport(Struct, kw_only=True):
    """The output of `kata gradebook show --json`."""

    schema: Literal["nnkata/gradebook/v1"] = "nnkata/gradebook/v1"
    source: str
    course: str
    students: list[StudentMarkRow]
    without_student: dict[str, str]
    """Submissions that belong to no student of the roster, and why."""


def report_of(marks: Marks) -> MarksReport:
    """Return the marks in the format that is printed as JSON."""
    rows = [
        StudentMarkRow(
            student=student.id,
            name=student.student.name,
            submissions=student.submissions,
            mark=student.mark,
            max_points=student.max_points,
            why=_remark(student),
            overridden=student.override is not None,
            katas=[
                KataMarkRow(
                    kata=kata.kata,
                    mark=kata.mark,
                    max_points=kata.max_points,
                    why=kata.why,
                    overridden=kata.override is not None,
                )
                for kata in student.katas.values()
            ],
            comments=[note.text for note in student.comments],
        )
        for student in marks.students
    ]
    return MarksReport(
        source=marks.source,
        course=marks.course,
        students=rows,
        without_student=marks.unmatched,
    )


def csv_text(marks: Marks) -> str:
    """Return a CSV file with one row per student; a missing mark is an empty cell."""
    out = io.StringIO(newline="")
    write = csv.writer(out, lineterminator="\n").writerow
    write([*CSV_COLUMNS[:3], *(safe_cell(kata) for kata in marks.katas), *CSV_COLUMNS[3:]])
    for student in marks.students:
        texts = [student.id, student.student.name, " ".join(student.submissions)]
        katas = [_cell(student.katas[kata].mark) for kata in marks.katas]
        remark = safe_cell(one_line(_remark(student)))
        row = [safe_cell(one_line(text)) for text in texts]
        write([*row, *katas, _cell(student.mark), student.max_points, remark])
    return out.getvalue()


def write_feedback(marks: Marks, folder: Path) -> int:
    """Write an HTML page and a text for each student with a submission, a comment or a mark.

    Return the number of these students. Raises `KataError` if the folder cannot be written.
    """
    style = templates().get_template("reports/report.css").render()
    page = templates().get_template("reports/feedback.html.jinja")
    text = templates().get_template("reports/feedback.txt.jinja")
    count = 0
    try:
        for student in marks.students:
            if not student.submissions and not student.comments and student.mark is None:
                continue
            values = _feedback_values(student, marks.course)
            name = file_name(student.id)
            html = page.render(policy=POLICY.format(digest(style)), style=Markup(style), **values)
            write_atomically(folder / f"{name}.html", f"{html}\n".encode("utf-8", "replace"))
            words = text.render(**_mark_safe(values))
            write_atomically(folder / f"{name}.txt", f"{words}\n".encode("utf-8", "replace"))
            count += 1
    except OSError as error:
        raise KataError(
            f"{folder} cannot be written: {error.strerror or error}",
            next_step="name another folder",
        ) from None
    return count


def file_name(student: str) -> str:
    """Return a file name for a student: safe on every system, and different for each."""
    safe = re.sub(r"[^a-z0-9.@+-]", "_", student)[:80].strip(".") or "_"
    if safe == student:
        return safe
    return f"{safe}-{hashlib.sha256(student.encode('utf-8', 'replace')).hexdigest()[:8]}"


def _cell(mark: float | None) -> str:
    return "" if mark is None else number(mark)


def _remark(student: StudentMark) -> str:
    if student.override is not None:
        return f"override by {student.override.by}: {student.override.why}"
    return student.why


def _feedback_values(student: StudentMark, course: str) -> dict[str, Any]:
    """Return the values for the feedback templates, with special characters escaped.

    The reasons of overrides and comments are for graders, so they are left out.
    """
    person, reason = student.needs_person, one_line(student.why, 1000)
    mark = (
        f"{number(student.mark)} of {student.max_points} points" if student.mark is not None else ""
    )
    return {
        "course": one_line(course),
        "name": one_line(student.student.name or student.id),
        "mark": mark,
        "why": f"a person has to look at it ({one_line(person.reason)})" if person else reason,
        "override": student.override is not None,
        "comments": [visible(note.text) for note in student.comments if not note.kata],
        "refused": [(one_line(r.name), one_line(r.why)) for r in student.refused],
        "katas": [
            value for kata in student.katas.values() for value in _kata_values(kata, student)
        ],
    }


def _kata_values(kata: KataMark, student: StudentMark) -> Iterator[dict[str, Any]]:
    """Yield the values of a kata that was graded."""
    if kata.verdict is None and kata.override is None:
        return
    table = verdict_table(kata.verdict) if kata.verdict is not None else {"name": kata.kata}
    scored = kata.verdict is not None and kata.verdict.score is not None and not kata.override
    shown = scored or (kata.mark is None and student.needs_person is None)
    yield table | {
        "judged": kata.verdict is not None,
        "has_mark": kata.mark is not None,
        "final": f"{number(kata.mark)} of {kata.max_points} points"
        if kata.mark is not None
        else "",
        "why": one_line(kata.why, 1000) if shown else "",
        "override": kata.override is not None,
        "comments": [visible(n.text) for n in student.comments if n.kata == kata.kata],
    }


def _mark_safe(value: Any) -> Any:
    """Return values that a plain-text template prints without escaping."""
    if isinstance(value, str):
        return Markup(value)
    if isinstance(value, dict):
        return {key: _mark_safe(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_mark_safe(item) for item in value]
    return value
