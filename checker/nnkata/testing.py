"""Helpers for writing checks: comparisons with clear messages, gradients, and marks.

    from nnkata.testing import assert_close, assert_gradient, points, slow

A comparison tests in this order and stops at the first step that fails: type, shape, dtype,
not finite where a finite number is expected, values.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import numpy as np
import pytest

from .checking.literals import show, show_both
from .checking.proxy import Handle, Solution, class_of, value_in_worker
from .checking.transcript import CheckFailed, Expression, SeededGenerator

__all__ = [
    "CheckFailed",
    "Handle",
    "assert_arguments_unchanged",
    "assert_close",
    "assert_draws_from_generator",
    "assert_equal",
    "assert_gradient",
    "assert_object",
    "assert_unchanged",
    "central_difference",
    "fn",
    "points",
    "raises",
    "relative_error",
    "show",
    "shown",
    "slow",
]

shown = show
"""The older name of `show`, which existing checks import."""

F = TypeVar("F", bound=Callable[..., Any])


def fn(text: str) -> Expression:
    """Return a function that is sent to the learner's module as text, so that it can be printed.

    The text is a Python expression, such as `"lambda x: float((x ** 2).sum())"`; it can use `np`,
    `math` and `random`.
    """
    return Expression(text)


def points(count: int) -> Callable[[F], F]:
    """Return a decorator that gives a check `count` points; without it, a check has one."""

    def mark(check: F) -> F:
        check.nnkata_points = count  # type: ignore[attr-defined]
        return check

    return mark


def slow(check: F) -> F:
    """Mark a check as slow: it runs last, and in `kata check` only if all others passed."""
    check.nnkata_slow = True  # type: ignore[attr-defined]
    return check


def raises(kind: type[Exception]) -> Any:
    """Return a context that fails unless its body raises `kind`, as `pytest.raises(kind)` does."""
    return pytest.raises(kind)


def assert_close(
    got: Any,
    expected: Any,
    *,
    rtol: float = 1e-9,
    atol: float = 0.0,
    dtype: bool = True,
    finite: bool = True,
) -> None:
    """Fail unless |got - expected| <= atol + rtol |expected| for every number.

    `expected` is a number, an array, or a (nested) list or tuple of them. If it is a number, `got`
    may be a Python number or a numpy number. If it is an array, `got` must be an array of the same
    shape and, unless `dtype` is false, of the same dtype.

    A nan or an infinity in `expected` fails: if `expected` is computed from results of the module,
    a module that returns nan would otherwise pass. A check that expects nan or infinity passes
    `finite=False`; then nan equals nan, and inf equals inf of the same sign.

    Raises:
        CheckFailed: they differ; its `rung` is the step that failed.
    """
    if type(got) is type(expected) is float and _are_close_floats(got, expected, rtol, atol):
        return  # most comparisons are of this kind: the others take ten times as long
    if finite:
        _refuse_nonfinite(expected)
    if type(expected) in (list, tuple):
        if type(got) is not type(expected):
            raise _type_error(got, _describe_type(expected))
        if len(got) != len(expected):
            raise _error("shape", got, f"{len(got)} items", f"{len(expected)} items")
        for index in range(len(expected)):
            with _item(index, got, expected):
                assert_close(
                    got[index], expected[index], rtol=rtol, atol=atol, dtype=dtype, finite=False
                )  # `expected` was tested as a whole
        return
    if isinstance(expected, np.ndarray):
        _check_array(got, expected, dtype)
    elif not _is_number(expected):  # it is the result of an earlier call
        raise _type_error(expected, "a number or an array")
    elif not _is_number(got):
        raise _type_error(got, "a number")
    _check_values(got, expected, rtol, atol)


def assert_equal(got: Any, expected: Any, *, finite: bool = True) -> None:
    """Fail unless `got` has exactly the type, shape, dtype and values of `expected`.

    A nan or an infinity in `expected` fails, as in `assert_close`, unless `finite` is false.

    Raises:
        CheckFailed: they differ; its `rung` is the step that failed.
    """
    if finite:
        _refuse_nonfinite(expected)
    if isinstance(expected, np.ndarray):
        _check_array(got, expected, True)
        _check_values(got, expected, 0.0, 0.0)
    elif type(got) is not type(expected):
        if _is_number(got) and _is_number(expected):  # the digits alone may be the same
            raise _error_of_kind(got, expected)
        raise _type_error(got, _describe_type(expected))
    elif type(expected) in (list, tuple):
        if len(got) != len(expected):
            raise _error("shape", got, f"{len(got)} items", f"{len(expected)} items")
        for index in range(len(expected)):
            with _item(index, got, expected):
                assert_equal(got[index], expected[index], finite=False)
    elif got != expected and not (got != got and expected != expected):
        raise _difference(got, expected)


def assert_object(got: Any, name: str) -> Any:
    """Return `got` if it is an object of the learner's class `name`; else fail."""
    if isinstance(got, Handle) and class_of(got) == name:
        return got
    words = _describe_type(got)
    expected = f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"
    raise CheckFailed(
        f"got {words}, expected {expected}", rung="type", got=words, expected=expected
    )


def assert_unchanged(now: Any, before: Any, what: str = "the array you were given") -> None:
    """Fail if the learner's module has changed an argument, or an earlier result.

    `now` is the check's own object, `before` a copy from before the call. `before` is compared with
    the object in the worker that corresponds to `now`.
    """
    now = value_in_worker(now)
    if not _same(now, before):
        raise CheckFailed(
            f"{what} has changed", got=show(now), expected=f"unchanged: {show(before)}", value=now
        )


def assert_arguments_unchanged(**arguments: Any) -> None:
    """Fail if the learner's module has changed an argument of an earlier call.

    Each keyword names an object that the check has passed to the module, as the learner knows it:
    `assert_arguments_unchanged(x=x, dout=dout)`. No copies are needed, because the module gets
    copies: the check's own objects never change. An array that the module returned earlier can be
    tested in the same way.
    """
    for name, argument in arguments.items():
        assert_unchanged(argument, argument, name)


def assert_draws_from_generator(
    solution: Solution, draw: Callable[[SeededGenerator], Any], seed: int
) -> None:
    """Fail unless a call takes all its random numbers from the generator that it gets.

    `draw` calls the module with a generator and returns what was drawn: numbers, arrays, texts, or
    lists and dicts of them. It is called four times. Generators in the same state must give the
    same; a generator that has been used, and one with another seed, must give something else. So
    there must be many possible results: two equal ones by chance would fail.
    """
    first = draw(solution.rng(seed))
    again = draw(solution.rng(seed, 1))
    if not _same(again, first):
        raise CheckFailed(
            "two generators in the same state gave different numbers",
            got=show(again),
            expected=f"the same again: {show(first)}",
            value=again,
        )
    for generator, words in (
        (solution.rng(seed), "a generator that was used before"),
        (solution.rng(seed + 1), "a generator with another seed"),
    ):
        other = draw(generator)
        if _same(other, first):
            raise CheckFailed(
                f"{words} gave the same numbers",
                got=show(other),
                expected="other numbers than before",
                value=other,
            )


def _same(now: Any, before: Any) -> bool:
    if type(now) is not type(before):
        return False
    if isinstance(before, np.ndarray):
        return bool(now.dtype == before.dtype and np.array_equal(now, before, equal_nan=True))
    if isinstance(before, list | tuple):
        return len(now) == len(before) and all(map(_same, now, before))
    if isinstance(before, dict):
        return list(now) == list(before) and all(_same(now[key], before[key]) for key in before)
    return bool(now == before or (now != now and before != before))


def central_difference(
    f: Callable[[Any], float], x: Any, h: float = 1e-5
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the gradient of the scalar function f at x by central differences.

    Element i of the result is (f(x + h e_i) - f(x - h e_i)) / 2h, where e_i is the unit vector of
    element i. The result is float64 and has the shape of `x`; `x` is not changed.
    """
    point = np.array(x, dtype=np.float64)
    gradient = np.empty_like(point)
    for index in np.ndindex(point.shape):
        original = point[index]
        point[index] = original + h
        above = float(f(point.copy()))
        point[index] = original - h
        below = float(f(point.copy()))
        point[index] = original
        gradient[index] = (above - below) / (2 * h)
    return gradient


def relative_error(a: Any, b: Any, floor: float = 1e-8) -> float:
    """Return the largest |a - b| / max(floor, |a| + |b|) of all elements; 0.0 for empty arrays."""
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.size == 0:
        return 0.0
    return float(np.max(np.abs(a - b) / np.maximum(floor, np.abs(a) + np.abs(b))))


def assert_gradient(
    got: Any, f: Callable[[Any], float], x: Any, *, tolerance: float = 1e-6, h: float = 1e-5
) -> None:
    """Fail unless `got` is the gradient of the scalar function f at x, by central differences.

    The relative error, max |got - expected| / (|got| + |expected|), must be below `tolerance`.
    To test a backward pass, let f be the sum of the forward result times a *random* upstream
    gradient: with an upstream gradient of ones, a backward pass that returns zeros can pass.
    A gradient that is measured as nan or infinite fails, whatever `got` is.
    """
    expected = central_difference(f, x, h)
    _refuse_nonfinite(expected)
    if isinstance(x, np.ndarray):
        _check_array(got, expected, False)
        if got.dtype.kind == "c":
            raise _error("dtype", got, f"dtype {got.dtype}", "real numbers")
    elif not _is_number(got) or isinstance(got, complex | np.complexfloating):
        raise _type_error(got, "a number")
    _check_finite(_as_array(got), expected)
    error = relative_error(_as_array(got), expected)
    if not error < tolerance:
        numbers = np.asarray(_as_array(got), dtype=np.float64)
        errors = np.abs(numbers - expected) / np.maximum(1e-8, np.abs(numbers) + np.abs(expected))
        raise _value_error(
            got, expected, errors > tolerance, errors,
            "the gradient differs from the slope measured by central differences "
            f"(relative error {error:.2g})",
        )  # fmt: skip


def _refuse_nonfinite(expected: Any) -> None:
    """Fail if there is a nan or an infinity in the expected value of a check.

    Such a value can only come from numbers that the module returned, or from a check that lacks
    `finite=False`.
    """
    bad = _find_nonfinite(expected)
    if bad is not None:
        raise CheckFailed(
            f"the value to compare with is {bad}: a number that it is computed from is not finite",
            rung="finite",
            got=show(bad),
            expected="only finite numbers",
        )


def _find_nonfinite(value: Any) -> Any:
    """Return the first number in a value that is nan or infinite, or None."""
    if type(value) in (list, tuple):
        return next((bad for bad in map(_find_nonfinite, value) if bad is not None), None)
    if type(value) is dict:
        return _find_nonfinite([*value.keys(), *value.values()])
    if type(value) is float and math.isfinite(value):
        return None
    if isinstance(value, int) or not isinstance(value, float | complex | np.generic | np.ndarray):
        return None
    numbers = np.asarray(value)
    if numbers.dtype.kind not in "fc" or np.isfinite(numbers).all():
        return None
    return numbers[~np.isfinite(numbers)].flat[0]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | complex | np.number) and not isinstance(value, bool)


def _describe_type(value: Any) -> str:
    if value is None:
        return "None (is a `return` missing?)"
    if isinstance(value, Handle):
        return f"a {class_of(value)}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, bool | np.bool):
        return f"the truth value {value}"
    if _is_number(value):
        return f"the number {show(value)}"
    kind = type(value).__name__
    article = "an" if kind[0] in "aeiou" else "a"
    return f"{article} {kind}"


def _check_array(got: Any, expected: Any, dtype: bool) -> None:
    """Check type, shape and dtype of an expected array (for a 0-d one, `got` may be a scalar)."""
    scalar_allowed = expected.ndim == 0
    if not isinstance(got, np.ndarray) and not (scalar_allowed and isinstance(got, np.generic)):
        raise _type_error(got, "an array" if expected.ndim else "a 0-d array or a numpy number")
    if got.shape != expected.shape:
        raise _error("shape", got, f"shape {got.shape}", f"shape {expected.shape}")
    if dtype and got.dtype != expected.dtype:
        raise _error("dtype", got, f"dtype {got.dtype}", f"dtype {expected.dtype}")
    if got.dtype.kind not in "biufc":
        raise _error("dtype", got, f"dtype {got.dtype}", "numbers")


def _check_finite(got: Any, expected: Any) -> None:
    """Check that no element is infinite or nan where a finite one is expected."""
    wrong = np.isfinite(expected) & ~np.isfinite(got)
    if wrong.any():
        index = tuple(int(i) for i in np.argwhere(wrong)[0])
        where = f" at index {list(index)}" if index else ""
        count = f" ({int(wrong.sum())} of {wrong.size} are not finite)" if wrong.size > 1 else ""
        raise CheckFailed(
            f"got {got[index]}{where}, expected {expected[index]:.8g}{count}",
            rung="finite",
            got=show(got if got.ndim else got[()]),
            expected=show(expected if expected.ndim else expected[()]),
        )


def _check_values(got: Any, expected: Any, rtol: float, atol: float) -> None:
    if type(expected) is int and not _fits_in_64_bits(expected):
        if not _is_close_integer(got, expected, rtol, atol):
            raise _difference(got, expected)
        return
    a, b = _as_array(got), _as_array(expected)
    _check_finite(a, b)
    with np.errstate(all="ignore"):
        error = _differences(a, b)
        equal = (a == b) | ((a != a) & (b != b))
        size = np.abs(b.astype(np.float64) if b.dtype.kind in "biu" else b * rtol)
        if b.dtype.kind in "biu":  # |b| overflows for the lowest integer of a dtype
            size = size * rtol
        close = np.isfinite(b) & (error <= atol + size)
        wrong = ~equal & ~close
    if wrong.any():
        raise _value_error(got, b, wrong, error)


def _are_close_floats(got: float, expected: float, rtol: float, atol: float) -> bool:
    """Return whether two floats are finite and close enough, without the cost of arrays."""
    if not (math.isfinite(got) and math.isfinite(expected)):
        return False
    return got == expected or abs(got - expected) <= atol + abs(expected * rtol)


def _differences(a: Any, b: Any) -> Any:
    """Return |a - b|, exact for integers of every dtype; for truth values whether they differ."""
    if a.dtype.kind == "b" or b.dtype.kind == "b":
        return (a != b).astype(float)
    if a.dtype.kind not in "iu" or b.dtype.kind not in "iu":
        return np.abs(a - b)
    if max(a.dtype.itemsize, b.dtype.itemsize) < 8:
        return np.abs(a.astype(np.int64) - b.astype(np.int64)).astype(np.float64)
    exact = np.abs(np.asarray(a.astype(object) - b.astype(object), dtype=object))
    return np.asarray(exact, dtype=np.float64)


def _fits_in_64_bits(number: int) -> bool:
    return -(2**63) <= number < 2**63


def _is_close_integer(got: Any, expected: int, rtol: float, atol: float) -> bool:
    """Return whether a number is close to an integer that may be too large for a float; exact."""
    from fractions import Fraction  # almost no check needs it

    if atol == math.inf:
        return True
    if isinstance(got, complex | np.complexfloating):
        return bool(got.imag == 0.0) and _is_close_integer(got.real, expected, rtol, atol)
    number = int(got) if isinstance(got, int | np.integer) else float(got)
    if type(number) is float and not math.isfinite(number):
        return False
    difference = abs(Fraction(number) - expected)
    return difference <= Fraction(atol) + Fraction(rtol) * abs(expected)


def _as_array(value: Any) -> Any:
    """Return a value as an array; an integer that does not fit in 64 bits becomes a float."""
    if type(value) is int and not -(2**63) <= value < 2**64:
        try:
            value = float(value)
        except OverflowError:
            value = math.inf if value > 0 else -math.inf
    return np.asarray(value)


def _value_error(
    got: Any, expected: Any, wrong: Any, error: Any, sentence: str = ""
) -> CheckFailed:
    """Return the failure for values that differ: it names the element with the largest error.

    `expected` is an array; `wrong` and `error` say which elements differ, and by how much.
    """
    if wrong.size > 1:
        sizes = np.where(np.isnan(error), np.inf, error)
        index = np.unravel_index(int(np.argmax(np.where(wrong, sizes, -1.0))), wrong.shape)
        one, other = _distinct_texts(_as_array(got)[index], expected[index])
        worst = (
            f"worst at index {[int(i) for i in index]}: {one} instead of {other}; "
            f"{int(wrong.sum())} of {wrong.size} differ"
        )
        sentence = f"{sentence}; {worst}" if sentence else worst
    return _difference(got, expected if expected.ndim else expected[()], sentence)


def _difference(got: Any, expected: Any, sentence: str = "") -> CheckFailed:
    """Return the failure for two values that differ, with enough digits to show the difference."""
    got_text, expected_text = show_both(got, expected)
    return CheckFailed(sentence, got=got_text, expected=expected_text, value=got)


@contextmanager
def _item(index: int, got: Any, expected: Any) -> Iterator[None]:
    """Compare one item of a list: a failure names the item, and shows both complete lists."""
    try:
        yield
    except CheckFailed as failure:
        words = str(failure) or f"got {failure.got}, expected {failure.expected}"
        # for nested lists, the message already names a place: item [2]: …
        inner = words.removeprefix("item ") if words.startswith("item [") else f": {words}"
        got_text, expected_text = show_both(got, expected)
        raise CheckFailed(
            f"item [{index}]{inner}",
            rung=failure.rung,
            got=got_text,
            expected=expected_text,
            value=got,
        ) from None


def _distinct_texts(one: Any, other: Any) -> tuple[str, str]:
    """Return texts of two different numbers with the fewest digits that show the difference."""
    if one.dtype.kind in "fc":
        for digits in (6, 9, 12, 15, 17):
            texts = (f"{one:.{digits}g}", f"{other:.{digits}g}")
            if texts[0] != texts[1]:
                return texts
    return show(one), show(other)


def _type_error(got: Any, expected: str) -> CheckFailed:
    words = _describe_type(got)
    return CheckFailed(
        f"got {words}, expected {expected}", rung="type", got=words, expected=expected, value=got
    )


def _error_of_kind(got: Any, expected: Any) -> CheckFailed:
    """Return the failure for a number of a wrong type, such as an int instead of a float."""
    words, other = (
        f"{show(number)} ({'numpy.' * isinstance(number, np.generic)}{type(number).__name__})"
        for number in (got, expected)
    )
    return CheckFailed(
        f"got {words}, expected {other}", rung="type", got=words, expected=other, value=got
    )


def _error(rung: str, got: Any, words: str, expected: str) -> CheckFailed:
    """Return the failure for `got`; `words` describes its wrong property."""
    return CheckFailed(
        f"got {words}, expected {expected}",
        rung=rung,
        got=f"{words}: {show(got)}",
        expected=expected,
        value=got,
    )
