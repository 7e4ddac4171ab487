"""A learner's files are solved: nothing overwrites them without a copy that can be brought back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from nnkata.course.loading import assemble, read_pack
from nnkata.errors import KataError
from nnkata.model import Course, Verdict
from nnkata.workspace.workspace import Workspace, create, find

CHECKS = 'def test_a(solution):\n    """A."""\n    assert solution.f() == 1\n'
STUB = "def f():\n    raise NotImplementedError('kata: write f')\n"
MINE = "def f():\n    return 1  # mine\n"


@pytest.fixture
def root(lab: Any) -> Path:
    """Write a course of two katas; return its folder."""
    katas = {
        name: {"reference": MINE, "exports": ["f"], "checks": CHECKS, "stub": STUB}
        for name in ("one", "two")
    }
    made: Path = lab.write_course(katas)
    return made


@pytest.fixture
def course(root: Path) -> Course:
    return read(root)


def read(root: Path) -> Course:
    return assemble([read_pack(root, "lab")])[0]["tiny"]


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.suffix != ".db"
    }


def test_a_new_workspace_has_stubs_and_given_files(course: Course, tmp_path: Path) -> None:
    _, changes = create(tmp_path / "w", course)
    assert [c.action for c in changes] == ["written"] * 4
    assert files(tmp_path / "w") == {
        ".kata/workspace.toml": b'format = 1\ncourse = "tiny"\n',
        ".kata/.gitignore": b"*\n",
        "net/__init__.py": b"", "net/part/__init__.py": b"",
        "net/part/one.py": STUB.encode(), "net/part/two.py": STUB.encode(),
    }  # fmt: skip


def test_making_it_again_changes_nothing(course: Course, tmp_path: Path) -> None:
    create(tmp_path, course)
    before = files(tmp_path)
    for _ in range(3):
        assert create(tmp_path, course)[1] == []
    assert files(tmp_path) == before


def test_what_a_learner_wrote_is_left(course: Course, root: Path, tmp_path: Path) -> None:
    create(tmp_path, course)
    mine = tmp_path / "net" / "part" / "one.py"
    mine.write_text(MINE)
    (tmp_path / "net" / "notes.txt").write_text("mine")
    (tmp_path / "net" / "part" / "two.py").unlink()
    assert {(c.path, c.action) for c in create(tmp_path, course)[1]} == {
        ("part/one.py", "left"), ("part/two.py", "written"),
    }  # fmt: skip
    stub = root / "track" / "one" / "stub.py"
    stub.write_text("# newer\n" + STUB)
    (changed,) = create(tmp_path, read(root))[1]
    assert (changed.path, changed.action) == ("part/one.py", "left")
    assert mine.read_text() == MINE
    assert (tmp_path / "net" / "notes.txt").read_text() == "mine"


def test_a_stub_that_was_not_touched_is_updated_and_the_old_one_is_kept(
    course: Course, root: Path, tmp_path: Path
) -> None:
    create(tmp_path, course)
    (root / "track" / "one" / "stub.py").write_text("# newer\n" + STUB)
    workspace, changes = create(tmp_path, read(root))
    assert [(c.path, c.action) for c in changes] == [("part/one.py", "updated")]
    (snapshot,) = workspace.snapshots()
    assert (snapshot.why, snapshot.files) == ("update", ["net/part/one.py"])
    workspace.restore(snapshot)
    assert (tmp_path / "net" / "part" / "one.py").read_text() == STUB
    assert create(tmp_path, read(root))[1][0].action == "left"


def test_a_stub_of_an_earlier_version_is_no_work_of_the_learners(
    course: Course, root: Path, tmp_path: Path
) -> None:
    before, _ = create(tmp_path, course)
    kata = course.katas["one"]
    assert before.is_untouched(kata)
    assert not before.is_outdated(kata)
    (root / "track" / "one" / "stub.py").write_text("# newer\n" + STUB)
    now = Workspace(tmp_path, read(root))
    assert now.is_untouched(kata)
    assert now.is_outdated(kata)
    now.path_of(kata).write_text(MINE)
    assert not now.is_untouched(kata)
    assert not now.is_outdated(kata)
    now.update()
    assert now.path_of(kata).read_text() == MINE


def test_an_existing_package_of_the_same_name_is_left(course: Course, tmp_path: Path) -> None:
    mine = tmp_path / "net" / "part" / "one.py"
    mine.parent.mkdir(parents=True)
    mine.write_text(MINE)
    changes = {c.path: c.action for c in create(tmp_path, course)[1]}
    assert changes["part/one.py"] == "left"
    assert mine.read_text() == MINE


def test_reset_restore_and_restore_again(course: Course, tmp_path: Path) -> None:
    workspace, _ = create(tmp_path, course)
    kata = course.katas["one"]
    path = workspace.path_of(kata)
    path.write_text(MINE)
    workspace.progress.record_pass("one", "m", "c", 1)
    workspace.reset(kata)
    assert path.read_text() == STUB
    assert workspace.solved_katas() == frozenset()
    path.write_text("# another try\n")
    workspace.restore(workspace.snapshots()[0])
    assert path.read_text() == MINE
    assert [s.why for s in workspace.snapshots()] == ["restore", "reset"]
    workspace.restore(workspace.snapshots()[0])
    assert path.read_text() == "# another try\n"
    workspace.restore(workspace.snapshots()[0])
    assert path.read_text() == MINE
    workspace.restore(next(s for s in workspace.snapshots() if s.why == "reset"))
    assert path.read_text() == MINE
    assert len({s.name for s in workspace.snapshots()}) == len(workspace.snapshots())


def test_a_workspace_that_moves_is_the_same(course: Course, tmp_path: Path) -> None:
    workspace, _ = create(tmp_path / "here", course)
    kata = course.katas["one"]
    workspace.path_of(kata).write_text(MINE)
    workspace.progress.record_pass("one", workspace.sha_of(kata), "c", 1)
    workspace.reset(course.katas["two"])
    workspace.progress.close()
    shutil.move(tmp_path / "here", tmp_path / "there")
    there = Workspace(*find_in(tmp_path / "there" / "net" / "part", course))
    assert there.solved_katas() == {"one"}
    assert there.read("part/one.py") == MINE
    assert create(tmp_path / "there", course)[1][0].action == "left"
    there.restore(there.snapshots()[0])


def find_in(start: Path, course: Course) -> tuple[Path, Course]:
    root, name = find(start)
    assert name == course.name
    return root, course


@pytest.mark.parametrize(
    "name", ["mit Ümläuten ß", "with space", "日本語", 'quote\'s "and" $x', "-dash"]
)
def test_any_folder_name_will_do(name: str, course: Course, tmp_path: Path) -> None:
    workspace, _ = create(tmp_path / name, course)
    workspace.path_of(course.katas["one"]).write_text(MINE)
    workspace.reset(course.katas["one"])
    workspace.restore(workspace.snapshots()[0])
    assert workspace.read("part/one.py") == MINE
    assert find(tmp_path / name / "net")[0] == tmp_path / name


def test_a_link_in_place_of_a_module_is_replaced_and_its_target_is_left(
    course: Course, tmp_path: Path
) -> None:
    workspace, _ = create(tmp_path / "w", course)
    outside = tmp_path / "elsewhere.py"
    outside.write_text(MINE)
    path = workspace.path_of(course.katas["one"])
    path.unlink()
    path.symlink_to(outside)
    assert {c.action for c in create(tmp_path / "w", course)[1]} == {"left"}
    assert path.is_symlink()
    workspace.reset(course.katas["one"])
    assert not path.is_symlink()
    assert path.read_text() == STUB
    assert outside.read_text() == MINE
    workspace.restore(workspace.snapshots()[0])
    assert path.read_text() == MINE


def test_a_link_to_nowhere_and_a_folder_are_never_overwritten(
    course: Course, tmp_path: Path
) -> None:
    workspace, _ = create(tmp_path, course)
    one, two = (workspace.path_of(course.katas[name]) for name in ("one", "two"))
    one.unlink()
    one.symlink_to("nowhere.py")
    two.unlink()
    (two / "inside").mkdir(parents=True)
    assert {c.path: c.action for c in create(tmp_path, course)[1]} == {
        "part/one.py": "left", "part/two.py": "left",
    }  # fmt: skip
    for name in ("one", "two"):
        with pytest.raises(KataError, match="cannot be copied into a snapshot") as raised:
            workspace.reset(course.katas[name])
        assert raised.value.next_step
    assert (two / "inside").is_dir()
    assert one.is_symlink()
    assert workspace.states() == {"one": "open", "two": "open"}
    assert workspace.current() is not None


def test_a_module_that_is_gone_is_written_again_and_can_be_reset(
    course: Course, tmp_path: Path
) -> None:
    workspace, _ = create(tmp_path, course)
    path = workspace.path_of(course.katas["one"])
    path.unlink()
    assert workspace.states()["one"] == "open"
    workspace.reset(course.katas["one"])
    assert path.read_text() == STUB
    shutil.rmtree(tmp_path / "net")
    assert workspace.current() is not None
    assert len(create(tmp_path, course)[1]) == 4


def test_a_pass_counts_until_the_module_or_its_checks_change(
    course: Course, root: Path, tmp_path: Path
) -> None:
    from nnkata.course.hashes import checks_sha256

    workspace, _ = create(tmp_path, course)
    kata = course.katas["one"]
    workspace.path_of(kata).write_text(MINE)
    workspace.progress.record_pass("one", workspace.sha_of(kata), checks_sha256(kata), 1)
    assert workspace.states() == {"one": "passed", "two": "open"}
    assert workspace.current() == course.katas["two"]
    workspace.path_of(kata).write_text(MINE + "\n")
    assert workspace.states()["one"] == "recheck"
    assert workspace.solved_katas() == {"one"}
    workspace.path_of(kata).write_text(MINE)
    assert workspace.states()["one"] == "passed"
    (root / "track" / "one" / "checks.py").write_text(CHECKS + "\n# newer\n")
    assert workspace.states()["one"] == "recheck"


@pytest.mark.parametrize("text", ["", "format = 1\n", "course = \n", "\0", "course: tiny"])
def test_a_marker_that_cannot_be_read_is_said_with_what_to_write(
    text: str, course: Course, tmp_path: Path
) -> None:
    create(tmp_path, course)
    (tmp_path / ".kata" / "workspace.toml").write_text(text)
    with pytest.raises(KataError, match="cannot be read") as raised:
        find(tmp_path)
    assert "write two lines into it" in raised.value.next_step


def test_where_there_is_no_workspace_it_is_said_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(KataError, match="is not inside a workspace") as raised:
        find(tmp_path)
    assert "kata init" in raised.value.next_step


def test_a_file_where_a_folder_should_be_is_said(course: Course, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(KataError, match="a workspace cannot be created") as raised:
        create(tmp_path / "file", course)
    assert raised.value.next_step
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "net").write_text("x")
    with pytest.raises(KataError, match="a workspace cannot be created"):
        create(tmp_path / "w", course)


def test_the_commands_keep_what_a_learner_wrote(lab: Any, root: Path, tmp_path: Path) -> None:
    """The same by `kata reset` and `kata restore`, as a learner calls them."""
    from click.testing import CliRunner

    from nnkata.cli.group import kata

    lab.install(root)
    lab.patch.chdir(tmp_path)
    runner = CliRunner()

    def run(*arguments: str) -> str:
        result = runner.invoke(kata, list(arguments), catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    run("init", ".", "--course", "tiny")
    mine = tmp_path / "net" / "part" / "one.py"
    mine.write_text(MINE)
    assert "everything" not in run("init")
    run("reset", "one")
    assert mine.read_text() == STUB
    assert "before reset: net/part/one.py" in run("restore")
    assert run("restore", "1") == "restored net/part/one.py\n"
    assert mine.read_text() == MINE


def judged(workspace: Workspace, passed: bool, module: str | None = None) -> None:
    """Store a verdict on the kata `one`, of its module as it is or of another text."""
    kata = workspace.course.katas["one"]
    verdict = Verdict(
        submission="me",
        kata="one",
        module=kata.module,
        passed=passed,
        points=0,
        max_points=1,
        sha256={"module": module or workspace.sha_of(kata), "checks": "c"},
    )
    workspace.remember(kata, verdict)


def test_each_version_that_passes_is_stored_once(course: Course, tmp_path: Path) -> None:
    workspace, _ = create(tmp_path, course)
    path = workspace.path_of(course.katas["one"])
    for text in (MINE, MINE, MINE + "\n", MINE + "\n"):
        path.write_text(text)
        judged(workspace, passed=True)
    assert [s.why for s in workspace.snapshots()] == ["pass", "pass"]
    assert workspace.snapshots()[0].files == ["net/part/one.py"]


def test_only_the_text_that_was_checked_is_stored(course: Course, tmp_path: Path) -> None:
    workspace, _ = create(tmp_path, course)
    workspace.path_of(course.katas["one"]).write_text(MINE)
    judged(workspace, passed=False)
    judged(workspace, passed=True, module="the hash of a text that was saved before")
    assert workspace.snapshots() == []


def test_a_pass_counts_even_if_its_version_cannot_be_stored(course: Course, tmp_path: Path) -> None:
    workspace, _ = create(tmp_path, course)
    workspace.path_of(course.katas["one"]).write_text(MINE)
    (workspace.state / "snapshots").write_text("a file where a folder should be")
    judged(workspace, passed=True)
    assert workspace.solved_katas() == {"one"}


def test_restoring_a_kata_brings_the_latest_version_that_is_different(
    course: Course, tmp_path: Path
) -> None:
    workspace, _ = create(tmp_path, course)
    kata = course.katas["one"]
    path = workspace.path_of(kata)
    path.write_text(MINE)
    judged(workspace, passed=True)
    with pytest.raises(KataError, match="is the same as its only stored version"):
        workspace.snapshot_of(kata)
    path.unlink()
    workspace.restore(workspace.snapshot_of(kata))
    assert path.read_text() == MINE
    path.write_text("# a worse idea\n")
    workspace.restore(workspace.snapshot_of(kata))
    assert path.read_text() == MINE
    workspace.restore(workspace.snapshot_of(kata))
    assert path.read_text() == "# a worse idea\n"
