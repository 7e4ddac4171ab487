"""A module reads the files that the course gives in the ordinary ways, wherever it runs."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner, Result

from nnkata.cli import context
from nnkata.cli.group import kata as kata_command
from nnkata.sandbox.fork_server import ForkServer
from nnkata.sandbox.pool import WorkerPool
from nnkata.sandbox.spawn import SpawnServer

if TYPE_CHECKING:
    from ..conftest import Lab

ROWS = "1,2\n3,4\n"
MODULE = '''
import csv, io, os, pkgutil
from importlib import resources
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
FILE = HERE / "data.csv"

def ways():
    """Return what each ordinary way of reading the given files returns."""
    with open(FILE) as file, io.open(os.path.join(os.path.dirname(__file__), "data.csv")) as other:
        found = {"open": file.read(), "io": other.read()}
    with FILE.open(newline="") as file:
        found["csv"] = [row for row in csv.reader(file)]
    found["read_text"] = FILE.read_text(encoding="utf-8")
    found["stat"] = [os.stat(FILE).st_size, FILE.exists(), FILE.is_file(), HERE.is_dir()]
    found["list"] = sorted(path.name for path in HERE.glob("*.[cn]*y*") if path.suffix != ".py")
    found["table"] = np.loadtxt(FILE, delimiter=",").tolist()
    found["load"] = np.load(HERE / "numbers.npy").tolist()
    found["map"] = np.load(HERE / "numbers.npy", mmap_mode="r").tolist()
    found["fromfile"] = np.fromfile(HERE / "numbers.npy", dtype=np.uint8)[:6].tolist()
    found["pkgutil"] = pkgutil.get_data(__package__, "data.csv").decode()
    inside = resources.files(__package__)
    found["resources"] = inside.joinpath("data.csv").read_text(encoding="utf-8")
    found["whole name"] = (resources.files("net.part") / "data.csv").read_bytes().decode()
    with resources.as_file(inside / "data.csv") as path:
        found["as_file"] = path.read_text(encoding="utf-8")
    found["above"] = (HERE.parent / "top.txt").read_text(encoding="utf-8")
    return found
'''
NUMBERS = np.arange(6.0).reshape(2, 3)
FOUND = {
    "open": ROWS, "io": ROWS, "csv": [["1", "2"], ["3", "4"]], "read_text": ROWS,
    "stat": [len(ROWS), True, True, True], "list": ["numbers.npy"],
    "table": [[1.0, 2.0], [3.0, 4.0]], "load": NUMBERS.tolist(), "map": NUMBERS.tolist(),
    "fromfile": list(b"\x93NUMPY"), "pkgutil": ROWS, "resources": ROWS, "whole name": ROWS,
    "as_file": ROWS, "above": "top",
}  # fmt: skip
CHECKS = f"""
def test_ways(solution):
    "Each way returns the given files."
    assert solution.ways() == {FOUND!r}
"""
MAIN = "import json\n\nfrom net.part.reader import ways\n\nprint(json.dumps(ways()))\n"


@pytest.fixture
def run(lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the command line in a workspace of the course, with the module written."""
    given = {"part/data.csv": ROWS, "part/numbers.npy": "", "top.txt": "top", "__main__.py": MAIN}
    given = {"__init__.py": "", "part/__init__.py": ""} | given
    kata = {"exports": ["ways"], "reference": MODULE, "checks": CHECKS}
    root = lab.write_course({"reader": kata}, given=given)
    reference = next(lab.folder.glob("site*")) / root.name.replace("course", "reference")
    np.save(reference / "part" / "numbers.npy", NUMBERS)
    lab.install(root)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(kata_command, list(arguments), prog_name="kata")

    assert run("init", "w", "--course", "tiny").exit_code == 0
    monkeypatch.chdir(tmp_path / "w")
    Path("net/part/reader.py").write_text(MODULE, encoding="utf-8")
    return run


@pytest.mark.parametrize("place", [".", "net", "net/part"])
@pytest.mark.parametrize(
    "command",
    ["check reader", "check reader --debug", "grade {root} --kata reader --require 0"],
)  # fmt: skip
def test_each_way_works_under_each_command_that_checks(
    command: str, place: str, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Path.cwd()
    monkeypatch.chdir(place)
    done = run(*command.format(root=root).split())
    assert done.exit_code == 0, done.output
    assert "✓" in done.stdout


def test_the_memory_of_this_process_is_no_limit_for_debugging(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnkata.sandbox.worker_client.resident_memory", lambda *_: 2**40)
    assert run("check", "reader", "--debug").exit_code == 0
    assert run("check", "reader").exit_code == 1  # the limit holds for a worker


@pytest.mark.parametrize("level", [0, 1, 2])
def test_each_way_works_at_each_level(
    level: int, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "start_pool", lambda *_: WorkerPool(ForkServer(level)))
    done = run("grade", ".", "--kata", "reader", "--require", str(level), "--fail-under", "99")
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("solved", [False, True])
def test_each_way_works_in_the_learners_own_program(
    solved: bool, run: Callable[..., Result]
) -> None:
    """The module is borrowed first, and the learner's own when it has passed."""
    if solved:
        assert run("check", "reader").exit_code == 0
    Path("mine.py").write_text(MAIN, encoding="utf-8")
    for command in (["run", "mine.py"], ["train"]):
        done = run(*command)
        assert done.exit_code == 0, done.output
        line = next(line for line in done.stdout.splitlines() if line.startswith("{"))
        assert json.loads(line) == FOUND


def test_each_way_works_where_each_worker_is_a_new_process(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows."""
    servers = [SpawnServer()]
    monkeypatch.setattr(context, "start_pool", lambda *_: WorkerPool(servers[0]))
    done = run("check", "reader")
    assert done.exit_code == 0, done.output
    assert not Path(servers[0].folder).exists()


CHANGE = '''
import os
from pathlib import Path

HERE = Path(__file__).parent

def _tried(act):
    try:
        act()
    except OSError:
        return False
    return True

def change():
    """Return which changes of the given files work."""
    return [
        name for name, act in {
            "write": lambda: open(HERE / "data.csv", "w"),
            "append": lambda: open(HERE / "data.csv", "a"),
            "new": lambda: open(HERE / "new", "w"),
            "folder": lambda: os.mkdir(HERE / "new"),
            "remove": lambda: os.unlink(HERE / "data.csv"),
            "rename": lambda: os.rename(HERE / "data.csv", HERE / "x"),
            "mode": lambda: os.chmod(HERE / "data.csv", 0o777),
            "link": lambda: os.symlink("/etc/passwd", HERE / "x"),
            "elsewhere": lambda: open("/etc/passwd"),
        }.items() if _tried(act)
    ]
'''


@pytest.mark.parametrize("level", [1, 2])
def test_a_worker_cannot_change_the_given_files(level: int, lab: Lab) -> None:
    """Else it could leave something for the next submission."""
    checks = 'def test_it(solution):\n    "It cannot."\n    assert solution.change() == []\n'
    kata = {"exports": ["change"], "reference": CHANGE, "checks": checks}
    given = {"__init__.py": "", "part/__init__.py": "", "part/data.csv": ROWS}
    course = lab.course({"changer": kata}, given=given)
    with WorkerPool(ForkServer(level)) as pool:
        run = lab.run(course, "changer", CHANGE, pool=pool)
        assert run.passed, run.checks[0].result
        left = [name for _, _, names in os.walk(pool.server.folder) for name in names]
    assert left == []


def test_a_worker_that_ends_leaves_no_file(lab: Lab) -> None:
    checks = 'def test_it(solution):\n    "It reads."\n    assert solution.change() is not None\n'
    kata = {"exports": ["change"], "reference": CHANGE, "checks": checks}
    given = {"__init__.py": "", "part/__init__.py": "", "part/data.csv": ROWS}
    course = lab.course({"changer": kata}, given=given)
    with WorkerPool(ForkServer(0)) as pool:
        for _ in range(3):
            assert lab.run(course, "changer", CHANGE, pool=pool).passed
        assert [names for _, _, names in os.walk(pool.server.folder) if names] == []
    assert not Path(pool.server.folder).exists()
