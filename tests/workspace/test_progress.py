"""Progress survives two processes at once, a killed one, damage, and folders that are read-only."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nnkata.errors import KataError
from nnkata.workspace.progress import VERSION, Attempt, Progress

WRITER = """
import sys
from pathlib import Path
from nnkata.workspace.progress import Attempt, Progress
number = int(sys.argv[2])
for k in range(int(sys.argv[3])):
    progress = Progress(Path(sys.argv[1])) if k % 25 == 0 else progress
    progress.record_attempt(f"kata{number}", Attempt(f"m{k}", k % 2 == 0, k, 99, ["a", "b"]))
    if k % 10 == 9:
        progress.record_pass(f"kata{number}", f"m{k}", "checks", 7)
    print(k, flush=True)
    assert progress.stored
"""


def writers(path: Path, count: int, writes: int) -> list[subprocess.Popen[str]]:
    return [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(number), str(writes)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for number in range(count)
    ]  # fmt: skip


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    progress = Progress(path)
    progress.record_pass("a", "m1", "c1", 1)
    progress.record_pass("a", "m2", "c2", 2)
    progress.record_attempt("a", Attempt("m1", False, 1, 3, ["x", "y"]))
    progress.record_attempt("a", Attempt("m2", True, 3, 3, []))
    progress.record_hint("a", 2, "m1")
    progress.record_hint("a", 1, "m2")
    progress.record_hint("a", 1, "m3")
    progress.store_verdict("a", "{}")
    progress.store_verdict("a", "[]")
    progress.record_give_up("b")
    progress.record_give_up("b")
    progress.ship("f.py", "1")
    progress.ship("f.py", "2")
    progress.close()
    again = Progress(path)
    assert [(p.module, p.checks) for p in again.passes().values()] == [("m2", "c2")]
    last = again.last_attempt("a")
    assert last is not None
    assert (last.passed, last.points, last.mistakes) == (True, 3, [])
    assert [a.points for a in again.latest_attempts("a", 5)] == [3, 1]
    assert [a.points for a in again.latest_attempts("a", 1)] == [3]
    assert (again.attempts("a"), again.attempts("b")) == (2, 0)
    assert (again.hints("a"), again.last_hint("a")) == (2, (1, "m3"))
    assert again.hint_levels("a") == [1, 2]
    assert (again.last_verdict("a"), again.last_verdict("b")) == ("[]", None)
    assert again.given_up() == {"b"}
    assert again.shipped_hashes() == {"f.py": "2"}
    again.forget_pass("a")
    assert again.passes() == {}
    again.close()


def test_a_file_of_the_first_version_gains_a_place_for_verdicts(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    old = Progress(path)
    old.record_attempt("a", Attempt("m1", False, 1, 3, []))
    old.db.executescript("DROP TABLE verdicts; PRAGMA user_version = 1;")
    old.close()
    progress = Progress(path)
    progress.store_verdict("a", "{}")
    assert (progress.attempts("a"), progress.last_verdict("a")) == (1, "{}")
    progress.close()


def test_eight_processes_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    for process in writers(path, 8, 50):
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    progress = Progress(path)
    assert {k: progress.attempts(k) for k in progress.passes()} == {
        f"kata{n}": 50 for n in range(8)
    }
    assert {p.module for p in progress.passes().values()} == {"m49"}
    progress.close()


def test_a_process_killed_while_it_writes_leaves_whole_entries(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    for round_ in range(4):
        (process,) = writers(path, 1, 10**6)
        assert process.stdout is not None
        assert process.stderr is not None
        seen = 0
        while seen < 5 + 7 * round_:
            seen = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        seen = max([seen, *map(int, process.stdout.read().split())])
        process.wait()
        process.stdout.close()
        process.stderr.close()
        progress = Progress(path)
        assert progress.stored
        assert progress.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert progress.attempts("kata0") >= seen
        last = progress.last_attempt("kata0")
        assert last is not None
        assert last.mistakes == ["a", "b"]
        progress.close()


def test_a_newer_version_is_left_alone_and_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    Progress(path).close()
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {VERSION + 1}")
    db.close()
    before = path.read_bytes()
    with pytest.raises(KataError, match="written by a newer nnkata") as raised:
        Progress(path)
    assert (raised.value.exit_code, "pip install -U" in raised.value.next_step) == (2, True)
    assert path.read_bytes() == before


def use(path: Path) -> None:
    one = Progress(path)
    one.shipped_hashes()
    one.passes()
    one.record_pass("a", "b", "c", 1)
    one.attempts("a")


def test_damage_is_said_with_the_next_step_and_nothing_is_overwritten(tmp_path: Path) -> None:
    good = tmp_path / "good.db"
    progress = Progress(good)
    rows = [(f"a-rather-long-path-of-a-module/{k}.py", "0" * 64) for k in range(200)]
    with progress.db:
        progress.db.executemany("INSERT INTO shipped VALUES (?, ?)", rows)
    progress.close()
    whole = good.read_bytes()
    damages = {
        "text": b"this is not a database, but a text of some length" * 50,
        "head": b"\0" * 100 + whole[100:],
        "cut": whole[: len(whole) // 2],
        "middle": whole[:4096] + b"\xff" * (len(whole) - 4096),
    }
    for name, damaged in damages.items():
        path = tmp_path / f"{name}.db"
        path.write_bytes(damaged)
        with pytest.raises(KataError) as raised:
            use(path)
        assert str(path) in raised.value.message
        assert "mv " in raised.value.next_step
        assert raised.value.exit_code == 2
        assert path.read_bytes() == damaged


def test_an_empty_file_is_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    path.touch()
    progress = Progress(path)
    progress.ship("a", "b")
    assert progress.stored
    progress.close()


def test_a_file_that_is_locked_for_long_is_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "progress.db"
    Progress(path).close()
    other = sqlite3.connect(path)
    other.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr("nnkata.workspace.progress.BUSY_SECONDS", 0.05)
    with pytest.raises(KataError, match="another process") as raised:
        Progress(path)
    assert "damaged" not in raised.value.next_step
    other.rollback()
    progress = Progress(path)
    other.execute("BEGIN IMMEDIATE")
    progress.ship("a", "b")
    assert not progress.stored
    other.rollback()
    other.close()
    progress.close()


def test_a_folder_in_place_of_the_file_keeps_nothing_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    path.mkdir()
    progress = Progress(path)
    progress.ship("a", "b")
    assert progress.shipped_hashes() == {"a": "b"}
    assert not progress.stored
    progress.close()


READER = """
import sys
from nnkata.cli.app import main
from nnkata.sandbox.child.credentials import drop_capabilities
drop_capabilities()  # root, too, may then write only where it is allowed
sys.argv = ["kata", *sys.argv[1:]]
main()
"""


def as_reader(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `kata` without the power to write where that is not allowed."""
    return subprocess.run(
        [sys.executable, "-c", READER, *arguments],
        cwd=place, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def snapshot(place: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in sorted(place.rglob("*")) if p.is_file()}


def allow(place: Path, writing: int) -> None:
    """Allow or refuse writing in the whole workspace."""
    for path in [place, *place.rglob("*")]:
        path.chmod((0o555 if path.is_dir() else 0o444) | writing)


@pytest.mark.parametrize("began", [True, False], ids=["with progress", "without progress"])
def test_in_a_folder_that_is_read_only_checking_works_and_says_that_nothing_is_stored(
    began: bool, tmp_path: Path, lab: Any
) -> None:
    from nnkata.cli.context import pick_course

    course, _ = pick_course()
    kata = course.katas["softmax"]
    assert lab.kata("init", ".", cwd=tmp_path).returncode == 0
    (tmp_path / "mynn" / kata.module).write_bytes(kata.reference.read_bytes())
    if began:
        assert lab.kata("check", "softmax", cwd=tmp_path).returncode == 0
    else:
        (tmp_path / ".kata" / "progress.db").unlink()
    allow(tmp_path, 0)
    before = snapshot(tmp_path)
    done = as_reader(tmp_path, "check", "softmax")
    assert done.returncode == 0, done.stderr
    assert "progress is not stored" in done.stderr
    listed = as_reader(tmp_path, "list")
    assert listed.returncode == 0
    assert ("solved" in listed.stdout) is began
    for command in (["next"], ["hint", "softmax"], ["list", "--json"], ["show", "softmax"]):
        assert as_reader(tmp_path, *command).returncode == 0
    for command in (["reset", "softmax"], ["init", "."]):
        refused = as_reader(tmp_path, *command)
        assert "Traceback" not in refused.stderr
        assert refused.returncode in (0, 2)
    assert snapshot(tmp_path) == before
    allow(tmp_path, 0o200)
