"""`kata verify`: check that katas fulfil the definition of done, and report what is missing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ..checking.assessor import Assessor
from ..checking.pytest_session import Checks
from ..model import Course, Kata
from ..page.picture_runner import PictureRunner
from ..sandbox.affinity import pin
from ..sandbox.pool import WorkerPool
from .behaviour_checks import BehaviourChecks
from .cheating_checks import CheatingChecks
from .forked_processes import can_fork, run_in_processes
from .memory import ProofMemory
from .mutation import Mutator
from .picture_checks import pictures
from .seed_checks import SEEDS, SeedChecks
from .static_checks import Finding, StaticChecks, at, unusable_files


class KataReport(Struct, kw_only=True):
    """The findings of one kata, and some figures."""

    kata: str
    done: bool
    draft: bool
    seconds: float
    checks: int
    mistakes: int
    variants: int
    runs: int
    """The number of runs of the kata's checks, on any module."""
    reference_seconds: float
    slow_seconds: float
    findings: list[Finding]
    mutants: int | None = None
    """The number of mutants of the reference; None if mutants were not requested."""
    killed: int | None = None
    survived: int | None = None
    unlisted: int | None = None
    """The number of survivors that are not listed in mutants.toml, and so have no reason."""
    excused: int | None = None
    """The number of survivors that are listed as equivalent to the reference, or as open."""
    remembered: bool = False
    """Whether this is the report of an earlier run, of a kata that has not changed since."""
    max_points: int = 0
    replay_points: int | None = None
    """The points of a replay: a table of the reference's answers under another seed."""
    mistake_points: dict[str, int] = {}
    """The points of a module with each mistake; empty unless it was requested."""
    broken: bool = False
    """Whether a file of the kata cannot be used at all, so that nothing else was verified."""


class VerifyReport(Struct, kw_only=True):
    """The output of `kata verify --json`."""

    schema: Literal["nnkata/verify/v1"] = "nnkata/verify/v1"
    engine: str
    course: str
    done: bool
    katas: list[KataReport]


class VerifyOptions(Struct, frozen=True):
    """The options of a verification."""

    seeds: int = SEEDS
    """The number of seeds for correct solutions."""
    mutants: bool = False
    """Whether the checks must kill the mutants of the reference."""
    again: bool = False
    """Whether to verify again katas that were verified before and have not changed."""
    points: bool = False
    """Whether the report has the points that each mistake earns."""


class Verifier:
    """Verifies one kata after the other with the same checks and workers."""

    def __init__(
        self, course: Course, checks: Checks, pool: WorkerPool, options: VerifyOptions
    ) -> None:
        """Set the values that all katas share; raises `KataError` if mutants cannot be made."""
        self.course = course
        self.checks = checks
        self.assessor = Assessor(course, checks, pool)
        self.options = options
        self.mutator = Mutator() if options.mutants else None

    def verify(self, name: str) -> KataReport:
        """Return the report of one kata."""
        start = time.monotonic()
        kata = self.course.katas[name]
        unusable = list(unusable_files(kata, self.course))
        if unusable:
            return self._report_broken(kata, unusable)
        behaviour = BehaviourChecks(self.assessor, kata)
        cheating = CheatingChecks(self.assessor, kata)
        with closing(behaviour):
            findings = list(self._findings(kata, behaviour, cheating))
        score = behaviour.mutation_score
        return KataReport(
            kata=name,
            done=not findings,
            draft=kata.file.draft,
            seconds=round(time.monotonic() - start, 3),
            checks=len(self.checks.infos(name)),
            mistakes=len(kata.mistakes()),
            variants=len(kata.variants()),
            runs=behaviour.runs + cheating.runs,
            reference_seconds=round(behaviour.reference_seconds, 3),
            slow_seconds=round(behaviour.slow_seconds, 3),
            findings=findings,
            broken=behaviour.has_broken_check,
            mutants=score.count if score else None,
            killed=score.killed if score else None,
            survived=len(score.survivors) if score else None,
            unlisted=len(score.missing_entries()) if score else None,
            excused=score.excused if score else None,
            max_points=kata.file.points,
            replay_points=cheating.replay_points,
            mistake_points={m: behaviour.points_of(m) for m in behaviour.mistakes}
            if self.options.points
            else {},
        )

    def _report_broken(self, kata: Kata, findings: list[Finding]) -> KataReport:
        """Return the report of a kata that cannot be run."""
        return KataReport(
            kata=kata.name,
            done=False,
            draft=kata.file.draft,
            seconds=0.0,
            checks=len(self.checks.infos(kata.name)),
            mistakes=len(kata.mistakes()),
            variants=len(kata.variants()),
            runs=0,
            reference_seconds=0.0,
            slow_seconds=0.0,
            findings=findings,
            broken=True,
        )

    def _findings(
        self, kata: Kata, behaviour: BehaviourChecks, cheating: CheatingChecks
    ) -> Iterator[Finding]:
        """Yield all findings; without a correct reference, only those about the reference."""
        if not kata.reference.is_file():
            yield Finding(
                "there is no reference solution",
                at(kata.reference),
                "write it, or correct `module` in kata.toml",
            )
            return
        reference, mistakes = behaviour.reference, behaviour.mistakes
        infos = self.checks.infos(kata.name)
        static = StaticChecks(kata, self.course, reference, mistakes, infos)
        yield from static.files()
        yield from static.agreement()
        yield from static.imports()
        failures = list(behaviour.right_solutions())
        yield from failures
        unsound = str(kata.reference), str(kata.checks)
        if any(f.where.startswith(unsound) for f in failures):
            return  # checks that the reference does not pass can judge nothing else
        yield from pictures(kata, PictureRunner(self.course, self.assessor.pool))
        yield from behaviour.stub()
        yield from behaviour.wrong_solutions()
        yield from behaviour.pairs_of_mistakes()
        yield from behaviour.junk()
        yield from behaviour.central_mistake()
        yield from cheating.cheats()
        yield from cheating.replay()
        yield from behaviour.idle_checks()
        with closing(SeedChecks(self.assessor, kata, self.options.seeds)) as seeds:
            yield from seeds.right_solutions()
            yield from seeds.prerequisites()
            known = {name: run.checks for name, run in behaviour.mistake_runs.items()}
            yield from seeds.marks(list(mistakes.values()), known)
            behaviour.runs += seeds.runs
        if self.mutator is not None:
            yield from behaviour.mutants(self.mutator)


def verify_all(
    course: Course, names: list[str], pool: WorkerPool, jobs: int, options: VerifyOptions
) -> list[KataReport]:
    """Verify katas in `jobs` processes, and return their reports in the order of `names`.

    With `options.mutants`, raises `KataError` when cosmic-ray is not installed.
    """
    if options.mutants:
        Mutator()
    memory = ProofMemory(course, replace(options, again=False))
    forget = options.again or options.points
    reports = {} if forget else _recall_reports(course, names, memory)
    names_left = [name for name in names if name not in reports]

    def on_report(report: KataReport) -> None:
        if report.done and not options.points:
            memory.store(course.katas[report.kata], msgspec.json.encode(report))

    if names_left:
        proven = _prove(course, names_left, pool, jobs, options, on_report)
        reports |= {report.kata: report for report in proven}
    return [reports[name] for name in names]


def _recall_reports(course: Course, names: list[str], memory: ProofMemory) -> dict[str, KataReport]:
    """Return the reports of katas that were verified before and have not changed since."""
    reports = {}
    for name in names:
        stored = memory.recall(course.katas[name])
        with suppress(msgspec.MsgspecError):
            if stored is not None:
                report = msgspec.json.decode(stored, type=KataReport)
                reports[name] = replace(report, remembered=True, seconds=0.0)
    return reports


def _prove(
    course: Course, names: list[str], pool: WorkerPool, jobs: int, options: VerifyOptions,
    on_report: Callable[[KataReport], None],
) -> list[KataReport]:  # fmt: skip
    """Verify katas in `jobs` processes; each process calls `on_report` with its reports."""

    def verify(verifier: Verifier, name: str) -> KataReport:
        report = verifier.verify(name)
        on_report(report)
        return report

    jobs = min(jobs, len(names))
    if jobs <= 1 or not can_fork():
        verifier = Verifier(course, Checks([course.katas[n] for n in names]), pool, options)
        return [verify(verifier, name) for name in names]
    with ExitStack() as stack:
        # the fork servers start while the checks are collected
        pools = [pool, *(stack.enter_context(WorkerPool()) for _ in range(jobs - 1))]
        checks = Checks([course.katas[n] for n in names])
        longest_first = sorted(names, key=lambda n: _effort(course.katas[n], checks), reverse=True)

        def work(slot: int, tasks: Iterator[int]) -> bytes:
            with pools[slot] as own_pool:
                own_pool.processor = pin(slot, jobs)
                verifier = Verifier(course, checks, own_pool, options)
                return msgspec.msgpack.encode([verify(verifier, longest_first[n]) for n in tasks])

        results = run_in_processes(len(names), jobs, work)
    return [r for data in results for r in msgspec.msgpack.decode(data, type=list[KataReport])]


def _effort(kata: Kata, checks: Checks) -> tuple[int, int]:
    """Return a key that orders katas by the estimated time to verify them."""
    infos = checks.infos(kata.name)
    runs = len(kata.mistakes()) + 2 * len(kata.variants())
    return sum(info.slow for info in infos), runs * len(infos)


def report_lines(report: KataReport, write: Callable[[str], None]) -> None:
    """Write the report of one kata, line by line."""
    state = "draft" if report.draft else "not done"
    state = "done" if report.done else ("broken" if report.broken else state)
    write(
        f"{report.kata}: {state} · {report.checks} checks, {report.mistakes} mistakes, "
        f"{report.variants} variants · {_mutants(report)}{_replay(report)}"
        + ("verified before" if report.remembered else f"{report.seconds:.2f} s")
    )
    for mistake, points in sorted(report.mistake_points.items(), key=lambda pair: -pair[1]):
        write(f"  {points:3d} of {report.max_points}  {mistake}")
    for finding in report.findings:
        write(f"  - {finding.what}")
        write(f"    {finding.where}")
        write(f"    → {finding.next_step}")


def _replay(report: KataReport) -> str:
    if report.replay_points is None:
        return ""
    return f"a replay earns {report.replay_points} of {report.max_points} · "


def _mutants(report: KataReport) -> str:
    if report.mutants is None:
        return ""
    alive, unlisted = report.survived or 0, report.unlisted or 0
    words = f"{report.mutants} mutants, {report.killed} killed, {alive} survived"
    if unlisted:
        words += f", {unlisted} without a reason"
    elif alive:
        words += ", each with a reason" if alive > 1 else ", with a reason"
    if report.excused:
        words += f", {report.excused} equivalent or open"
    return words + " · "
