"""Checks of a kata with many seeds, and with the variants of its prerequisites."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..checking.assessor import Assessor
from ..checking.runner import CheckRun, KataRun, RunPlan
from ..checking.runtime import Submission
from ..course.mistakes import Mistake
from ..model import Kata
from .shared_worker import SharedWorker
from .static_checks import Finding, at

SEEDS = 20
"""The default number of seeds for correct solutions."""
MISTAKE_SEEDS = 3
"""The number of seeds for each mistake, in addition to the seed of `kata check`."""


class SeedChecks:
    """Runs a kata's checks under many seeds; each method is a generator of findings."""

    def __init__(self, assessor: Assessor, kata: Kata, count: int = SEEDS) -> None:
        """Draw `count` seeds for the checks of a kata.

        The seeds follow from the kata's name and checks, so that a finding appears again until it
        is fixed.
        """
        self.assessor = assessor
        self.kata = kata
        drawn = random.Random(assessor.runner(kata).seed)
        self.seeds = [drawn.randrange(2**31) for _ in range(count)]
        self.shared = SharedWorker()
        self.runs = 0

    def close(self) -> None:
        """End the worker that all runs share."""
        self.shared.close()

    def right_solutions(self) -> Iterator[Finding]:
        """Check that reference and variants pass every check that is not slow, with every seed."""
        for path in (self.kata.reference, *self.kata.variants()):
            text = path.read_text(encoding="utf-8")
            for seed in self.seeds:
                failure = _first_failure(self._run(text, seed))
                if failure is not None:
                    yield Finding(
                        f"under seed {seed} the check {failure} does not pass",
                        at(path),
                        "choose inputs and tolerances that hold for every seed; "
                        f"try it: kata check {self.kata.name} --seed {seed}",
                    )
                    break

    def marks(
        self, mistakes: list[Mistake], known: Mapping[str, Iterable[CheckRun]]
    ) -> Iterator[Finding]:
        """Check that the same wrong module gets the same marks with every seed.

        `known` are the checks that ran on each mistake under the seed of `kata check`.
        """
        own_seed = self.assessor.runner(self.kata).seed
        for mistake in mistakes:
            first = _passed_by_check(known[mistake.name])
            for seed in self.seeds[:MISTAKE_SEEDS]:
                passed = _passed_by_check(self._run(mistake.module, seed).checks)
                differing = [name for name in first if passed.get(name) != first[name]]
                if differing:
                    yield Finding(
                        f"the check {differing[0]} decides by luck: it "
                        f"{'passes' if first[differing[0]] else 'fails'} {mistake.name} under seed "
                        f"{own_seed}, and not under seed {seed}",
                        at(self.kata.checks),
                        "compare more inputs, or inputs that every mistake of its kind fails on",
                    )
                    break

    def prerequisites(self) -> Iterator[Finding]:
        """Check that the reference passes with every variant of every prerequisite.

        The first variants of all prerequisites are used together, then all second ones, and so on:
        a few runs instead of one for each variant. Only if a set fails are its variants tried one
        by one, to name the variant that fails.
        """
        course, kata = self.assessor.course, self.kata
        variants = {name: course.katas[name].variants() for name in course.all_needs(kata.name)}
        for number in range(max(map(len, variants.values()), default=0)):
            chosen = {n: paths[number] for n, paths in variants.items() if number < len(paths)}
            together = self._failure_with(chosen)
            if together is None:
                continue
            alone = {n: self._failure_with({n: path}) for n, path in chosen.items()}
            for name, failure in alone.items():
                if failure is not None:
                    yield Finding(
                        f"the check {failure} does not pass with the variant "
                        f"{chosen[name].stem} of {name}",
                        at(chosen[name]),
                        f"let the checks of {name} require what {kata.name} needs from it, or "
                        f"change {kata.name} so that it does not need it",
                    )
            if not any(alone.values()):
                names = ", ".join(f"{path.stem} of {name}" for name, path in chosen.items())
                yield Finding(
                    f"the check {together} does not pass with these variants together: {names}",
                    at(kata.checks),
                    "accept every correct solution of the prerequisites, in any combination",
                )

    def _failure_with(self, variants: Mapping[str, Path]) -> str | None:
        """Return the first check that the reference fails with variants of prerequisites."""
        course, kata = self.assessor.course, self.kata
        reference = kata.reference.read_text(encoding="utf-8")
        texts = {course.katas[n].module: path.read_text("utf-8") for n, path in variants.items()}
        texts[kata.module] = reference
        submission = Submission("verify", texts.__getitem__, frozenset(variants))
        bundle = self.assessor.bundles.build(kata, reference, submission)
        self.runs += 1
        return _first_failure(self.assessor.runner(kata).run(bundle, RunPlan(slow_checks="never")))

    def _run(self, text: str, seed: int) -> KataRun:
        self.runs += 1
        runner = self.assessor.runner(self.kata, seed)
        bundle = self.assessor.bundles.build(self.kata, text, Submission("verify", lambda _: text))
        return self.shared.run(runner, bundle, RunPlan(slow_checks="never"))


def _passed_by_check(checks: Iterable[CheckRun]) -> dict[str, bool]:
    """Return which of the checks that are not slow passed."""
    return {c.info.name: c.outcome == "passed" for c in checks if not c.info.slow}


def _first_failure(run: KataRun) -> str | None:
    if run.load is not None:
        return f"(loading: {run.load.message})"
    failed = (c.info.name for c in run.checks if c.outcome != "passed" and not c.info.slow)
    return next(failed, None)
