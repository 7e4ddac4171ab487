"""Checks with modules that cheat: they replace the probes, return nan, or answer from a table.

A module runs in the same process as the probes, so it can replace them, and it can answer from a
table. A check must not give points for that. The baseline is the points of honest modules without
a solution, with the real probes: nonsense, constant answers, wrong numbers.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from typing import Any, cast

from ..checking.assessor import Assessor
from ..checking.runner import KataRun, KataRunner, RunPlan
from ..checking.runtime import Bundle, Submission, WorkerSlot
from ..model import Kata
from ..sandbox.worker_client import Worker, WorkerLostError
from .module_ast import constant_module, make_junk_modules
from .shared_worker import SharedWorker
from .static_checks import Finding, at

ANSWERS = {
    "True": "True",
    "False": "False",
    "0": "0",
    "1": "1",
    "0.0": "0.0",
    "1.0": "1.0",
    "an empty list": "[]",
    "an empty dict": "{}",
    "an empty text": "''",
    "None": "None",
    "its first argument": "(args or (None,))[0]",
    "its last argument": "(args or (None,))[-1]",
}
"""The answers of replaced probes: a description, and the expression."""

WRONG_NUMBERS = {"other numbers": "x * 0.73 + 0.31", "zeros": "x * 0.0", "ones": "x * 0.0 + 1.0"}
NAN = "x * float('nan')"
REPLAY_SHARE = 10
"""A table of another seed's answers may earn one of this many points."""

_REPLACE_PROBES = """
import sys as _sys
class _Probes:
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **keywords: {answer}
_folder, _, _own = __name__.rpartition(".")
_sys.modules[_folder + "._probes_" + _own] = _Probes()
"""

_SPOIL = """
def _spoil_all(names):
    import functools
    import types
    import numpy as np
    depth = [0]

    def spoil(x):
        if type(x) is float or isinstance(x, np.floating):
            return type(x)({number})
        if type(x) is np.ndarray and x.dtype.kind == "f":
            return np.asarray({number}, dtype=x.dtype)
        if type(x) in (list, tuple):
            return type(x)([spoil(part) for part in x])
        if type(x) is dict:
            return {{key: spoil(part) for key, part in x.items()}}
        return x

    def spoiled(function):
        @functools.wraps(function)
        def call(*args, **keywords):
            depth[0] += 1
            try:
                result = function(*args, **keywords)
            finally:
                depth[0] -= 1
            return result if depth[0] else spoil(result)
        return call

    def get(self, name):
        value = object.__getattribute__(self, name)
        return value if depth[0] else spoil(value)

    for name in names:
        thing = globals().get(name)
        if isinstance(thing, types.FunctionType):
            globals()[name] = spoiled(thing)
        elif isinstance(thing, type):
            for key, value in list(vars(thing).items()):
                if isinstance(value, types.FunctionType):
                    setattr(thing, key, spoiled(value))
            thing.__getattribute__ = get
_spoil_all({names!r})
"""


class CheatingChecks:
    """Runs cheating modules on one kata's checks; each method is a generator of findings."""

    def __init__(self, assessor: Assessor, kata: Kata) -> None:
        """Set the kata, and draw the two seeds of the replay from its checks."""
        self.assessor = assessor
        self.kata = kata
        self.runner = assessor.runner(kata)
        exists = kata.reference.is_file()
        self.reference = kata.reference.read_text(encoding="utf-8") if exists else ""
        self.points = {info.name: info.points for info in self.runner.infos()}
        self.replay_points: int | None = None
        self.shared = SharedWorker()
        self.runs = 0

    def cheats(self) -> Iterator[Finding]:
        """Check that no check gives points to a cheat, unless honest modules get them too."""
        with closing(self.shared):
            yield from self._rewarded_cheats()

    def _rewarded_cheats(self) -> Iterator[Finding]:
        passed: dict[str, str] = {}
        for words, answer in ANSWERS.items():
            text = _REPLACE_PROBES.format(answer=answer) + self._constant(answer)
            for check in self._list_passes(text):
                passed.setdefault(check, f"replaces the probes and lets each return {words}")
        only_nan = self._list_passes(self._spoil(NAN)) - passed.keys()
        passed |= dict.fromkeys(only_nan, "returns nan everywhere")
        honest = self._earned_honestly(frozenset(passed))
        if only_nan - honest:  # the points may be for the structure, not for the numbers
            for number in WRONG_NUMBERS.values():
                honest |= self._list_passes(self._spoil(number), only_nan) & only_nan
        for check in honest:
            passed.pop(check, None)
        for check in self.points:
            if check in passed:
                yield Finding(
                    f"the check {check} gives {self.points[check]} points to a module that "
                    f"{passed[check]}",
                    at(self.kata.checks),
                    "compare numbers that came back with numbers that the check computes from "
                    "inputs that it draws",
                )

    def replay(self) -> Iterator[Finding]:
        """Check that a table of the reference's answers under another seed earns at most 1/10."""
        drawn = random.Random(self.runner.seed)
        recorded, replayed = drawn.randrange(2**31), drawn.randrange(2**31)
        bundle = self._bundle(self.reference)
        plan = RunPlan(slow_checks="always")
        with closing(_RecordingSlot(self.runner, bundle)) as recorder:
            self.assessor.runner(self.kata, recorded).run(bundle, plan, recorder)
        passed: set[str] = set()
        for by_call in (False, True):
            with closing(_ReplayingSlot(self.runner, bundle, recorder.tables, by_call)) as slot:
                run = self.assessor.runner(self.kata, replayed).run(bundle, plan, slot)
            passed |= _passed_checks(run)
        self.runs += 3
        total = sum(self.points.values())
        self.replay_points = sum(self.points[check] for check in passed)
        if REPLAY_SHARE * self.replay_points > total and not self.kata.file.replay:
            names = ", ".join(f"{c} ({self.points[c]})" for c in self.points if c in passed)
            yield Finding(
                f"a replay of another seed's answers earns {self.replay_points} of {total} points: "
                f"{names}",
                at(self.kata.checks),
                "draw the inputs of these checks with the fixture `rng`; one example with fixed "
                'inputs may stay, for few points; or write replay = "WHY" in kata.toml if '
                "the kata has only a few possible inputs",
            )

    def _earned_honestly(self, checks: frozenset[str]) -> set[str]:
        """Return those of the checks that an honest module without a solution passes."""
        exports = self.kata.file.exports
        texts = [text for _, text in make_junk_modules(self.reference, exports)]
        texts += [self._constant(answer) for answer in ANSWERS.values()]
        if self.kata.stub.is_file():
            texts.append(self.kata.stub.read_text(encoding="utf-8"))
        earned: set[str] = set()
        for text in texts:
            if checks - earned:
                earned |= self._list_passes(text, checks - earned)
        return earned

    def _constant(self, answer: str) -> str:
        return constant_module(self.reference, self.kata.file.exports, answer)

    def _spoil(self, number: str) -> str:
        return self.reference + _SPOIL.format(number=number, names=self.kata.file.exports)

    def _list_passes(self, text: str, only: frozenset[str] | None = None) -> frozenset[str]:
        """Return the checks that a module passes, of all checks or of `only`."""
        self.runs += 1
        plan = RunPlan(slow_checks="always", only=only)
        return _passed_checks(self.shared.run(self.runner, self._bundle(text), plan))

    def _bundle(self, text: str) -> Bundle:
        return self.assessor.bundles.build(self.kata, text, Submission("verify", lambda _: text))


def _passed_checks(run: KataRun) -> frozenset[str]:
    return frozenset(c.info.name for c in run.checks if c.outcome == "passed")


Table = list[tuple[Any, Any, int]]
"""The exchanges of one check: the request without its number, the answer, and its weight."""


class _RecordingSlot(WorkerSlot):
    """A slot that records the requests of each check, and the answers of the module."""

    def __init__(self, runner: KataRunner, bundle: Bundle) -> None:
        super().__init__(runner.pool, runner.kata, runner.course, bundle)
        self.tables: list[Table] = []

    def load(self, seed: int, deadline: float) -> float:
        deadline = super().load(seed, deadline)
        table: Table = []
        self.tables.append(table)
        worker = cast(Worker, self.worker)
        ask = type(worker).ask

        def record(message: Any, deadline: float) -> tuple[Any, int]:
            reply, weight = ask(worker, message, deadline)
            table.append((_question(message), reply, weight))
            return reply, weight

        worker.ask = record  # type: ignore[method-assign]
        return deadline


class _ReplayingSlot(WorkerSlot):
    """A slot without a worker: the checks get the recorded answers, check by check."""

    def __init__(
        self, runner: KataRunner, bundle: Bundle, tables: list[Table], by_call: bool
    ) -> None:
        """Answer in the recorded order; with `by_call`, prefer the answer to an equal call."""
        super().__init__(runner.pool, runner.kata, runner.course, bundle)
        self.tables = iter(tables)
        self.by_call = by_call

    def load(self, seed: int, deadline: float) -> float:
        del seed
        self.worker = cast(Worker, _TableWorker(next(self.tables, []), self.by_call))
        return deadline

    def load_ahead(self, seed: int) -> None:
        del seed


class _TableWorker:
    """A stand-in for a worker, which answers from a table."""

    def __init__(self, table: Table, by_call: bool) -> None:
        self.table = table
        self.by_call = by_call
        self.position = 0

    def ask(self, message: Any, deadline: float) -> tuple[Any, int]:
        del deadline
        found = self.position
        if self.by_call:
            question = _question(message)
            later = range(self.position, len(self.table))
            places = [*later, *range(self.position)]
            found = next((n for n in places if self.table[n][0] == question), found)
        if found >= len(self.table):
            raise WorkerLostError("crash", "there is no recorded answer left")
        self.position = found + 1
        _, reply, weight = self.table[found]
        return reply, weight

    def refuse(self, why: str) -> WorkerLostError:
        return WorkerLostError("crash", why)

    def take_output(self) -> str:
        return ""

    def is_usable(self) -> bool:
        return True

    def read_processor_time(self) -> float:
        return 0.0

    def end(self, with_grace: bool = False) -> None:
        del with_grace


def _question(message: Any) -> Any:
    """Return a request without the number that identifies it in its check."""
    return [message[0], *message[2:]] if message[0] in ("call", "get", "set") else message
