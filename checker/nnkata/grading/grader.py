"""Grade one submission: run every hidden check on untrusted code, with a secret seed."""

from __future__ import annotations

import platform
import secrets
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import msgspec
from msgspec.structs import replace

from ..checking.answer_hash import record_behaviour
from ..checking.assessor import Assessor, describe_protection
from ..checking.runtime import Submission
from ..errors import NO_PROTECTION, KataError
from ..model import Kata, Protection, Verdict, Verdicts
from ..sandbox.pool import WorkerPool
from .submissions import OpenSubmission


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


def grade_one(
    submission: OpenSubmission, katas: list[Kata], assessor: Assessor, seed: int
) -> Iterator[Verdict]:
    """Yield the verdicts on a submission; a failed prerequisite is replaced by its reference.

    So no failure costs points twice. In a course without borrowing, a kata whose prerequisite fails
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
        checked = assessor.check(kata, own, seed, slow_checks="always")
        verdict = record_behaviour(assessor.diagnose(checked), checked.run)
        if verdict.passed:
            passed.add(name)
        if name in wanted:
            yield replace(verdict, seed=seed)


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
