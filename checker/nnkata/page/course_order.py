"""Order the katas of a course for its map, with the learner's topological sort once it passes.

A course names the kata of that sort in course.toml (`map = "…"`). The pictures.py of the kata has
a function

    def order(solution, needs): ...

that gets the learner's module in a worker and the needs of all katas by name. It returns the names
in an order in which each comes after everything that it needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

from msgspec import Struct

from ..checking.runtime import BundleBuilder, Submission, WorkerSlot
from ..errors import CourseError
from ..model import Course
from ..pictures import MapKata, Picture, course_map
from ..pictures.course_map import order_problem
from ..sandbox.pool import WorkerPool
from .picture_runner import call_with_module, read_functions

ORDER = "order"
Needs = dict[str, list[str]]


class KataOrder(Struct, frozen=True):
    """The katas of a course, each after everything that it needs."""

    names: list[str]
    own: bool
    """Whether the submission's own sort made it; otherwise the engine did."""
    reason: str
    """A sentence on which sort was used, and why."""


def sort_katas(course: Course, pool: WorkerPool, submission: Submission) -> KataOrder:
    """Return the katas sorted by the submission's own module if it has passed.

    The module has passed if its kata is in `submission.solved`. If it has not, or returns no valid
    order, the engine sorts. Raises `CourseError` if pictures.py lacks the function.
    """
    needs = {
        name: [n for n in kata.needs if n in course.katas] for name, kata in course.katas.items()
    }
    default = default_order(needs)
    if course.map is None:
        return KataOrder(default, False, "Laid out in the course's order.")
    kata = course.katas[course.map]
    text = submission.read(kata.module) if kata.name in submission.solved else None
    if not isinstance(text, str):
        reason = f"Laid out in the course's order, until your own sort passes: “{kata.title}”."
        return KataOrder(default, False, reason)
    order_function = read_functions(kata).get(ORDER)
    if order_function is None:
        raise CourseError(
            f"{kata.folder / 'pictures.py'} has no function `{ORDER}`, and course.toml names "
            f"{kata.name} as `map`",
            next_step=f"write `def {ORDER}(solution, needs)`, or remove `map` from course.toml",
        )
    slot = WorkerSlot(pool, kata, course, BundleBuilder(course).build(kata, text, submission))
    with closing(slot):
        result, problem = call_with_module(slot, order_function, kata, needs)
    problem = problem or _problem(result, needs)
    if problem:
        reason = (
            f"Laid out in the course's order: your own sort returned no valid order ({problem})."
        )
        return KataOrder(default, False, reason)
    return KataOrder(list(result), True, f"Laid out by your own sort, “{kata.title}”.")


def build_page_map(
    course: Course,
    order: KataOrder,
    states: Mapping[str, str],
    current: str = "",
    links: Mapping[str, str] | None = None,
) -> Picture:
    """Return the map of a course for the page, with states of katas and links to them.

    Args:
        course: the course whose katas are drawn.
        order: their order, from `sort_katas`.
        states: "passed", "recheck" or "open" by kata; a missing kata is open.
        current: the kata that the learner is working on.
        links: the address of each kata's box.
    """
    katas = [
        MapKata(name, kata.title, kata.needs, states.get(name, "open"))
        for name, kata in course.katas.items()
    ]
    title = f"The map of the course “{course.title}”"
    return course_map(katas, order.names, current, links, title, order.reason)


def default_order(needs: Needs) -> list[str]:
    """Return all names, each after its needs, and otherwise in the given order."""
    order: list[str] = []
    waiting = list(needs)
    while waiting:
        ready = next(name for name in waiting if all(need in order for need in needs[name]))
        order.append(ready)
        waiting.remove(ready)
    return order


def _problem(result: object, needs: Needs) -> str:
    if not isinstance(result, list | tuple) or not all(isinstance(name, str) for name in result):
        return "it did not return a list of names"
    return order_problem(list(result), needs)
