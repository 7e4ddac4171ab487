"""Grade submissions: run every hidden check on untrusted code, and return reproducible marks."""

from __future__ import annotations

import math
import platform
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from .. import __version__
from ..checking.assessor import Assessor, describe_protection
from ..checking.reveal import redact
from ..checking.runtime import Submission
from ..errors import NO_PROTECTION, KataError
from ..hookspecs import Policy
from ..model import Kata, NeedsPerson, Protection, Rejection, Reveal, Verdict, Verdicts
from ..sandbox.pool import WorkerPool
from ..text.sanitize import one_line
from .submissions import (
    NeedsPersonError,
    OpenSubmission,
    find_submissions,
    open_submission,
    safe_name,
)


class GradingOptions(Struct, frozen=True):
    """The options of a grading run."""

    seed: int
    reveal: Reveal = "all"
    policy: Policy | None = None
    policy_name: str = ""


def draw_seed() -> int:
    """Return a random seed, which no submission can know."""
    return secrets.randbelow(2**31)


def require_protection(pool: WorkerPool, level: int) -> Protection:
    """Return the protection; raises `KataError` (exit code 4) if it is below `level`."""
    protection = describe_protection(pool, {})
    if protection.level < level:
        raise KataError(
            f"protection level {level} is required, and only level {protection.level} is available "
            "here",
            next_step="`kata doctor` shows which layer is missing and what it needs; "
            f"`--require {protection.level}` accepts this level",
            exit_code=NO_PROTECTION,
        )
    return protection


class GradingResult(Struct):
    """What a grading run found: verdicts, refused files, and submissions without a verdict."""

    verdicts: list[Verdict] = []
    refused: list[Rejection] = []
    needs_person: list[NeedsPerson] = []
    policy_error: str | None = None


def grade(
    paths: Iterable[Path], katas: list[Kata], assessor: Assessor, options: GradingOptions
) -> GradingResult:
    """Return one verdict per submission and kata, and the submissions that need a person.

    If the policy fails, no verdict has a score, and the result says why.
    """
    result = GradingResult()
    times: dict[str, datetime | None] = {}
    for path in paths:
        name = safe_name(path.name)
        try:
            submission = open_submission(path, assessor.course, assessor.pool)
        except NeedsPersonError as error:
            result.needs_person.append(error.entry(name))
            result.refused += [replace(r, submission=name) for r in error.refused]
            continue
        result.refused += [replace(r, submission=name) for r in submission.refused]
        result.verdicts += grade_one(submission, katas, assessor, options)
        times[name] = submission.submitted_at
    if options.policy is not None:
        try:
            result.verdicts = [_score(v, times[v.submission], options) for v in result.verdicts]
        except (Exception, SystemExit) as error:  # the policy is a plugin's code
            words = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            result.policy_error = one_line(f"the policy {options.policy_name} failed: {words}")
    result.verdicts = [redact(verdict, options.reveal) for verdict in result.verdicts]
    return result


def grade_one(
    submission: OpenSubmission, katas: list[Kata], assessor: Assessor, options: GradingOptions
) -> Iterator[Verdict]:
    """Yield the verdicts of a submission; a prerequisite that fails is borrowed afterwards.

    So no kata costs points twice. In a course without borrowing, a kata whose prerequisite fails
    is not run.
    """
    course = assessor.course
    wanted = {kata.name for kata in katas}
    needed = {name for kata in katas for name in course.all_needs(kata.name)}
    passed: set[str] = set()
    for name, kata in course.katas.items():
        if name not in wanted and name not in needed:
            continue
        own = Submission(submission.name, submission.read, frozenset(passed))
        verdict = assessor.assess(kata, own, options.seed, slow="always")
        if verdict.passed:
            passed.add(name)
        if name in wanted:
            yield replace(verdict, seed=options.seed)


def recheck(result: Verdicts, path: Path, assessor: Assessor) -> list[str]:
    """Grade the submissions of a result again, with its seed; return the differences."""
    differences: list[str] = []
    course = assessor.course
    if result.engine != __version__:
        differences.append(f"engine {result.engine} then, {__version__} now")
    for key, then in result.environment.items():
        now = environment().get(key)
        if now != then:
            differences.append(f"{key} {then} then, {now} now")
    katas = list(dict.fromkeys(v.kata for v in result.verdicts if v.kata in course.katas))
    names = list(dict.fromkeys(v.submission for v in result.verdicts))
    many = len(names) + len(result.needs_person) > 1
    paths = {safe_name(p.name): p for p in find_submissions(path, each=many)}
    absent: set[str] = set()
    again: dict[tuple[str, str], Verdict] = {}
    for name in names:
        if name not in paths:
            differences.append(f"{name}: the submission is not at {path}")
            absent.add(name)
            continue
        options = GradingOptions(result.seed)
        regraded = grade([paths[name]], [course.katas[k] for k in katas], assessor, options)
        for entry in regraded.needs_person:
            differences.append(f"{name}: it needs a person now: {entry.reason}")
            absent.add(name)
        for verdict in regraded.verdicts:
            again[name, verdict.kata] = verdict
    for verdict in result.verdicts:
        if verdict.submission not in absent:
            differences += _compare(verdict, again.get((verdict.submission, verdict.kata)))
    return differences


def _compare(then: Verdict, now: Verdict | None) -> list[str]:
    """Return the differences between two verdicts on the same kata of a submission."""
    what = f"{then.submission}, {then.kata}"
    if now is None:
        return [f"{what}: there is no such kata any more"]
    changed = [
        part for part in ("module", "checks") if then.sha256.get(part) != now.sha256.get(part)
    ]
    differences = [
        f"{what}: the {part} {'have' if part == 'checks' else 'has'} changed" for part in changed
    ]
    before = {o.check: o.outcome for o in then.outcomes}
    after = {o.check: o.outcome for o in now.outcomes}
    differences += [
        f"{what}: {check} was {before.get(check)}, is {after.get(check)}"
        for check in dict.fromkeys([*before, *after])
        if before.get(check) != after.get(check)
    ]
    if then.points != now.points:
        differences.append(f"{what}: {then.points} points then, {now.points} now")
    return differences


def environment() -> dict[str, str]:
    """Return the versions that can change a verdict."""
    return {
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "pytest": version("pytest"),
        "platform": f"{platform.system()} {platform.machine()}",
    }


def read_result(path: Path) -> Verdicts:
    """Read a result that `--json` wrote; raises `KataError`."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Verdicts)
    except (OSError, msgspec.MsgspecError) as error:
        raise KataError(
            f"{path} is not a result of nnkata: {error}",
            next_step="give the file that `kata grade --json` wrote",
        ) from None


def _score(verdict: Verdict, submitted_at: datetime | None, options: GradingOptions) -> Verdict:
    """Return the verdict with the score of the policy; raises whatever the policy raises."""
    assert options.policy is not None
    score, reason = options.policy(verdict, submitted_at)
    if not math.isfinite(score) or type(reason) is not str:
        raise ValueError(f"it returned {score!r} and {reason!r}: a score and a reason are expected")
    return replace(verdict, score=float(score), score_reason=reason)
