"""Show marks, histories and differences of a gradebook on the screen."""

from __future__ import annotations

from collections.abc import Iterator

from ..gradebook.differences import GradebookDiff, MarkChange
from ..gradebook.marks import KataMark, Marks, StudentMark
from ..gradebook.records import GradingEvent, Note
from ..text.sanitize import number, one_line
from .terminal.screen import Screen


def show_marks(screen: Screen, marks: Marks) -> None:
    """Show one line per student, and the submissions that belong to no student."""
    width = max((len(one_line(student.id)) for student in marks.students), default=0)
    for student in marks.students:
        line = f"{one_line(student.id):{min(width, 40)}}  {_mark_words(student)}"
        screen.paragraph(line, hang=2)
    for name, why in marks.unmatched.items():
        screen.paragraph(f"{one_line(name)}: {why}, so it is left out", hang=2, fg="yellow")
    for name in marks.not_graded:
        screen.paragraph(f"{one_line(name)}: not graded, the run was stopped", hang=2)
    given = [student for student in marks.students if student.mark is not None]
    without = len(marks.students) - len(given)
    screen.echo()
    screen.paragraph(
        f"{len(marks.students)} students · {len(given)} have a mark · {without} have none · "
        f"{len(marks.katas)} katas"
    )


def show_student(screen: Screen, student: StudentMark) -> None:
    """Show the marks of a student, one line per kata, and the comments."""
    name = f" ({one_line(student.student.name)})" if student.student.name else ""
    screen.paragraph(f"{one_line(student.id)}{name} · {_mark_words(student)}", hang=2)
    if student.submissions and student.submissions != [student.id]:
        names = ", ".join(one_line(name) for name in student.submissions)
        screen.paragraph(f"submissions: {names}", indent=2, hang=2)
    for kata in student.katas.values():
        screen.paragraph(f"{kata.kata} {_kata_words(kata)}", indent=2, hang=2)
    for note in student.comments:
        screen.paragraph(_note_words(note), indent=2, hang=2)


def show_history(
    screen: Screen, events: list[GradingEvent], notes: list[Note], kata: str | None
) -> None:
    """Show gradings and notes in the order of time."""
    lines = [(event.recorded_at, line) for event in events for line in _event_lines(event, kata)]
    lines += [
        (note.recorded_at, f"{_note_words(note)} (because: {one_line(note.why)})")
        for note in notes
        if kata is None or note.kata in ("", kata)
    ]
    for at, line in sorted(lines, key=lambda pair: pair[0]):
        screen.paragraph(f"{at:%Y-%m-%d %H:%M:%S} UTC  {line}", hang=4)


def show_differences(screen: Screen, found: GradebookDiff) -> None:
    """Show the students whose marks differ, with the reasons."""
    students: dict[str, list[MarkChange]] = {}
    for change in found.changes:
        students.setdefault(change.student, []).append(change)
    for student, changes in students.items():
        for change in changes:
            marks = f"{_number(change.old)} → {_number(change.new)}"
            if change.kata:
                screen.paragraph(f"{change.kata}: {marks}", indent=2, hang=2)
            else:
                screen.paragraph(f"{one_line(student)}: {marks}", bold=True)
            for reason in change.why:
                if not (not change.kata and reason.endswith(": see below")):
                    screen.paragraph(reason, indent=4 if change.kata else 2, hang=2)
        if changes[0].kata:
            screen.paragraph(f"({one_line(student)}: the whole mark is the same)", indent=2)
    count = len(students)
    screen.paragraph(
        f"{count} of {found.students} students have a different mark"
        if count
        else f"all {found.students} students have the same marks"
    )


def _number(mark: float | None) -> str:
    return "no mark" if mark is None else number(mark)


def _mark_words(student: StudentMark) -> str:
    if student.mark is None:
        return f"no mark: {one_line(student.why)}"
    words = f"{number(student.mark)} of {student.max_points} points"
    overridden = [kata.kata for kata in student.katas.values() if kata.override is not None]
    if student.override is not None:
        words += f" (override by {one_line(student.override.by)})"
    elif overridden:
        words += f" (override of {', '.join(overridden)})"
    return words


def _kata_words(kata: KataMark) -> str:
    if kata.mark is None:
        return f"no mark: {one_line(kata.why)}"
    points = f"{number(kata.mark)} of {kata.max_points} points"
    if kata.override is not None and kata.verdict is not None:
        points += f", the checks gave {kata.verdict.points}"
    return f"{points} ({one_line(kata.why)})" if kata.why else points


def _note_words(note: Note) -> str:
    where = f"{note.kata}: " if note.kata else ""
    if note.kind == "comment":
        return f"{where}comment by {one_line(note.by)}: {one_line(note.text)}"
    if note.score is None:
        return f"{where}override withdrawn by {one_line(note.by)}"
    return f"{where}override {number(note.score)} by {one_line(note.by)}"


def _event_lines(event: GradingEvent, kata: str | None) -> Iterator[str]:
    where = f"{one_line(event.submission)}, seed {event.run.seed}"
    if event.needs_person is not None:
        yield f"{where}: needs a person: {one_line(event.needs_person.reason)}"
        return
    marks = [
        f"{r.verdict.kata} {_points(r.verdict.points, r.verdict.score)}/{r.verdict.max_points}"
        for r in event.results
        if kata is None or r.verdict.kata == kata
    ]
    if marks:
        yield f"{where}: {', '.join(marks)}"


def _points(points: int, score: float | None) -> str:
    return number(points if score is None else score)
