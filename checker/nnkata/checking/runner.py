"""Run a kata's hidden checks against a module that is loaded in a worker."""

from __future__ import annotations

import time
import zlib
from collections.abc import Mapping
from contextlib import closing, nullcontext
from typing import Any, Literal

import numpy as np
import pytest
from msgspec import Struct

from ..model import NOT_WRITTEN, Course, Kata, Limits, LoadFailure, Outcome, OutcomeName
from ..sandbox.pool import WorkerPool
from ..sandbox.worker_client import TOO_MUCH_MEMORY, WaitAbandonedError, WorkerLostError
from .proxy import Link
from .pytest_session import CheckInfo, Checks, ItemResult, clean_environment
from .python_source import shown
from .runtime import Bundle, NotLoadedError, WorkerSlot
from .transcript import CheckFailed, Raised

UNLIMITED = Limits(seconds=1e6, slow_seconds=1e6, total_seconds=1e6)
"""For a person at a breakpoint."""

Slow = Literal["never", "when_passed", "always"]
Twice = Literal["none", "failed", "all"]
"""Which checks, of those that are not slow, are run a second time in the same worker."""


class RunPlan(Struct, frozen=True):
    """Which checks of a kata are run, and how often."""

    slow: Slow = "when_passed"
    only: frozenset[str] | None = None
    """The checks to run, by name; None for all."""
    twice: Twice = "none"
    patience: Mapping[str, float] | None = None
    """Seconds per check that replace the kata's limits; the run then ends at the first failure."""


WHOLE_RUN = RunPlan()


class CheckRun(Struct):
    """One run of one check: what it found, and its conversation with the worker."""

    info: CheckInfo
    result: Outcome
    link: Link | None = None
    value: Any = None
    """What the check refused, as it has it."""
    raised: Raised | None = None
    suspect: bool = False
    """The check's own code failed on what it got; the reference decides whose fault that is."""
    again: CheckRun | None = None
    """The same check, run once more, where that was asked for."""

    @property
    def outcome(self) -> OutcomeName:
        """The name of the outcome."""
        return self.result.outcome

    @property
    def seconds(self) -> float:
        """The wall-clock time that the check took."""
        return self.result.seconds

    @property
    def answers(self) -> list[list[Any]]:
        """The frames that the worker sent, crossing by crossing."""
        return [c.answers for c in self.link.transcript] if self.link else []


class KataRun(Struct):
    """One run of a kata's checks."""

    kata: str
    checks: list[CheckRun]
    load: LoadFailure | None = None
    limits: dict[str, str] = {}
    """The limits that the worker could take, in words."""

    @property
    def passed(self) -> bool:
        """Whether every check that counts was run and passed."""
        return self.load is None and _all_passed(self.checks)

    @property
    def again(self) -> KataRun:
        """The same run, with the second run of each check that was run twice."""
        return KataRun(self.kata, [c.again or c for c in self.checks], self.load, self.limits)


def new_check_run(info: CheckInfo, message: str | None = None) -> CheckRun:
    """Return a check that has not been run, and why."""
    result = Outcome(
        check=info.name,
        sentence=info.sentence,
        outcome="not_run",
        max_points=info.points,
        slow=info.slow,
        message=message,
    )
    return CheckRun(info, result)


class KataRunner:
    """Runs one kata's checks, with one seed, in workers of one pool."""

    def __init__(
        self, checks: Checks, course: Course, kata: Kata, pool: WorkerPool, seed: int
    ) -> None:
        """Bind what stays the same from run to run."""
        self.checks = checks
        self.course = course
        self.kata = kata
        self.pool = pool
        self.seed = seed

    def infos(self) -> list[CheckInfo]:
        """Return the kata's checks in the order in which they run."""
        return self.checks.infos(self.kata.name)

    def slot(self, bundle: Bundle) -> WorkerSlot:
        """Return a slot for a worker that several runs may share, if no mark rests on them."""
        return WorkerSlot(self.pool, self.kata, self.course, bundle)

    def run(
        self, bundle: Bundle, plan: RunPlan = WHOLE_RUN, slot: WorkerSlot | None = None
    ) -> KataRun:
        """Run the kata's checks against the module in `bundle`.

        With `slot`, the run uses its worker and leaves it running.
        """
        if slot is None:
            slot = self.slot(bundle)
            ending: Any = closing(slot)
        else:
            slot.replace_texts(bundle)
            ending = nullcontext()
        with clean_environment(), ending:
            return _Run(self, plan, slot).run()


class _Run:
    """One pass over a kata's checks."""

    def __init__(self, runner: KataRunner, plan: RunPlan, slot: WorkerSlot) -> None:
        self.runner = runner
        self.plan = plan
        self.slot = slot
        kata = runner.kata
        self.limits = kata.file.limits if runner.pool.limited else UNLIMITED
        self.end = time.monotonic() + self.limits.total_seconds
        self.record = KataRun(kata.name, [])

    def run(self) -> KataRun:
        """Run the checks in their order; return the record."""
        record, plan = self.record, self.plan
        for info, item in self.runner.checks.items[record.kata]:
            if plan.only is not None and info.name not in plan.only:
                continue
            check, before = new_check_run(info), list(record.checks)
            record.checks.append(check)
            if record.load is not None or (plan.patience is not None and not _all_passed(before)):
                continue
            if info.slow and not _wants_slow(plan.slow, before):
                check.result.message = "slow checks run when all others have passed"
                continue
            if time.monotonic() >= self.end:
                seconds = self.limits.total_seconds
                check.result.message = f"the kata's {seconds:g} seconds were used up"
                continue
            self._run_one(item, check)
            if not info.slow and record.load is None and _wants_second(plan.twice, check):
                check.again = new_check_run(info)
                self._run_one(item, check.again)
        record.limits = self.slot.limits
        return record

    def _run_one(self, item: pytest.Function, check: CheckRun) -> None:
        info, slot, result, seed = check.info, self.slot, check.result, self.runner.seed
        start = time.monotonic()
        allowed = self.limits.slow_seconds if info.slow else self.limits.seconds
        allowed = (self.plan.patience or {}).get(info.name, allowed)
        deadline = min(self.end, start + allowed)
        try:
            slot.load(seed, deadline)
        except NotLoadedError as unloaded:
            self._record_load(result, unloaded.load)
            return
        assert slot.worker is not None
        generator = np.random.default_rng([seed, zlib.crc32(info.name.encode())])
        with Link(slot.worker, deadline) as link:
            check.link = link
            ended = self.runner.checks.run(item, slot.solution(link), generator)
        if isinstance(ended.error, WaitAbandonedError):
            raise ended.error
        result.seconds = round(time.monotonic() - start, 4)
        _judge(check, link, ended)
        if check.outcome == "timeout":
            unit = "second" if allowed == 1 else "seconds"
            result.message = f"it was stopped after {allowed:g} {unit}"
        try:
            result.output = slot.worker.take_output() or None
        except WorkerLostError as lost:  # it printed more than allowed, and nobody had looked
            _record_loss(result, lost)
            result.output = slot.worker.take_output() or None
        if not slot.worker.is_usable():
            slot.close()

    def _record_load(self, result: Outcome, load: LoadFailure) -> None:
        """Record that the module could not be loaded: for the whole run, or for one check."""
        if all(c.outcome == "not_run" for c in self.record.checks):
            self.record.load = load
            return
        lost = load.kind  # it loaded for an earlier check
        result.outcome = lost if lost in ("timeout", "crash", "limit") else "error"
        result.message = load.message


def _judge(check: CheckRun, link: Link, ended: ItemResult) -> None:
    """Write into a check's result what its end means."""
    result, error = check.result, ended.error
    if link.lost is not None:
        _record_loss(result, link.lost)
    elif error is None:
        result.outcome = "passed"
    elif link.last_error is not None and error is link.last_error[0]:
        raised = link.last_error[1]
        check.raised, result.rung = raised, "raised"
        result.outcome = "limit" if raised.kind == "MemoryError" else "error"
        result.message = _describe_exception(raised)
    elif isinstance(error, CheckFailed):
        result.outcome, result.message, result.rung = "failed", str(error) or None, error.rung
        result.got, result.expected, check.value = error.got, error.expected, error.value
    elif isinstance(error, pytest.fail.Exception) and "DID NOT RAISE" in str(error):
        kind = str(error).partition("class '")[2].rstrip("'>)").rpartition(".")[2]
        result.outcome, result.rung = "failed", "values"
        result.got = _show_last(link)
        result.expected = f"{kind} raised" if kind else "an exception"
    elif isinstance(error, AssertionError) and ended.phase == "call":
        result.outcome, result.rung = "failed", "values"
        result.message = _author_message(str(error)) or None
        if ended.compared is not None:
            op, left, right = ended.compared
            result.got, check.value = shown(left), left
            result.expected = shown(right) if op == "==" else f"{op} {shown(right)}"
    elif link.transcript:
        result.outcome, result.rung, check.suspect = "failed", "type", True
        result.got = _show_last(link)
        result.message = f"what came back cannot be used ({type(error).__name__}: {error})"
    else:
        result.outcome = "broken"
        result.message = f"{type(error).__name__}: {error}"


def _record_loss(result: Outcome, lost: WorkerLostError) -> None:
    result.outcome, result.message = lost.kind, str(lost)  # type: ignore[assignment]


def _wants_slow(slow: Slow, before: list[CheckRun]) -> bool:
    return _all_passed(before) if slow == "when_passed" else slow == "always"


def _wants_second(twice: Twice, check: CheckRun) -> bool:
    return twice == "all" or (twice == "failed" and check.outcome != "passed")


def _all_passed(checks: list[CheckRun]) -> bool:
    return all(c.outcome == "passed" for c in checks)


def _describe_exception(raised: Raised) -> str:
    if raised.kind == "MemoryError":
        return TOO_MUCH_MEMORY
    if raised.kind == NOT_WRITTEN:
        return raised.message or "it is not written yet"
    if raised.kind == "SystemExit":
        return "it tried to end the program (SystemExit)"
    return f"{raised.name}: {raised.message}" if raised.message else raised.name


def _author_message(text: str) -> str:
    """Return what an author wrote behind the comma of an assert, without what pytest adds."""
    if text.startswith("assert "):
        return ""
    return text.partition("\nassert ")[0].strip()


def _show_last(link: Link) -> str | None:
    return shown(link.transcript[-1].value) if link.transcript else None
