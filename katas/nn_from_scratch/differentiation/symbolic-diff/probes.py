"""Functions that run beside the learner's module: they write expressions as lists, and count."""

from typing import Any

from . import symbolic as module


def derivative(expr: Any, var: str) -> list:
    """Return the derivative of an expression as a list of its parts."""
    return written(module.diff(expr, var))


def second_derivative(expr: Any, var: str, other: str) -> list:
    """Return the derivative by var and then by other, as a list of its parts."""
    return written(module.diff(module.diff(expr, var), other))


def simplified(expr: Any) -> list:
    """Return the simplified expression as a list of its parts, and its size."""
    result = module.simplify(expr)
    return [written(result), module.size(result)]


def simplified_derivative(expr: Any, var: str) -> list:
    """Return the simplified derivative as a list of its parts."""
    return written(module.simplify(module.diff(expr, var)))


def rounds(factor: float, count: int) -> Any:
    """Return the expression after so many rounds of l ← factor · l · (1 − l), with shared parts."""
    expr: Any = "x"
    for _ in range(count):
        expr = ("*", ("*", factor, expr), ("-", 1, expr))
    return expr


def shared_value(factor: float, count: int, x: float) -> list:
    """Return the value after so many rounds, and how often a variable was looked up."""

    class Counting(dict):
        lookups = 0

        def __getitem__(self, name: Any) -> Any:
            Counting.lookups += 1
            return dict.__getitem__(self, name)

    value = module.evaluate(rounds(factor, count), Counting(x=x))
    return [value, Counting.lookups]


def shared_derivative(factor: float, count: int) -> list:
    """Return the derivative after so many rounds as a list of its parts."""
    return written(module.diff(rounds(factor, count), "x"))


def shared_simplified(factor: float, count: int) -> list:
    """Return the expression 1 · l + 0 · l after so many rounds, simplified, as a list of parts."""
    expr: Any = "x"
    for _ in range(count):
        once = ("+", ("*", 1, expr), ("*", 0, expr))
        expr = ("*", ("*", factor, once), ("-", 1, once))
    return written(module.simplify(expr))


def shared_size(factor: float, count: int) -> Any:
    """Return the size after so many rounds."""
    return module.size(rounds(factor, count))


def written(expr: Any) -> list:
    """Return the parts of an expression as a list, operands first, each object once.

    A number or name is [itself]; an operation is its name and the places of its operands.
    """
    parts: list = []
    places: dict[int, int] = {}

    def write(node: Any) -> int:
        if id(node) not in places:
            if type(node) is tuple and node:
                operands = [write(operand) for operand in node[1:]]
                parts.append([node[0], *operands])
            else:
                parts.append([node])
            places[id(node)] = len(parts) - 1
        return places[id(node)]

    write(expr)
    return parts
