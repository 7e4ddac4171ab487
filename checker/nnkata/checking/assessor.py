"""Turn one kata of one submission into a verdict: run its checks, and find the likely cause."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ..course.hashes import checks_sha256, default_seed, text_sha256
from ..model import (
    NOT_WRITTEN,
    Course,
    TracebackFrame,
    Kata,
    LoadFailure,
    Outcome,
    Protection,
    Verdict,
)
from ..sandbox.child.protocol import protection_level
from ..sandbox.pool import WorkerPool
from .pytest_session import Checks
from .runner import CheckRun, KataRun, KataRunner, RunPlan, Slow, new_check_run
from .runtime import Bundle, BundleBuilder, Submission, WorkerSlot
from .transcript import index_of, script_of

WAITS = "it waits for {}, which did not pass yet"


class CheckedKata(Struct, frozen=True):
    """A verdict, and what its diagnosis needs: the run, and what it ran on."""

    kata: Kata
    seed: int
    verdict: Verdict
    run: KataRun | None = None
    bundle: Bundle | None = None

    @property
    def has_failed(self) -> bool:
        """Whether there is a failure whose cause can be looked for."""
        run = self.run
        if run is None or run.load is not None or not_written(run):
            return False
        return any(c.outcome not in ("passed", "not_run") for c in run.checks)


class Assessor:
    """What it takes to make verdicts: a course, its collected checks, workers, a cache."""

    def __init__(
        self, course: Course, checks: Checks, pool: WorkerPool, cache: Path | None = None,
        retry: bool = False,
    ) -> None:  # fmt: skip
        """Take the parts.

        Args:
            course: the course that the katas belong to.
            checks: the collected checks of the katas that will be assessed.
            pool: where workers come from.
            cache: a folder for what mistakes answer, or None.
            retry: run a check that was too slow once more, since a loaded machine should cost
                nobody a mark.
        """
        self.course = course
        self.checks = checks
        self.pool = pool
        self.cache = cache
        self.retry = retry
        self.bundles = BundleBuilder(course)
        self.limits: dict[str, str] = {}

    def runner(self, kata: Kata, seed: int | None = None) -> KataRunner:
        """Return what runs a kata's checks, by default with the seed of `kata check`."""
        seed = default_seed(kata) if seed is None else seed
        return KataRunner(self.checks, self.course, kata, self.pool, seed)

    def assess(
        self, kata: Kata, submission: Submission, seed: int | None = None,
        slow: Slow = "when_passed",
    ) -> Verdict:  # fmt: skip
        """Check one kata of a submission, and find the likely cause of a failure."""
        return self.diagnose(self.check(kata, submission, seed, slow))

    def check(
        self, kata: Kata, submission: Submission, seed: int | None = None,
        slow: Slow = "when_passed", slot: WorkerSlot | None = None,
    ) -> CheckedKata:  # fmt: skip
        """Check one kata of a submission, without a diagnosis.

        With `slot`, a worker that was started ahead is used if it fits, and left running.
        """
        runner = self.runner(kata, seed)
        waiting = self.unmet_needs(kata, submission)
        if waiting:
            verdict = self.not_run(kata, submission.name, WAITS.format(", ".join(waiting)))
            return CheckedKata(kata, runner.seed, verdict)
        text = submission.read(kata.module)
        if isinstance(text, LoadFailure):
            run = KataRun(kata.name, [new_check_run(info) for info in runner.infos()], text)
            bundle = Bundle({}, {}, [])
        else:
            bundle = self.bundles.build(kata, text, submission)
            if slot is not None and not slot.accepts(kata, bundle):
                slot = None
            run = runner.run(bundle, RunPlan(slow=slow), slot)
            self.limits = run.limits or self.limits
            if self.retry:
                _retry(run, runner, bundle)
            self._settle(run, runner, submission)
        outcomes = [_finish(c, self.course.package, bundle.texts) for c in run.checks]
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
        )
        return CheckedKata(kata, runner.seed, verdict, run, bundle)

    def diagnose(self, checked: CheckedKata) -> Verdict:
        """Return the verdict with the likely cause: a guilty prerequisite, or known mistakes."""
        kata, run, bundle = checked.kata, checked.run, checked.bundle
        if run is None or bundle is None or not checked.has_failed:
            return checked.verdict
        from .diagnosis import find_guilty_need, find_mistakes  # a passing check needs neither

        runner = self.runner(kata, checked.seed)
        guilty = None
        if self.course.can_borrow_needs(kata.name):
            guilty = find_guilty_need(runner, bundle, self.bundles.reference)
        # where another module is guilty, the mistake is not in this one
        mistakes = [] if guilty else find_mistakes(run, runner, bundle, self.cache)
        return replace(checked.verdict, blame=guilty, diagnoses=mistakes)

    def unmet_needs(self, kata: Kata, submission: Submission) -> list[str]:
        """Return the katas that must pass before this one: none, where they can be borrowed."""
        if self.course.can_borrow_needs(kata.name):
            return []
        return [n for n in self.course.all_needs(kata.name) if n not in submission.solved]

    def not_run(
        self, kata: Kata, name: str, message: str | None = None, load: LoadFailure | None = None
    ) -> Verdict:
        """Return a verdict in which no check was run, and why."""
        outcomes = [new_check_run(i, message).result for i in self.checks.infos(kata.name)]
        return Verdict(
            submission=name,
            kata=kata.name,
            module=kata.module,
            passed=False,
            points=0,
            max_points=sum(o.max_points for o in outcomes),
            load=load,
            outcomes=outcomes,
            sha256={"module": "", "checks": checks_sha256(kata)},
        )

    def _settle(self, run: KataRun, runner: KataRunner, submission: Submission) -> None:
        """Where a check's own code failed, let the reference decide whose fault it is."""
        suspects = frozenset(c.info.name for c in run.checks if c.suspect)
        kata = runner.kata
        if not suspects or not kata.reference.is_file():
            return
        bundle = self.bundles.build(
            kata, self.bundles.reference(kata.name), replace(submission, solved=frozenset())
        )
        right = runner.run(bundle, RunPlan(slow="always", only=suspects))
        fine = {c.info.name for c in right.checks if c.outcome == "passed"}
        for check in run.checks:
            if check.suspect and check.info.name not in fine:
                check.result.outcome = "broken"


def _retry(run: KataRun, runner: KataRunner, bundle: Bundle) -> None:
    """Run again, once, what was too slow."""
    late = frozenset(c.info.name for c in run.checks if c.outcome == "timeout")
    if not late:
        return
    again = runner.run(bundle, RunPlan(slow="always", only=late))
    second = {c.info.name: c for c in again.checks if again.load is None}
    run.checks[:] = [second.get(c.info.name, c) for c in run.checks]


def describe_protection(pool: WorkerPool, limits: Mapping[str, str]) -> Protection:
    """Return what protected the grader while modules ran; each layer was tried once applied."""
    known = pool.protection()
    layers, tried = known["layers"], known["tried"]

    def words(act: str, by: str) -> str:
        return by if tried.get(act) == "refused" else "not closed"

    calls = layers.get("calls", "")
    spaces = layers.get("namespaces", "")
    return Protection(
        level=protection_level(tried),
        files=words("read a file", layers.get("files", "")),
        network=words("use the network", f"{calls}; namespaces: {spaces or 'none'}"),
        processes=words("start a process", f"{calls}; {layers.get('identity', '')}"),
        memory=limits.get("memory", "not limited"),
        paths_hidden=tried.get("see a path") == "refused",
    )


def not_written(run: KataRun) -> bool:
    """Whether every check met a body that is not written yet."""
    ran = [c for c in run.checks if c.outcome != "not_run"]
    return bool(ran) and all(c.raised is not None and c.raised.kind == NOT_WRITTEN for c in ran)


def _finish(check: CheckRun, package: str, texts: Mapping[str, str]) -> Outcome:
    """Complete a check's result with points, the failing call and the learner's frames."""
    outcome = check.result
    if outcome.outcome == "passed":
        outcome.points = outcome.max_points
    if outcome.outcome == "broken":
        outcome.max_points = 0  # never a mark lost
    if outcome.outcome not in ("passed", "not_run") and check.link is not None:
        outcome.call = "\n".join(failing_lines(check)) or None
    if check.raised is not None:
        outcome.raised = check.raised.name
        outcome.frames = [
            TracebackFrame(file, line, function, _line(texts, package, file, line))
            for file, line, function in check.raised.frames
        ]
    return outcome


def failing_lines(check: CheckRun) -> list[str]:
    """Return the lines that reproduce a failure: the call that failed and what led to it."""
    link = check.link
    if link is None or not link.transcript:
        return []
    known = index_of(check.value, link.transcript) if check.value is not None else None
    last = len(link.transcript) - 1
    return script_of(link.transcript).lines({last if known is None else known})


def _line(texts: Mapping[str, str], package: str, file: str, line: int) -> str:
    lines = texts.get(file.removeprefix(package + "/"), "").splitlines()
    return lines[line - 1].strip() if 0 < line <= len(lines) else ""
