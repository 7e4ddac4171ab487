"""A laboratory: tiny courses made of dicts, workers to run them, and the command line."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from nnkata import hookspecs, plugins
from nnkata.checking.assessor import Assessor
from nnkata.checking.proxy import Link, Solution
from nnkata.checking.pytest_session import Checks
from nnkata.checking.runner import KataRun, KataRunner
from nnkata.checking.runtime import Bundle, Submission, WorkerSlot
from nnkata.cli import context
from nnkata.course.loading import assemble, read_pack
from nnkata.model import Course, LoadFailure, Verdict
from nnkata.sandbox.pool import WorkerPool

# A shell ignores Ctrl-C in what it starts in the background, and nohup SIGHUP; children inherit
# that, and the tests send both to theirs.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

KATA = str(Path(sys.executable).with_name("kata"))
_numbers = itertools.count(1)
_FRAME: dict[str, Any] = {
    "format": 1, "minutes": 5, "difficulty": 1, "points": 1, "hints": ["one", "two", "three"],
}  # fmt: skip


class Lab:
    """Makes courses in a folder of its own, and runs modules against them."""

    def __init__(
        self, folder: Path, pool: Callable[[], WorkerPool], patch: pytest.MonkeyPatch
    ) -> None:
        self.folder = folder
        self.make_pool = pool
        self.patch = patch
        self._slots: list[WorkerSlot] = []
        self._links = ExitStack()

    @property
    def pool(self) -> WorkerPool:
        return self.make_pool()

    def write_course(
        self, katas: dict[str, dict[str, Any]], given: dict[str, str] | None = None, **table: Any
    ) -> Path:
        """Write a course and its reference package; return the course's folder.

        A kata is a dict: `reference` and `checks` are texts; `stub`, `probes`, `mistakes` (texts
        by name), and any key of kata.toml may be given too. Its module is `part/NAME.py`.
        """
        number = next(_numbers)
        root = self.folder / f"course{number}"
        package = f"reference{number}"
        site = self.folder / f"site{number}"
        files = {"__init__.py": "", "part/__init__.py": ""} | (given or {})
        for path, text in files.items():
            put(site / package / path, text)
        for name, kata in katas.items():
            self._write_kata(root / "track" / name, name, kata, site / package)
        course = {
            "format": 1, "name": "tiny", "title": "Tiny", "package": "net", "reference": package,
            "given": list(files),
        } | table  # fmt: skip
        tracks = [{"name": "track", "title": "Track", "katas": list(katas)}]
        put(root / "course.toml", toml(course | {"tracks": tracks}))
        self.patch.syspath_prepend(str(site))
        return root

    def _write_kata(
        self, folder: Path, name: str, kata: dict[str, Any], reference: Path
    ) -> None:  # fmt: skip
        texts = ("reference", "checks", "stub", "probes", "lesson", "mistakes")
        table = _FRAME | {"title": name, "module": f"part/{name.replace('-', '_')}.py"}
        table |= {key: value for key, value in kata.items() if key not in texts}
        text = textwrap.dedent(kata["reference"])
        put(reference / table["module"], text)
        put(folder / "kata.toml", toml(table))
        put(
            folder / "checks.py", "from nnkata.testing import *\n" + textwrap.dedent(kata["checks"])
        )
        put(folder / "README.md", kata.get("lesson", "A lesson.\n"))
        stub = kata.get("stub", "def f(*args):\n    raise NotImplementedError('kata: write f')\n")
        put(folder / "stub.py", textwrap.dedent(stub))
        if "probes" in kata:
            put(folder / "probes.py", textwrap.dedent(kata["probes"]))
        for mistake, wrong in kata.get("mistakes", {}).items():
            put(folder / "mistakes" / f"{mistake}.py", textwrap.dedent(wrong))

    def course(self, katas: dict[str, dict[str, Any]], **options: Any) -> Course:
        """Return a course made of dicts."""
        courses, broken = assemble([read_pack(self.write_course(katas, **options), "lab")])
        assert not broken, broken
        return courses["tiny"]

    def bundle(self, course: Course, kata: str, text: str, **own: str) -> Bundle:
        """Return what a worker gets for a module of that text; `own` prerequisites are solved."""
        return self.assessor(course, [kata]).bundles.build(
            course.katas[kata], textwrap.dedent(text), submission(course, kata, text, own)
        )

    def assessor(self, course: Course, katas: list[str]) -> Assessor:
        return Assessor(course, Checks(course.katas[k] for k in katas), self.pool)

    def run(
        self, course: Course, kata: str, text: str, seed: int = 7, pool: WorkerPool | None = None
    ) -> KataRun:
        """Run a kata's checks on a text."""
        checks = Checks([course.katas[kata]])
        bundle = self.bundle(course, kata, text)
        return KataRunner(checks, course, course.katas[kata], pool or self.pool, seed).run(bundle)

    def verdict(
        self, course: Course, kata: str, text: str, seed: int | None = 7, **own: str
    ) -> Verdict:
        """Return the verdict on a text."""
        assessor = self.assessor(course, [kata])
        return assessor.assess(course.katas[kata], submission(course, kata, text, own), seed)

    def talk(self, *arguments: Any, **named: Any) -> Solution:
        """Return `solution` for a text as the check that runs in this thread has it."""
        solution = self.connect(*arguments, **named)
        self._links.enter_context(solution._link)
        return solution

    def connect(
        self, course: Course, kata: str, text: str, seconds: float = 60.0, seed: int = 7
    ) -> Solution:
        """Return `solution` for a text, outside of any check; `end` leaves its worker."""
        slot = WorkerSlot(self.pool, course.katas[kata], course, self.bundle(course, kata, text))
        deadline = time.monotonic() + seconds
        slot.load(seed, deadline)
        assert slot.worker is not None
        self._slots.append(slot)
        return slot.solution(Link(slot.worker, deadline))

    def end(self) -> None:
        self._links.close()
        for slot in self._slots:
            slot.close()
        self._slots.clear()

    def install(self, *roots: Path) -> None:
        """Let the command line in this process know these courses and no others."""
        known = plugins.Plugins()
        for number, root in enumerate(roots):
            hook = hookspecs.hookimpl(lambda root=root: [root], specname="nnkata_courses")
            known.register(SimpleNamespace(nnkata_courses=hook), f"lab{number}")
        for module in (plugins, context):
            self.patch.setattr(module, "installed_plugins", lambda: known)

    def kata(
        self, *arguments: str, cwd: Path, env: dict[str, str] | None = None,
        command: tuple[str, ...] = (KATA,), **options: Any,
    ) -> subprocess.CompletedProcess[str]:  # fmt: skip
        """Run the command line in a process of its own."""
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "KATA_"))}
        return subprocess.run(
            [*command, *arguments], cwd=cwd, env=clean | (env or {}), text=True, timeout=120,
            check=False, capture_output=True, stdin=subprocess.DEVNULL, **options,
        )  # fmt: skip


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def toml(table: dict[str, Any]) -> str:
    """Write a table of plain values, tables and lists of tables."""
    lines, tables = [], []
    for key, value in table.items():
        if isinstance(value, dict):
            tables.append(f"[{key}]\n{toml(value)}")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            tables += [f"[[{key}]]\n{toml(item)}" for item in value]
        else:
            lines.append(f"{key} = {json.dumps(value)}\n")
    return "".join(lines + tables)


def submission(course: Course, kata: str, text: str, own: dict[str, str]) -> Submission:
    texts = {course.katas[kata].module: textwrap.dedent(text)}
    texts |= {course.katas[n].module: textwrap.dedent(t) for n, t in own.items()}
    missing = LoadFailure("missing", "there is no such file")
    return Submission("ada", lambda path: texts.get(path, missing), frozenset(own))


@pytest.fixture(scope="session")
def shared_pool() -> Iterator[Callable[[], WorkerPool]]:
    """Start one server for all tests, when the first asks for it."""
    made: list[WorkerPool] = []

    def pool() -> WorkerPool:
        if not made:
            made.append(WorkerPool())
        return made[0]

    yield pool
    for one in made:
        one.close()


@pytest.fixture
def lab(
    tmp_path: Path, shared_pool: Callable[[], WorkerPool], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Lab]:
    """Give a test the laboratory."""
    made = Lab(tmp_path / "lab", shared_pool, monkeypatch)
    yield made
    made.end()


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool() as pool:
        yield pool


@pytest.fixture
def read_course() -> Callable[[Path, Path], Course]:
    """Read the one course in a folder, with another folder for its reference."""

    def read(root: Path, reference: Path) -> Course:
        pack = read_pack(root)
        katas = {n: replace(k, reference_root=reference) for n, k in pack.katas.items()}
        courses, broken = assemble([replace(pack, reference_root=reference, katas=katas)])
        assert not broken, broken
        return courses[pack.file.name]

    return read


@pytest.fixture(scope="session", autouse=True)
def results(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let no command find results from before the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NNKATA_CACHE", str(tmp_path_factory.mktemp("results")))
        yield
