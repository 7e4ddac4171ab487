"""Trouble of a machine, a plugin or an archive is named, and is never a mark."""

from __future__ import annotations

import codecs
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner, Result

from nnkata import hookspecs, plugins
from nnkata.cli.group import kata
from nnkata.errors import (
    CHECKS_FAILED,
    COURSE_BROKEN,
    MACHINERY,
    NEEDS_PERSON,
    OK,
    USAGE,
)
from nnkata.grading.layouts import NeedsPersonError
from nnkata.grading.submissions import open_submission
from nnkata.model import Verdict
from nnkata.reporters import json_report

KATA = {
    "reference": "def f(): return 1\n", "exports": ["f"],
    "checks": 'def test_a(solution):\n    """A."""\n    assert solution.f() == 1\n',
}  # fmt: skip
OTHER = KATA | {
    "reference": "def g(): return 1\n", "exports": ["g"],
    "checks": 'def test_a(solution):\n    """A."""\n    assert solution.g() == 1\n',
}  # fmt: skip
RIGHT = "def f(): return 1\n"
NOBODY = 65534
SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "verdicts.json"
Run = Callable[..., Result]


@pytest.fixture
def run(lab: Any, tmp_path: Path) -> Run:
    """Run the command line with the course tiny, in a folder of its own."""
    lab.install(lab.write_course({"one": KATA, "two": KATA}))
    lab.patch.chdir(tmp_path)

    def run(*arguments: str | Path) -> Result:
        words = [str(argument) for argument in arguments]
        return CliRunner().invoke(kata, words, prog_name="kata")

    return run


def hand_in(folder: Path, text: str = RIGHT, package: str = "net") -> Path:
    module = folder / package / "part" / "one.py"
    module.parent.mkdir(parents=True)
    module.write_text(text)
    return folder


def graded(run: Run, *arguments: str | Path, code: int) -> dict[str, Any]:
    result = run("grade", *arguments, "--kata", "one", "--json")
    assert result.exit_code == code, result.stderr
    value: dict[str, Any] = json.loads(result.stdout)
    jsonschema.validate(value, json.loads(SCHEMA.read_text(encoding="utf-8")))
    return value


def register(**hooks: Any) -> None:
    """Add a plugin with these hooks to those that the lab installed for this test."""
    known = plugins.installed_plugins()
    marked = {
        name: hookspecs.hookimpl(lambda answer=answer: answer, specname=name)
        for name, answer in hooks.items()
    }
    known.register(SimpleNamespace(**marked), "ada-plugin")


@contextmanager
def somebody_else() -> Iterator[None]:
    """Be a user whom permissions hold for."""
    if os.geteuid() != 0:
        yield
        return
    codecs.lookup("utf-8-sig")  # Python itself may be in a folder that is closed to this user
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def open_way_to(folder: Path) -> None:
    """Let everybody walk through the folders of a test to this one."""
    inside = folder.relative_to(tempfile.gettempdir())
    for above in [folder, *folder.parents[: len(inside.parts) - 1]]:
        above.chmod(above.stat().st_mode | 0o011)


def test_a_run_with_a_submission_for_a_person_is_complete_and_exits_with_6(
    run: Run, tmp_path: Path
) -> None:
    hand_in(tmp_path / "all" / "ada")
    (tmp_path / "all" / "ben.zip").write_bytes(b"PK\3\4 not really")
    (tmp_path / "all" / "eve").mkdir()
    result = graded(run, "all", "--each", code=NEEDS_PERSON)
    assert [(v["submission"], v["points"]) for v in result["verdicts"]] == [("ada", 1)]
    people = {entry["submission"]: entry for entry in result["needs_person"]}
    assert set(people) == {"ben.zip", "eve"}
    assert "neither a folder nor" in people["ben.zip"]["reason"]
    assert "no file of the course tiny" in people["eve"]["reason"]
    for name, entry in people.items():
        assert entry["place"].endswith(name)
        assert "net/" in entry["next_step"]
    shown = run("grade", "all", "--each", "--kata", "one", "--plain")
    assert shown.exit_code == NEEDS_PERSON
    assert "needs a person: eve: it contains no file of the course tiny" in shown.stdout
    assert "3 submissions - 1 pass every kata - 100 % on average - 2 need a person" in shown.stdout


def test_below_fail_under_is_no_answer_where_a_person_is_needed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "eve").mkdir()
    graded(run, "eve", "--fail-under", "50", code=NEEDS_PERSON)
    hand_in(tmp_path / "ben", "def f(): return 2\n")
    graded(run, "ben", "--fail-under", "50", code=CHECKS_FAILED)
    graded(run, "ben", code=OK)


def test_stray_files_beside_submissions_are_not_submissions(run: Run, tmp_path: Path) -> None:
    hand_in(tmp_path / "all" / "ada")
    (tmp_path / "all" / "__MACOSX").mkdir()
    names = "Thumbs.db desktop.ini .DS_Store submission_metadata.yml grades.csv"
    for name in names.split():
        (tmp_path / "all" / name).write_text("x")
    result = graded(run, "all", "--each", code=OK)
    assert {v["submission"] for v in result["verdicts"]} == {"ada"}
    assert result["needs_person"] == []
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "Thumbs.db").write_text("x")
    assert run("grade", "none", "--each").exit_code == USAGE


@pytest.mark.parametrize("locked", ["", "net", "net/part", "net/part/one.py"])
def test_what_the_system_does_not_let_be_read_needs_a_person(
    locked: str, lab: Any, tmp_path: Path
) -> None:
    course, pool = lab.course({"one": KATA}), lab.pool
    open_way_to(tmp_path)
    path = hand_in(tmp_path / "ada")
    (path / locked).chmod(0)
    try:
        with somebody_else(), pytest.raises(NeedsPersonError, match="Permission denied") as raised:
            open_submission(path, course, pool)
        assert "ada" in raised.value.place
        assert "permission" in raised.value.next_step
    finally:
        (path / locked).chmod(0o700)
    assert open_submission(path, course, pool).modules


def test_a_locked_folder_beside_the_package_costs_nothing(lab: Any, tmp_path: Path) -> None:
    course, pool = lab.course({"one": KATA}), lab.pool
    open_way_to(tmp_path)
    hand_in(tmp_path / "ada" / "week1")
    (tmp_path / "ada" / "locked").mkdir(mode=0)
    with somebody_else():
        modules = open_submission(tmp_path / "ada", course, pool).modules
    assert modules["part/one.py"] == RIGHT


def test_two_packages_in_a_folder_need_a_person(run: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        hand_in(tmp_path / "ada" / name)
    (entry,) = graded(run, "ada", code=NEEDS_PERSON)["needs_person"]
    assert "net/ more than once: in a and b" in entry["reason"]


def test_an_encrypted_archive_needs_a_person(run: Run, tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "ada.zip", "w") as archive:
        archive.writestr("net/part/one.py", RIGHT)
    data = bytearray((tmp_path / "ada.zip").read_bytes())
    data[data.index(b"PK\1\2") + 8] |= 1
    (tmp_path / "ada.zip").write_bytes(data)
    result = graded(run, "ada.zip", code=NEEDS_PERSON)
    assert result["verdicts"] == []
    assert result["needs_person"][0]["reason"] == "encrypted"
    assert "password" in result["needs_person"][0]["next_step"]


def test_a_result_is_rechecked_without_those_that_need_a_person(run: Run, tmp_path: Path) -> None:
    hand_in(tmp_path / "all" / "ada")
    (tmp_path / "all" / "eve").mkdir()
    value = graded(run, "all", "--each", code=NEEDS_PERSON)
    (tmp_path / "result.json").write_text(json.dumps(value))
    again = run("grade", "all", "--recheck", "result.json")
    assert (again.exit_code, "confirmed" in again.stdout) == (OK, True), again.output
    with tarfile.open(tmp_path / "ada.tar", "w"):
        pass
    (tmp_path / "all" / "ada" / "net" / "part" / "one.py").unlink()
    changed = run("grade", "all", "--recheck", "result.json")
    assert changed.exit_code == CHECKS_FAILED
    assert "ada: it needs a person now" in changed.stdout


def test_the_course_of_a_workspace_is_graded(lab: Any, run: Run, tmp_path: Path) -> None:
    lab.install(
        lab.write_course({"one": KATA}),
        lab.write_course({"uno": OTHER}, name="second", package="second_net"),
    )
    assert run("init", "ada", "--course", "second").exit_code == OK
    module = tmp_path / "ada" / "second_net" / "part" / "uno.py"
    module.write_text("def g(): return 1\n")
    result = run("grade", "ada", "--json")
    value = json.loads(result.stdout)
    assert (result.exit_code, value["course"]) == (OK, "second")
    assert [(v["kata"], v["points"]) for v in value["verdicts"]] == [("uno", 1)]
    (tmp_path / "all").mkdir()
    (tmp_path / "ada").rename(tmp_path / "all" / "ada")
    result = run("grade", "all", "--each", "--json")
    assert (result.exit_code, json.loads(result.stdout)["course"]) == (OK, "second")
    other = run("grade", "all/ada", "--course", "tiny", "--json")
    assert other.exit_code == NEEDS_PERSON
    (entry,) = json.loads(other.stdout)["needs_person"]
    assert "a workspace of the course second" in entry["reason"]
    assert "--course second" in entry["next_step"]
    assert run("init", "all/ben", "--course", "tiny").exit_code == OK
    mixed = run("grade", "all", "--each")
    assert mixed.exit_code == USAGE
    assert "several courses: second, tiny" in mixed.stderr


def test_an_unknown_course_is_a_usage_error_and_one_that_is_gone_is_not(
    run: Run, tmp_path: Path
) -> None:
    hand_in(tmp_path / "ada")
    asked = run("grade", "ada", "--course", "tinny")
    assert asked.exit_code == USAGE
    assert "did you mean tiny?" in asked.stderr
    (tmp_path / "ada" / ".kata").mkdir()
    (tmp_path / "ada" / ".kata" / "workspace.toml").write_text('format = 1\ncourse = "gone"\n')
    assert run("grade", "ada").exit_code == COURSE_BROKEN


def test_a_course_with_a_pack_that_could_not_be_loaded_is_not_graded(
    lab: Any, run: Run, tmp_path: Path
) -> None:
    hand_in(tmp_path / "ada")
    tiny = lab.write_course({"one": KATA})
    second = lab.write_course({"uno": OTHER}, name="second", package="second_net")
    pack = lab.write_course({"more": KATA}, name="more", extends="tiny", given=None)
    text = (pack / "course.toml").read_text().replace('package = "net"\n', "")
    (pack / "course.toml").write_text(text)
    (pack / "track" / "more" / "kata.toml").write_text("format = \n")
    lab.install(tiny, second, pack)
    result = run("grade", "ada", "--kata", "one")
    assert result.exit_code == COURSE_BROKEN
    assert "tiny may lack katas, because the plugin lab2 could not be loaded" in result.stderr
    assert result.stdout == ""
    hand_in(tmp_path / "bob", package="second_net")
    (tmp_path / "bob" / "second_net" / "part" / "one.py").rename(
        tmp_path / "bob" / "second_net" / "part" / "uno.py"
    )
    other = run("grade", "bob", "--course", "second")
    assert other.exit_code == OK, other.stderr
    (pack / "course.toml").write_text("not toml")
    assert run("grade", "bob", "--course", "second").exit_code == COURSE_BROKEN


def raises(verdict: Verdict, when: datetime | None) -> tuple[float, str]:
    raise ZeroDivisionError("a week of no days")


def leaves(verdict: Verdict, when: datetime | None) -> tuple[float, str]:
    raise SystemExit(0)


@pytest.mark.parametrize(
    "policy", [raises, leaves, lambda *_: None, lambda *_: (float("nan"), ""), lambda *_: (1, None)]
)
def test_a_policy_that_fails_is_named_and_the_points_are_written(
    policy: Any, lab: Any, run: Run, tmp_path: Path
) -> None:
    register(nnkata_policies={"weekly": policy}, nnkata_reporters={"json": json_report.write})
    hand_in(tmp_path / "ada")
    words = ("grade", "ada", "--kata", "one", "--policy", "weekly", "--report", "json=out.json")
    result = run(*words)
    assert result.exit_code == COURSE_BROKEN
    assert "the policy `weekly` of the plugin ada-plugin failed" in result.stderr
    assert "Traceback" not in result.output
    assert "There are no scores" in result.stdout
    value = json.loads((tmp_path / "out.json").read_text())
    assert "weekly" in value["policy_error"]
    assert [(v["points"], v["score"]) for v in value["verdicts"]] == [(1, None)]


def test_a_reporter_that_fails_is_named_and_the_others_are_written(
    lab: Any, run: Run, tmp_path: Path
) -> None:
    def fails(result: Any, out: Any) -> None:
        raise KeyError("colour")

    register(nnkata_reporters={"mine": fails, "plain": lambda _, out: out.write("fine\n")})
    hand_in(tmp_path / "ada")
    words = ("--report", "mine=a.txt", "--report", "plain=b.txt")
    result = run("grade", "ada", "--kata", "one", *words)
    assert result.exit_code == COURSE_BROKEN
    assert "the reporter mine failed: KeyError" in result.stderr
    assert "Traceback" not in result.output
    assert (tmp_path / "b.txt").read_text() == "fine\n"
    assert not (tmp_path / "a.txt").exists()


def test_a_broken_check_is_no_tick_and_no_mark(lab: Any, run: Run, tmp_path: Path) -> None:
    checks = KATA["checks"] + 'def test_b(solution):\n    """B."""\n    nowhere()\n'  # type: ignore[operator]
    lab.install(lab.write_course({"one": KATA | {"checks": checks}}))
    hand_in(tmp_path / "ada")
    result = run("grade", "ada")
    assert result.exit_code == COURSE_BROKEN
    assert "b is broken: a fault of the course, no mark" in result.stdout
    assert "ada · no mark: a check of the course is broken" in result.stdout
    assert "✓" not in result.stdout
    assert "1/1" not in result.stdout


NO_FOLDER = """
import sys, tempfile
tempfile._candidate_tempdir_list = lambda: ["/proc/nowhere"]
from nnkata.cli.app import main
from nnkata.plugins import installed_plugins
sys.argv = ["kata", *sys.argv[1:]]
main()
"""


@pytest.mark.parametrize("command", ["grade", "check", "doctor"])
def test_without_a_folder_for_temporary_files_tmpdir_is_named(command: str, tmp_path: Path) -> None:
    words = {"grade": ["grade", "ada"], "check": ["check", "softmax"], "doctor": ["doctor"]}
    if command == "check":
        assert CliRunner().invoke(kata, ["init", str(tmp_path)]).exit_code == OK
    hand_in(tmp_path / "ada", package="mynn")
    (tmp_path / "ada" / "mynn" / "forward").mkdir()
    (tmp_path / "ada" / "mynn" / "forward" / "softmax.py").write_text("")
    done = subprocess.run(
        [sys.executable, "-c", NO_FOLDER, *words[command]], cwd=tmp_path, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == MACHINERY, done.stderr
    said = done.stdout + done.stderr
    assert "no folder for temporary files" in said
    assert "set TMPDIR" in said
    assert "Traceback" not in said
