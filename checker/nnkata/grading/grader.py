"""Grade submissions: code that nobody has read, every hidden check, marks that can be defended."""

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
from ..checking.reveal import Reveal, revealed
from ..checking.runtime import Submission
from ..errors import NO_PROTECTION, KataError, MachineryError
from ..hookspecs import Policy
from ..model import Kata, LoadFailure, Protection, Rejection, Verdict, Verdicts
from ..sandbox.pool import WorkerPool
from .submissions import Opened, opened, shown_name


class Rules(Struct, frozen=True):
    """How a run of grading judges."""

    seed: int
    reveal: Reveal = "all"
    policy: Policy | None = None


def draw_seed() -> int:
    """Return a seed that nobody knows beforehand."""
    return secrets.randbelow(2**31)


def require(pool: WorkerPool, level: int) -> Protection:
    """Return what protects; raises `KataError` (exit 4) when it is less than `level`."""
    protection = describe_protection(pool, {})
    if protection.level < level:
        raise KataError(
            f"level {level} of protection was asked for, and level {protection.level} is what "
            "can be had here",
            next_step="`kata doctor` shows which layer is missing and what it would need; "
            f"`--require {protection.level}` goes on with what there is",
            exit_code=NO_PROTECTION,
        )
    return protection


def find(path: Path, each: bool) -> list[Path]:
    """Return the submissions at a path: itself, or with `each` every entry of the folder."""
    if not path.exists() and not path.is_symlink():
        raise KataError(f"{path} does not exist", next_step="name a folder or an archive")
    if not each:
        return [path.absolute()]
    if not path.is_dir():
        raise KataError(f"{path} is no folder", next_step="leave out --each to grade one archive")
    entries = sorted(p for p in path.iterdir() if not p.name.startswith("."))
    if not entries:
        raise KataError(f"{path} is empty", next_step="put a submission an entry into it")
    return entries


def grade(
    paths: Iterable[Path], katas: list[Kata], assessor: Assessor, rules: Rules
) -> tuple[list[Verdict], list[Rejection]]:
    """Return a verdict a kata for every submission, and what was refused."""
    verdicts: list[Verdict] = []
    refused: list[Rejection] = []
    for path in paths:
        try:
            with opened(path, assessor.course) as submission:
                refused += [replace(r, submission=submission.name) for r in submission.refused]
                verdicts += grade_one(submission, katas, assessor, rules)
        except MachineryError:
            raise
        except KataError as error:
            name = shown_name(path.name)
            refused.append(Rejection(name, error.message, name))
            unread = LoadFailure("missing", error.message)
            verdicts += [assessor.not_run(kata, name, load=unread) for kata in katas]
    return verdicts, refused


def grade_one(
    submission: Opened, katas: list[Kata], assessor: Assessor, rules: Rules
) -> Iterator[Verdict]:
    """Yield a submission's verdicts; a prerequisite that failed is the reference's from then on.

    So nobody loses the marks of one kata twice. In a course that lends nothing, a kata whose
    prerequisite failed waits for it instead.
    """
    course = assessor.course
    wanted = {kata.name for kata in katas}
    needed = {name for kata in katas for name in course.all_needs(kata.name)}
    passed: set[str] = set()
    for name, kata in course.katas.items():
        if name not in wanted and name not in needed:
            continue
        own = Submission(submission.name, submission.read, frozenset(passed))
        verdict = assessor.assess(kata, own, rules.seed, slow="always")
        if verdict.passed:
            passed.add(name)
        if name in wanted:
            yield _judged(verdict, submission.submitted_at, rules)


def recheck(result: Verdicts, path: Path, assessor: Assessor) -> list[str]:
    """Grade again what a result says, with its seed; return what contradicts it."""
    told: list[str] = []
    course = assessor.course
    if result.engine != __version__:
        told.append(f"engine {result.engine} then, {__version__} now")
    for key, then in result.environment.items():
        now = environment().get(key)
        if now != then:
            told.append(f"{key} {then} then, {now} now")
    katas = [course.katas[v.kata] for v in result.verdicts if v.kata in course.katas]
    rules = Rules(result.seed)
    names = list(dict.fromkeys(v.submission for v in result.verdicts))
    paths = {shown_name(p.name): p for p in find(path, each=len(names) > 1)}
    found: dict[tuple[str, str], Verdict] = {}
    for name in names:
        own = list({k.name: k for k in katas}.values())
        if name not in paths:
            told.append(f"{name}: the submission is not at {path}")
            continue
        for verdict in grade([paths[name]], own, assessor, rules)[0]:
            found[name, verdict.kata] = verdict
    for then_verdict in result.verdicts:
        told += _contradictions(
            then_verdict, found.get((then_verdict.submission, then_verdict.kata))
        )
    return told


def _contradictions(then: Verdict, now: Verdict | None) -> list[str]:
    what = f"{then.submission}, {then.kata}"
    if now is None:
        return [f"{what}: the kata is gone"]
    told = [
        f"{what}: the {part} have changed"
        if part == "checks"
        else f"{what}: the {part} has changed"
        for part in ("module", "checks")
        if then.sha256.get(part) != now.sha256.get(part)
    ]
    before = {o.check: o.outcome for o in then.outcomes}
    after = {o.check: o.outcome for o in now.outcomes}
    told += [
        f"{what}: {check} was {before.get(check)}, is {after.get(check)}"
        for check in dict.fromkeys([*before, *after])
        if before.get(check) != after.get(check)
    ]
    if then.points != now.points:
        told.append(f"{what}: {then.points} points then, {now.points} now")
    return told


def environment() -> dict[str, str]:
    """Return the versions that a verdict may hang on."""
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
            f"{path} is no result of nnkata: {error}",
            next_step="give the file that `kata grade --json` wrote",
        ) from None


def _judged(verdict: Verdict, submitted_at: datetime | None, rules: Rules) -> Verdict:
    verdict = replace(verdict, seed=rules.seed)
    if rules.policy is not None:
        score, reason = rules.policy(verdict, submitted_at)
        verdict = replace(verdict, score=score, score_reason=reason)
    return revealed(verdict, rules.reveal)
