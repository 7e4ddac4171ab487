"""What is recorded stays: every result, override and comment, in SQLite and in PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import alembic.autogenerate
import msgspec
import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from msgspec.structs import replace

from nnkata.errors import MACHINERY, KataError
from nnkata.gradebook import schema
from nnkata.gradebook.database import MIGRATIONS, Database, GradebookUnavailableError, parse_url
from nnkata.gradebook.marks import compute_marks
from nnkata.gradebook.records import GradedSubmission, GradingRun, Note, Student
from nnkata.gradebook.store import Gradebook
from nnkata.model import Outcome, OutcomeName

from .postgres import PostgresServer
from .results import LATER, RUN, graded, rows, unread, verdict

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def open_new(url: str) -> Gradebook:
    return Gradebook(url, create=True)


def marks(book: Gradebook) -> dict[str, float | None]:
    return {student.id: student.mark for student in compute_marks(book.snapshot()).students}


def note(subject: str, score: float | None, kata: str = "") -> Note:
    return Note(
        subject=subject, kata=kata, kind="override", score=score, by="ann", why="seen in class",
        recorded_at=NOON,
    )  # fmt: skip


def test_a_result_is_read_as_it_was_recorded(url: str) -> None:
    book = open_new(url)
    made = verdict("ada", "one", "passed", "failed", score=0.5, score_reason="late")
    made = replace(made, seed=1, outcomes=[replace(o, got="a\n<b>") for o in made.outcomes])
    book.record(RUN, [graded("ada", made)], NOON)
    snapshot = book.snapshot()
    assert (snapshot.course, list(snapshot.runs.values())) == ("tiny", [RUN])
    result = snapshot.submissions["ada"].katas["one"]
    assert result.verdict == made
    assert result.recorded_at == NOON
    assert marks(book) == {"ada": 0.5}


def test_recording_the_same_again_changes_nothing(url: str) -> None:
    book = open_new(url)
    some = [graded("ada", verdict("ada", "one", "passed")), unread("eve")]
    first = book.record(RUN, some)
    before = rows(url)
    again = book.record(RUN, some)
    assert (first.recorded, first.known) == (2, 0)
    assert (again.recorded, again.known) == (0, 2)
    assert rows(url) == before


def test_every_result_stays_and_the_newest_counts(url: str) -> None:
    book = open_new(url)
    for number, run in enumerate((RUN, LATER, RUN)):
        outcome: OutcomeName = "failed" if number == 1 else "passed"
        at = NOON + timedelta(days=number)
        book.record(run, [graded("ada", verdict("ada", "one", outcome))], at)
    assert marks(book) == {"ada": 1.0}
    history = book.history(["ada"])
    assert [e.results[0].verdict.points for e in history] == [1, 0, 1]
    assert [e.run.seed for e in history] == [1, 2, 1]
    assert [e.recorded_at.day for e in history] == [1, 2, 3]


def test_a_regrade_of_one_kata_merges_with_the_others(url: str) -> None:
    book = open_new(url)
    both = [verdict("ada", "one", "failed"), verdict("ada", "two", "passed")]
    book.record(RUN, [graded("ada", *both)])
    book.record(LATER, [graded("ada", verdict("ada", "one", "passed"))])
    katas = book.snapshot().submissions["ada"].katas
    assert {name: (k.number, k.verdict.points) for name, k in katas.items()} == {
        "one": (2, 1),
        "two": (1, 1),
    }
    assert marks(book) == {"ada": 2.0}


def test_an_override_and_a_comment_outlive_a_regrade(url: str) -> None:
    book = open_new(url)
    book.record(RUN, [graded("ada", verdict("ada", "one", "failed"))])
    book.add_note(note("ada", 0.75))
    book.add_note(
        Note(subject="ada", kind="comment", text="well argued", by="bob", why="he asked",
             recorded_at=NOON)
    )  # fmt: skip
    book.record(LATER, [graded("ada", verdict("ada", "one", "passed"))])
    (student,) = compute_marks(book.snapshot()).students
    assert student.mark == 0.75
    assert student.override == note("ada", 0.75)
    assert [c.text for c in student.comments] == ["well argued"]
    book.add_note(note("ada", None))
    assert marks(book) == {"ada": 1.0}
    assert [n.score for n in book.snapshot().notes if n.kind == "override"] == [0.75, None]


def test_who_needs_a_person_has_no_mark_until_there_is_a_new_result(url: str) -> None:
    book = open_new(url)
    book.record(RUN, [graded("ada", verdict("ada", "one", "passed"))])
    book.record(LATER, [unread("ada")])
    (student,) = compute_marks(book.snapshot()).students
    assert (student.mark, student.katas["one"].mark) == (None, None)
    assert student.why == "it needs a person: the archive is damaged; ask for a new one"
    book.record(replace(RUN, seed=3), [graded("ada", verdict("ada", "one", "passed"))])
    assert marks(book) == {"ada": 1.0}
    assert [bool(e.needs_person) for e in book.history(["ada"])] == [False, True, False]


def test_new_texts_of_the_same_result_replace_the_old_ones(url: str) -> None:
    book = open_new(url)
    short = verdict("ada", "one", "failed")
    book.record(RUN, [graded("ada", short)])
    long = replace(short, outcomes=[replace(o, got="7") for o in short.outcomes])
    assert book.record(RUN, [graded("ada", long)]).known == 1
    assert book.snapshot().submissions["ada"].katas["one"].verdict.outcomes[0].got == "7"
    assert len(book.history(["ada"])) == 1


def test_any_text_of_a_submission_can_be_recorded(url: str) -> None:
    book = open_new(url)
    text = "a\x00b \ud800 \x1b[31m 𝔘 '; DROP TABLE results; --"
    check = Outcome(check="test", sentence="S.", outcome="failed", got=text, output=text)
    made = replace(verdict("ada", "one", "failed"), outcomes=[check])
    book.record(RUN, [graded("ada", made)])
    assert book.record(RUN, [graded("ada", made)]).known == 1
    got = book.snapshot().submissions["ada"].katas["one"].verdict.outcomes[0].got
    assert got == text.replace("\x00", "\\x00").replace("\ud800", "\\ud800")


def test_a_gradebook_holds_one_course(url: str) -> None:
    book = open_new(url)
    book.record(RUN, [graded("ada", verdict("ada", "one", "passed"))])
    before = rows(url)
    other = replace(RUN, course="other")
    with pytest.raises(KataError, match="is the gradebook of the course tiny"):
        book.record(other, [graded("ada", verdict("ada", "one", "failed"))])
    with pytest.raises(KataError, match="the course tiny"):
        book.require_course("other")
    assert rows(url) == before


def test_the_roster_is_replaced_and_nothing_else(url: str) -> None:
    book = open_new(url)
    book.record(RUN, [graded("ada", verdict("ada", "one", "passed"))])
    assert book.replace_roster([Student(id="ada", name="Ada"), Student(id="ben")]) == []
    assert book.replace_roster([Student(id="ada", name="Ada L.")]) == ["ben"]
    assert book.snapshot().roster == [Student(id="ada", name="Ada L.")]
    assert marks(book) == {"ada": 1.0}
    assert book.replace_roster([]) == ["ada"]


DRIVER = """
import sys
import msgspec
from nnkata.gradebook.records import GradedSubmission, GradingRun
from nnkata.gradebook.store import Gradebook

url, run, made = sys.argv[1:]
run = msgspec.json.decode(run, type=GradingRun)
book = Gradebook(url, create=True)
for one in msgspec.json.decode(made, type=list[GradedSubmission]):
    for _ in range(3):
        book.record(run, [one])
"""


def drive_at_once(url: str, *work: tuple[GradingRun, list[GradedSubmission]]) -> None:
    """Record with several drivers at once; each of them makes the tables where there are none."""
    texts = [[msgspec.json.encode(part).decode() for part in parts] for parts in work]
    drivers = [subprocess.Popen([sys.executable, "-c", DRIVER, url, *parts]) for parts in texts]
    assert [driver.wait(120) for driver in drivers] == [0] * len(drivers)


def test_two_drivers_at_once_lose_nothing(url: str) -> None:
    """Both make the tables, and write the same submissions in opposite order."""
    names = [f"s{number:02d}" for number in range(12)]
    passed = [graded(name, verdict(name, "one", "passed")) for name in names]
    failed = [graded(name, verdict(name, "one", "failed")) for name in reversed(names)]
    drive_at_once(url, (RUN, passed), (LATER, failed))
    history = Gradebook(url).history(names)
    for name in names:
        own = sorted((e for e in history if e.submission == name), key=lambda e: e.number)
        assert {event.run.seed for event in own} == {1, 2}
        assert [event.number for event in own] == list(range(1, len(own) + 1))
        for event in own:
            assert event.results[0].verdict.passed == (event.run.seed == 1)


def test_two_drivers_of_one_run_record_each_result_once(url: str) -> None:
    names = [f"s{number:02d}" for number in range(12)]
    made = [graded(name, verdict(name, "one", "passed")) for name in names]
    drive_at_once(url, (RUN, made), (RUN, made[::-1]))
    assert sorted(event.submission for event in Gradebook(url).history(names)) == names


def test_the_migrations_make_the_tables_of_the_schema(url: str) -> None:
    open_new(url)
    with Database(url, create=False).read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert alembic.autogenerate.compare_metadata(context, schema.metadata) == []


def test_the_newest_migration_is_the_one_that_the_schema_names() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]


def test_tables_of_a_newer_version_are_left_alone(url: str) -> None:
    book = open_new(url)
    with book.database.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(KataError, match="newer nnkata") as error:
        open_new(url)
    assert "pip install --upgrade nnkata" in error.value.next_step


def test_where_there_is_no_gradebook_reading_makes_none(url: str, tmp_path: Path) -> None:
    with pytest.raises(KataError, match="there is no"):
        Gradebook(url)
    assert list(tmp_path.iterdir()) == []


def test_tables_of_another_program_are_left_alone(url: str) -> None:
    engine = sa.create_engine(parse_url(url), poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE runs (id INTEGER)"))
    with pytest.raises(KataError, match="tables of another program"):
        open_new(url)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("mysql://a:secret@b/c", "cannot be stored in mysql"),
        ("postgresql://a:b@c:port/x", "cannot be read"),
        ("sqlite://", "a file or a server"),
        ("sqlite:///:memory:", "a file or a server"),
        ("nowhere/marks.db", "is in a missing folder"),
        ("notes.txt", "is not a gradebook"),
        ("torn.db", "is not a gradebook"),
    ],
)
def test_a_url_that_cannot_be_used_is_an_error_with_a_next_step(
    given: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").write_text("marks")
    (tmp_path / "torn.db").write_bytes(b"SQLite format 3\0" + b"\7" * 2000)
    with pytest.raises(KataError, match=said) as error:
        open_new(given)
    assert error.value.exit_code == 2
    assert error.value.next_step
    assert "secret" not in error.value.message


def test_a_path_and_an_sqlite_url_are_the_same_gradebook(tmp_path: Path) -> None:
    open_new(f"sqlite:///{tmp_path}/a b%.db").record(RUN, [unread("eve")])
    assert list(Gradebook(str(tmp_path / "a b%.db")).snapshot().submissions) == ["eve"]


def test_a_new_file_can_be_read_by_nobody_else(tmp_path: Path) -> None:
    open_new(str(tmp_path / "marks.db"))
    assert (tmp_path / "marks.db").stat().st_mode & 0o777 == 0o600
    with pytest.raises(KataError, match="cannot be written"):
        open_new("/proc/marks.db")


def test_a_server_that_is_not_there_is_no_grade_and_shows_no_password() -> None:
    with pytest.raises(GradebookUnavailableError) as error:
        open_new("postgresql://ann:secret@127.0.0.1:1/marks")
    assert error.value.exit_code == MACHINERY
    assert "secret" not in error.value.message + error.value.next_step
    assert "ann:***@127.0.0.1" in error.value.message


def test_a_user_without_the_right_to_write_is_told(postgres: PostgresServer) -> None:
    url = postgres.make_database()
    database = url.rpartition("/cohort")[2].partition("?")[0]
    open_new(url).record(RUN, [unread("eve")])
    name = f"cohort{database}"
    postgres.sql(name, "CREATE ROLE reader LOGIN")
    postgres.sql(name, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    reader = Gradebook(url.replace("nnkata@", "reader@"))
    assert list(reader.snapshot().submissions) == ["eve"]
    with pytest.raises(KataError, match="permission denied") as error:
        reader.record(RUN, [unread("ada")])
    assert error.value.exit_code == MACHINERY


def test_a_schema_for_each_course_on_one_server(postgres: PostgresServer) -> None:
    url = postgres.make_database()
    name = "cohort" + url.rpartition("/cohort")[2].partition("?")[0]
    for course in ("spring", "autumn"):
        postgres.sql(name, f"CREATE SCHEMA {course}")
        book = open_new(f"{url}&options=-csearch_path%3D{course}")
        book.record(replace(RUN, course=course), [unread(course)])
    for course in ("spring", "autumn"):
        book = Gradebook(f"{url}&options=-csearch_path%3D{course}")
        assert list(book.snapshot().submissions) == [course]


def test_a_reader_sees_one_moment_while_another_writes(postgres: PostgresServer) -> None:
    url = postgres.make_database()
    book = open_new(url)
    with book.database.read() as connection:
        count = sa.select(sa.func.count()).select_from(schema.submissions)
        assert connection.execute(count).scalar() == 0
        book.record(RUN, [unread("eve")])
        assert connection.execute(count).scalar() == 0
