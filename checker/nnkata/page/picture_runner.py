"""Draw a kata's pictures from a module: each is a function in pictures.py.

Such a function is like a check that draws instead of testing: `def picture_…(solution)` gets the
module as it runs in a worker, asks it for numbers, and returns a `Picture`.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any

from msgspec import Struct

from ..checking.budget import Budget
from ..checking.proxy import Link, Solution
from ..checking.runtime import BundleBuilder, NotLoadedError, Submission, WorkerSlot
from ..checking.transcript import CheckFailed
from ..course.hashes import default_seed
from ..errors import CourseError
from ..model import Course, Kata
from ..pictures import Picture
from ..sandbox.pool import WorkerPool
from ..sandbox.worker_client import WorkerLostError

PREFIX = "picture_"
SECONDS = 10.0
"""The time limit of one picture; with the reference it should take at most half a second."""
FRAMES_AT_MOST, FRAME_BYTES = 24, 300_000
"""The limits of a picture that is drawn from a learner's module."""
PictureFunction = Callable[[Solution], Picture]


class KataPicture(Struct, frozen=True):
    """One picture of a kata, and the module that it was drawn from."""

    name: str
    picture: Picture | None
    """None if it could not be drawn from either module."""
    own: bool
    """Whether it was drawn from the submission's module; otherwise from the reference's."""
    problem: str = ""
    """Why it could not be drawn from the submission's module."""


class PictureRunner:
    """Draws the pictures of a course's katas, in workers like those of the checks."""

    def __init__(self, course: Course, pool: WorkerPool) -> None:
        """Draw for a course, with workers of the pool."""
        self.course = course
        self.pool = pool
        self.bundles = BundleBuilder(course)

    def draw(self, kata: Kata, submission: Submission, started: bool = True) -> list[KataPicture]:
        """Return all pictures of a kata, from the submission's module or else the reference's.

        With `started` false, the module is still the stub and is not tried. Raises `CourseError`
        if pictures.py cannot be read.
        """
        functions = picture_functions(kata)
        if not functions:
            return []
        text = submission.read(kata.module) if started else None
        own: dict[str, Picture | str] = {}
        if isinstance(text, str):
            own = self.attempts(kata, text, submission, functions)
        elif text is not None:
            own = dict.fromkeys(functions, text.message)
        missing = {n: f for n, f in functions.items() if not isinstance(own.get(n), Picture)}
        reference: dict[str, Picture | str] = {}
        if missing and self.course.can_borrow(kata.name):
            unsolved = Submission(submission.name, submission.read)
            reference_text = self.bundles.reference(kata.name)
            reference = self.attempts(kata, reference_text, unsolved, missing)
        return [_choose(name, own.get(name), reference.get(name)) for name in functions]

    def attempts(
        self, kata: Kata, text: str, submission: Submission,
        functions: Mapping[str, PictureFunction],
    ) -> dict[str, Picture | str]:  # fmt: skip
        """Draw pictures from a module's text; return each picture, or why it could not be drawn.

        After a picture that reaches the time limit, the following ones are not tried. All pictures
        together have the budget of a kata.
        """
        attempts: dict[str, Picture | str] = {}
        slot = WorkerSlot(self.pool, kata, self.course, self.bundles.build(kata, text, submission))
        slot.budget = Budget(kata.file.limits)
        with closing(slot):
            for name, function in functions.items():
                start = time.monotonic()
                attempts[name] = attempt = _attempt(slot, function, kata)
                if isinstance(attempt, str) and time.monotonic() - start >= SECONDS:
                    return dict.fromkeys(functions, attempt) | attempts
        return attempts


def picture_functions(kata: Kata) -> dict[str, PictureFunction]:
    """Return the functions `picture_NAME` of a kata's pictures.py by NAME, in order."""
    return {
        name.removeprefix(PREFIX): value
        for name, value in read_functions(kata).items()
        if name.startswith(PREFIX)
    }


def read_functions(kata: Kata) -> dict[str, Callable[..., Any]]:
    """Return all functions of a kata's pictures.py by name; raises `CourseError`."""
    path = kata.folder / "pictures.py"
    if not path.is_file():
        return {}
    spec = importlib.util.spec_from_file_location("_nnkata_pictures", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise CourseError(
            f"{path} cannot be read: {type(error).__name__}: {error}",
            next_step="fix what the message says",
        ) from error
    return {name: value for name, value in vars(module).items() if callable(value)}


def call_with_module(
    slot: WorkerSlot, function: Callable[..., Any], kata: Kata, *more: Any
) -> tuple[Any, str]:
    """Call a function of pictures.py with the module in a slot.

    Returns (its result, "") or (None, why there is no result).
    """
    budget = slot.budget or Budget(kata.file.limits)
    spent = budget.spent()
    if spent is not None:
        return None, spent
    with budget.spending():
        return _call(slot, function, kata, budget, more)


def _call(
    slot: WorkerSlot,
    function: Callable[..., Any],
    kata: Kata,
    budget: Budget,
    more: tuple[Any, ...],
) -> tuple[Any, str]:
    deadline = min(time.monotonic() + SECONDS, budget.deadline)
    try:
        deadline = slot.load(default_seed(kata), deadline)
    except NotLoadedError as unloaded:
        return None, unloaded.load.message
    assert slot.worker is not None
    link = Link(slot.worker, deadline, budget)
    try:
        with link:
            return function(slot.solution(link), *more), ""
    except (WorkerLostError, CheckFailed) as error:
        return None, str(error) or "the result cannot be drawn"
    except Exception as error:  # the module may return anything, and the function may fail
        if link.last_error is not None and error is link.last_error[0]:
            raised = link.last_error[1]
            return None, f"{raised.name}: {raised.message}" if raised.message else raised.name
        return None, f"the result cannot be drawn ({type(error).__name__}: {error})"
    finally:
        slot.charge_budget()
        if not slot.worker.is_usable():
            slot.close()


def _attempt(slot: WorkerSlot, function: PictureFunction, kata: Kata) -> Picture | str:
    picture, problem = call_with_module(slot, function, kata)
    if problem:
        return problem
    if not isinstance(picture, Picture):
        raise CourseError(
            f"{kata.folder / 'pictures.py'}: {getattr(function, '__name__', function)} did not "
            "return a Picture",
            next_step="return nnkata.pictures.Picture(…)",
        )
    largest = max(len(frame.canvas.markup()) for frame in picture.frames)
    if len(picture.frames) > FRAMES_AT_MOST or largest > FRAME_BYTES:
        return "the drawing of the result is too large"
    return picture


def _choose(name: str, own: Picture | str | None, reference: Picture | str | None) -> KataPicture:
    if isinstance(own, Picture):
        return KataPicture(name, own, own=True)
    picture = reference if isinstance(reference, Picture) else None
    return KataPicture(name, picture, own=False, problem=own or "")
