"""Prove that a kata is done: the course checks itself with the command that instructors use."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Literal

import msgspec
from msgspec import Struct

from ..checking.assessor import Assessor
from ..checking.pytest_session import Checks
from ..model import Course, Kata
from ..sandbox.pool import WorkerPool
from .behaviour import BehaviourChecks
from .mutation import Mutator
from .process_pool import can_fork, pin, run_in_processes
from .static_checks import Finding


class KataReport(Struct, kw_only=True):
    """What verify found of one kata."""

    kata: str
    done: bool
    draft: bool
    seconds: float
    checks: int
    mistakes: int
    variants: int
    runs: int
    """How often the kata's checks were run, on whatever module."""
    reference_seconds: float
    slow_seconds: float
    findings: list[Finding]
    mutants: int | None = None
    """How many mutants of the reference there are; None where they were not asked for."""
    killed: int | None = None
    survived: int | None = None


class VerifyReport(Struct, kw_only=True):
    """What `kata verify --json` prints."""

    schema: Literal["nnkata/verify/v1"] = "nnkata/verify/v1"
    engine: str
    course: str
    done: bool
    katas: list[KataReport]


class Verifier:
    """Verifies one kata after the other with the same checks and workers."""

    def __init__(
        self, course: Course, checks: Checks, pool: WorkerPool, mutator: Mutator | None = None
    ) -> None:
        """Take the course, the collected checks, a source of workers, and one of mutants."""
        self.course = course
        self.checks = checks
        self.assessor = Assessor(course, checks, pool)
        self.mutator = mutator

    def verify(self, name: str) -> KataReport:
        """Return everything that keeps a kata from being done."""
        start = time.monotonic()
        kata = self.course.katas[name]
        proof = BehaviourChecks(self.assessor, kata, self.mutator)
        findings = list(proof.findings())
        tally = proof.tally
        return KataReport(
            kata=name,
            done=not findings,
            draft=kata.file.draft,
            seconds=round(time.monotonic() - start, 3),
            checks=len(self.checks.infos(name)),
            mistakes=len(kata.mistakes()),
            variants=len(kata.variants()),
            runs=proof.runs,
            reference_seconds=round(proof.reference_seconds, 3),
            slow_seconds=round(proof.slow_seconds, 3),
            findings=findings,
            mutants=tally.made if tally else None,
            killed=tally.killed if tally else None,
            survived=len(tally.survivors) if tally else None,
        )


def verify_all(
    course: Course, names: list[str], pool: WorkerPool, jobs: int, mutants: bool = False
) -> list[KataReport]:
    """Verify katas, `jobs` at a time in processes of their own; reports in the order of `names`.

    With `mutants`, raises `KataError` when cosmic-ray is not installed.
    """
    mutator = Mutator() if mutants else None
    jobs = min(jobs, len(names))
    if jobs <= 1 or not can_fork():
        verifier = Verifier(course, Checks([course.katas[n] for n in names]), pool, mutator)
        return [verifier.verify(name) for name in names]
    with ExitStack() as stack:
        # They warm up while the checks are collected.
        pools = [pool, *(stack.enter_context(WorkerPool()) for _ in range(jobs - 1))]
        checks = Checks([course.katas[n] for n in names])
        longest_first = sorted(names, key=lambda n: _effort(course.katas[n], checks), reverse=True)

        def work(slot: int, pieces: Iterator[int]) -> bytes:
            with pools[slot] as mine:
                mine.processor = pin(slot, jobs)
                verifier = Verifier(course, checks, mine, mutator)
                return msgspec.msgpack.encode([verifier.verify(longest_first[n]) for n in pieces])

        results = run_in_processes(len(names), jobs, work)
    reports = [r for data in results for r in msgspec.msgpack.decode(data, type=list[KataReport])]
    return sorted(reports, key=lambda report: names.index(report.kata))


def _effort(kata: Kata, checks: Checks) -> tuple[int, int]:
    """Estimate how long a kata takes to verify, to be compared with another's only."""
    infos = checks.infos(kata.name)
    runs = len(kata.mistakes()) + 2 * len(kata.variants())
    return sum(info.slow for info in infos), runs * len(infos)


def report_lines(report: KataReport, write: Callable[[str], None]) -> None:
    """Write one kata's findings as lines."""
    state = "done" if report.done else ("draft" if report.draft else "not done")
    write(
        f"{report.kata}: {state} · {report.checks} checks, {report.mistakes} mistakes, "
        f"{report.variants} variants · {_mutants(report)}{report.seconds:.2f} s"
    )
    for finding in report.findings:
        write(f"  - {finding.what}")
        write(f"    {finding.where}")
        write(f"    → {finding.next_step}")


def _mutants(report: KataReport) -> str:
    if report.mutants is None:
        return ""
    return f"{report.mutants} mutants, {report.killed} killed, {report.survived} survived · "
