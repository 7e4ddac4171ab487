"""`kata gradebook`: show, correct, compare and export marks."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...errors import KataError, suggest
from .. import context
from ..gradebook_commands import GradebookCommands
from ..gradebook_files import (
    print_left_out,
    read_moment,
    read_source,
    split_column,
    write_file_or_stdout,
)

if TYPE_CHECKING:
    from ...gradebook.records import NoteKind

EXISTING = click.Path(path_type=Path, dir_okay=False)


@click.group(cls=GradebookCommands)
def command() -> None:
    """Show, correct, compare and export the marks of a cohort.

    A gradebook is an SQLite file or a URL: sqlite:///FILE, postgresql://USER@HOST/DATABASE.
    `kata grade … --gradebook URL` makes it and writes the results into it. SOURCE is a gradebook,
    or a result that `kata grade --json` wrote.

    Exit codes: 0 done, 1 some students are left out, 2 usage error,
    5 the database is not available.
    """


@command.command("show")
@click.argument("source")
@click.argument("student", required=False)
@click.option("--kata", "katas", multiple=True, help="Only this kata (default: all).")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print the gradebook as JSON (format nnkata/gradebook/v1).",
)
@click.pass_context
def show(
    ctx: click.Context, source: str, student: str | None, katas: tuple[str, ...], as_json: bool
) -> None:
    """Show the mark of every student, or everything about one STUDENT."""
    from ...gradebook.export import report_of
    from ...gradebook.marks import compute_marks, find_subject
    from ..gradebook_screen import show_marks, show_student

    snapshot = read_source(source, texts=as_json or student is not None)
    marks = compute_marks(snapshot, list(katas) or None)
    if student is not None:
        subject = find_subject(snapshot, student)
        marks.students[:] = [one for one in marks.students if one.id == subject]
    if as_json:
        context.print_json(report_of(marks))
    elif student is not None:
        for one in marks.students:
            show_student(context.screen(ctx), one)
    else:
        show_marks(context.screen(ctx), marks)


@command.command("import")
@click.argument("url")
@click.argument("results", nargs=-1, required=True, type=EXISTING)
def import_(url: str, results: tuple[Path, ...]) -> None:
    """Add RESULTS, which `kata grade --json` wrote, to the gradebook at URL.

    They become the current results, in the order in which they are named. Earlier results stay
    in the history; overrides and comments stay as they are.
    """
    from ...gradebook.records import run_of, split_result
    from ...gradebook.sources import open_gradebook
    from ...grading.grader import read_result

    read = [(path, read_result(path)) for path in results]
    for path, result in read:
        if result.policy_error is not None:
            raise KataError(
                f"{path} has no scores: {result.policy_error}",
                next_step="grade again, with a policy that works or without one",
            )
    book = open_gradebook(url, create=True)
    for path, result in read:
        counts = book.record(run_of(result), split_result(result))
        click.echo(f"{path}: {counts.recorded} recorded, {counts.known} already known")


@command.command("roster")
@click.argument("url")
@click.argument("file", type=EXISTING)
@click.option("--id", "id_", metavar="COLUMN", help="The column of the students' ids.")
@click.option("--name", metavar="COLUMN", help="The column of their names.")
@click.option("--email", metavar="COLUMN", help="The column of their e-mail addresses.")
@click.option("--github", metavar="COLUMN", help="The column of their logins at GitHub.")
@click.option("--moodle", metavar="COLUMN", help="The column of their participant numbers.")
@click.option("--canvas", metavar="COLUMN", help="The column of their IDs in Canvas.")
def roster(url: str, file: Path, id_: str | None, **names: str | None) -> None:
    """Make the students in FILE, a CSV file, the roster of the gradebook at URL.

    A submission belongs to a student if its name is the student's id, e-mail address, login or
    number, or the name of a download from GitHub, Moodle or Canvas that contains one of these.
    """
    from ...gradebook.marks import compute_marks
    from ...gradebook.roster import read_roster
    from ...gradebook.sources import open_gradebook

    columns = {key: value for key, value in {"id": id_, **names}.items() if value is not None}
    students = read_roster(file, columns)
    book = open_gradebook(url, create=True)
    removed = book.replace_roster(students)
    click.echo(f"{len(students)} students in the roster")
    if removed:
        click.echo(f"no longer in it: {', '.join(removed)}")
    marks = compute_marks(book.snapshot(texts=False))
    without = [student.id for student in marks.students if not student.submissions]
    if without:
        click.echo(f"without a submission: {', '.join(without)}")
    for name, why in marks.unmatched.items():
        click.echo(f"{name}: {why}")


def note_options(function: Any) -> Any:
    """Add the options that overrides and comments share."""
    for option in (
        click.option(
            "--by", metavar="NAME", help="The person who decides (default: your user name)."
        ),
        click.option("--why", required=True, help="The reason, which is stored."),
        click.option("--kata", default="", help="For this kata (default: for the whole mark)."),
    ):
        function = option(function)
    return function


@command.command("override")
@click.argument("url")
@click.argument("student")
@click.argument("score", type=click.FloatRange(0), required=False)
@click.option("--withdraw", is_flag=True, help="Withdraw the override.")
@note_options
def override(
    url: str, student: str, score: float | None, withdraw: bool, kata: str, why: str,
    by: str | None,
) -> None:  # fmt: skip
    """Set the mark of STUDENT, a student or submission, to SCORE; no regrade changes it.

    It counts until there is another override, or it is withdrawn. All overrides are kept.
    """
    if withdraw == (score is not None):
        raise KataError("the mark is not clear", next_step="give either SCORE or --withdraw")
    _add_note(url, student, kata, ("override", score, "", why, by))


@command.command("comment")
@click.argument("url")
@click.argument("student")
@click.argument("text")
@note_options
def comment(url: str, student: str, text: str, kata: str, why: str, by: str | None) -> None:
    """Add a comment to the feedback for STUDENT; no regrade removes it.

    The student reads TEXT; the reason is only in the gradebook.
    """
    _add_note(url, student, kata, ("comment", None, text, why, by))


def _add_note(
    url: str, student: str, kata: str, content: tuple[NoteKind, float | None, str, str, str | None]
) -> None:
    from ...gradebook.marks import find_subject, katas_of
    from ...gradebook.records import Note
    from ...gradebook.sources import open_gradebook

    kind, score, text, why, by = content
    if not why.strip():
        raise KataError("the reason is empty", next_step='give it: --why "…"')
    book = open_gradebook(url)
    snapshot = book.snapshot(texts=False)
    subject = find_subject(snapshot, student)
    if kata and kata not in (known := katas_of(snapshot)):
        raise KataError(
            f"{book.name} has no results of the kata `{kata}`",
            next_step=suggest(kata, known) or f"it has: {', '.join(known)}",
        )
    book.add_note(
        Note(
            subject=subject,
            kata=kata,
            kind=kind,
            score=score,
            text=text,
            why=why,
            by=by or _user_name(),
            recorded_at=datetime.now(UTC),
        )
    )
    click.echo(f"recorded for {subject}{f', {kata}' if kata else ''}")


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise KataError("your user name is not known", next_step="give it: --by NAME") from None


@command.command("history")
@click.argument("url")
@click.argument("student")
@click.option("--kata", help="Only this kata.")
@click.pass_context
def history(ctx: click.Context, url: str, student: str, kata: str | None) -> None:
    """Show every result, override and comment of STUDENT, the oldest first."""
    from ...gradebook.marks import compute_marks, find_subject
    from ...gradebook.sources import open_gradebook
    from ..gradebook_screen import show_history

    book = open_gradebook(url)
    snapshot = book.snapshot(texts=False)
    subject = find_subject(snapshot, student)
    marks = compute_marks(snapshot)
    names = next((one.submissions for one in marks.students if one.id == subject), [subject])
    notes = [note for note in snapshot.notes if note.subject in {subject, *names}]
    show_history(context.screen(ctx), book.history(names), notes, kata)


@command.command("diff")
@click.argument("old")
@click.argument("new", required=False)
@click.option("--since", metavar="TIME", help="Compare with the gradebook OLD at that time.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print the differences as JSON (format nnkata/gradebook-diff/v1).",
)
@click.pass_context
def diff(ctx: click.Context, old: str, new: str | None, since: str | None, as_json: bool) -> None:
    """List the students whose marks differ between the SOURCEs OLD and NEW, with the reasons.

    With --since, OLD is a gradebook as it was at that time, and NEW is by default the same
    gradebook now. Reasons are checks with a different outcome, overrides, changed modules or
    checks, and the scoring rule.
    """
    from ...gradebook.differences import compare
    from ..gradebook_screen import show_differences

    if new is None and since is None:
        raise KataError(
            "there is only one gradebook to compare",
            next_step="name two: diff OLD NEW, or give --since 2026-12-01T23:59+01:00",
        )
    then = read_source(old) if since is None else read_moment(old, since)
    found = compare(then, read_source(new or old))
    if as_json:
        context.print_json(found)
    else:
        show_differences(context.screen(ctx), found)


@command.command("export")
@click.argument("source")
@click.option("--csv", "csv_file", type=EXISTING, help="Write a row per student to this file.")
@click.option(
    "--feedback",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write a page (HTML) and a text per student into this folder.",
)
@click.option("--kata", "katas", multiple=True, help="Only this kata (default: all).")
@click.pass_context
def export(
    ctx: click.Context, source: str, csv_file: Path | None, feedback: Path | None,
    katas: tuple[str, ...],
) -> None:  # fmt: skip
    """Write the marks of SOURCE as CSV, and feedback for each student.

    `kata gradebook fill` writes them into files of Canvas and Moodle.
    """
    from ...gradebook.export import csv_text, write_feedback
    from ...gradebook.marks import compute_marks

    if csv_file is None and feedback is None:
        raise KataError(
            "no output file is named",
            next_step="give --csv FILE or --feedback FOLDER; `kata gradebook fill` is for Canvas "
            "and Moodle",
        )
    snapshot = read_source(source, texts=feedback is not None)
    marks = compute_marks(snapshot, list(katas) or None)
    if csv_file is not None:
        write_file_or_stdout(csv_file, csv_text(marks))
    if feedback is not None:
        count = write_feedback(marks, feedback)
        click.echo(f"{count} students have a page and a text in {feedback}", err=True)
    print_left_out(ctx, marks.no_marks())


@command.command("fill")
@click.argument("source")
@click.option("--canvas", type=EXISTING, help="A gradebook that Canvas exported.")
@click.option(
    "--moodle", type=EXISTING, help="A grading worksheet or gradebook that Moodle exported."
)
@click.option("--column", help="The column of the mark, `NAME (ID)` (Moodle: Grade).")
@click.option(
    "--kata-column",
    "kata_columns",
    multiple=True,
    metavar="KATA=COLUMN",
    help="Fill in a kata's own column; may be given more than once.",
)
@click.option("--feedback", help="The column of the feedback (Moodle only: Feedback comments).")
@click.option("--match", help="The column that identifies the student (default: the usual ones).")
@click.option("--maximum", help="The column of the maximum (Moodle only: Maximum Grade).")
@click.option("--decimal", type=click.Choice([".", ","]), help="The decimal separator in the file.")
@click.option(
    "--out-of", type=click.FloatRange(0, min_open=True), help="Scale marks to this maximum."
)
@click.option("-o", "--output", type=EXISTING, help="Write to this file (default: stdout).")
@click.pass_context
def fill(
    ctx: click.Context, source: str, canvas: Path | None, moodle: Path | None, column: str | None,
    kata_columns: tuple[str, ...], feedback: str | None, match: str | None, maximum: str | None,
    decimal: str | None, out_of: float | None, output: Path | None,
) -> None:  # fmt: skip
    """Write the marks of SOURCE into a file that Canvas or Moodle exported.

    A row belongs to a student if it has an ID, SIS login, e-mail address or the like from the
    roster, or the name of a submission. Only the named columns are filled in, and for Moodle the
    feedback too. Students and submissions without a match or a mark are listed on stderr.

    Exit codes: 0 all are filled in, 1 some are left out, 2 usage error.
    """
    from msgspec.structs import replace

    from ...gradebook.csv_file import read_csv
    from ...gradebook.fill import canvas_mapping, moodle_mapping
    from ...gradebook.fill import fill as fill_column
    from ...gradebook.marks import compute_marks

    file = canvas or moodle
    if file is None or (canvas and moodle):
        raise KataError("no file to fill in", next_step="give either --canvas or --moodle FILE")
    columns = [("", column)] if column is not None or not (kata_columns or canvas) else []
    columns += [split_column(text) for text in kata_columns]
    if not columns:
        raise KataError("no column is named", next_step='name it: --column "Week 3 (1234)"')
    snapshot = read_source(source, texts=moodle is not None)
    marks = compute_marks(snapshot)
    text = read_csv(file)
    left_out: dict[str, None] = {}
    graded = 0
    for kata, title in columns:
        if kata:
            compute_marks(snapshot, [kata])  # raises if there are no results
        if canvas:
            mapping = canvas_mapping(title or "", out_of, match)
        else:
            mapping = moodle_mapping(title, feedback, out_of, match)
        mapping = replace(mapping, kata=kata, maximum=maximum, decimal=decimal)
        filled = fill_column(text, marks, mapping)
        text = filled.text
        graded += filled.graded
        where = f"{kata}: " if kata else ""
        left_out |= dict.fromkeys(f"{where}{line}" for line in filled.left_out)
        for line in filled.replaced:
            click.echo(f"replaced: {where}{line}", err=True)
    write_file_or_stdout(output, text)
    print_left_out(ctx, list(left_out), f"{graded} grades filled in, {len(left_out)} left out")
