"""Turn one kata of one submission into a verdict: run its checks, and find the likely cause."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..course.hashes import checks_sha256, default_seed, text_sha256
from ..model import (
    NOT_WRITTEN,
    Course,
    Diagnosis,
    Kata,
    LoadFailure,
    Outcome,
    Protection,
    TracebackFrame,
    Verdict,
)
from ..sandbox.child.protocol import protection_level
from ..sandbox.pool import WorkerPool
from .budget import TIMEOUTS, TIMEOUTS_WITH_RETRY, Budget
from .pytest_session import Checks
from .runner import (
    UNLIMITED,
    CheckRun,
    KataRun,
    KataRunner,
    OnCheck,
    RunPlan,
    SlowChecks,
    new_check_run,
)
from .runtime import Bundle, BundleBuilder, Submission, WorkerSlot
from .transcript import Place

if TYPE_CHECKING:
    from .known_mistakes import KnownMistakes
    from .python_source import Parameters

MISSING_PREREQUISITES = "these katas must pass first: {}"
"""The message for a kata whose prerequisites have not passed and may not be borrowed."""


class CheckedKata(Struct, frozen=True):
    """A verdict before its diagnosis, with the run and the bundle that the diagnosis needs."""

    kata: Kata
    seed: int
    verdict: Verdict
    run: KataRun | None = None
    bundle: Bundle | None = None
    budget: Budget | None = None

    @property
    def can_be_diagnosed(self) -> bool:
        """Whether a check failed, in a module that is written and can be loaded.

        False after a timeout: the diagnosis would run into the timeout again for each possible
        cause.
        """
        run = self.run
        if run is None or run.load is not None or is_not_written(run):
            return False
        if any(check.outcome == "timeout" for check in run.checks):
            return False
        return bool(run.failing_checks)


class Assessor:
    """Assesses the katas of one course, with its collected checks and a worker pool."""

    def __init__(
        self, course: Course, checks: Checks, pool: WorkerPool, cache: Path | None = None,
        retry: bool = False,
    ) -> None:  # fmt: skip
        """Set the options that all verdicts share.

        Args:
            course: the course that the katas belong to.
            checks: the collected checks of the katas that will be assessed.
            pool: the pool of the workers.
            cache: a folder in which the results of the checks on known mistakes are cached, or
                None.
            retry: whether a check that was too slow is run a second time, so that a busy machine
                costs no points.
        """
        self.course = course
        self.checks = checks
        self.pool = pool
        self.cache = cache
        self.retry = retry
        self.on_check: OnCheck | None = None
        """Called before each check that `check` runs."""
        self._known_mistakes: KnownMistakes | None = None
        self.bundles = BundleBuilder(course)
        self.limits: dict[str, str] = {}

    def runner(self, kata: Kata, seed: int | None = None) -> KataRunner:
        """Return the runner of a kata's checks, by default with the seed of `kata check`."""
        seed = default_seed(kata) if seed is None else seed
        return KataRunner(self.checks, self.course, kata, self.pool, seed)

    def budget(self, kata: Kata) -> Budget:
        """Return a new budget for one kata of one submission."""
        limits = kata.file.limits if self.pool.limited else UNLIMITED
        return Budget(limits, TIMEOUTS_WITH_RETRY if self.retry else TIMEOUTS)

    def assess(
        self, kata: Kata, submission: Submission, seed: int | None = None,
        slow_checks: SlowChecks = "when_passed",
    ) -> Verdict:  # fmt: skip
        """Return the verdict on one kata of a submission, with the likely cause of a failure."""
        return self.diagnose(self.check(kata, submission, seed, slow_checks))

    def check(
        self, kata: Kata, submission: Submission, seed: int | None = None,
        slow_checks: SlowChecks = "when_passed", slot: WorkerSlot | None = None,
    ) -> CheckedKata:  # fmt: skip
        """Run the checks of one kata of a submission, without a diagnosis.

        With `slot`, its worker is used if it fits the kata and the bundle, and left running.
        """
        runner = self.runner(kata, seed)
        runner.on_check = self.on_check
        budget = runner.budget = self.budget(kata)
        missing = self.unmet_needs(kata, submission)
        if missing:
            message = MISSING_PREREQUISITES.format(", ".join(missing))
            verdict = self.make_not_run_verdict(kata, submission.name, message)
            return CheckedKata(kata, runner.seed, verdict)
        broken: list[str] = []
        text = submission.read(kata.module)
        if isinstance(text, LoadFailure):
            run = KataRun(kata.name, [new_check_run(info) for info in runner.infos()], text)
            bundle = Bundle({}, {}, [])
        else:
            bundle = self.bundles.build(kata, text, submission)
            if slot is not None and not slot.accepts(kata, bundle):
                slot = None
            run = runner.run(bundle, RunPlan(slow_checks=slow_checks), slot)
            self.limits = run.limits or self.limits
            if self.retry:
                _rerun_timeouts(run, runner, bundle)
            self._mark_broken_checks(run, runner, submission)
            broken = self._find_broken_files(run, runner, bundle, submission)
        if broken:  # the learner's module could not be judged at all
            run.load = None
            for check in run.checks:
                check.result.outcome, check.result.message = "broken", broken[0]
        if run.load is not None and run.load.kind != "missing":
            from .load_help import explain_load  # a module that loads does not need it

            run.load = explain_load(run.load, bundle.texts, kata.module)
        named: Parameters = {}
        if run.failing_checks:
            from .probe_parameters import probe_parameters  # a module that passes does not need it

            named = probe_parameters(kata.probes)
        outcomes = [
            _complete_outcome(c, self.course.package, bundle.texts, named) for c in run.checks
        ]
        verdict = Verdict(
            submission=submission.name,
            kata=kata.name,
            module=kata.module,
            passed=run.passed,
            points=sum(o.points for o in outcomes),
            max_points=sum(o.max_points for o in outcomes),
            load=run.load,
            borrowed=bundle.borrowed,
            outcomes=outcomes,
            sha256={
                "module": text_sha256(text) if isinstance(text, str) else "",
                "checks": checks_sha256(kata),
            },
            broken_files=broken,
        )
        return CheckedKata(kata, runner.seed, verdict, run, bundle, budget)

    def diagnose(self, checked: CheckedKata) -> Verdict:
        """Return the verdict with the likely cause: a faulty prerequisite, or mistakes.

        A mistake whose file is broken is skipped, and the verdict names the file. When the budget
        is used up before the search is done, no cause is named, and the verdict says so.
        """
        kata, run, bundle = checked.kata, checked.run, checked.bundle
        if run is None or bundle is None or not checked.can_be_diagnosed:
            return checked.verdict
        # a run that passes needs neither
        from .diagnosis import (
            SearchEndedError,
            find_faulty_prerequisite,
            remove_prerequisite_failures,
        )

        runner = self.runner(kata, checked.seed)
        runner.budget = checked.budget
        may_borrow, reference = self.course.can_borrow_needs(kata.name), self.bundles.reference
        broken = list(checked.verdict.broken_files)
        try:
            faulty = find_faulty_prerequisite(runner, bundle, reference) if may_borrow else None
            # if a prerequisite is faulty, the mistake is not in this module
            mistakes = [] if faulty else self._find_mistakes(run, runner, bundle, broken)
            if may_borrow:
                mistakes = remove_prerequisite_failures(mistakes, runner, bundle, reference)
        except SearchEndedError as ended:
            return replace(checked.verdict, broken_files=broken, search_ended=str(ended))
        return replace(checked.verdict, blame=faulty, diagnoses=mistakes, broken_files=broken)

    def _find_mistakes(
        self, run: KataRun, runner: KataRunner, bundle: Bundle, broken: list[str]
    ) -> list[Diagnosis]:
        """Return the mistakes that the module makes; mistakes are read only once."""
        from .diagnosis import find_mistakes
        from .known_mistakes import KnownMistakes

        if self._known_mistakes is None:
            self._known_mistakes = KnownMistakes(self.cache)
        return find_mistakes(run, runner, bundle, self._known_mistakes, broken)

    def unmet_needs(self, kata: Kata, submission: Submission) -> list[str]:
        """Return the katas that must pass before this one; none if the reference may be used."""
        if self.course.can_borrow_needs(kata.name):
            return []
        return [n for n in self.course.all_needs(kata.name) if n not in submission.solved]

    def make_not_run_verdict(self, kata: Kata, name: str, message: str) -> Verdict:
        """Return a verdict in which no check was run; `message` says why."""
        outcomes = [new_check_run(i, message).result for i in self.checks.infos(kata.name)]
        return Verdict(
            submission=name,
            kata=kata.name,
            module=kata.module,
            passed=False,
            points=0,
            max_points=sum(o.max_points for o in outcomes),
            outcomes=outcomes,
            sha256={"module": "", "checks": checks_sha256(kata)},
        )

    def _mark_broken_checks(self, run: KataRun, runner: KataRunner, submission: Submission) -> None:
        """Mark suspect checks as broken if they do not pass on the reference either."""
        suspects = frozenset(c.info.name for c in run.checks if c.suspect)
        kata = runner.kata
        if not suspects or not kata.reference.is_file():
            return
        bundle = self.bundles.build(
            kata, self.bundles.reference(kata.name), replace(submission, solved=frozenset())
        )
        reference_run = runner.run(bundle, RunPlan(slow_checks="always", only=suspects))
        # a check that was skipped for lack of budget, or timed out on a busy machine, is not
        # proven broken
        faults = ("failed", "error", "crash", "broken")
        broken = {c.info.name for c in reference_run.checks if c.outcome in faults}
        for check in run.checks:
            if check.suspect and check.info.name in broken:
                check.result.outcome = "broken"
                check.result.message = check.author_message
                check.result.got = None

    def _find_broken_files(
        self, run: KataRun, runner: KataRunner, bundle: Bundle, submission: Submission
    ) -> list[str]:
        """Return messages about a course file that prevents the learner's module from loading.

        This is the case if the failing file is not the learner's, and it still fails when the
        reference replaces all of the learner's modules.
        """
        load, kata = run.load, runner.kata
        if load is None or load.file in {f"{self.course.package}/{path}" for path in bundle.own}:
            return []
        if load.kind not in ("syntax", "raised", "refused_import") or not kata.reference.is_file():
            return []
        reference = self.bundles.build(
            kata, self.bundles.reference(kata.name), replace(submission, solved=frozenset())
        )
        # so that the failure's file and line are reported for every module
        reference = replace(reference, own=list(reference.texts))
        first = frozenset(info.name for info in runner.infos()[:1])
        failure = runner.run(reference, RunPlan(slow_checks="always", only=first)).load
        if failure is None:
            return []
        path = self._course_file(failure.file or "") or kata.reference
        line = f", line {failure.line}" if failure.line else ""
        return [f"{path}{line}: {failure.message}"]

    def _course_file(self, file: str) -> Path | None:
        """Return the path of a course file, given the name that a worker uses for it, or None."""
        inside = file.removeprefix(f"{self.course.package}/")
        given = self.course.given.get(inside)
        modules = {kata.module: kata.reference for kata in self.course.katas.values()}
        return given or modules.get(inside)


def _rerun_timeouts(run: KataRun, runner: KataRunner, bundle: Bundle) -> None:
    """Run the checks that were too slow a second time; the second result counts.

    If a check could not be run a second time, its message says why.
    """
    timeouts = frozenset(c.info.name for c in run.checks if c.outcome == "timeout")
    if not timeouts:
        return
    second_run = runner.run(bundle, RunPlan(slow_checks="always", only=timeouts))
    second = {
        c.info.name: c
        for c in second_run.checks
        if second_run.load is None and c.outcome != "not_run"
    }
    skipped = {c.info.name: c.result.message for c in second_run.checks if c.outcome == "not_run"}
    for check in run.checks:
        if why := skipped.get(check.info.name):
            check.result.message = f"{check.result.message}, and not run a second time: {why}"
    run.checks[:] = [second.get(c.info.name, c) for c in run.checks]


def describe_protection(pool: WorkerPool, limits: Mapping[str, str]) -> Protection:
    """Return the protections in force while modules ran, as tests in a worker showed."""
    known = pool.protection()
    layers, acts = known["layers"], known["acts"]

    def describe(act: str, by: str) -> str:
        return by if acts.get(act) == "refused" else "not blocked"

    syscalls = layers.get("calls", "")
    namespaces = layers.get("namespaces", "")
    return Protection(
        level=protection_level(layers, acts),
        files=describe("read a file", layers.get("files", "")),
        network=describe("use the network", f"{syscalls}; namespaces: {namespaces or 'none'}"),
        processes=describe("start a process", f"{syscalls}; {layers.get('identity', '')}"),
        memory=limits.get("memory", "not limited"),
        paths_hidden=acts.get("see a path") == "refused",
    )


def is_not_written(run: KataRun) -> bool:
    """Return whether every check that was run called a function that is not written yet."""
    ran = [c for c in run.checks if c.outcome != "not_run"]
    return bool(ran) and all(c.raised is not None and c.raised.kind == NOT_WRITTEN for c in ran)


def _complete_outcome(
    check: CheckRun, package: str, texts: Mapping[str, str], named: Parameters
) -> Outcome:
    """Add points, the failing call and the learner's frames to a check's outcome; return it."""
    outcome = check.result
    if outcome.outcome == "passed":
        outcome.points = outcome.max_points
    if outcome.outcome == "broken":
        outcome.max_points = 0  # a broken check costs no points
    if outcome.outcome not in ("passed", "not_run") and check.link is not None:
        outcome.call = "\n".join(failing_lines(check, named)) or None
    if check.raised is not None:
        outcome.raised = check.raised.name
        outcome.frames = [
            TracebackFrame(file, line, function, _line(texts, package, file, line))
            for file, line, function in check.raised.frames
        ]
    return outcome


def failing_lines(check: CheckRun, named: Parameters) -> list[str]:
    """Return the Python lines that reproduce a failure: the failing call and those before it.

    `named` holds the parameters of probes, whose numbers are then written with their names.
    """
    from .python_source import script_of  # a module that passes does not need it

    link = check.link
    if link is None or not link.transcript:
        return []
    place = check.failing or Place(len(link.transcript) - 1)
    return script_of(link.transcript, named).lines({place.index}, place.part)


def _line(texts: Mapping[str, str], package: str, file: str, line: int) -> str:
    lines = texts.get(file.removeprefix(package + "/"), "").splitlines()
    return lines[line - 1].strip() if 0 < line <= len(lines) else ""
