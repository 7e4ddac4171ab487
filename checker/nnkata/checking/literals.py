"""Write values as text: as exact Python source, or as short text for people."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np

WIDTH = 88
"""The maximum length of a line of Python source."""
MAX_ALIGNED = 400
"""Larger arrays are not aligned in columns, because that takes too long."""
DECIMAL_BITS = 4000
"""Integers of more bits are written in hexadecimal: Python limits decimal conversion."""
MAX_CHARACTERS = 600
DIGITS = 8
"""The number of digits shown of a float; the failing call in the learner's file has all digits."""
MAX_DIMENSIONS = 4
LINE_WIDTH = 76
_PLAIN_DTYPES = {"<f8", "<i8", "|b1", "<c16"}


def literal(value: Any) -> str:
    """Return Python source that evaluates to a plain value, bit for bit."""
    if type(value) is np.ndarray:
        return _array(value)
    if isinstance(value, np.generic):
        return f"np.{value.dtype.name}({literal(value.item())})"
    if type(value) is float:
        return _number(value)
    if type(value) is complex:
        return _complex(value)
    if type(value) is int and value.bit_length() > DECIMAL_BITS:
        return hex(value)
    if type(value) is list:
        return "[" + ", ".join(literal(v) for v in value) + "]"
    if type(value) is tuple:
        return "(" + ", ".join(literal(v) for v in value) + ("," if len(value) == 1 else "") + ")"
    if type(value) is dict:
        return "{" + ", ".join(f"{literal(k)}: {literal(v)}" for k, v in value.items()) + "}"
    return repr(value)


def _array(value: Any) -> str:
    if value.size == 0:
        return f"np.empty({value.shape}, dtype=np.{value.dtype.name})"
    if value.size > MAX_ALIGNED or value.dtype.kind == "c" or value.ndim > 6:
        return _array_of(_fold(literal(value.tolist())), value.dtype)
    with np.errstate(all="ignore"):
        text = np.array2string(
            value,
            separator=", ",
            threshold=value.size + 1,
            floatmode="unique",
            max_line_width=WIDTH,
            prefix=" " * len("np.array("),
            formatter={"float_kind": _bare} if value.dtype.kind == "f" else {},
        )
    if value.dtype.kind == "f" and not np.isfinite(value).all():
        text = text.replace("nan", "np.nan").replace("inf", "np.inf")
    return _array_of(text, value.dtype)


def _array_of(text: str, dtype: Any) -> str:
    if dtype.str in _PLAIN_DTYPES:
        return f"np.array({text})"
    return f"np.array({text}, dtype=np.{dtype.name})"


def _fold(text: str) -> str:
    """Break the text of nested lists: one row per line, no line much longer than WIDTH."""
    text = text.replace("], [", "],\n [")
    return re.sub(rf"(?<=, )(.{{1,{WIDTH - 20}}}, )(?=[^\n]{{20}})", r"\1\n ", text)


def _bare(x: Any) -> str:
    """Write one float of an array: the fewest digits that identify it, `0.` for 0.0."""
    text = np.format_float_positional(x, unique=True) if 1e-4 <= abs(x) < 1e16 or x == 0 else ""
    return text or np.format_float_scientific(x, unique=True)


def _complex(value: complex) -> str:
    """Write a complex number; `repr` does not keep nan, inf and the sign of a zero."""
    real, imag = value.real, value.imag
    is_plain = all(math.isfinite(p) and (p or math.copysign(1, p) > 0) for p in (real, imag))
    if is_plain and (real or imag >= 0):
        return repr(value)
    return f"complex({_number(real)}, {_number(imag)})"


def _number(value: float) -> str:
    if value != value:
        return "np.nan"
    if value in (float("inf"), float("-inf")):
        return "np.inf" if value > 0 else "-np.inf"
    return repr(value)


def show(value: Any) -> str:
    """Return a short text of a value, for people: floats have at most 8 digits."""
    return _cut(_abbreviate(value, MAX_CHARACTERS))


def show_both(got: Any, expected: Any) -> tuple[str, str]:
    """Return the texts of two different values, with all digits if 8 show no difference."""
    texts = show(got), show(expected)
    if texts[0] == texts[1] and not isinstance(got, np.ndarray):
        texts = _cut(literal(got)), _cut(literal(expected))
    return texts


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CHARACTERS else text[:MAX_CHARACTERS] + " …"


def _round(value: Any) -> Any:
    """Return a value with its floats rounded to 8 digits, in lists, tuples and dicts too."""
    if type(value) is float and math.isfinite(value):
        return float(f"{value:.{DIGITS}g}")
    if type(value) in (list, tuple):
        return type(value)(map(_round, value))
    if type(value) is dict:
        return {key: _round(part) for key, part in value.items()}
    return value


def _abbreviate(value: Any, length: int) -> str:
    """Return a text of about `length` characters, without writing all of a large value first."""
    if isinstance(value, np.ndarray) and value.ndim > MAX_DIMENSIONS and value.size > 40:
        return f"an array of shape {value.shape}, dtype {value.dtype}"
    if isinstance(value, np.ndarray):
        text = np.array2string(
            value, precision=8, threshold=40, edgeitems=3, max_line_width=LINE_WIDTH,
            separator=", ", prefix="np.array(",
        )  # fmt: skip
        dtype = "" if value.dtype.str in ("<f8", "<i8", "|b1") else f", dtype={value.dtype}"
        return f"np.array({text}{dtype})" if value.size else f"an empty array, shape {value.shape}"
    if isinstance(value, np.generic):
        return repr(_round(value.item()))
    if isinstance(value, int) and value.bit_length() > 1000:
        return f"an integer of about {int(value.bit_length() * 0.30103)} digits"
    if isinstance(value, str | bytes):
        return repr(value[: length + 1])
    if isinstance(value, list | tuple | dict) and (len(value) > 12 or _is_large(value)):
        if length < 20:
            return "…"
        items = list(value.items() if isinstance(value, dict) else value)[:6]
        head = ", ".join(_abbreviate(item, length // 2) for item in items)
        return f"{type(value).__name__} of {len(value)}: {head}" + ", …" * (len(value) > 6)
    try:
        return literal(_round(value))
    except Exception:
        return repr(value)


def _is_large(value: Any, limit: int = 200) -> bool:
    """Return whether a list, tuple or dict contains more than `limit` values in total."""
    stack, count = [value], 0
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            part = [*part, *part.values()]
        if isinstance(part, list | tuple):
            count += len(part)
            stack += part[: limit + 1]
        elif isinstance(part, np.ndarray):
            count += part.size
        elif isinstance(part, int) and part.bit_length() > 1000:
            return True
        elif isinstance(part, str):
            count += len(part) // 4
        if count > limit:
            return True
    return False
