"""Grade submissions: run every hidden check on untrusted code, and return reproducible marks."""

from __future__ import annotations

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
from ..errors import NO_PROTECTION, CourseError, KataError, MachineryError
from ..hookspecs import Policy
from ..model import Kata, LoadFailure, Protection, Rejection, Reveal, Verdict, Verdicts
from ..sandbox.pool import WorkerPool
from .submissions import OpenSubmission, open_submission, safe_name


class GradingOptions(Struct, frozen=True):
    """The options of a grading run."""

    seed: int
    reveal: Reveal = "all"
    policy: Policy | None = None


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


def find_submissions(path: Path, each: bool) -> list[Path]:
    """Return the submissions at a path: the path, or with `each` every entry of the folder.

    Raises `KataError` if there are none.
    """
    if not path.exists() and not path.is_symlink():
        raise KataError(f"{path} does not exist", next_step="name a folder or an archive")
    if not each:
        return [path.absolute()]
    if not path.is_dir():
        raise KataError(
            f"{path} is not a folder", next_step="leave out --each to grade one archive"
        )
    entries = sorted(p for p in path.iterdir() if not p.name.startswith("."))
    if not entries:
        raise KataError(f"{path} is empty", next_step="put one entry per submission into it")
    return entries


def grade(
    paths: Iterable[Path], katas: list[Kata], assessor: Assessor, options: GradingOptions
) -> tuple[list[Verdict], list[Rejection]]:
    """Return one verdict per submission and kata, and the refused files."""
    verdicts: list[Verdict] = []
    refused: list[Rejection] = []
    for path in paths:
        try:
            with open_submission(path, assessor.course) as submission:
                refused += [replace(r, submission=submission.name) for r in submission.refused]
                verdicts += grade_one(submission, katas, assessor, options)
        except (MachineryError, CourseError):
            raise
        except KataError as error:
            name = safe_name(path.name)
            refused.append(Rejection(name, error.message, name))
            unread = LoadFailure("missing", error.message)
            verdicts += [assessor.not_run(kata, name, load=unread) for kata in katas]
    return verdicts, refused


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
            yield _finish(verdict, submission.submitted_at, options)


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
    paths = {safe_name(p.name): p for p in find_submissions(path, each=len(names) > 1)}
    again: dict[tuple[str, str], Verdict] = {}
    for name in names:
        if name not in paths:
            differences.append(f"{name}: the submission is not at {path}")
            continue
        options = GradingOptions(result.seed)
        for verdict in grade([paths[name]], [course.katas[k] for k in katas], assessor, options)[0]:
            again[name, verdict.kata] = verdict
    for verdict in result.verdicts:
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


def _finish(verdict: Verdict, submitted_at: datetime | None, options: GradingOptions) -> Verdict:
    verdict = replace(verdict, seed=options.seed)
    if options.policy is not None:
        score, reason = options.policy(verdict, submitted_at)
        verdict = replace(verdict, score=score, score_reason=reason)
    return redact(verdict, options.reveal)
