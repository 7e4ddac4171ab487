"""Answers that are equal are equal, and others are not, whatever values cross."""

from __future__ import annotations

import math
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from nnkata.checking.diagnosis import same_answers
from nnkata.sandbox.child import protocol

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.complex_numbers(),
    st.text(),
    st.sampled_from(["a", "n", "f", "c", "l", "t", "d", "i", "s", "h", "ok", "rng"]),
)
DTYPES = st.sampled_from([np.dtype(d) for d in ("f8", "f4", "i8", "i4", "u1", "?", "c16", "f2")])
ARRAYS = DTYPES.flatmap(lambda dtype: arrays.arrays(dtype, arrays.array_shapes(min_dims=0)))
KEYS = st.one_of(st.text(), st.integers(), st.booleans(), st.none())
VALUES = st.recursive(
    st.one_of(SCALARS, ARRAYS, ARRAYS.map(lambda a: a.reshape(-1)[0] if a.size else None)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=12),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(KEYS, inner, max_size=4),
        st.lists(st.floats(), min_size=8, max_size=20),
    ),
    max_leaves=12,
)
SETTINGS = settings(deadline=None, derandomize=True, max_examples=150)


def crossed(value: Any) -> Any:
    """Return a value as a frame that came over the wire holds it."""
    frame = ["ok", protocol.pack(value), []]
    return [[protocol.loads(msgspec.msgpack.encode(frame))]]


def same_value(one: Any, other: Any) -> bool:
    """Compare two values themselves: exactly, but that nan is nan."""
    if type(one) is np.float64:
        one = float(one)
    if type(other) is np.float64:
        other = float(other)
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray | np.generic):
        return bool(one.dtype == other.dtype and one.shape == other.shape
                    and np.array_equal(one, other, equal_nan=one.dtype.kind in "fc"))  # fmt: skip
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same_value, one, other))
    if isinstance(one, dict):
        return same_value(list(one.items()), list(other.items()))
    if isinstance(one, complex):
        return same_value([one.real, one.imag], [other.real, other.imag])
    if isinstance(one, float) and math.isnan(one):
        return math.isnan(other)
    return bool(one == other)


@SETTINGS
@given(VALUES)
def test_a_value_equals_itself_after_any_crossing(value: Any) -> None:
    once = crossed(value)
    assert same_answers(once, crossed(value))
    back = protocol.unpack(once[0][0][1])
    assert same_value(back, value)
    assert same_answers(once, crossed(back))


@SETTINGS
@given(VALUES, VALUES)
def test_different_values_differ(one: Any, other: Any) -> None:
    if same_answers(crossed(one), crossed(other)) and not same_value(one, other):
        assert near(one, other), "only numbers within the tolerance may be taken for each other"


def near(one: Any, other: Any) -> bool:
    """Whether two values differ in their floats only."""
    return bool(shape_of(one) == shape_of(other))


def shape_of(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        same = value.tobytes() if value.dtype.kind in "biu" else b""
        return ("array", value.dtype.str, value.shape, same)
    if isinstance(value, bool | int | str | None):
        return (type(value).__name__, value)
    if isinstance(value, list | tuple):
        return (type(value).__name__, [shape_of(item) for item in value])
    if isinstance(value, dict):
        return ("dict", [(shape_of(k), shape_of(v)) for k, v in value.items()])
    if isinstance(value, float):
        return "float"
    return (
        (type(value).__name__, value.item() if value.dtype.kind in "biu" else "")
        if isinstance(value, np.generic)
        else type(value).__name__
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (sorted("cab"), sorted("cad")), (["n", "m"], ["n", "k"]), (("f", 1), ("f", 2)),
        ({"c": 1}, {"c": 2}), ([1, 2], (1, 2)), ([1], [True]), ([1.0] * 9, [1.0] * 8 + [2.0]),
        (["l", ["x"]], ["l", ["y"]]), ("a", "b"), (0.0, 0), ([], ()), ([None], [False]),
        (np.float32(1), 1.0), (np.arange(3), np.arange(3.0)), (math.inf, -math.inf),
    ],
)  # fmt: skip
def test_values_that_look_like_packed_data_are_told_apart(one: Any, other: Any) -> None:
    assert same_answers(crossed(one), crossed(one))
    assert same_answers(crossed(other), crossed(other))
    assert not same_answers(crossed(one), crossed(other))


def test_numpy_s_float64_is_the_float_that_it_is() -> None:
    for one, other in ((1.5, np.float64(1.5)), ([1.5] * 9, [np.float64(1.5)] * 9)):
        assert same_answers(crossed(one), crossed(other))


@SETTINGS
@given(st.lists(VALUES, max_size=3))
def test_what_a_callback_is_called_with_equals_itself(values: list[Any]) -> None:
    def called() -> Any:
        frame = ["callback", 0, [protocol.pack(value) for value in values]]
        return [[protocol.loads(msgspec.msgpack.encode(frame))]]

    assert same_answers(called(), called())
    more = called()
    more[0][0][2].append(protocol.pack(1.5))
    assert not same_answers(called(), more)
