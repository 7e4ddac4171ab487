"""A pytest session for hidden checks: configured and collected once, and isolated.

The collected items are run many times, each time with a new `solution`. No pytest configuration,
plugin or PYTEST_* variable of the user has an effect. This is the only module that uses pytest's
private names.
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from _pytest.config import _prepareconfig
from _pytest.pathlib import module_name_from_path
from msgspec import Struct

from ..errors import CourseError
from ..model import Kata
from .proxy import Solution

PREFIX = "test_"

_UNUSED_PLUGINS = (
    "terminal capture debugging unittest legacypath tmpdir monkeypatch recwarn pastebin junitxml "
    "doctest cacheprovider setuponly setupplan stepwise unraisableexception threadexception "
    "warnings logging faulthandler subtests"
).split()


class CheckInfo(Struct, frozen=True):
    """The name, docstring, points and speed of a check, known before it runs."""

    name: str
    sentence: str
    points: int
    slow: bool


class ItemResult(Struct, frozen=True):
    """The result of one run of a check in pytest."""

    error: BaseException | None = None
    """The first exception, or None when the check passed."""
    phase: str = ""
    """The phase that raised it: setup, call or teardown."""
    comparison: tuple[str, Any, Any] | None = None
    """The operator, the left and the right side of the plain assert that failed."""


class _Plugin:
    """A pytest plugin: the fixtures of checks, and the record of the running item."""

    def __init__(self) -> None:
        self.solution: Solution | None = None
        self.generator: np.random.Generator | None = None
        self.error: BaseException | None = None
        self.phase = ""
        self.comparison: tuple[str, Any, Any] | None = None
        self.collection_errors: list[str] = []

    @pytest.fixture(name="solution")
    def fixture_solution(self) -> Solution:
        """Return the proxy of the learner's module."""
        assert self.solution is not None
        return self.solution

    @pytest.fixture(name="rng")
    def fixture_rng(self) -> np.random.Generator:
        """Return a generator for inputs, seeded by the run's seed and the check's name."""
        assert self.generator is not None
        return self.generator

    @pytest.hookimpl
    def pytest_assertrepr_compare(self, op: str, left: Any, right: Any) -> list[str]:
        """Record what a plain assert compared; pytest's text of it is never shown."""
        self.comparison = (op, left, right)
        return [""]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Function, nextitem: None) -> bool:
        """Run an item and record its first exception, without pytest's reports."""
        hook = item.ihook
        item._initrequest()
        with self._record("setup"):
            hook.pytest_runtest_setup(item=item)
        if self.error is None:
            with self._record("call"):
                hook.pytest_runtest_call(item=item)
        with self._record("teardown"):
            hook.pytest_runtest_teardown(item=item, nextitem=nextitem)
        item.funcargs = {}
        return True

    @contextmanager
    def _record(self, phase: str) -> Iterator[None]:
        try:
            yield
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            if self.error is None:
                self.error, self.phase = error, phase

    @pytest.hookimpl
    def pytest_exception_interact(
        self, node: pytest.Item | pytest.Collector, call: pytest.CallInfo[Any]
    ) -> None:
        """Record in one line why a checks.py cannot be imported, for its author."""
        if isinstance(node, pytest.Collector) and call.excinfo is not None:
            error = call.excinfo.value
            self.collection_errors.append(_explain_collection(error.__cause__ or error, node.path))


class Checks:
    """The hidden checks of some katas, collected once."""

    def __init__(self, katas: Iterable[Kata]) -> None:
        """Configure pytest and collect; raises `CourseError` if a checks.py cannot be collected."""
        self.katas = {k.name: k for k in katas}
        self.plugin = _Plugin()
        with clean_environment():
            session = self._collect([k.checks for k in self.katas.values()])
        owners = {k.checks.resolve(): name for name, k in self.katas.items()}
        self.items: dict[str, list[tuple[CheckInfo, pytest.Function]]] = {k: [] for k in self.katas}
        for item in session.items:
            assert isinstance(item, pytest.Function)
            owner = owners[item.path.resolve()]
            self.items[owner].append((_check_info(item), item))
        for name, items in self.items.items():
            items.sort(key=lambda pair: pair[0].slow)
            if not items:
                raise CourseError(
                    f"{self.katas[name].checks} defines no check",
                    next_step="write one: def test_…(solution), with a docstring for the learner",
                )

    def infos(self, kata: str) -> list[CheckInfo]:
        """Return a kata's checks in the order in which they run."""
        return [info for info, _ in self.items[kata]]

    def run(
        self, item: pytest.Function, solution: Solution, generator: np.random.Generator
    ) -> ItemResult:
        """Run one check through pytest's own hooks; return its result."""
        plugin = self.plugin
        plugin.solution, plugin.generator = solution, generator
        plugin.error, plugin.phase, plugin.comparison = None, "", None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        result = ItemResult(plugin.error, plugin.phase, plugin.comparison)
        plugin.solution, plugin.error, plugin.comparison = None, None, None  # they refer to values
        return result

    def _collect(self, paths: list[Path]) -> pytest.Session:
        for path in paths:
            if not path.is_file():
                raise CourseError(f"{path} is missing", next_step="every kata has a checks.py")
        top = os.path.commonpath([path.parent for path in paths])  # pytest does not look above it
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
        finally:  # or the next session would use these modules
            for path in paths:
                sys.modules.pop(module_name_from_path(path, Path(top)), None)
        if self.plugin.collection_errors:
            raise CourseError("\n".join(self.plugin.collection_errors), next_step="fix the checks")
        return session


def _explain_collection(error: BaseException, path: Path) -> str:
    """Return file, line and message of an error in a checks.py that is imported."""
    where, line = str(path), 0
    if isinstance(error, SyntaxError) and error.lineno:
        where, line = error.filename or where, error.lineno
        return f"{where}, line {line}: {error.msg}"
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    place = f"{where}, line {line}" if line else where
    return f"{place}: {type(error).__name__}: {error}"


def _read_docstring(item: pytest.Function) -> str:
    """Return a check's docstring from its file, for `python -OO`, which removes docstrings."""
    if sys.flags.optimize < 2:
        return ""
    for node in ast.parse(item.path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name == item.name:
            return ast.get_docstring(node) or ""
    return ""


def _check_info(item: pytest.Function) -> CheckInfo:
    function = item.function
    doc = function.__doc__ or _read_docstring(item)
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


@contextmanager
def clean_environment() -> Iterator[None]:
    """Return a context without PYTEST_* variables, in which pytest loads no installed plugins."""
    saved = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("PYTEST_")}
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        for name in [n for n in os.environ if n.startswith("PYTEST_")]:
            del os.environ[name]
        os.environ.update(saved)
