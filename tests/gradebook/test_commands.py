"""The command line: grade into a gradebook, look at it, correct it, hand it on."""

from __future__ import annotations

import csv
import html
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from click.testing import Result

from nnkata.errors import MACHINERY, NEEDS_PERSON, USAGE
from nnkata.gradebook import sources
from nnkata.gradebook.store import Gradebook

from .results import RIGHT, WRONG, cohort, hand_in, rows

Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]
GRADE = ("grade", "all", "--each", "--seed", "5", "--jobs", "1", "--no-borrow")


def without_seconds(text: str) -> Any:
    result = json.loads(text)
    for verdict in result["verdicts"]:
        for outcome in verdict["outcomes"]:
            outcome["seconds"] = 0.0
    return result


def validate(text: str, name: str) -> Any:
    schema = json.loads((ROOT / "docs" / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
    found = json.loads(text)
    jsonschema.validate(found, schema, cls=jsonschema.Draft202012Validator)
    return found


def test_a_run_with_a_gradebook_and_one_without_give_the_same_results(
    run: Run, url: str, tmp_path: Path
) -> None:
    cohort(tmp_path / "all", 5)
    (tmp_path / "all" / "eve").mkdir()
    late = ("--deadline", "2026-12-01T00:00", "--times", "t.csv", "--json")
    (tmp_path / "t.csv").write_text("submission,time\ns01,2026-12-02T01:00\n")
    plain, recorded = run(*GRADE, *late), run(*GRADE, *late, "--gradebook", url)
    assert (plain.exit_code, recorded.exit_code) == (NEEDS_PERSON, NEEDS_PERSON)
    assert without_seconds(recorded.stdout) == without_seconds(plain.stdout)
    assert "s01" in recorded.stdout
    (tmp_path / "r.json").write_text(recorded.stdout)
    assert run("gradebook", "import", url, "r.json").stdout == (
        "r.json: 0 recorded, 6 already known\n"
    )
    shown = validate(run("gradebook", "show", url, "--json").stdout, "gradebook")
    marks = {student["student"]: student["mark"] for student in shown["students"]}
    assert marks == {"s00": 0.0, "s01": 0.8, "s02": 1.0, "s03": 0.0, "s04": 1.0, "eve": None}


def test_importing_the_result_of_a_run_makes_the_gradebook_that_the_run_makes(
    run: Run, tmp_path: Path
) -> None:
    cohort(tmp_path / "all", 3)
    done = run(*GRADE, "--gradebook", "a.db", "--json")
    (tmp_path / "r.json").write_text(done.stdout)
    run("gradebook", "import", "b.db", "r.json")
    assert rows("a.db") == rows("b.db")


def test_shards_and_their_merged_result_make_one_gradebook(run: Run, tmp_path: Path) -> None:
    cohort(tmp_path / "all", 4)
    run(*GRADE, "--gradebook", "whole.db")
    for part in ("1/2", "2/2"):
        name = part.replace("/", "of")
        done = run(*GRADE, "--shard", part, "--gradebook", "s.db", "--report", f"json={name}.json")
        assert done.exit_code == 0, done.output
    merged = run("grade", "merge", "1of2.json", "2of2.json", "--gradebook", "m.db")
    assert merged.exit_code == 0, merged.output
    assert rows("s.db") == rows("m.db") == rows("whole.db")


def test_a_regrade_of_one_kata_is_merged_and_the_diff_says_why(run: Run, tmp_path: Path) -> None:
    for name in ("ada", "ben"):
        hand_in(tmp_path / "all" / name, WRONG)
        hand_in(tmp_path / "all" / name, RIGHT, "two")
    done = run(*GRADE, "--gradebook", "m.db", "--json")
    (tmp_path / "r.json").write_text(done.stdout)
    hand_in(tmp_path / "all" / "ada", RIGHT)
    done = run("grade", "all", "--each", "--seed", "6", "--kata", "one", "--gradebook", "m.db")
    assert done.exit_code == 0, done.output
    assert run("gradebook", "override", "m.db", "ben", "2", "--why", "oral exam",
               "--by", "ann").exit_code == 0  # fmt: skip
    found = run("gradebook", "diff", "r.json", "m.db")
    assert found.stdout.splitlines() == [
        "ada: 1 → 2",
        "  one: 0 → 1",
        "    the module is different",
        "    doubles: failed → passed",
        "ben: 1 → 2",
        "  override 2 by ann: oral exam",
        "2 of 2 students have a different mark",
    ]
    printed = run("gradebook", "diff", "r.json", "m.db", "--json").stdout
    assert len(validate(printed, "gradebook-diff")["changes"]) == 3
    moment = Gradebook("m.db").history(["ada"])[0].recorded_at
    since = run("gradebook", "diff", "m.db", "--since", moment.isoformat())
    assert since.stdout == found.stdout, "the gradebook then holds what the first run found out"
    nothing = run("gradebook", "diff", "m.db", "--since", "2100-01-01")
    assert nothing.stdout.splitlines() == ["all 2 students have the same marks"]
    for words in (["m.db"], ["m.db", "--since", "soon"], ["r.json", "--since", "2026-01-01"]):
        refused = run("gradebook", "diff", *words)
        assert (refused.exit_code, "→" in refused.stderr) == (2, True)
    history = run("gradebook", "history", "m.db", "ben").stdout
    assert [line[25:] for line in history.splitlines()] == [
        "ben, seed 5: one 0/1, two 1/1",
        "ben, seed 6: one 0/1",
        "override 2 by ann (because: oral exam)",
    ]


def test_the_roster_lists_who_handed_in_nothing(run: Run, tmp_path: Path) -> None:
    hand_in(tmp_path / "all" / "week-1-ada")
    hand_in(tmp_path / "all" / "week-1-eve")
    run(*GRADE, "--gradebook", "m.db", "--kata", "one")
    (tmp_path / "r.csv").write_text("Nr,Login\n1,ada\n2,ben\n")
    loaded = run("gradebook", "roster", "m.db", "r.csv", "--id", "Nr", "--github", "Login")
    assert loaded.stdout.splitlines() == [
        "2 students in the roster",
        "without a submission: 2",
        "week-1-eve: no student of the roster matches it",
    ]
    shown = run("gradebook", "show", "m.db").stdout.splitlines()
    assert shown == [
        "1  1 of 1 points",
        "2  no mark: no submission",
        "week-1-eve: no student of the roster matches it, so it is left out",
        "",
        "2 students · 1 have a mark · 1 have none · 1 katas",
    ]
    out = run("gradebook", "export", "m.db", "--csv", "o.csv")
    assert out.exit_code == 1
    assert out.stderr.splitlines() == [
        "left out: 2: no submission",
        "left out: week-1-eve: no student of the roster matches it",
    ]
    table = list(csv.reader((tmp_path / "o.csv").read_text(encoding="utf-8").splitlines()))
    assert table == [
        ["student", "name", "submission", "one", "mark", "max_points", "remark"],
        ["1", "", "week-1-ada", "1", "1", "1", ""],
        ["2", "", "", "", "", "1", "no submission"],
    ]


def test_a_student_gets_a_page_and_a_text(run: Run, tmp_path: Path) -> None:
    hand_in(tmp_path / "all" / "<ada>", "def f(x):\n    print('<script>')\n    return x\n")
    (tmp_path / "all" / "eve").mkdir()
    run(*GRADE, "--gradebook", "m.db", "--kata", "one")
    run("gradebook", "comment", "m.db", "<ada>", "<i>Nearly</i>", "--why", "private")
    run("gradebook", "override", "m.db", "<ada>", "0.5", "--kata", "one", "--why", "private")
    done = run("gradebook", "export", "m.db", "--feedback", "out")
    assert done.exit_code == 1
    assert "left out: eve: it needs a person" in done.stderr
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert [name.partition("-")[0] for name in names] == ["_ada_", "_ada_", "eve.html", "eve.txt"]
    page, text = ((tmp_path / "out" / name).read_text(encoding="utf-8") for name in names[:2])
    assert "&lt;script&gt;" in page
    assert "&lt;i&gt;Nearly&lt;/i&gt;" in page
    assert "script-src" not in page
    assert "default-src 'none'" in html.unescape(page)
    assert "<i>Nearly</i>" in text
    for written in (page, text):
        assert "private" not in written
        assert "0.5 of 1 points" in written
        assert "This mark was set by a person." in written
    eve = (tmp_path / "out" / "eve.txt").read_text(encoding="utf-8")
    assert "No mark yet: a person has to look at it" in eve
    assert "This does not count as zero." in eve


def test_katas_go_to_columns_of_their_own(run: Run, tmp_path: Path) -> None:
    hand_in(tmp_path / "all" / "ada", RIGHT)
    hand_in(tmp_path / "all" / "ada", WRONG, "two")
    run(*GRADE, "--gradebook", "m.db")
    (tmp_path / "c.csv").write_text(
        "Student,ID,SIS Login ID,One (1),Two (2),All (3)\n    Points Possible,,,1,1,2\nA,1,ada,,,\n"
    )
    done = run(
        "gradebook", "fill", "m.db", "--canvas", "c.csv", "--kata-column", "one=One (1)",
        "--kata-column", "two=Two (2)", "--column", "All (3)",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[2] == "A,1,ada,1,0,1"
    assert done.stderr == "3 grades filled in, 0 left out\n"


@pytest.mark.parametrize(
    ("words", "said", "step"),
    [
        (("r.json",), "no subcommand `r.json`", "kata gradebook fill r.json"),
        (("shwo", "m.db"), "no subcommand `shwo`", "did you mean `kata gradebook show`?"),
        (("show", "no.json"), "no.json is not a result", "kata grade --json"),
        (("show", "sqlite:///no.db"), "there is no file no.db", "makes a gradebook"),
        (("override", "m.db", "ada", "--why", "x"), "the mark is not clear", "--withdraw"),
        (("override", "m.db", "ada", "1", "--why", " "), "the reason is empty", "--why"),
        (("override", "m.db", "adda", "1", "--why", "x"), "no submission `adda`", "`ada`"),
        (("override", "m.db", "ada", "1", "--kata", "oen", "--why", "x"), "kata `oen`", "one"),
        (("export", "m.db"), "no output file is named", "--csv FILE"),
        (("fill", "m.db", "--canvas", "r.json", "--kata-column", "one"), "is not KATA=COLUMN", "="),
        (("fill", "m.db", "--canvas", "r.json"), "no column is named", "--column"),
    ],
)
def test_a_mistake_on_the_command_line_has_a_next_step(
    words: tuple[str, ...], said: str, step: str, run: Run, tmp_path: Path
) -> None:
    hand_in(tmp_path / "all" / "ada")
    run(*GRADE, "--gradebook", "m.db", "--report", "json=r.json")
    done = run("gradebook", *words)
    assert done.exit_code == USAGE, done.output
    assert said in done.stderr
    assert step in done.stderr


def test_a_gradebook_of_another_course_is_refused_before_anything_is_graded(
    run: Run, tmp_path: Path
) -> None:
    hand_in(tmp_path / "all" / "ada")
    run(*GRADE, "--gradebook", "m.db")
    book = Gradebook("m.db")
    with book.database.write() as connection:
        connection.exec_driver_sql("UPDATE cohort SET course = 'other'")
    done = run(*GRADE, "--gradebook", "m.db")
    assert done.exit_code == USAGE
    assert "is the gradebook of the course other" in done.stderr


def test_a_recheck_writes_no_gradebook(run: Run, tmp_path: Path) -> None:
    hand_in(tmp_path / "all" / "ada")
    run(*GRADE, "--report", "json=r.json")
    done = run("grade", "all", "--each", "--recheck", "r.json", "--gradebook", "m.db")
    assert (done.exit_code, (tmp_path / "m.db").exists()) == (USAGE, False)


def test_a_missing_package_is_named_with_the_command_that_installs_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(tmp_path / "all" / "ada")
    for name in ("sqlalchemy", "sqlalchemy.dialects"):
        monkeypatch.setitem(sys.modules, name, None)
    for name in [name for name in sys.modules if name.startswith("nnkata.gradebook.")]:
        monkeypatch.delitem(sys.modules, name)
    assert not hasattr(sources, "sqlalchemy")
    done = run(*GRADE, "--gradebook", "m.db")
    assert done.exit_code == USAGE, done.output
    assert "a gradebook needs the package sqlalchemy" in done.stderr
    assert 'pip install "nnkata[cohort]"' in done.stderr


def test_sqlalchemy_is_imported_only_for_a_gradebook(run: Run, tmp_path: Path) -> None:
    hand_in(tmp_path / "all" / "ada")
    run(*GRADE, "--report", "json=r.json")
    script = (
        "import sys\nfrom nnkata.cli.group import kata\n"
        "try:\n    kata.main(['gradebook', *sys.argv[1:]], prog_name='kata')\n"
        "except SystemExit:\n    pass\n"
        "print({'sqlalchemy', 'alembic', 'psycopg'} & set(sys.modules))\n"
    )
    for words in (["show", "r.json"], ["export", "r.json", "--csv", "o.csv"], ["--help"]):
        done = subprocess.run(
            [sys.executable, "-c", script, *words], cwd=tmp_path, capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        assert done.stdout.endswith("set()\n"), done.stdout


def test_a_server_that_is_not_there_stops_the_run_before_anything_is_graded(
    run: Run, tmp_path: Path
) -> None:
    hand_in(tmp_path / "all" / "ada")
    done = run(*GRADE, "--gradebook", "postgresql://ann:secret@127.0.0.1:1/x", "--journal", "j")
    assert done.exit_code == MACHINERY
    assert "is not available" in done.stderr
    assert "secret" not in done.output
    assert not (tmp_path / "j").exists()
