"""Symbolic differentiation: formulas as data, differentiated by rules and simplified by others.

An expression is one of three things:

- a number: an int or a float;
- a variable: its name, a str;
- an operation: a tuple of its name and its operands, which are expressions.

The operations are ``("+", a, b)``, ``("-", a, b)``, ``("*", a, b)``, ``("/", a, b)``,
``("**", a, b)``, ``("exp", a)``, ``("log", a)``, ``("sin", a)`` and ``("cos", a)``. So x² · sin(y)
is ``("*", ("**", "x", 2), ("sin", "y"))``.

The same tuple may be part of an expression many times. Every function here visits it once: it looks
up the result by ``id``. (A dictionary whose keys are the tuples would not help, because the hash of
a tuple visits everything in it.)
"""

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar

Expression: TypeAlias = float | str | tuple[object, ...]
_T = TypeVar("_T")

_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
}
_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "exp": math.exp,
    "log": math.log,
    "sin": math.sin,
    "cos": math.cos,
}
_SHAPES = {*((name, 3) for name in _OPERATORS), *((name, 2) for name in _FUNCTIONS)}
"""The name and the length of each tuple that is an operation."""
_NEUTRAL: dict[str, tuple[int | None, int | None]] = {
    "+": (0, 0),
    "-": (None, 0),
    "*": (1, 1),
    "/": (None, 1),
    "**": (None, 1),
}
"""The left operand, and the right one, that leave the other operand as the result."""
_ABSORBING: dict[str, tuple[int | None, int | None, int]] = {
    "*": (0, 0, 0),
    "/": (0, None, 0),
    "**": (None, 0, 1),
}
"""The left operand, and the right one, that make the result a number whatever the other is."""


def evaluate(expr: Expression, env: Mapping[str, float]) -> float:
    """Return the value of an expression, a float, for the values of its variables.

    Args:
        expr: an expression.
        env: the value of each variable, by name. Other names in it do not matter.

    Raises:
        KeyError: env does not contain a variable of expr.
        ZeroDivisionError: a division by 0, or 0 to a negative power.
        ValueError: the logarithm of 0 or less, or a tuple that is none of the operations.
    """

    def compute(node: Expression, values: list[float]) -> float:
        if isinstance(node, tuple):
            return _apply(str(node[0]), values)
        return float(env[node]) if isinstance(node, str) else float(node)

    return _walk(expr, compute, {})


def diff(expr: Expression, var: str) -> Expression:
    """Return the derivative of an expression with respect to var, as an expression.

    The result need not be simplified: the derivative of 3 x may be 0 · x + 3 · 1. Its value is the
    derivative wherever expr has one. All variables but var are constants. Where an exponent is not
    a number, the base is positive.

    Args:
        expr: an expression, with each operation among those above.
        var: the name of a variable. It need not be in expr.

    Raises:
        ValueError: a tuple in expr is none of the operations.
    """

    def differentiate(node: Expression, slopes: list[Expression]) -> Expression:
        if not isinstance(node, tuple):
            return _slope_of_leaf(node, var)
        _check(node)
        return _RULES[str(node[0])](node, *slopes)

    return _walk(expr, differentiate, {})


def simplify(expr: Expression) -> Expression:
    """Return an expression with the same value wherever expr has a value, and not larger.

    Applied to all parts, from the inside to the outside:

    - An operation on numbers alone becomes the number, if that is real and finite. Otherwise it
      stays: 1 / 0 is left as it is.
    - a + 0, 0 + a, a - 0, a · 1, 1 · a, a / 1 and a ** 1 become a.
    - a · 0 and 0 · a become 0, and 0 / a unless a is the number 0.
    - a ** 0 becomes 1.

    More rules are allowed. No rule may change a value: 0 / 0 stays.

    Args:
        expr: an expression.

    Raises:
        ValueError: a tuple in expr is none of the operations.
    """
    return _walk(expr, _simplify_node, {})


def size(expr: Expression) -> int:
    """Return how many numbers, variables and operations an expression contains when written out.

    A part that occurs twice counts twice, even if it is the same tuple.
    """
    return _walk(expr, _add_up, {})


def _add_up(_: Any, sizes: list[int]) -> int:
    return 1 + sum(sizes)


def _walk(node: Any, rule: Callable[[Any, list[_T]], _T], done: dict[int, _T]) -> _T:
    """Return rule(node, results of the operands), computed once per object."""
    key = id(node)
    if key not in done:
        operands = node[1:] if isinstance(node, tuple) else ()
        done[key] = rule(node, [_walk(operand, rule, done) for operand in operands])
    return done[key]


def _check(node: tuple[Any, ...]) -> None:
    """Raise a ValueError if a tuple is none of the operations."""
    if (node[0], len(node)) not in _SHAPES:
        raise ValueError(f"no operation of this kind is known: {node[0]!r}")


def _apply(name: str, values: list[float]) -> float:
    """Return the result of an operation on floats."""
    _check((name, *values))
    if name in _FUNCTIONS:
        return _FUNCTIONS[name](*values)
    result: float = _OPERATORS[name](*values)
    return result


def _slope_of_leaf(leaf: float | str, var: str) -> Expression:
    """Return 1 for the variable itself, and 0 for numbers and other variables."""
    return 1 if leaf == var else 0


def _slope_of_sum(node: tuple[Any, ...], da: Expression, db: Expression) -> Expression:
    """(a + b)' = a' + b', and (a - b)' = a' - b'."""
    return (node[0], da, db)


def _slope_of_product(node: tuple[Any, ...], da: Expression, db: Expression) -> Expression:
    """(a b)' = a' b + a b'."""
    _, a, b = node
    return ("+", ("*", da, b), ("*", a, db))


def _slope_of_quotient(node: tuple[Any, ...], da: Expression, db: Expression) -> Expression:
    """(a / b)' = (a' - (a / b) b') / b."""
    return ("/", ("-", da, ("*", node, db)), node[2])


def _slope_of_power(node: tuple[Any, ...], da: Expression, db: Expression) -> Expression:
    """(a^k)' = k a^(k-1) a' for a number k; otherwise (a^b)' = a^b (b' log a + b a' / a)."""
    _, a, b = node
    if not isinstance(b, str | tuple):
        return ("*", ("*", b, ("**", a, b - 1)), da) if b != 0 else 0
    return ("*", node, ("+", ("*", db, ("log", a)), ("/", ("*", b, da), a)))


def _slope_of_function(node: tuple[Any, ...], da: Expression) -> Expression:
    """f(a)' = f'(a) a'."""
    name, a = node
    outer = {"exp": node, "log": ("/", 1, a), "sin": ("cos", a), "cos": ("*", -1, ("sin", a))}
    return ("*", outer[name], da)


_RULES: dict[str, Callable[..., Expression]] = {
    "+": _slope_of_sum,
    "-": _slope_of_sum,
    "*": _slope_of_product,
    "/": _slope_of_quotient,
    "**": _slope_of_power,
    **dict.fromkeys(_FUNCTIONS, _slope_of_function),
}


def _simplify_node(node: Expression, parts: list[Expression]) -> Expression:
    """Return a node with simplified operands, simplified itself."""
    if not isinstance(node, tuple):
        return node
    _check(node)
    name = str(node[0])
    if all(isinstance(part, int | float) for part in parts):
        return _fold(name, parts)
    if name in _OPERATORS:
        return _drop_neutral(name, *parts)
    return (name, *parts)


def _fold(name: str, numbers: list[Any]) -> Expression:
    """Return the result of an operation on numbers, or the operation if there is none."""
    try:
        result = _apply(name, [float(number) for number in numbers])
    except (ArithmeticError, ValueError):
        return (name, *numbers)
    is_number = isinstance(result, float) and math.isfinite(result)
    return result if is_number else (name, *numbers)


def _drop_neutral(name: str, a: Expression, b: Expression) -> Expression:
    """Return an operation of which at least one operand is not a number, without 0 and 1."""
    left, right = _NEUTRAL[name]
    if a == left:
        return b
    if b == right:
        return a
    if name in _ABSORBING:
        left, right, result = _ABSORBING[name]
        if a == left or b == right:
            return result
    return (name, a, b)
