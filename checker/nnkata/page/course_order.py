"""The map of a course, laid out with the learner's own topological sort once it has passed.

A course names the kata in course.toml (`map = "…"`). The pictures.py of that kata has a function

    def order(solution, needs): ...

that gets the learner's module in a worker, and the names of all katas with what each of them
needs; it returns the names so that each comes behind all that it needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

from msgspec import Struct

from ..checking.runtime import BundleBuilder, Submission, WorkerSlot
from ..errors import CourseError
from ..model import Course
from ..pictures import Picture, Stop, course_map
from ..pictures.course_map import order_problem
from ..sandbox.pool import WorkerPool
from .picture_runner import asked, functions_of

ORDER = "order"
Needs = dict[str, list[str]]


class Sorted(Struct, frozen=True):
    """The katas of a course in an order in which each comes behind what it needs."""

    names: list[str]
    yours: bool
    """Whether the submission's own sort made it; else the engine did."""
    words: str
    """Whose sort it was, and why, in a sentence."""


def sort_with(course: Course, pool: WorkerPool, submission: Submission) -> Sorted:
    """Sort the katas of a course with the submission's own module, once that has passed.

    The module counts as passed when its kata is among `submission.solved`. Where it has not, or
    gives no order that holds, the engine sorts. Raises `CourseError` when pictures.py lacks the
    function.
    """
    needs = {
        name: [n for n in kata.needs if n in course.katas] for name, kata in course.katas.items()
    }
    own = own_order(needs)
    if course.map is None:
        return Sorted(own, False, "Laid out in the course's order.")
    kata = course.katas[course.map]
    text = submission.read(kata.module) if kata.name in submission.solved else None
    if not isinstance(text, str):
        words = f"Laid out in the course's order; once “{kata.title}” has passed, by your own sort."
        return Sorted(own, False, words)
    order = functions_of(kata).get(ORDER)
    if order is None:
        raise CourseError(
            f"{kata.folder / 'pictures.py'} has no function `{ORDER}`, and course.toml names "
            f"{kata.name} as `map`",
            next_step=f"write `def {ORDER}(solution, needs)`, or take `map` out of course.toml",
        )
    slot = WorkerSlot(pool, kata, course, BundleBuilder(course).build(kata, text, submission))
    with closing(slot):
        found, problem = asked(slot, order, kata, needs)
    problem = problem or _problem(found, needs)
    if problem:
        words = f"Laid out in the course's order: your own sort gave none ({problem})."
        return Sorted(own, False, words)
    return Sorted(list(found), True, f"Laid out by your own sort, “{kata.title}”.")


def draw_map(
    course: Course,
    sort: Sorted,
    states: Mapping[str, str],
    current: str = "",
    links: Mapping[str, str] | None = None,
) -> Picture:
    """Draw the map of a course.

    Args:
        course: whose katas.
        sort: their order, from `sort_with`.
        states: "passed", "recheck" or "open" by kata; those that are missing are open.
        current: the kata that the learner is at.
        links: where the box of a kata leads.
    """
    stops = [
        Stop(name, kata.title, kata.needs, states.get(name, "open"))
        for name, kata in course.katas.items()
    ]
    title = f"The map of the course “{course.title}”"
    return course_map(stops, sort.names, current, links, title, sort.words)


def own_order(needs: Needs) -> list[str]:
    """Return all names, each behind what it needs, and otherwise as they come."""
    order: list[str] = []
    left = list(needs)
    while left:
        ready = next(name for name in left if all(need in order for need in needs[name]))
        order.append(ready)
        left.remove(ready)
    return order


def _problem(found: object, needs: Needs) -> str:
    if not isinstance(found, list | tuple) or not all(isinstance(name, str) for name in found):
        return "what came back is no list of names"
    return order_problem(list(found), needs)
