"""Checks of a kata that run modules: solutions, stub, mistakes, nonsense and mutants."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import combinations, islice
from pathlib import Path

from ..checking.assessor import Assessor, is_not_written
from ..checking.diagnosis import Fingerprint, make_fingerprint, match_mistakes, same_answers
from ..checking.runner import KataRun, Repeat, RunPlan, SlowChecks
from ..checking.runtime import Bundle, Submission
from ..course.definitions import program
from ..course.mistakes import read_mistakes
from ..errors import CourseError
from ..model import Kata
from .module_ast import make_junk_modules, sources_by_name, with_definition
from .mutation import MutationScore, Mutator, find_mutator, line_of_entry, read_survivors
from .shared_worker import SharedWorker
from .static_checks import Finding, at

LIMIT_FACTOR = 10
MUTANT_SECONDS = 0.5
"""Seconds that a check of a mutant may take beyond LIMIT_FACTOR times the reference's time."""
QUICK = RunPlan(slow_checks="never")
"""All checks that are not slow, once."""
PAIRS = 3
"""The maximum number of pairs of mistakes that are combined in one module."""


class BehaviourChecks:
    """The parts of the definition of done that run modules; each is a generator of findings."""

    def __init__(self, assessor: Assessor, kata: Kata) -> None:
        """Set the kata, read its reference and mistakes, and make the runner of its checks."""
        self.kata = kata
        self.assessor = assessor
        self.runner = assessor.runner(kata)
        exists = kata.reference.is_file()
        self.reference = kata.reference.read_text(encoding="utf-8") if exists else ""
        self.mistakes = {m.name: m for m in read_mistakes(kata)} if exists else {}
        self.mistake_runs: dict[str, KataRun] = {}
        self.fingerprints: list[Fingerprint] = []
        self.time_limits: dict[str, float] = {}
        self.reference_seconds = 0.0
        self.slow_seconds = 0.0
        self.mutation_score: MutationScore | None = None
        self.shared = SharedWorker()
        self.runs = 0
        self.has_broken_check = False
        """Whether a check's own code raised an exception on the reference."""

    def close(self) -> None:
        """End the worker that wrong modules share."""
        self.shared.close()

    def run(self, text: str, slow_checks: SlowChecks = "never", repeat: Repeat = "none") -> KataRun:
        """Run the checks on a module, with the reference's prerequisites, in a new worker."""
        return self.runner.run(self._bundle(text), RunPlan(slow_checks=slow_checks, repeat=repeat))

    def run_shared(self, text: str, plan: RunPlan = QUICK) -> KataRun:
        """Run checks that are not slow on a wrong module; all wrong modules share a worker."""
        return self.shared.run(self.runner, self._bundle(text), plan)

    def _bundle(self, text: str) -> Bundle:
        self.runs += 1
        return self.assessor.bundles.build(self.kata, text, Submission("verify", lambda _: text))

    def passes(self, text: str, time_limits: dict[str, float] | None = None) -> bool:
        """Return whether a module passes all checks that are not slow; stops at a failure."""
        plan = RunPlan(slow_checks="never", time_limits=time_limits or {})
        return self.run_shared(text, plan).passed_quick_checks

    def diagnoses(self, run: KataRun) -> list[str]:
        """Return the names of the mistakes that a run is diagnosed with."""
        return [d.mistake for d in match_mistakes(run, self.fingerprints)]

    def right_solutions(self) -> Iterator[Finding]:
        """Check that reference and variants pass within the limits, with the same answers twice."""
        for path in (self.kata.reference, *self.kata.variants()):
            text = path.read_text(encoding="utf-8")
            run = self.run(text, "always", repeat="all")
            yield from self._failures(run, path)
            if path == self.kata.reference:
                yield from self._limits(run)
            for check in run.checks:
                if check.second_run and not same_answers(check.answers, check.second_run.answers):
                    yield Finding(
                        f"two runs of the check {check.info.name} got different answers",
                        at(path),
                        "take all randomness from generators with a seed",
                    )

    def _failures(self, run: KataRun, path: Path) -> Iterator[Finding]:
        if run.load is not None:
            yield Finding(f"it cannot be loaded: {run.load.message}", at(path), "fix it")
            return
        for check in run.checks:
            own_fault = check.outcome == "broken" or check.suspect
            if own_fault and path == self.kata.reference:
                self.has_broken_check = True
                yield Finding(
                    f"the check {check.info.name} is broken, or the reference is: "
                    f"{check.author_message}"
                    if check.suspect
                    else f"the check {check.info.name} is broken: {check.author_message}",
                    at(self.kata.checks),
                    "fix the check",
                )
            elif check.outcome != "passed" and not own_fault:
                result = check.result
                words = result.message or f"got {result.got}, expected {result.expected}"
                yield Finding(
                    f"the check {check.info.name} does not pass ({check.outcome}: {words})",
                    at(path),
                    "fix the solution, or a check that accepts only one right answer",
                )

    def _limits(self, run: KataRun) -> Iterator[Finding]:
        """Check that every limit is at least LIMIT_FACTOR times the reference's own time.

        If one is not, the checks are run a second time and the shorter times count, since the
        machine may be busy.
        """
        findings = list(self._low_limits(run))
        if findings:
            second = {c.info.name: c.seconds for c in self.run(self.reference, "always").checks}
            for check in run.checks:
                seconds = second.get(check.info.name, check.seconds)
                check.result.seconds = min(check.seconds, seconds)
            findings = list(self._low_limits(run))
        yield from findings

    def _low_limits(self, run: KataRun) -> Iterator[Finding]:
        limits = self.kata.file.limits
        toml = at(self.kata.folder / "kata.toml")
        self.reference_seconds = sum(c.seconds for c in run.checks if not c.info.slow)
        self.slow_seconds = sum(c.seconds for c in run.checks if c.info.slow)
        self.time_limits = {
            c.info.name: LIMIT_FACTOR * c.seconds + MUTANT_SECONDS for c in run.checks
        }
        for name, allowed, used in (
            ("seconds", limits.seconds, [c.seconds for c in run.checks if not c.info.slow]),
            ("slow_seconds", limits.slow_seconds, [c.seconds for c in run.checks if c.info.slow]),
            ("total_seconds", limits.total_seconds, [sum(c.seconds for c in run.checks)]),
        ):
            worst = max(used, default=0.0)
            if allowed < LIMIT_FACTOR * worst:
                yield Finding(
                    f"limits.{name} is {allowed:g}, but the reference takes {worst:.2g} s",
                    toml,
                    f"allow at least {LIMIT_FACTOR} times as much, or make the checks faster",
                )

    def stub(self) -> Iterator[Finding]:
        """Check that the unchanged stub earns no points.

        The stub of a repair kata must also be diagnosed with all of its faults.
        """
        path = self.kata.stub
        if not path.is_file():
            return
        run = self.run(path.read_text(encoding="utf-8"))
        if self.kata.file.repair:
            self._run_mistakes()
            missing = set(self.kata.file.faults) - set(self.diagnoses(run))
            for fault in sorted(missing):
                yield Finding(
                    f"the unchanged stub is not diagnosed with the mistake {fault}",
                    at(path),
                    "add a check that only this fault fails",
                )
            earned = sum(check.info.points for check in run.checks if check.outcome == "passed")
            if earned:
                yield Finding(
                    f"the unchanged stub earns {earned} points",
                    at(path),
                    "write @points(0) above each check that it passes",
                )
            return
        if run.load is not None:
            yield Finding(f"it cannot be loaded: {run.load.message}", at(path), "fix it")
            return
        for check in run.checks:
            if check.outcome == "passed":
                yield Finding(
                    f"the unchanged stub passes the check {check.info.name}",
                    at(self.kata.checks),
                    "make the check call the module and compare the result",
                )
        run.checks = [c for c in run.checks if c.outcome != "passed"]
        if not is_not_written(run) and not self.kata.file.gives:
            yield Finding(
                "the stub does not say that it is not written yet",
                at(path),
                f'let every body raise NotImplementedError("kata {self.kata.name}: …")',
            )

    def _run_mistakes(self) -> None:
        if not self.fingerprints:
            self.mistake_runs = {
                n: self.run_shared(m.module, RunPlan(slow_checks="never", repeat="failed"))
                for n, m in self.mistakes.items()
            }
            self.fingerprints = [
                make_fingerprint(self.mistakes[n], run) for n, run in self.mistake_runs.items()
            ]

    def wrong_solutions(self) -> Iterator[Finding]:
        """Check that every mistake fails a check that is not slow, with the right diagnosis."""
        self._run_mistakes()
        fingerprints = {f.mistake: f for f in self.fingerprints}
        for name in self.mistakes:
            where = at(self.kata.folder / "mistakes" / f"{name}.py")
            run = self.mistake_runs[name]
            if run.load is not None:
                yield Finding(f"it cannot be loaded: {run.load.message}", where, "fix it")
                continue
            if not fingerprints[name].answers:
                yield Finding(
                    "the mistake passes every check", where, "write a check that it fails"
                )
                continue
            diagnoses = self.diagnoses(run.second_run)
            if name not in diagnoses:
                yield Finding(
                    "the mistake is not diagnosed as itself"
                    + (f" but as {', '.join(diagnoses)}" if diagnoses else ""),
                    where,
                    "its answers must be the same in every run, and at least one call must return",
                )
            elif len(diagnoses) > 1:
                others = ", ".join(n for n in diagnoses if n != name)
                yield Finding(
                    f"the mistake is also diagnosed as {others}",
                    where,
                    "add a check that only one of them fails",
                )
            broken = [c.info.name for c in run.checks if c.outcome == "broken"]
            for check in broken:
                yield Finding(f"the check {check} breaks on it", where, "fix the check")

    def pairs_of_mistakes(self) -> Iterator[Finding]:
        """Check that two mistakes in different functions of one module are both diagnosed."""
        for one, two, text in islice(self._modules_with_two_mistakes(), PAIRS):
            diagnoses = self.diagnoses(self.run_shared(text))
            if not {one, two} <= set(diagnoses):
                yield Finding(
                    f"a module with {one} and {two} is diagnosed only with "
                    f"{', '.join(diagnoses) or 'nothing'}",
                    at(self.kata.checks),
                    "write separate checks for separate functions",
                )

    def _modules_with_two_mistakes(self) -> Iterator[tuple[str, str, str]]:
        """Yield two mistakes in different functions, and the text of a module with both.

        The mistakes fail different checks, and their modules differ in two functions. If these
        are swapped, one module has both mistakes and the other one has neither.
        """
        failing = {f.mistake: frozenset(f.answers) for f in self.fingerprints if f.answers}
        modules = {name: self.mistakes[name].module for name in failing}
        functions = {name: sources_by_name(module) for name, module in modules.items()}
        right = program(ast.parse(self.reference))
        for one, two in combinations(failing, 2):
            if failing[one] & failing[two]:
                continue
            for name in _differing_functions(functions[one], functions[two]):
                both = with_definition(modules[one], name, modules[two])
                neither = with_definition(modules[two], name, modules[one])
                if program(ast.parse(both)) == right:
                    continue
                if program(ast.parse(neither)) == right or self.passes(neither):
                    yield one, two, both

    def junk(self) -> Iterator[Finding]:
        """Check that a nonsense module is never diagnosed, never passes, and breaks no check."""
        for behaviour, text in make_junk_modules(self.reference, self.kata.file.exports):
            run = self.run_shared(text)
            where = at(self.kata.checks)
            broken = [c.info.name for c in run.checks if c.outcome == "broken"]
            for check in broken:
                yield Finding(
                    f"the check {check} is broken by a module that {behaviour}",
                    where,
                    "compare with the helpers of nnkata.testing before using a result",
                )
            if diagnoses := self.diagnoses(run):
                yield Finding(
                    f"a module that {behaviour} is diagnosed as {', '.join(diagnoses)}",
                    where,
                    "make each mistake differ by a value, not only by an exception",
                )
            if run.load is None and run.passed:
                yield Finding(f"a module that {behaviour} passes", where, "check the result")

    def central_mistake(self) -> Iterator[Finding]:
        """Check that a module with the central mistake earns less than half of the points."""
        name = self.kata.file.central
        toml = at(self.kata.folder / "kata.toml")
        if name is None:
            if not self.kata.file.draft:
                yield Finding(
                    "kata.toml does not name the central mistake",
                    toml,
                    'write central = "NAME": the mistake that this kata is about',
                )
            return
        if name not in self.mistakes:
            yield Finding(f"central = {name} is not a mistake of this kata", toml, "correct it")
            return
        earned, total = self.points_of(name), sum(i.points for i in self.runner.infos())
        if 2 * earned >= total:
            yield Finding(
                f"a module with the central mistake {name} earns {earned} of {total} points",
                at(self.kata.checks),
                "give more points to the checks that it fails",
            )

    def points_of(self, mistake: str) -> int:
        """Return the points of a module with a mistake, including slow checks."""
        run = self.run(self.mistakes[mistake].module, "always")
        return sum(check.info.points for check in run.checks if check.outcome == "passed")

    def idle_checks(self) -> Iterator[Finding]:
        """Check that every check that is not slow is failed by a mistake, or else by a mutant.

        Mutants are made only if the mistakes leave a check idle, and if cosmic-ray is installed.
        """
        self._run_mistakes()
        idle = {info.name for info in self.runner.infos() if not info.slow}
        runs = list(self.mistake_runs.values())
        if self.kata.file.repair and self.kata.stub.is_file():
            runs.append(self.run(self.kata.stub.read_text(encoding="utf-8")))
        for run in runs:
            idle -= {check.info.name for check in run.failing_checks}
        if not idle:
            return
        for text in self._wrong_texts():
            if not idle:
                return
            run = self.run_shared(text, RunPlan(slow_checks="never", only=frozenset(idle)))
            idle -= {c.info.name for c in run.failing_checks if c.result.outcome == "failed"}
        for name in sorted(idle):
            yield Finding(
                f"no mistake and no mutant fails the check {name}",
                at(self.kata.checks),
                "add the mistake that it should detect, or remove the check",
            )

    def _wrong_texts(self) -> Iterator[str]:
        """Yield modules that are wrong in ways that no mistake covers.

        Mutants come in random order: in the order of the lines, a check of the last function would
        have to wait for the mutants of all other functions.
        """
        if mutator := find_mutator():
            yield from mutator.drawn_texts(self.reference, self.runner.seed)
            return
        for _, text in make_junk_modules(self.reference, self.kata.file.exports):
            yield text

    def mutants(self, mutator: Mutator) -> Iterator[Finding]:
        """Check that most mutants of the reference are killed, and the survivors are listed."""
        toml = self.kata.folder / "mutants.toml"
        try:
            listed = read_survivors(toml)
        except CourseError as error:
            yield Finding(error.message, at(toml), "write it as docs/instructor/authoring.md says")
            return
        mutants = mutator.mutants(self.reference)
        survivors = [m for m in mutants if self.passes(m.text, self.time_limits)]
        score = self.mutation_score = MutationScore(mutants, survivors, listed)
        for mutant in score.missing_entries():
            yield Finding(
                f"a mutant survives: {mutant}",
                at(self.kata.reference, mutant.number),
                f"write the check that kills it, or list it with its reason in {toml}",
            )
        for index, entry, exists in score.outdated_entries():
            yield Finding(
                f"a listed survivor {'is killed' if exists else 'is not a mutant'}: {entry}",
                at(toml, line_of_entry(toml, index)),
                "remove it" if exists else "remove it, or write its lines as they are now",
            )
        if shortfall := score.shortfall():
            alive, counted, wanted = shortfall
            without = "" if counted == score.count else " that are neither equivalent nor open"
            yield Finding(
                f"{alive} of {counted} mutants{without} survive",
                at(self.kata.checks),
                f"write checks that kill at least {wanted:.0%}",
            )


def _differing_functions(one: dict[str, str], two: dict[str, str]) -> list[str]:
    """Return the two functions in which two modules differ, or [] if there are not exactly two."""
    differing = [name for name in one if one[name] != two.get(name)]
    return differing if one.keys() == two.keys() and len(differing) == 2 else []
