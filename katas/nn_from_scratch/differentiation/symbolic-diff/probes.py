"""Functions that run beside the learner's module: they calculate and count."""

import math
from typing import Any

from . import symbolic as module

FUNCTIONS = {"exp": math.exp, "log": math.log, "sin": math.sin, "cos": math.cos}
OPERATORS = ("+", "-", "*", "/", "**")


def slopes(expr: Any, var: str, envs: list) -> list:
    """Return the value of the derivative for each env; where it has none, words on why."""
    return [value_of(module.diff(expr, var), env) for env in envs]


def second_slopes(expr: Any, var: str, other: str, envs: list) -> list:
    """Return the values of the derivative by var and then by other."""
    result = module.diff(module.diff(expr, var), other)
    return [value_of(result, env) for env in envs]


def simplified(expr: Any, envs: list) -> list:
    """Return the values of the simplified expression, and its size."""
    result = module.simplify(expr)
    return [[value_of(result, env) for env in envs], size_of(result)]


def simplified_derivative(expr: Any, var: str) -> Any:
    """Return the size of the simplified derivative."""
    return size_of(module.simplify(module.diff(expr, var)))


def rounds(factor: float, count: int) -> Any:
    """Return the expression after so many rounds of l ← factor · l · (1 − l), with shared parts."""
    expr: Any = "x"
    for _ in range(count):
        expr = ("*", ("*", factor, expr), ("-", 1, expr))
    return expr


def shared_value(factor: float, count: int, x: float, limit: int) -> list:
    """Return the value after so many rounds, and how often x was looked up, or limit + 1."""

    class Counting(dict):
        lookups = 0

        def __getitem__(self, name: Any) -> Any:
            Counting.lookups += 1
            return dict.__getitem__(self, name)

    value = module.evaluate(rounds(factor, count), Counting(x=x))
    return [value, min(Counting.lookups, limit + 1)]


def shared_slope(factor: float, count: int, x: float, limit: int) -> list:
    """Return the value of the derivative, and how many tuples it has, or limit + 1."""
    result = module.diff(rounds(factor, count), "x")
    return [value_of(result, {"x": x}), min(tuples_of(result), limit + 1)]


def shared_simplified(factor: float, count: int, x: float, limit: int) -> list:
    """Return the same for simplify and an expression with 1 · l + 0 · l in place of each l."""
    expr: Any = "x"
    for _ in range(count):
        once = ("+", ("*", 1, expr), ("*", 0, expr))
        expr = ("*", ("*", factor, once), ("-", 1, once))
    result = module.simplify(expr)
    return [value_of(result, {"x": x}), min(tuples_of(result), limit + 1)]


def shared_size(factor: float, count: int) -> Any:
    """Return the size after so many rounds."""
    return module.size(rounds(factor, count))


def sizes(count: int) -> list:
    """Return the sizes of formula, derivative and simplified derivative, and the tuples of it."""
    expr = rounds(4, count)
    derivative = module.diff(expr, "x")
    simple = module.simplify(derivative)
    return [size_of(derivative), size_of(simple), module.size(expr), tuples_of(derivative)]


def value_of(expr: Any, env: dict) -> Any:
    """Return the value of an expression as a float, or words on why it has none."""
    values: dict[int, float] = {}

    def value(node: Any) -> float:
        if type(node) is str:
            if node not in env:
                raise ValueError(f"{node!r} is not a variable of the expression")
            return float(env[node])
        if isinstance(node, int | float) and type(node) is not bool:
            return float(node)
        if id(node) not in values:
            values[id(node)] = apply(node, [value(operand) for operand in operands_of(node)])
        return values[id(node)]

    try:
        result = value(expr)
    except (ArithmeticError, ValueError) as error:
        return str(error)
    return "it is not real" if isinstance(result, complex) else result


def operands_of(node: Any) -> tuple:
    """Return the operands of an operation; anything else is a ValueError."""
    if type(node) is not tuple:
        raise ValueError(f"it contains a {type(node).__name__}")
    lengths = {**dict.fromkeys(OPERATORS, 3), **dict.fromkeys(FUNCTIONS, 2)}
    if not node or type(node[0]) is not str or lengths.get(node[0]) != len(node):
        raise ValueError("it contains a tuple that is none of the operations")
    return node[1:]


def apply(node: tuple, values: list) -> Any:
    """Return the result of an operation."""
    name, a = node[0], values[0]
    try:
        if name in FUNCTIONS:
            return FUNCTIONS[name](a)
        b = values[1]
        if name == "/":
            return a / b
        return a**b if name == "**" else a + b if name == "+" else a - b if name == "-" else a * b
    except (ArithmeticError, ValueError) as error:
        words = ", ".join(f"{v:.4g}" for v in values)
        raise ValueError(f"{name} of {words} is a {type(error).__name__}") from None


def size_of(expr: Any) -> int:
    """Return the size of an expression, written out."""
    sizes_of: dict[int, int] = {}

    def count(node: Any) -> int:
        if type(node) is not tuple:
            return 1
        if id(node) not in sizes_of:
            sizes_of[id(node)] = 1 + sum(count(operand) for operand in node[1:])
        return sizes_of[id(node)]

    return count(expr)


def tuples_of(expr: Any) -> int:
    """Return how many tuples an expression consists of, each object counted once."""
    seen: set[int] = set()

    def visit(node: Any) -> None:
        if type(node) is tuple and id(node) not in seen:
            seen.add(id(node))
            for operand in node[1:]:
                visit(operand)

    visit(expr)
    return len(seen)
