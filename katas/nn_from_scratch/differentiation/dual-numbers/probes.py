"""Functions that run in the process of the learner's dual numbers."""

import gc
from collections.abc import Callable
from typing import Any

from . import dual as module


def evaluated(expression: Callable[..., Any], cases: list) -> list:
    """Return value and slope of an expression for each list of operands; what is no Dual, as it is.

    An operand is a list of a value and a slope, or a plain number.
    """
    results = []
    for operands in cases:
        result = expression(*(module.Dual(*x) if type(x) is list else x for x in operands))
        is_dual = isinstance(result, module.Dual)
        results.append([result.value, result.deriv] if is_dual else result)
    return results


def plain_results(f: Callable[..., Any], xs: list) -> list:
    """Return the values of what f returns for dual numbers."""
    return [y.value if isinstance(y, module.Dual) else y for y in f([module.Dual(x) for x in xs])]


def counted(xs: list, vs: list) -> list:
    """Return how often derivative and jvp call a function, and the results of jvp."""
    calls = []

    def double(x: Any) -> Any:
        calls.append(x)
        return 2 * x

    module.derivative(double, xs[0])
    one = len(calls)
    calls.clear()

    def double_sum(x: Any) -> list:
        calls.append(x)
        return [2 * sum(x)]

    (y,), (dy,) = module.jvp(double_sum, xs, vs)
    return [one, len(calls), y, dy]


def looped(a: float, da: float, k: float, c: float, steps: int) -> Any:
    """Return value and slope after many steps of a loop, and how many older Duals still exist."""
    x = module.Dual(a, da)
    y = x
    for _ in range(2):
        y = y * x * k + c
    before = _count_duals()
    for _ in range(steps - 2):
        y = y * x * k + c
    after = _count_duals()
    return [y.value, y.deriv, after - before]


def _count_duals() -> int:
    return sum(type(thing) is module.Dual for thing in gc.get_objects())
