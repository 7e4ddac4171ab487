"""Run a kata's hidden checks against a module that is loaded in a worker."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
from msgspec import Struct

from ..model import NOT_WRITTEN, Course, Kata, Limits, LoadFailure, Outcome, OutcomeName
from ..sandbox.pool import WorkerPool
from ..sandbox.worker_client import TOO_MUCH_MEMORY, WaitAbandonedError, WorkerLostError
from .budget import Budget
from .literals import show
from .proxy import Link
from .pytest_session import CheckInfo, Checks, ItemResult, clean_environment
from .runtime import Bundle, NotLoadedError, WorkerSlot
from .transcript import CheckFailed, Place, RaisedException, place_of

UNLIMITED = Limits(seconds=1e6, slow_seconds=1e6, total_seconds=1e6)
"""The limits for debugging a check, where a person may wait at a breakpoint."""

OnCheck = Callable[[str, int, int], None]
"""Takes the kata, the number of a check from 1, and how many checks the kata has."""

SlowChecks = Literal["never", "when_passed", "always"]
Repeat = Literal["none", "failed", "all"]
"""The checks to run a second time in the same worker; slow checks are never repeated."""


class RunPlan(Struct, frozen=True):
    """The checks of a kata to run, and how often to run them."""

    slow_checks: SlowChecks = "when_passed"
    only: frozenset[str] | None = None
    """The checks to run, by name; None for all."""
    repeat: Repeat = "none"
    time_limits: Mapping[str, float] | None = None
    """Seconds per check, instead of the kata's limits; the run then ends at the first failure."""


WHOLE_RUN = RunPlan()


class CheckRun(Struct):
    """One run of one check: its outcome, and its exchanges with the worker."""

    info: CheckInfo
    result: Outcome
    link: Link | None = None
    failing: Place | None = None
    """The exchange whose value, or a part of it, the check did not accept."""
    raised: RaisedException | None = None
    suspect: bool = False
    """The check or a probe raised; a run on the reference decides whether the check is broken."""
    author_message: str = ""
    """The exception of the check's own code and its place, for the author."""
    second_run: CheckRun | None = None
    """The second run of the check, if the plan repeats it."""

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
        """The worker's messages, one list per exchange."""
        return [e.answers for e in self.link.transcript] if self.link else []


class KataRun(Struct):
    """One run of a kata's checks."""

    kata: str
    checks: list[CheckRun]
    load: LoadFailure | None = None
    limits: dict[str, str] = {}
    """The limits that the worker could set, as texts."""

    @property
    def passed(self) -> bool:
        """Whether every check that counts was run and passed."""
        return self.load is None and _all_passed(self.checks)

    @property
    def failing_checks(self) -> list[CheckRun]:
        """The checks that were run and did not pass."""
        return [c for c in self.checks if c.outcome not in ("passed", "not_run")]

    @property
    def passed_quick_checks(self) -> bool:
        """Whether every check that is not slow was run and passed."""
        return self.load is None and _all_passed([c for c in self.checks if not c.info.slow])

    @property
    def second_run(self) -> KataRun:
        """This run, with the second run of each check in place of the first, if there is one."""
        return KataRun(self.kata, [c.second_run or c for c in self.checks], self.load, self.limits)


def new_check_run(info: CheckInfo, message: str | None = None) -> CheckRun:
    """Return the record of a check that has not been run; `message` says why."""
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
        """Set the values that all runs share."""
        self.checks = checks
        self.course = course
        self.kata = kata
        self.pool = pool
        self.seed = seed
        self.budget: Budget | None = None
        """The budget of all runs together; None for a separate budget for each run."""
        self.on_check: OnCheck | None = None
        """Called before each check that is run."""

    def infos(self) -> list[CheckInfo]:
        """Return the kata's checks in the order in which they run."""
        return self.checks.infos(self.kata.name)

    def slot(self, bundle: Bundle) -> WorkerSlot:
        """Return a worker slot that several runs may share, if they give no points."""
        slot = WorkerSlot(self.pool, self.kata, self.course, bundle)
        slot.budget = self.budget
        return slot

    def run(
        self, bundle: Bundle, plan: RunPlan = WHOLE_RUN, slot: WorkerSlot | None = None
    ) -> KataRun:
        """Run the kata's checks on the module in `bundle`, and return the record of the run.

        With `slot`, the run uses its worker and leaves it running; otherwise it starts a worker.
        """
        if slot is None:
            with clean_environment(), closing(self.slot(bundle)) as own_slot:
                return _Execution(self, plan, own_slot).run()
        slot.replace_texts(bundle)
        with clean_environment():
            return _Execution(self, plan, slot).run()


class _Execution:
    """One run of a kata's checks: its deadline, its worker slot and its record."""

    def __init__(self, runner: KataRunner, plan: RunPlan, slot: WorkerSlot) -> None:
        self.runner = runner
        self.plan = plan
        self.slot = slot
        kata = runner.kata
        self.limits = kata.file.limits if runner.pool.limited else UNLIMITED
        self.budget = runner.budget or Budget(self.limits)
        self.slot.budget = self.budget
        self.record = KataRun(kata.name, [])

    def run(self) -> KataRun:
        """Run the planned checks in order; return the record."""
        with self.budget.spending():
            return self._run_checks()

    def _run_checks(self) -> KataRun:
        record, plan = self.record, self.plan
        planned = [
            (info, item)
            for info, item in self.runner.checks.items[record.kata]
            if plan.only is None or info.name in plan.only
        ]
        for index, (info, item) in enumerate(planned):
            check = new_check_run(info)
            should_run = self._should_run(check)
            record.checks.append(check)
            if should_run:
                if self.runner.on_check is not None:
                    self.runner.on_check(record.kata, len(record.checks), len(self.runner.infos()))
                another = any(not following.slow for following, _ in planned[index + 1 :])
                self._run_check(item, check, another)
                if record.load is None and _should_repeat(plan.repeat, check):
                    check.second_run = new_check_run(info)
                    self._run_check(item, check.second_run, another)
        record.limits = self.slot.limits
        return record

    def _should_run(self, check: CheckRun) -> bool:
        """Return whether the next check is run; if it is not, its message says why."""
        plan, all_passed = self.plan, _all_passed(self.record.checks)
        if self.record.load is not None or (plan.time_limits is not None and not all_passed):
            return False
        wants_slow = plan.slow_checks == "always" or (
            plan.slow_checks == "when_passed" and all_passed
        )
        if check.info.slow and not wants_slow:
            check.result.message = "slow checks run when all others have passed"
            return False
        spent = self.budget.spent()
        if spent is not None:
            check.result.message = spent
        return spent is None

    def _run_check(self, item: pytest.Function, check: CheckRun, another: bool) -> None:
        """Run a check. If the fork server ends during it, run it again, but only once.

        The server may have been killed for a reason that is not the module's.
        """
        self._run_check_once(item, check, another)
        loss = check.link.loss if check.link is not None else None
        if loss is not None and loss.with_server:
            check.result = new_check_run(check.info).result
            self._run_check_once(item, check, another)

    def _run_check_once(self, item: pytest.Function, check: CheckRun, another: bool) -> None:
        """Run a check and record its result; with `another`, one more will probably follow."""
        info, slot, result, seed = check.info, self.slot, check.result, self.runner.seed
        start = time.monotonic()
        allowed = self.limits.slow_seconds if info.slow else self.limits.seconds
        allowed = (self.plan.time_limits or {}).get(info.name, allowed)
        deadline = min(self.budget.deadline, start + allowed)
        try:
            deadline = slot.load(seed, deadline)
        except NotLoadedError as error:
            self._record_load(result, error.load)
            if error.load.kind == "timeout":
                self.budget.charge_timeout()
            return
        assert slot.worker is not None
        generator = np.random.default_rng([seed, zlib.crc32(info.name.encode())])
        with Link(slot.worker, deadline, self.budget) as link:
            check.link = link
            item_result = self.runner.checks.run(item, slot.solution(link), generator)
        if isinstance(item_result.error, WaitAbandonedError):
            raise item_result.error
        result.seconds = round(time.monotonic() - start, 4)
        try:
            result.output = slot.worker.take_output() or None
        except WorkerLostError as lost:  # it printed more than allowed after its last answer
            link.loss = link.loss or lost
            result.output = slot.worker.take_output() or None
        if not slot.worker.is_usable():
            slot.close()
        elif another:  # it loads the modules while this process records the result
            slot.load_ahead(seed)
        _record_result(check, link, item_result, item.path)
        link.release()
        if check.outcome == "timeout":
            from .hang import split_trace  # only a timeout needs it

            self.budget.charge_timeout()
            waited = round(min(allowed, deadline - start), 1)
            unit = "second" if waited == 1 else "seconds"
            result.message = f"it was stopped after {waited:g} {unit}"
            package = self.runner.course.package
            result.output, result.frames = split_trace(result.output, package, slot.bundle.texts)
        slot.charge_budget()

    def _record_load(self, result: Outcome, load: LoadFailure) -> None:
        """Record that the module cannot be loaded: for the whole run, or for a later check only."""
        if all(c.outcome == "not_run" for c in self.record.checks):
            self.record.load = load
            return
        kind = load.kind  # the module was loaded for an earlier check
        result.outcome = kind if kind in ("timeout", "crash", "limit") else "error"
        result.message = load.message


def _record_result(check: CheckRun, link: Link, item_result: ItemResult, file: Path) -> None:
    """Translate the exception that ended a check, or the lack of one, into its outcome.

    `file` is the file of the check.
    """
    result, error = check.result, item_result.error
    if link.loss is not None:
        _record_loss(result, link.loss)
    elif error is None:
        result.outcome = "passed"
    elif link.last_error is not None and error is link.last_error[0]:
        raised = link.last_error[1]
        check.raised, result.rung = raised, "raised"
        check.suspect = not raised.frames and raised.kind not in (NOT_WRITTEN, "MemoryError")
        check.author_message = f"{file}, or its probes: {_describe_exception(raised)}"
        result.outcome = "limit" if raised.kind == "MemoryError" else "error"
        result.message = _describe_exception(raised)
    elif isinstance(error, CheckFailed):
        result.outcome, result.message, result.rung = "failed", str(error) or None, error.rung
        result.got, result.expected = error.got, error.expected
        check.failing = place_of(error.value, link.transcript)
    elif isinstance(error, pytest.fail.Exception) and "DID NOT RAISE" in str(error):
        kind = str(error).partition("class '")[2].rstrip("'>)").rpartition(".")[2]
        result.outcome, result.rung = "failed", "values"
        result.got = _show_last_result(link)
        result.expected = f"{kind} raised" if kind else "an exception"
    elif isinstance(error, AssertionError) and item_result.phase == "call":
        result.outcome, result.rung = "failed", "values"
        result.message = _author_message(str(error)) or None
        if item_result.comparison is not None:
            op, left, right = item_result.comparison
            result.got, check.failing = show(left), place_of(left, link.transcript)
            result.expected = show(right) if op == "==" else f"{op} {show(right)}"
    else:
        line, is_last = _line_in(error, file)
        check.author_message = f"{file}, line {line}: {type(error).__name__}: {error}"
        if link.transcript and not (is_last and isinstance(error, NameError | ImportError)):
            result.outcome, result.rung, check.suspect = "failed", "type", True
            result.got = _show_last_result(link)
            result.message = f"the result cannot be used ({type(error).__name__}: {error})"
        else:  # no answer of the learner's module can cause it
            result.outcome, result.message = "broken", check.author_message


def _line_in(error: BaseException, file: Path) -> tuple[int, bool]:
    """Return the last line of a file that an exception passed, and whether it was raised there."""
    line, is_last, trace = 0, False, error.__traceback__
    while trace is not None:
        is_last = Path(trace.tb_frame.f_code.co_filename) == file
        line = trace.tb_lineno if is_last else line
        trace = trace.tb_next
    return line, is_last


def _record_loss(result: Outcome, lost: WorkerLostError) -> None:
    result.outcome, result.message = lost.kind, str(lost)  # type: ignore[assignment]


def _should_repeat(repeat: Repeat, check: CheckRun) -> bool:
    if check.info.slow:
        return False
    return repeat == "all" or (repeat == "failed" and check.outcome != "passed")


def _all_passed(checks: list[CheckRun]) -> bool:
    return all(c.outcome == "passed" for c in checks)


def _describe_exception(raised: RaisedException) -> str:
    if raised.kind == "MemoryError":
        return TOO_MUCH_MEMORY
    if raised.kind == NOT_WRITTEN:
        return raised.message or "it is not written yet"
    if raised.kind == "SystemExit":
        return "it tried to end the program (SystemExit)"
    return f"{raised.name}: {raised.message}" if raised.message else raised.name


def _author_message(text: str) -> str:
    """Return the message of an assert statement, without the text that pytest adds."""
    if text.startswith("assert "):
        return ""
    return text.partition("\nassert ")[0].strip()


def _show_last_result(link: Link) -> str | None:
    return show(link.transcript[-1].value) if link.transcript else None
