"""Run hidden checks under pytest against a module that lives in a worker.

pytest is configured and collected once, with nothing taken from environment, working folder or
installed plugins; its items are then run again and again, each with a fresh `solution`.
"""

from __future__ import annotations

import ast
import os
import sys
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
from _pytest.config import _prepareconfig
from _pytest.pathlib import module_name_from_path
from msgspec import Struct

from .errors import CourseError
from .jail.parent import TOO_MUCH_MEMORY, AbandonedError, LostError
from .model import Course, Kata, Limits, Load, OutcomeName
from .seats import Bundle, Jail, NotLoadedError, Seat
from .solution import CheckFailed, Link, Raised, Solution
from .testing import shown

PREFIX = "test_"
UNLIMITED = Limits(seconds=1e6, slow_seconds=1e6, total_seconds=1e6)
"""For a person at a breakpoint."""

_UNUSED_PLUGINS = (
    "terminal capture debugging unittest legacypath tmpdir monkeypatch recwarn pastebin junitxml "
    "doctest cacheprovider setuponly setupplan stepwise unraisableexception threadexception "
    "warnings logging faulthandler subtests"
).split()

Slow = Literal["never", "when_passed", "always"]
Twice = Literal["none", "failed", "all"]
"""Which checks, of those that are not slow, are run a second time in the same worker."""


class CheckInfo(Struct, frozen=True):
    """What is known of a check before it runs."""

    name: str
    sentence: str
    points: int
    slow: bool


class CheckRun(Struct):
    """One run of one check: what it found, and its conversation with the worker."""

    info: CheckInfo
    outcome: OutcomeName = "not_run"
    seconds: float = 0.0
    message: str = ""
    rung: str | None = None
    got: str | None = None
    expected: str | None = None
    raised: Raised | None = None
    output: str = ""
    link: Link | None = None
    value: Any = None
    suspect: bool = False
    """The check's own code stumbled over what came back; the reference tells whose fault it is."""
    again: CheckRun | None = None
    """The same check, run once more, where that was asked for."""

    @property
    def answers(self) -> list[list[Any]]:
        """The frames that the worker sent, crossing by crossing."""
        return [c.answers for c in self.link.transcript] if self.link else []


class KataRun(Struct):
    """One run of a kata's checks."""

    kata: str
    checks: list[CheckRun]
    load: Load | None = None
    held: dict[str, str] = {}

    @property
    def passed(self) -> bool:
        """Whether every check that counts was run and passed."""
        return self.load is None and all(c.outcome == "passed" for c in self.checks)

    @property
    def again(self) -> KataRun:
        """The same run, with the second run of each check that was run twice."""
        return KataRun(self.kata, [c.again or c for c in self.checks], self.load, self.held)


class _Plugin:
    """What our pytest session knows beyond pytest: the fixtures, and how to see what happened."""

    def __init__(self) -> None:
        self.solution: Solution | None = None
        self.generator: np.random.Generator | None = None
        self.error: BaseException | None = None
        self.phase = ""
        self.compared: tuple[str, Any, Any] | None = None
        self.uncollected: list[str] = []

    @pytest.fixture(name="solution")
    def fixture_solution(self) -> Solution:
        """Give a check the learner's module."""
        assert self.solution is not None
        return self.solution

    @pytest.fixture(name="rng")
    def fixture_rng(self) -> np.random.Generator:
        """Give a check a generator for its inputs, seeded by the run's seed and its name."""
        assert self.generator is not None
        return self.generator

    @pytest.hookimpl
    def pytest_assertrepr_compare(self, op: str, left: Any, right: Any) -> list[str]:
        """Keep what a plain assert compared; its text is never shown."""
        self.compared = (op, left, right)
        return [""]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Function, nextitem: None) -> bool:
        """Run an item, keep its first exception; no report of a hidden check is ever made."""
        hook = item.ihook
        item._initrequest()
        with self._kept("setup"):
            hook.pytest_runtest_setup(item=item)
        if self.error is None:
            with self._kept("call"):
                hook.pytest_runtest_call(item=item)
        with self._kept("teardown"):
            hook.pytest_runtest_teardown(item=item, nextitem=nextitem)
        item.funcargs = {}
        return True

    @contextmanager
    def _kept(self, phase: str) -> Iterator[None]:
        try:
            yield
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            if self.error is None:
                self.error, self.phase = error, phase

    @pytest.hookimpl
    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep why a checks.py could not be imported; an author reads it."""
        if report.failed:
            self.uncollected.append(str(report.longrepr))


class Checks:
    """The hidden checks of some katas, collected once."""

    def __init__(self, katas: Iterable[Kata]) -> None:
        """Configure pytest and collect; raises `CourseError` when a checks.py cannot be."""
        self.katas = {k.name: k for k in katas}
        self.plugin = _Plugin()
        with _clean_environment():
            self.session = self._collected([k.checks for k in self.katas.values()])
        owners = {k.checks.resolve(): name for name, k in self.katas.items()}
        self.items: dict[str, list[tuple[CheckInfo, pytest.Function]]] = {k: [] for k in self.katas}
        for item in self.session.items:
            assert isinstance(item, pytest.Function)
            owner = owners[item.path.resolve()]
            self.items[owner].append((_info(item), item))
        for name, items in self.items.items():
            items.sort(key=lambda pair: pair[0].slow)
            if not items:
                raise CourseError(
                    f"{self.katas[name].checks} defines no check",
                    next_step="write one: def test_…(solution), with a docstring for the learner",
                )

    def _collected(self, paths: list[Path]) -> pytest.Session:
        for path in paths:
            if not path.is_file():
                raise CourseError(f"{path} is missing", next_step="every kata has a checks.py")
        top = os.path.commonpath([path.parent for path in paths])  # pytest looks no higher
        arguments = [
            "-c", os.devnull, "--rootdir", top, "--confcutdir", top, "--noconftest",
            "--import-mode=importlib", "-o", "python_files=checks.py",
            *(f"-pno:{name}" for name in _UNUSED_PLUGINS), *map(str, paths),
        ]  # fmt: skip
        config = _prepareconfig(arguments, plugins=[self.plugin])
        config._do_configure()
        session = pytest.Session.from_config(config)
        config.hook.pytest_sessionstart(session=session)
        try:
            session.perform_collect()
        finally:  # or the next session would take these for its own
            for path in paths:
                sys.modules.pop(module_name_from_path(path, Path(top)), None)
        if self.plugin.uncollected:
            raise CourseError(
                "checks cannot be collected:\n" + "\n".join(self.plugin.uncollected),
                next_step="mend what the last line says",
            )
        return session

    def seat(self, kata: str, course: Course, bundle: Bundle, jail: Jail) -> Seat:
        """Return a place for a worker that several runs may share, if no mark rests on them."""
        return Seat(jail, self.katas[kata], course, bundle)

    def infos(self, kata: str) -> list[CheckInfo]:
        """Return a kata's checks in the order in which they run."""
        return [info for info, _ in self.items[kata]]

    def run(
        self, kata: str, course: Course, bundle: Bundle, jail: Jail, seed: int,
        slow: Slow = "when_passed", only: frozenset[str] | None = None, twice: Twice = "none",
        patience: Mapping[str, float] | None = None, seat: Seat | None = None,
    ) -> KataRun:  # fmt: skip
        """Run a kata's checks against the module in `bundle`.

        With `patience`, seconds by check that take the place of the kata's limits, the run ends
        at the first check that does not pass. With `seat`, the run uses its worker and leaves it.
        """
        limits = self.katas[kata].file.limits if jail.limited else UNLIMITED
        run = KataRun(kata, [])
        end = time.monotonic() + limits.total_seconds
        if seat is None:
            seat = self.seat(kata, course, bundle, jail)
            ending: Any = closing(seat)
        else:
            seat.change(bundle)
            ending = nullcontext()
        with _clean_environment(), ending:
            for info, item in self.items[kata]:
                if only is not None and info.name not in only:
                    continue
                result = CheckRun(info)
                run.checks.append(result)
                if run.load is not None or (patience is not None and not _fine(run.checks[:-1])):
                    continue
                if info.slow and not _slow_wanted(slow, run.checks[:-1]):
                    result.message = "slow checks run when all others have passed"
                    continue
                if time.monotonic() >= end:
                    result.message = f"the kata's {limits.total_seconds:g} seconds were used up"
                    continue
                allowed = limits.slow_seconds if info.slow else limits.seconds
                allowed = (patience or {}).get(info.name, allowed)
                self._run_one(item, result, run, seat, seed, allowed, end)
                if not info.slow and run.load is None and _wanted_again(twice, result):
                    result.again = CheckRun(info)
                    self._run_one(item, result.again, run, seat, seed, allowed, end)
        run.held = seat.held
        return run

    def _run_one(
        self, item: pytest.Function, result: CheckRun, run: KataRun, seat: Seat, seed: int,
        allowed: float, end: float,
    ) -> None:  # fmt: skip
        info = result.info
        start = time.monotonic()
        deadline = min(end, start + allowed)
        try:
            seat.take(seed, deadline)
        except NotLoadedError as unloaded:
            if any(c.outcome != "not_run" for c in run.checks):  # it loaded for an earlier check
                lost = unloaded.load.kind
                result.outcome = lost if lost in ("timeout", "crash", "limit") else "error"
                result.message = unloaded.load.message
            else:
                run.load = unloaded.load
            return
        assert seat.worker is not None
        link = result.link = Link(seat.worker, deadline)
        self.plugin.solution = seat.solution(link)
        self.plugin.generator = np.random.default_rng([seed, zlib.crc32(info.name.encode())])
        error = self._protocol(item)
        if isinstance(error, AbandonedError):
            raise error
        result.seconds = time.monotonic() - start
        self._judge(result, link, error)
        if result.outcome == "timeout":
            unit = "second" if allowed == 1 else "seconds"
            result.message = f"it was stopped after {allowed:g} {unit}"
        try:
            result.output = seat.worker.take_output()
        except LostError as lost:  # it printed more than allowed, and nobody had looked
            result.outcome, result.message = lost.kind, str(lost)  # type: ignore[assignment]
            result.output = seat.worker.take_output()
        if not seat.worker.is_sound():
            seat.close()

    def _protocol(self, item: pytest.Function) -> BaseException | None:
        """Run one item through pytest's own hooks; return the exception that ended it."""
        plugin = self.plugin
        plugin.error, plugin.phase, plugin.compared = None, "", None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        plugin.solution = None
        return plugin.error

    def _judge(self, result: CheckRun, link: Link, error: BaseException | None) -> None:
        lost = link.lost
        if lost is not None:
            result.outcome, result.message = lost.kind, str(lost)  # type: ignore[assignment]
        elif error is None:
            result.outcome = "passed"
        elif link.last_error is not None and error is link.last_error[0]:
            raised = link.last_error[1]
            result.raised, result.rung = raised, "raised"
            result.outcome = "limit" if raised.kind == "MemoryError" else "error"
            result.message = _error_words(raised)
        elif isinstance(error, CheckFailed):
            result.outcome, result.message, result.rung = "failed", str(error), error.rung
            result.got, result.expected, result.value = error.got, error.expected, error.value
        elif isinstance(error, pytest.fail.Exception) and "DID NOT RAISE" in str(error):
            kind = str(error).partition("class '")[2].rstrip("'>)").rpartition(".")[2]
            result.outcome, result.rung = "failed", "values"
            result.got = _last_shown(link)
            result.expected = f"{kind} raised" if kind else "an exception"
        elif isinstance(error, AssertionError) and self.plugin.phase == "call":
            result.outcome, result.rung = "failed", "values"
            result.message = _own_words(str(error))
            if self.plugin.compared is not None:
                op, left, right = self.plugin.compared
                result.got, result.value = shown(left), left
                result.expected = shown(right) if op == "==" else f"{op} {shown(right)}"
        elif link.transcript:
            result.outcome, result.rung, result.suspect = "failed", "type", True
            result.got = _last_shown(link)
            result.message = f"what came back cannot be used ({type(error).__name__}: {error})"
        else:
            result.outcome = "broken"
            result.message = f"{type(error).__name__}: {error}"


def _written_doc(item: pytest.Function) -> str:
    """Return a check's docstring from its file: `python -OO` keeps none."""
    if sys.flags.optimize < 2:
        return ""
    for node in ast.parse(item.path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name == item.name:
            return ast.get_docstring(node) or ""
    return ""


def _info(item: pytest.Function) -> CheckInfo:
    function = item.function
    doc = function.__doc__ or _written_doc(item)
    sentence = " ".join(doc.strip().split("\n\n")[0].split())
    if not sentence:
        raise CourseError(
            f"{item.path}: the check {item.name} has no docstring",
            next_step="its docstring is the sentence that a learner reads: write one",
        )
    return CheckInfo(
        name=item.name.removeprefix(PREFIX),
        sentence=sentence,
        points=int(getattr(function, "nnkata_points", 1)),
        slow=bool(getattr(function, "nnkata_slow", False)),
    )


def _slow_wanted(slow: Slow, before: list[CheckRun]) -> bool:
    return _fine(before) if slow == "when_passed" else slow == "always"


def _wanted_again(twice: Twice, result: CheckRun) -> bool:
    return twice == "all" or (twice == "failed" and result.outcome != "passed")


def _fine(checks: list[CheckRun]) -> bool:
    return all(c.outcome == "passed" for c in checks)


def _error_words(raised: Raised) -> str:
    if raised.kind == "MemoryError":
        return TOO_MUCH_MEMORY
    if raised.kind == "NotImplementedError":
        return raised.message or "it is not written yet"
    if raised.kind == "SystemExit":
        return "it tried to end the program (SystemExit)"
    return f"{raised.name}: {raised.message}" if raised.message else raised.name


def _own_words(text: str) -> str:
    """Return what an author wrote behind the comma of an assert, without what pytest adds."""
    if text.startswith("assert "):
        return ""
    return text.partition("\nassert ")[0].strip()


def _last_shown(link: Link) -> str | None:
    return shown(link.transcript[-1].value) if link.transcript else None


@contextmanager
def _clean_environment() -> Iterator[None]:
    """Hide every PYTEST_* variable, and keep pytest from loading installed plugins."""
    kept = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("PYTEST_")}
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        for name in [n for n in os.environ if n.startswith("PYTEST_")]:
            del os.environ[name]
        os.environ.update(kept)
