"""Helpers for writing checks: comparisons that say what came back, gradients, and marks.

    from nnkata.testing import assert_close, assert_gradient, points, slow

A helper goes down one ladder and stops at the first rung that fails: type, shape, dtype,
not finite where finite was expected, values.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import pytest

from .checking.proxy import Handle, class_of, value_in_worker
from .checking.python_source import shown
from .checking.transcript import CheckFailed, Text

__all__ = [
    "CheckFailed",
    "Handle",
    "assert_close",
    "assert_equal",
    "assert_gradient",
    "assert_object",
    "assert_unchanged",
    "central_difference",
    "fn",
    "points",
    "raises",
    "relative_error",
    "shown",
    "slow",
]

F = TypeVar("F", bound=Callable[..., Any])


def fn(text: str) -> Text:
    """Return a function that crosses to the learner's module as text, so that it can be printed.

    `fn("lambda x: float((x ** 2).sum())")` knows `np`, `math` and `random`.
    """
    return Text(text)


def points(count: int) -> Callable[[F], F]:
    """Give a check `count` points instead of one."""

    def mark(check: F) -> F:
        check.nnkata_points = count  # type: ignore[attr-defined]
        return check

    return mark


def slow(check: F) -> F:
    """Mark a check as slow: it runs last, and in `kata check` only when all others passed."""
    check.nnkata_slow = True  # type: ignore[attr-defined]
    return check


def raises(kind: type[Exception]) -> Any:
    """Expect the learner's code to raise `kind`; the same as `pytest.raises(kind)`."""
    return pytest.raises(kind)


def assert_close(
    got: Any,
    expected: Any,
    *,
    rtol: float = 1e-9,
    atol: float = 0.0,
    dtype: bool = True,
) -> None:
    """Fail unless `got` is `expected` within |got - expected| <= atol + rtol |expected|.

    `expected` is a number, an array, or a (nested) list or tuple of them. A number may be a
    Python or a numpy one; an array must be an array of the same shape and, unless `dtype` is
    false, of the same dtype. nan equals nan, and inf equals inf of the same sign.
    """
    if type(expected) in (list, tuple):
        if type(got) is not type(expected):
            raise _wrong("type", got, _kind_words(got), _kind_words(expected))
        if len(got) != len(expected):
            raise _wrong("shape", got, f"{len(got)} items", f"{len(expected)} items")
        for mine, theirs in zip(got, expected, strict=True):
            assert_close(mine, theirs, rtol=rtol, atol=atol, dtype=dtype)
        return
    if isinstance(expected, np.ndarray):
        _array_rungs(got, expected, dtype)
    elif not _is_number(expected):  # it came from the learner too, from an earlier call
        raise _wrong("type", expected, _kind_words(expected), "a number or an array")
    elif not _is_number(got):
        raise _wrong("type", got, _kind_words(got), "a number")
    _value_rungs(got, expected, rtol, atol)


def assert_equal(got: Any, expected: Any) -> None:
    """Fail unless `got` has exactly the type, the shape, the dtype and the values of `expected`."""
    if isinstance(expected, np.ndarray):
        _array_rungs(got, expected, True)
        _value_rungs(got, expected, 0.0, 0.0)
    elif type(got) is not type(expected):
        raise _wrong("type", got, _kind_words(got), _kind_words(expected))
    elif type(expected) in (list, tuple):
        if len(got) != len(expected):
            raise _wrong("shape", got, f"{len(got)} items", f"{len(expected)} items")
        for mine, theirs in zip(got, expected, strict=True):
            assert_equal(mine, theirs)
    elif got != expected and not (got != got and expected != expected):
        raise _wrong("values", got, shown(got), shown(expected))


def assert_object(got: Any, name: str) -> Any:
    """Fail unless an object of the learner's class `name` came back; return it."""
    if isinstance(got, Handle) and class_of(got) == name:
        return got
    what = f"a {class_of(got)}" if isinstance(got, Handle) else _kind_words(got)
    article = "an" if name[0] in "AEIOU" else "a"
    raise CheckFailed(
        f"{what} came back, {article} {name} was expected",
        rung="type",
        got=what,
        expected=f"{article} {name}",
    )


def assert_unchanged(now: Any, before: Any, what: str = "the array you were given") -> None:
    """Fail when an argument, or an earlier result, is no longer what it was.

    `now` is the check's own object; what became of it beside the module is what is compared.
    """
    now = value_in_worker(now)
    if not _same(now, before):
        raise CheckFailed(
            f"{what} has changed", got=shown(now), expected=f"unchanged: {shown(before)}", value=now
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
    """Return the gradient of f at x by central differences: (f(x + h e) - f(x - h e)) / 2h.

    `x` is taken as float64 and left as it is; the result has its shape.
    """
    point = np.array(x, dtype=np.float64)
    gradient = np.empty_like(point)
    for index in np.ndindex(point.shape):
        kept = point[index]
        point[index] = kept + h
        above = float(f(point.copy()))
        point[index] = kept - h
        below = float(f(point.copy()))
        point[index] = kept
        gradient[index] = (above - below) / (2 * h)
    return gradient


def relative_error(a: Any, b: Any, floor: float = 1e-8) -> float:
    """Return the largest |a - b| / max(floor, |a| + |b|) over the elements (0.0 if none)."""
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.size == 0:
        return 0.0
    return float(np.max(np.abs(a - b) / np.maximum(floor, np.abs(a) + np.abs(b))))


def assert_gradient(
    got: Any, f: Callable[[Any], float], x: Any, *, tolerance: float = 1e-6, h: float = 1e-5
) -> None:
    """Fail unless `got` is the gradient of the scalar function f at x (central differences).

    To test a backward pass, let f be the sum of the forward result times a *random* upstream
    gradient: with an upstream gradient of ones, a backward that returns zeros can pass.
    """
    expected = central_difference(f, x, h)
    if isinstance(x, np.ndarray):
        _array_rungs(got, expected, False)
        if got.dtype.kind == "c":
            raise _wrong("dtype", got, f"dtype {got.dtype}", "real numbers")
    elif not _is_number(got) or isinstance(got, complex | np.complexfloating):
        raise _wrong("type", got, _kind_words(got), "a number")
    _finite_rung(_as_array(got), expected)
    error = relative_error(_as_array(got), expected)
    if not error < tolerance:
        numbers = np.asarray(_as_array(got), dtype=np.float64)
        off = np.abs(numbers - expected) / np.maximum(1e-8, np.abs(numbers) + np.abs(expected))
        raise _values(
            got, numbers, expected, off > tolerance, off,
            f"the gradient differs from the slope measured by central differences "
            f"(relative error {error:.2g})",
        )  # fmt: skip


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | complex | np.number) and not isinstance(value, bool)


def _kind_words(value: Any) -> str:
    if value is None:
        return "None (is a `return` missing?)"
    if isinstance(value, Handle):
        return f"a {class_of(value)}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, bool | np.bool):
        return f"the truth value {value}"
    if _is_number(value):
        return f"the number {shown(value)}"
    kind = type(value).__name__
    article = "an" if kind[0] in "aeiou" else "a"
    return f"{article} {kind}"


def _array_rungs(got: Any, expected: Any, dtype: bool) -> None:
    """Check type, shape and dtype of what should be an array (a 0-d one may be a scalar)."""
    scalar_allowed = expected.ndim == 0
    if not isinstance(got, np.ndarray) and not (scalar_allowed and isinstance(got, np.generic)):
        words = "an array" if expected.ndim else "a 0-d array or a numpy number"
        raise _wrong("type", got, _kind_words(got), words)
    if got.shape != expected.shape:
        raise _wrong("shape", got, f"shape {got.shape}", f"shape {expected.shape}")
    if dtype and got.dtype != expected.dtype:
        raise _wrong("dtype", got, f"dtype {got.dtype}", f"dtype {expected.dtype}")
    if got.dtype.kind not in "biufc":
        raise _wrong("dtype", got, f"dtype {got.dtype}", "numbers")


def _finite_rung(got: Any, expected: Any) -> None:
    lost = np.isfinite(expected) & ~np.isfinite(got)
    if lost.any():
        index = tuple(int(i) for i in np.argwhere(lost)[0])
        where = f" at index {list(index)}" if index else ""
        raise CheckFailed(
            f"{got[index]}{where}, where {expected[index]:.8g} was expected"
            + (f" ({int(lost.sum())} of {lost.size} are not finite)" if lost.size > 1 else ""),
            rung="finite",
            got=shown(got if got.ndim else got[()]),
            expected=shown(expected if expected.ndim else expected[()]),
        )


def _value_rungs(got: Any, expected: Any, rtol: float, atol: float) -> None:
    mine, theirs = _as_array(got), _as_array(expected)
    _finite_rung(mine, theirs)
    with np.errstate(all="ignore"):
        if mine.dtype.kind == "b" or theirs.dtype.kind == "b":
            error = (mine != theirs).astype(float)
        else:
            error = np.abs(mine - theirs)
        same = (mine == theirs) | ((mine != mine) & (theirs != theirs))
        near = np.isfinite(theirs) & (error <= atol + rtol * np.abs(theirs))
        wrong = ~same & ~near
    if wrong.any():
        raise _values(got, mine, theirs, wrong, error, "")


def _as_array(value: Any) -> Any:
    """Return the numbers; a whole number that no array holds becomes a float, or inf."""
    if type(value) is int and not -(2**63) <= value < 2**64:
        try:
            value = float(value)
        except OverflowError:
            value = math.inf if value > 0 else -math.inf
    return np.asarray(value)


def _values(got: Any, mine: Any, theirs: Any, wrong: Any, error: Any, sentence: str) -> CheckFailed:
    index = np.unravel_index(int(np.argmax(np.where(wrong, _nan_last(error), -1.0))), wrong.shape)
    place = [int(i) for i in index]
    if wrong.size > 1:
        one, other = _told_apart(mine[index], theirs[index])
        worst = (
            f"worst at index {place}: {one} instead of {other}; "
            f"{int(wrong.sum())} of {wrong.size} differ"
        )
        sentence = f"{sentence}; {worst}" if sentence else worst
    return CheckFailed(
        sentence,
        got=shown(got),
        expected=shown(theirs if theirs.ndim else theirs[()]),
        value=got,
    )


def _told_apart(one: Any, other: Any) -> tuple[str, str]:
    """Write two numbers with as few digits as tell them apart."""
    texts = ("", "")
    for digits in (6, 9, 12, 15, 17):
        texts = (f"{one:.{digits}g}", f"{other:.{digits}g}") if one.dtype.kind in "fc" else texts
        if texts[0] != texts[1]:
            return texts
    return shown(one), shown(other)


def _nan_last(error: Any) -> Any:
    return np.where(np.isnan(error), np.inf, error)


def _wrong(rung: str, got: Any, got_words: str, expected_words: str) -> CheckFailed:
    tail = "" if rung in ("values", "type") else f": {shown(got)}"
    return CheckFailed(
        f"{got_words} came back, {expected_words} was expected" if rung != "values" else "",
        rung=rung,
        got=got_words + tail,
        expected=expected_words,
        value=got,
    )
