"""Functions that run beside the learner's module: they count calls, passes and Values."""

from collections.abc import Callable
from typing import Any

from ..autograd.value import Value
from . import jacobian as module
from .dual import Dual


def forward_calls(f: Callable[..., Any], xs: list) -> list:
    """Return the Jacobian, the number of calls of f, and the kinds of its arguments."""
    calls = []

    def recorded(x: Any) -> Any:
        calls.append(sorted({_kind(number) for number in x}))
        return f(x)

    return [module.jacobian_forward(recorded, xs), len(calls), _union(calls)]


def reverse_calls(f: Callable[..., Any], xs: list) -> list:
    """Return the same for reverse mode, and how often each result pushed its gradient."""
    calls, results, pushed = [], [], []
    push = Value.push

    def counted(node: Value) -> None:
        pushed.append(id(node))
        push(node)

    def recorded(x: Any) -> Any:
        calls.append(sorted({_kind(number) for number in x}))
        ys = f(x)
        results.extend(ys)
        return ys

    Value.push = counted  # type: ignore[method-assign]
    try:
        jacobian = module.jacobian_reverse(recorded, xs)
    finally:
        Value.push = push  # type: ignore[method-assign]
    return [jacobian, len(calls), _union(calls), [pushed.count(id(y)) for y in results]]


def _kind(number: Any) -> str:
    if isinstance(number, Value):
        return "Value"
    return "Dual" if isinstance(number, Dual) else "number"


def _union(calls: list) -> list:
    return sorted({kind for kinds in calls for kind in kinds})
