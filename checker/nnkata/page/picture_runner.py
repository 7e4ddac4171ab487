"""Draw a kata's pictures from somebody's module: each is a function in pictures.py.

Such a function is like a check that draws instead of judging: `def picture_…(solution)` gets the
module as it runs in a worker, asks it for numbers, and returns a `Picture`.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any

from msgspec import Struct

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
"""What one picture may take; with the reference it should take no more than half a second."""
FRAMES_AT_MOST, FRAME_BYTES = 24, 300_000
"""Most that a picture may be, whatever came back from a module."""
Drawer = Callable[[Solution], Picture]


class Drawn(Struct, frozen=True):
    """One picture of a kata: what it shows, and from whose module."""

    name: str
    picture: Picture | None
    """None where neither module could be drawn."""
    yours: bool
    """Whether it was drawn from the submission's module; else from the reference's."""
    problem: str = ""
    """Why the submission's module could not be drawn."""


class Gallery:
    """Draws the pictures of a course's katas, in workers like those that checks run in."""

    def __init__(self, course: Course, pool: WorkerPool) -> None:
        """Take the course and a source of workers."""
        self.course = course
        self.pool = pool
        self.bundles = BundleBuilder(course)

    def draw(self, kata: Kata, submission: Submission, written: bool = True) -> list[Drawn]:
        """Draw all pictures of a kata; where its module cannot be drawn, the reference's is.

        With `written` false the module is not tried: it is still the stub. Raises `CourseError`
        when pictures.py cannot be read.
        """
        drawers = drawers_of(kata)
        if not drawers:
            return []
        text = submission.read(kata.module) if written else None
        own: dict[str, Picture | str] = {}
        if isinstance(text, str):
            own = self.attempts(kata, text, submission, drawers)
        elif text is not None:
            own = dict.fromkeys(drawers, text.message)
        missing = {n: d for n, d in drawers.items() if not isinstance(own.get(n), Picture)}
        lent: dict[str, Picture | str] = {}
        if missing and self.course.can_borrow(kata.name):
            nobody = Submission(submission.name, submission.read)
            lent = self.attempts(kata, self.bundles.reference(kata.name), nobody, missing)
        return [_drawn(name, own.get(name), lent.get(name)) for name in drawers]

    def attempts(
        self, kata: Kata, text: str, submission: Submission, drawers: Mapping[str, Drawer]
    ) -> dict[str, Picture | str]:
        """Draw pictures from a text: return each one, or why it could not be drawn.

        After one that took too long, those that follow are not tried.
        """
        found: dict[str, Picture | str] = {}
        slot = WorkerSlot(self.pool, kata, self.course, self.bundles.build(kata, text, submission))
        with closing(slot):
            for name, drawer in drawers.items():
                start = time.monotonic()
                found[name] = one = _one(slot, drawer, kata)
                if isinstance(one, str) and time.monotonic() - start >= SECONDS:
                    return dict.fromkeys(drawers, one) | found
        return found


def drawers_of(kata: Kata) -> dict[str, Drawer]:
    """Return the functions of a kata's pictures.py by the name behind `picture_`, in order."""
    return {
        name.removeprefix(PREFIX): value
        for name, value in functions_of(kata).items()
        if name.startswith(PREFIX)
    }


def functions_of(kata: Kata) -> dict[str, Callable[..., Any]]:
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
            next_step="mend what the message says",
        ) from error
    return {name: value for name, value in vars(module).items() if callable(value)}


def asked(
    slot: WorkerSlot, function: Callable[..., Any], kata: Kata, *more: Any
) -> tuple[Any, str]:
    """Call a function of pictures.py with the module in a slot: what it gives, or why nothing."""
    seed = default_seed(kata)
    deadline = time.monotonic() + SECONDS
    try:
        slot.load(seed, deadline)
    except NotLoadedError as unloaded:
        return None, unloaded.load.message
    assert slot.worker is not None
    link = Link(slot.worker, deadline)
    try:
        with link:
            return function(slot.solution(link), *more), ""
    except (WorkerLostError, CheckFailed) as error:
        return None, str(error) or "what came back cannot be drawn"
    except Exception as error:  # what came back may be anything, and the drawing stumbles over it
        if link.last_error is not None and error is link.last_error[0]:
            raised = link.last_error[1]
            return None, f"{raised.name}: {raised.message}" if raised.message else raised.name
        return None, f"what came back cannot be drawn ({type(error).__name__}: {error})"
    finally:
        if not slot.worker.is_sound():
            slot.close()


def _one(slot: WorkerSlot, drawer: Drawer, kata: Kata) -> Picture | str:
    picture, problem = asked(slot, drawer, kata)
    if problem:
        return problem
    if not isinstance(picture, Picture):
        raise CourseError(
            f"{kata.folder / 'pictures.py'}: {getattr(drawer, '__name__', drawer)} returned no "
            "Picture",
            next_step="return nnkata.pictures.Picture(…)",
        )
    largest = max(len(frame.canvas.markup()) for frame in picture.frames)
    if len(picture.frames) > FRAMES_AT_MOST or largest > FRAME_BYTES:
        return "what came back makes too large a drawing"
    return picture


def _drawn(name: str, own: Picture | str | None, lent: Picture | str | None) -> Drawn:
    if isinstance(own, Picture):
        return Drawn(name, own, yours=True)
    return Drawn(name, lent if isinstance(lent, Picture) else None, yours=False, problem=own or "")
