"""Turn one kata of one submission into a verdict: run, diagnose, blame, and say it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from .bundles import Bundles, Submission
from .diagnose import blame, failing, recognised
from .hashes import checks_sha256, default_seed, text_sha256
from .jail.protections import level_of
from .model import Course, Frame, Kata, Load, Outcome, Protection, Verdict
from .runner import CheckRun, Checks, KataRun, Slow
from .seats import Bundle, Jail, Seat
from .solution import crossing_of, script_of

NOT_WRITTEN = "NotImplementedError"
WAITS = "it waits for {}, which did not pass yet"


class Judged(Struct, frozen=True):
    """A verdict, and what its diagnosis needs: the run, and what it ran on."""

    kata: Kata
    seed: int
    verdict: Verdict
    run: KataRun | None = None
    bundle: Bundle | None = None

    @property
    def has_failed(self) -> bool:
        """Whether there is a failure that could look like something."""
        run = self.run
        return run is not None and run.load is None and bool(failing(run)) and not not_written(run)


class Assessor:
    """What it takes to make verdicts: a course, its collected checks, workers, a cache."""

    def __init__(
        self, course: Course, checks: Checks, jail: Jail, cache: Path | None = None
    ) -> None:
        """Take the parts; `cache` is a folder for what mistakes answer, or None."""
        self.course = course
        self.checks = checks
        self.jail = jail
        self.cache = cache
        self.bundles = Bundles(course)
        self.held: dict[str, str] = {}

    def verdict(
        self, kata: Kata, submission: Submission, seed: int | None = None,
        slow: Slow = "when_passed", diagnose: bool = True, retry: bool = False,
    ) -> Verdict:  # fmt: skip
        """Check one kata of a submission; with `retry`, a timeout gets a second chance."""
        judged = self.judged(kata, submission, seed, slow, retry)
        return self.diagnosed(judged) if diagnose else judged.verdict

    def judged(
        self, kata: Kata, submission: Submission, seed: int | None = None,
        slow: Slow = "when_passed", retry: bool = False, seat: Seat | None = None,
    ) -> Judged:  # fmt: skip
        """Check one kata of a submission, and do not ask yet what a failure looks like.

        With `seat`, a worker that was started ahead is used if it fits, and left.
        """
        seed = default_seed(kata) if seed is None else seed
        waiting = self.waiting(kata, submission)
        if waiting:
            blank = self.blank(kata, submission.name, WAITS.format(", ".join(waiting)))
            return Judged(kata, seed, blank)
        text = submission.read(kata.module)
        infos = self.checks.infos(kata.name)
        if isinstance(text, Load):
            run = KataRun(kata.name, [CheckRun(info) for info in infos], text)
            bundle = Bundle({}, {}, [])
        else:
            bundle = self.bundles.of(kata, text, submission)
            if seat is not None and not seat.fits(kata, bundle):
                seat = None
            run = self.checks.run(kata.name, self.course, bundle, self.jail, seed, slow, seat=seat)
            self.held = run.held or self.held
            if retry:
                self._retry(run, kata, bundle, seed)
            self._settle(run, kata, submission, seed)
        outcomes = [_outcome(c, self.course.package, bundle.texts) for c in run.checks]
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
        return Judged(kata, seed, verdict, run, bundle)

    def diagnosed(self, judged: Judged) -> Verdict:
        """Return a verdict with what is known of its failure: the guilty module, or mistakes."""
        kata, run, bundle = judged.kata, judged.run, judged.bundle
        if run is None or bundle is None or not judged.has_failed:
            return judged.verdict
        parts = (self.checks, kata, self.course, bundle, self.jail, judged.seed)
        guilty = blame(*parts, self.bundles.reference) if self.course.lends(kata.name) else None
        # where another module is guilty, the mistake is not in this one
        named = recognised(run, *parts, self.cache) if guilty is None else []
        return replace(judged.verdict, blame=guilty, diagnoses=named)

    def waiting(self, kata: Kata, submission: Submission) -> list[str]:
        """Return what must pass before a kata can be checked: nothing, where it can be borrowed."""
        if self.course.lends(kata.name):
            return []
        return [n for n in self.course.needed(kata.name) if n not in submission.theirs]

    def blank(
        self, kata: Kata, name: str, message: str | None = None, load: Load | None = None
    ) -> Verdict:
        """Return a verdict in which no check was run, and why."""
        infos = self.checks.infos(kata.name)
        return Verdict(
            submission=name,
            kata=kata.name,
            module=kata.module,
            passed=False,
            points=0,
            max_points=sum(info.points for info in infos),
            load=load,
            outcomes=[
                Outcome(
                    check=info.name,
                    sentence=info.sentence,
                    outcome="not_run",
                    max_points=info.points,
                    slow=info.slow,
                    message=message,
                )
                for info in infos
            ],
            sha256={"module": "", "checks": checks_sha256(kata)},
        )

    def _retry(self, run: KataRun, kata: Kata, bundle: Bundle, seed: int) -> None:
        """Run again, once, what was too slow: a loaded machine should cost nobody a mark."""
        late = frozenset(c.info.name for c in run.checks if c.outcome == "timeout")
        if not late:
            return
        again = self.checks.run(kata.name, self.course, bundle, self.jail, seed, "always", late)
        second = {c.info.name: c for c in again.checks if again.load is None}
        run.checks[:] = [second.get(c.info.name, c) for c in run.checks]

    def _settle(self, run: KataRun, kata: Kata, submission: Submission, seed: int) -> None:
        """Where a check's own code stumbled, let the reference tell whose fault it is."""
        suspects = frozenset(c.info.name for c in run.checks if c.suspect)
        if not suspects or not kata.reference.is_file():
            return
        bundle = self.bundles.of(
            kata, self.bundles.reference(kata.name), replace(submission, theirs=frozenset())
        )
        right = self.checks.run(kata.name, self.course, bundle, self.jail, seed, "always", suspects)
        fine = {c.info.name for c in right.checks if c.outcome == "passed"}
        for check in run.checks:
            if check.suspect and check.info.name not in fine:
                check.outcome = "broken"


def protection_of(jail: Jail, held: Mapping[str, str]) -> Protection:
    """Say what held while the modules ran, in words; each layer was tried after it was applied."""
    known = jail.protection()
    layers, tried = known["layers"], known["tried"]

    def words(act: str, by: str) -> str:
        return by if tried.get(act) == "refused" else "not closed"

    calls = layers.get("calls", "")
    spaces = layers.get("namespaces", "")
    return Protection(
        level=level_of(tried),
        files=words("read a file", layers.get("files", "")),
        network=words("use the network", f"{calls}; namespaces: {spaces or 'none'}"),
        processes=words("start a process", f"{calls}; {layers.get('identity', '')}"),
        memory=held.get("memory", "not limited"),
        paths_hidden=tried.get("see a path") == "refused",
    )


def not_written(run: KataRun) -> bool:
    """Whether every check met a body that is not written yet."""
    ran = [c for c in run.checks if c.outcome != "not_run"]
    return bool(ran) and all(c.raised is not None and c.raised.kind == NOT_WRITTEN for c in ran)


def _outcome(check: CheckRun, package: str, texts: Mapping[str, str]) -> Outcome:
    info = check.info
    outcome = Outcome(
        check=info.name,
        sentence=info.sentence,
        outcome=check.outcome,
        points=info.points if check.outcome == "passed" else 0,
        max_points=0 if check.outcome == "broken" else info.points,  # never a mark lost
        seconds=round(check.seconds, 4),
        slow=info.slow,
        message=check.message or None,
        rung=check.rung,
        got=check.got,
        expected=check.expected,
        output=check.output or None,
    )
    if check.outcome not in ("passed", "not_run") and check.link is not None:
        outcome.call = "\n".join(failing_lines(check)) or None
    if check.raised is not None:
        outcome.raised = check.raised.name
        outcome.frames = [
            Frame(file, line, function, _line(texts, package, file, line))
            for file, line, function in check.raised.frames
        ]
    return outcome


def failing_lines(check: CheckRun) -> list[str]:
    """Return the lines that reproduce a failure: the call that failed and what led to it."""
    link = check.link
    if link is None or not link.transcript:
        return []
    known = crossing_of(link, check.value) if check.value is not None else None
    return script_of(link).lines({len(link.transcript) - 1 if known is None else known})


def _line(texts: Mapping[str, str], package: str, file: str, line: int) -> str:
    lines = texts.get(file.removeprefix(package + "/"), "").splitlines()
    return lines[line - 1].strip() if 0 < line <= len(lines) else ""
