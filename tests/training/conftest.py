"""A course whose training waits where a test wants it to, installed for the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nnkata.course.loading import read_courses
from nnkata.model import Course
from nnkata.workspace.workspace import Workspace, create

from .terminal import Kata

REFERENCE = '''"""Losses, and a place to wait."""
import os
import time

def loss(n):
    """Return the loss at a step."""
    return 1.0 / n

def wait(part):
    """In the second part, wait until there is a file; what waits too long has failed."""
    end = time.monotonic() + 60
    while part == 1 and not os.path.exists(os.environ["GO"]):
        time.sleep(0.01)
        assert time.monotonic() < end
'''
TRAINING = """
import importlib
from nnkata.training import Image, Stage

def stages(package, solved):
    step = importlib.import_module(f"{package.__name__}.part.step")

    def first(log):
        log.line("The first stage")
        for n in range(1, 5):
            log.loss(n, 4, step.loss(n), f"  step {n}  loss {step.loss(n):.2f}")
        log.accuracy(0.75, "  accuracy 75%")
        three = Image(((0, 1), (1, 0), (1, 1), (0, 0)), ("is 3", "read 8"))
        log.images("  misread: 3 as 8", [three])

    def long(log):
        if log.part == 0:
            log.line("The long stage")
        log.loss(1, 2, 0.5)
        log.line(f"  after {len(log.before)}")
        step.wait(log.part)
        log.accuracy(log.part / 10, f"  part {log.part} scored", f"part {log.part}")

    return [Stage("first", first), Stage("long", long, parts=3)]
"""
PLUGIN = """
from pathlib import Path
from nnkata.hookspecs import hookimpl

@hookimpl
def nnkata_courses():
    return [Path(__file__).parent]
"""
COURSE = """
format = 1
name = "waiting"
title = "Waiting"
package = "net"
reference = "waiting_reference"
training = "training.py"
whole = "network"
given = ["__init__.py", "__main__.py", "part/__init__.py"]
[[tracks]]
name = "track"
title = "Track"
katas = ["step"]
"""
KATA_TOML = """
format = 1
title = "Step"
module = "part/step.py"
exports = ["loss", "wait"]
points = 0
minutes = 1
difficulty = 1
hints = ["one", "two", "three"]
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Write the course as a distribution that PYTHONPATH can name."""
    site = tmp_path / "site"
    files = {
        "waiting/__init__.py": PLUGIN,
        "waiting/course.toml": COURSE,
        "waiting/training.py": TRAINING,
        "waiting/track/step/kata.toml": KATA_TOML,
        "waiting/track/step/stub.py": "def loss(n): ...\n",
        "waiting/track/step/checks.py": "",
        "waiting_reference/__init__.py": "",
        "waiting_reference/__main__.py": "print('the package itself')\n",
        "waiting_reference/part/__init__.py": "",
        "waiting_reference/part/step.py": REFERENCE,
        "waiting-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: waiting\nVersion: 1\n",
        "waiting-1.dist-info/entry_points.txt": "[nnkata]\nwaiting = waiting\n",
    }
    for name, text in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return site


@pytest.fixture
def course(site: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    monkeypatch.syspath_prepend(str(site))
    courses, broken = read_courses([("waiting", site / "waiting")])
    assert not broken, broken
    return courses["waiting"]


@pytest.fixture
def workspace(course: Course, tmp_path: Path) -> Workspace:
    return create(tmp_path / "nn", course)[0]


@pytest.fixture
def kata(workspace: Workspace, site: Path, tmp_path: Path) -> Kata:
    """Run `kata` in the workspace; its second part waits until the test calls `go`."""
    return Kata(workspace.root, {"PYTHONPATH": str(site), "GO": str(tmp_path / "go")})


@pytest.fixture
def solve(workspace: Workspace) -> Callable[[str], None]:
    """Make the module the learner's, with what a test puts into it."""

    def put(text: str) -> None:
        module = workspace.course.katas["step"]
        workspace.path_of(module).write_text(text, encoding="utf-8")
        workspace.progress.record_pass("step", "", "", 0)

    return put
