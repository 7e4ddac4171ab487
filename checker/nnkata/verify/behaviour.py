"""The definition of done of a kata, part by part: what falls short, where, and what to do."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from ..checking.assessor import Assessor, is_not_written
from ..checking.diagnosis import Fingerprint, fingerprint, match_mistakes, same_answers
from ..checking.runner import KataRun, RunPlan, Slow, Repeat
from ..checking.runtime import Bundle, Submission, WorkerSlot
from ..course.mistakes import program, read_mistakes
from ..errors import CourseError
from ..model import Kata
from ..page.picture_runner import PictureRunner
from .module_ast import definitions, junk_modules, with_definition
from .mutation import KILLED_WANTED, Mutator, MutationScore, line_of_entry, read_survivors
from .picture_checks import pictures
from .static_checks import Finding, StaticChecks, at

LIMIT_FACTOR = 10
MUTANT_SECONDS = 0.5
"""What a check of a mutant may take, beyond LIMIT_FACTOR times what the reference takes."""
PAIRS = 3


class BehaviourChecks:
    """The parts of the definition of done, each a generator of findings."""

    def __init__(self, assessor: Assessor, kata: Kata, mutator: Mutator | None) -> None:
        """Take what makes verdicts, the kata, and what makes mutants where they are asked for."""
        self.kata = kata
        self.course = assessor.course
        self.assessor = assessor
        self.runner = assessor.runner(kata)
        self.reference = (
            kata.reference.read_text(encoding="utf-8") if kata.reference.is_file() else ""
        )
        self.mistakes = {m.name: m for m in read_mistakes(kata)}
        self.mutator = mutator
        self.wrong: dict[str, KataRun] = {}
        self.known: list[Fingerprint] = []
        self.time_limits: dict[str, float] = {}
        self.reference_seconds = 0.0
        self.slow_seconds = 0.0
        self.tally: MutationScore | None = None
        self.slot: WorkerSlot | None = None
        self.runs = 0

    def findings(self) -> Iterator[Finding]:
        """Go through all parts; those that cannot be judged before others hold come after them."""
        points = sum(info.points for info in self.runner.infos())
        written = StaticChecks(self.kata, self.course, self.reference, self.mistakes, points)
        yield from written.parts()
        if not self.kata.reference.is_file():
            yield Finding(
                "there is no reference solution",
                at(self.kata.reference),
                "write it, or correct `module` in kata.toml",
            )
            return
        yield from written.agreement()
        yield from written.imports()
        unfit = list(self.right_solutions())
        yield from unfit
        if any(f.where.startswith(str(self.kata.reference)) for f in unfit):
            return  # nothing else can be judged by checks that the reference does not pass
        yield from pictures(self.kata, PictureRunner(self.course, self.assessor.pool))
        try:
            yield from self.stub()
            yield from self.wrong_solutions()
            yield from self.both_named()
            yield from self.junk()
            if self.mutator is not None:
                yield from self.mutants(self.mutator)
        finally:
            if self.slot is not None:
                self.slot.close()

    def run(self, text: str, slow: Slow = "never", repeat: Repeat = "none") -> KataRun:
        """Run all checks on a module, in a worker of its own; what it needs is the reference's."""
        return self.runner.run(self._bundle(text), RunPlan(slow=slow, repeat=repeat))

    def run_wrong(
        self, text: str, repeat: Repeat = "none", time_limits: dict[str, float] | None = None
    ) -> KataRun:
        """Run the checks that are not slow on a module that is wrong: these share a worker."""
        bundle = self._bundle(text)
        if self.slot is None:
            self.slot = self.runner.slot(bundle)
        plan = RunPlan(slow="never", repeat=repeat, time_limits=time_limits)
        return self.runner.run(bundle, plan, self.slot)

    def _bundle(self, text: str) -> Bundle:
        self.runs += 1
        return self.assessor.bundles.build(self.kata, text, Submission("verify", lambda _: text))

    def passes(self, text: str, time_limits: dict[str, float] | None = None) -> bool:
        """Whether a module passes every check that is not slow, up to the first that fails."""
        run = self.run_wrong(text, time_limits=time_limits or {})
        return run.load is None and all(c.outcome == "passed" or c.info.slow for c in run.checks)

    def named(self, run: KataRun) -> list[str]:
        """Return the mistakes that a run is diagnosed as."""
        return [d.mistake for d in match_mistakes(run, self.known)]

    def right_solutions(self) -> Iterator[Finding]:
        """Reference and variants pass, twice with the same answers, well inside the limits."""
        right = [self.kata.reference, *self.kata.variants()]
        for path in right:
            text = path.read_text(encoding="utf-8")
            run = self.run(text, "always", repeat="all")
            yield from self._not_passed(run, path)
            if path == self.kata.reference:
                yield from self._limits(run)
            for check in run.checks:
                if check.again and not same_answers(check.answers, check.again.answers):
                    yield Finding(
                        f"two runs of the check {check.info.name} got different answers",
                        at(path),
                        "take all randomness from generators with a seed",
                    )

    def _not_passed(self, run: KataRun, path: Path) -> Iterator[Finding]:
        if run.load is not None:
            yield Finding(f"it cannot be loaded: {run.load.message}", at(path), "mend it")
            return
        for check in run.checks:
            if check.outcome != "passed":
                result = check.result
                words = result.message or f"got {result.got}, expected {result.expected}"
                yield Finding(
                    f"the check {check.info.name} does not pass ({check.outcome}: {words})",
                    at(path),
                    "mend the solution, or a check that asks for one of several right answers",
                )

    def _limits(self, run: KataRun) -> Iterator[Finding]:
        """No limit is under ten times the reference's own time, on a machine that is not busy.

        What looks too slow is run again, and the quicker of the two counts.
        """
        too_slow = list(self._too_small_limits(run))
        if too_slow:
            again = {c.info.name: c.seconds for c in self.run(self.reference, "always").checks}
            for check in run.checks:
                seconds = again.get(check.info.name, check.seconds)
                check.result.seconds = min(check.seconds, seconds)
            too_slow = list(self._too_small_limits(run))
        yield from too_slow

    def _too_small_limits(self, run: KataRun) -> Iterator[Finding]:
        limits = self.kata.file.limits
        toml = at(self.kata.folder / "kata.toml")
        self.reference_seconds = sum(c.seconds for c in run.checks if not c.info.slow)
        self.slow_seconds = sum(c.seconds for c in run.checks if c.info.slow)
        self.time_limits = {c.info.name: LIMIT_FACTOR * c.seconds + MUTANT_SECONDS for c in run.checks}
        for name, allowed, used in (
            ("seconds", limits.seconds, [c.seconds for c in run.checks if not c.info.slow]),
            ("slow_seconds", limits.slow_seconds, [c.seconds for c in run.checks if c.info.slow]),
            ("total_seconds", limits.total_seconds, [sum(c.seconds for c in run.checks)]),
        ):
            worst = max(used, default=0.0)
            if allowed < LIMIT_FACTOR * worst:
                yield Finding(
                    f"limits.{name} is {allowed:g}, and the reference alone takes {worst:.2g} s",
                    toml,
                    f"allow at least {LIMIT_FACTOR} times as much, or make the checks faster",
                )

    def stub(self) -> Iterator[Finding]:
        """The untouched stub passes no check; a repair stub shows each of its faults."""
        path = self.kata.stub
        if not path.is_file():
            return
        run = self.run(path.read_text(encoding="utf-8"))
        if self.kata.file.repair:
            self._fingerprint()
            missing = set(self.kata.file.faults) - set(self.named(run))
            for fault in sorted(missing):
                yield Finding(
                    f"the untouched stub is not told that it makes the mistake {fault}",
                    at(path),
                    "give the fault a check that only it can reach",
                )
            return
        if run.load is not None:
            yield Finding(f"it cannot be loaded: {run.load.message}", at(path), "mend it")
            return
        for check in run.checks:
            if check.outcome == "passed":
                yield Finding(
                    f"the untouched stub passes the check {check.info.name}",
                    at(self.kata.checks),
                    "make the check call the module and look at what comes back",
                )
        run.checks = [c for c in run.checks if c.outcome != "passed"]
        if not is_not_written(run) and not self.kata.file.gives:
            yield Finding(
                "the stub does not say by itself that it is not written yet",
                at(path),
                f'let every body raise NotImplementedError("kata {self.kata.name}: …")',
            )

    def _fingerprint(self) -> None:
        if not self.known:
            self.wrong = {n: self.run_wrong(m.module, "failed") for n, m in self.mistakes.items()}
            self.known = [fingerprint(self.mistakes[n], run) for n, run in self.wrong.items()]

    def wrong_solutions(self) -> Iterator[Finding]:
        """Every mistake fails a check that is not slow, and is named as itself and nothing else."""
        self._fingerprint()
        prints = {f.mistake: f for f in self.known}
        for name in self.mistakes:
            where = at(self.kata.folder / "mistakes" / f"{name}.py")
            run = self.wrong[name]
            if run.load is not None:
                yield Finding(f"it cannot be loaded: {run.load.message}", where, "mend it")
                continue
            if not prints[name].answers:
                yield Finding(
                    "the mistake passes every check", where, "write the check that finds it"
                )
                continue
            named = self.named(run.again)
            if name not in named:
                yield Finding(
                    "the mistake is not named as itself"
                    + (f" but as {', '.join(named)}" if named else ""),
                    where,
                    "its answers must not change from run to run, and one call must not raise",
                )
            elif len(named) > 1:
                others = ", ".join(n for n in named if n != name)
                yield Finding(
                    f"the mistake is also named as {others}",
                    where,
                    "add a check that tells them apart: one that fails only one of them",
                )
            broken = [c.info.name for c in run.checks if c.outcome == "broken"]
            for check in broken:
                yield Finding(f"the check {check} breaks on it", where, "mend the check")

    def both_named(self) -> Iterator[Finding]:
        """Two mistakes in different functions are both named."""
        prints = {f.mistake: frozenset(f.answers) for f in self.known if f.answers}
        parts = {name: definitions(self.mistakes[name].module) for name in prints}
        right = program(ast.parse(self.reference))
        tried = 0
        for one, two in combinations(prints, 2):
            if prints[one] & prints[two] or tried >= PAIRS:
                continue
            for name in _two_that_differ(parts[one], parts[two]):
                both = with_definition(self.mistakes[one].module, name, self.mistakes[two].module)
                neither = with_definition(
                    self.mistakes[two].module, name, self.mistakes[one].module
                )
                if program(ast.parse(both)) == right or (
                    program(ast.parse(neither)) != right and not self.passes(neither)
                ):
                    continue
                tried += 1
                named = self.named(self.run_wrong(both))
                if not {one, two} <= set(named):
                    yield Finding(
                        f"a module that makes {one} and {two} is told only "
                        f"{', '.join(named) or 'nothing'}",
                        at(self.kata.checks),
                        "keep checks of different functions apart",
                    )

    def junk(self) -> Iterator[Finding]:
        """Nonsense is never named, never passes, and never breaks a check."""
        for what, text in junk_modules(self.reference, self.kata.file.exports):
            run = self.run(text)
            where = at(self.kata.checks)
            stumbled = [c.info.name for c in run.checks if c.outcome == "broken"]
            for check in stumbled:
                yield Finding(
                    f"the check {check} is broken by a module that {what}",
                    where,
                    "compare with the helpers of nnkata.testing before using a result",
                )
            if named := self.named(run):
                yield Finding(
                    f"a module that {what} is named as {', '.join(named)}",
                    where,
                    "let each mistake be singled out by values and not by an exception alone",
                )
            if run.load is None and run.passed:
                yield Finding(f"a module that {what} passes", where, "check what comes back")

    def mutants(self, mutator: Mutator) -> Iterator[Finding]:
        """The checks kill most mutants of the reference, and each survivor has its reason."""
        made = mutator.mutants(self.reference)
        tally = self.tally = MutationScore(
            made, [m for m in made if self.passes(m.text, self.time_limits)]
        )
        toml = self.kata.folder / "mutants.toml"
        try:
            listed = read_survivors(toml)
        except CourseError as error:
            yield Finding(error.message, at(toml), "write it as docs/instructor/authoring.md says")
            return
        for mutant in tally.unlisted(listed):
            yield Finding(
                f"a mutant lives: {mutant}",
                at(self.kata.reference, mutant.number),
                f"write the check that kills it, or list it with its reason in {toml}",
            )
        for index, entry, exists in tally.outdated(listed):
            yield Finding(
                f"a listed survivor {'is killed' if exists else 'is no mutant'}: {entry}",
                at(toml, line_of_entry(toml, index)),
                "remove it" if exists else "remove it, or write its lines as they are now",
            )
        if not tally.enough:
            yield Finding(
                f"{len(tally.survivors)} of {len(made)} mutants live",
                at(self.kata.checks),
                f"write checks until {KILLED_WANTED:.0%} are killed",
            )


def _two_that_differ(one: dict[str, str], two: dict[str, str]) -> list[str]:
    """Return the two functions that two modules differ in, or none if it is not just two."""
    differing = [name for name in one if one[name] != two.get(name)]
    return differing if one.keys() == two.keys() and len(differing) == 2 else []
