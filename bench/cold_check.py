"""Compare a cold `kata check` of one kata with a cold `pytest -q` of the same checks.

python bench/cold_check.py [--rounds 15] [--quiet] [--kata softmax] [--mistake global-max]
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

import measure

from nnkata import testing
from nnkata.cli.context import pick_course
from nnkata.course.hashes import default_seed
from nnkata.course.mistakes import read_mistakes
from nnkata.model import Course, Kata

SHIM = """
import importlib, math, random, zlib
import numpy as np
import pytest


class CheckFailed(AssertionError):
    def __init__(self, message="", **more):
        super().__init__(message)
        self.rung, self.got, self.expected = map(more.get, ("rung", "got", "expected"))


class Expression:
    def __new__(cls, text):
        return eval(text, {{"np": np, "math": math, "random": random}})


class ModuleObjects(type):
    def __instancecheck__(cls, value):
        return type(value).__module__.partition(".")[0] == "{package}"


class Handle(metaclass=ModuleObjects):  # what `kata check` has a handle for: an object of a module
    pass


show = repr


def show_both(got, expected):
    return repr(got), repr(expected)


def class_of(value):
    return type(value).__name__


def value_in_worker(value):
    return value


def copied(value):
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) in (list, tuple):
        return type(value)(map(copied, value))
    return {{k: copied(v) for k, v in value.items()}} if type(value) is dict else value


class Probes:  # what a check gets from a worker is a copy
    def __getattr__(self, name):
        function = getattr(importlib.import_module("{package}.{probes}"), name)
        return lambda *args, **more: copied(function(*args, **more))


class Solution:
    probe = Probes() if {has_probes} else None

    def __getattr__(self, name):
        return getattr(importlib.import_module("{package}.{module}"), name)

    def need(self, kata):
        return importlib.import_module("{package}." + {needs}[kata])

    def rng(self, seed):
        return np.random.default_rng(seed)

    def py_rng(self, seed):
        return random.Random(seed)

    fn = staticmethod(Expression)


@pytest.fixture
def solution():
    return Solution()


@pytest.fixture
def rng(request):
    name = request.node.name.removeprefix("test_")
    return np.random.default_rng([{seed}, zlib.crc32(name.encode())])
"""


def plain_suite(course: Course, kata: Kata, text: str, folder: Path) -> Path:
    """Write the kata's checks as one ordinary test file next to the package that it tests.

    The helpers of nnkata.testing are copied into the file, so that pytest imports nothing of
    the engine.
    """
    package = folder / course.package
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(course.reference_root, package, ignore=ignored, dirs_exist_ok=True)
    (package / kata.module).write_text(text, encoding="utf-8")
    inside, _, name = kata.module.rpartition("/")
    if kata.probes.is_file():
        shutil.copy(kata.probes, package / inside / f"_probes_{name}")
    shim = SHIM.format(
        package=course.package,
        module=_dotted(kata.module),
        probes=_dotted(f"{inside}/_probes_{name}"),
        has_probes=kata.probes.is_file(),
        seed=default_seed(kata),  # the numbers that `kata check` draws
        needs={n: _dotted(course.katas[n].module) for n in course.all_needs(kata.name)},
    )
    helpers = _without_imports(Path(testing.__file__).read_text(encoding="utf-8"))
    checks = _without_imports(kata.checks.read_text(encoding="utf-8"), own="nnkata")
    suite = folder / f"test_{kata.name.replace('-', '_')}.py"
    suite.write_text(
        f"from __future__ import annotations\n{shim}\n{helpers}\n{checks}", encoding="utf-8"
    )
    return suite


def _dotted(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")


def _without_imports(source: str, own: str = "") -> str:
    """Return the source without relative imports, imports of `own`, and `__future__`."""
    tree = ast.parse(source)
    lines = source.splitlines()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (
            node.level or node.module == "__future__" or (own and str(node.module).startswith(own))
        ):
            for number in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[number] = ""
    return "\n".join(lines)


def main() -> None:
    parser = measure.parser(__doc__, 15)
    parser.add_argument("--kata", default="softmax")
    parser.add_argument("--mistake", help="the mistake in the failing module")
    options = parser.parse_args()
    measure.compile_everything()
    course, _ = pick_course()
    kata = course.katas[options.kata]
    known = read_mistakes(kata)
    mistakes = {mistake.name: mistake.module for mistake in known}
    mistake = options.mistake or ("global-max" if "global-max" in mistakes else min(mistakes))
    texts = {"right": kata.reference.read_text(encoding="utf-8"), "wrong": mistakes[mistake]}
    env = measure.environment()
    measure.machine("pytest", "numpy", "click", "pluggy")
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        here = Path(temporary)
        sides: dict[str, measure.Side] = {}
        cpu: dict[str, list[float]] = {}
        check: list[str | Path] = [measure.KATA, "check", kata.name]

        def add(
            name: str, command: list[str | Path], folder: Path, failed: int,
            before: Callable[[], None] = lambda: None,
        ) -> None:  # fmt: skip
            cpu[name] = []
            sides[name] = measure.process(command, folder, env, failed, before, cpu[name])

        for which, text in texts.items():
            failed = int(which == "wrong")
            folder = here / f"pytest-{which}"
            folder.mkdir()
            suite = plain_suite(course, kata, text, folder)
            blocked = [f"-pno:{plugin.name}" for plugin in entry_points(group="pytest11")]
            add(f"pytest -q, {which}", [measure.PYTEST, "-q", *blocked, suite.name], folder, failed)
            work = here / f"kata-{which}"
            subprocess.run([measure.KATA, "init", work], check=True, env=env, capture_output=True)
            (work / course.package / kata.module).write_text(text, encoding="utf-8")
            add(f"kata check, {which}", check, work, failed)
        cold = here / "kata-cold"
        shutil.copytree(here / "kata-wrong", cold)

        def forget() -> None:
            shutil.rmtree(cold / ".kata" / "cache", ignore_errors=True)

        add("kata check, wrong, mistakes not cached", check, cold, 1, forget)
        words = next(m.text.split("\n")[0] for m in known if m.name == mistake)
        _must_diagnose(check, cold, env, words)
        costs = measure.in_turn(sides, options.rounds, quiet=options.quiet)
    print(f"{kata.name}, {options.rounds} rounds; the mistake of the wrong module is {mistake}")
    measure.table(costs, "ms")
    plain, plain_wrong = costs["pytest -q, right"], costs["pytest -q, wrong"]
    wrong, unknown = costs["kata check, wrong"], costs[list(costs)[-1]]
    print("compared with pytest -q on the same module")
    measure.ratio("passes", costs["kata check, right"], plain, 0.9)
    measure.ratio("fails with a diagnosis", wrong, plain_wrong, 1.0)
    measure.ratio("the same, mistakes not cached", unknown, plain_wrong, 1.0)
    print("compared with pytest -q on the right module (which writes no tracebacks)")
    measure.ratio("fails with a diagnosis", wrong, plain, 1.0)
    measure.ratio("the same, mistakes not cached", unknown, plain, 1.0)
    print("processor time, user and system, including children (no target)")
    measure.table({name: values[-options.rounds :] for name, values in cpu.items()}, "ms")


def _must_diagnose(
    command: list[str | Path], folder: Path, env: dict[str, str], words: str
) -> None:
    """Exit unless the measured command prints the likely cause, which is `words`."""
    done = subprocess.run(
        [str(c) for c in command], cwd=folder, env=env, capture_output=True, text=True
    )
    if words not in " ".join(done.stdout.split()):
        raise SystemExit(f"the cause was not printed: {words}\n{done.stdout}")


if __name__ == "__main__":
    main()
