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

from collections.abc import Mapping
from typing import TypeAlias

Expression: TypeAlias = float | str | tuple[object, ...]


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
    raise NotImplementedError("kata symbolic-diff: evaluate is not written yet")


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
    raise NotImplementedError("kata symbolic-diff: diff is not written yet")


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
    raise NotImplementedError("kata symbolic-diff: simplify is not written yet")


def size(expr: Expression) -> int:
    """Return how many numbers, variables and operations an expression contains when written out.

    A part that occurs twice counts twice, even if it is the same tuple.
    """
    raise NotImplementedError("kata symbolic-diff: size is not written yet")
