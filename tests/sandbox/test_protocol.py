"""What crosses comes out as it went in; what may not cross is refused; noise does no harm."""

from __future__ import annotations

import math
import resource
import struct
import time
from array import array
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from nnkata.sandbox.child import protocol
from nnkata.sandbox.child.protocol import UnsendableValueError, WireError

SCALARS = [np.dtype(d).type for d in protocol.DTYPES.values()]

plain = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.complex_numbers()
    | st.text(st.characters(exclude_categories=()), max_size=8)
)
dtypes = sorted(protocol.DTYPES) + sorted(
    str(np.dtype(d).newbyteorder(">").str) for d in protocol.DTYPES
)
arrays_of_all_kinds: st.SearchStrategy[Any] = st.sampled_from(dtypes).flatmap(
    lambda name: arrays.arrays(
        np.dtype(name), arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
    )
)
scalars = arrays_of_all_kinds.filter(lambda a: a.size > 0).map(lambda a: a.ravel()[0])
keys = st.integers() | st.floats(allow_nan=False) | st.text(max_size=4) | st.tuples(st.booleans())
values = st.recursive(
    plain | arrays_of_all_kinds | scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(st.floats(), min_size=8, max_size=12)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(keys, inner, max_size=3)
    ),
    max_leaves=12,
)


def crossed(value: Any) -> Any:
    """Send a value through a whole frame."""
    frame = protocol.dumps(protocol.pack(value))
    assert struct.unpack(">I", frame[:4]) == (len(frame) - 4,)
    protocol.count_values(frame[4:])
    return protocol.unpack(protocol.loads(frame[4:]))


def same(a: Any, b: Any) -> bool:
    """Whether two values have the same types and the same bits."""
    if type(a) is not type(b):
        return False
    if type(a) is float:
        return struct.pack("d", a) == struct.pack("d", b) or (a != a and b != b)
    if type(a) is complex:
        return same(a.real, b.real) and same(a.imag, b.imag)
    if isinstance(a, np.ndarray | np.generic):
        alike = a.dtype.newbyteorder("=") == b.dtype and a.shape == b.shape
        return bool(alike) and a.astype(b.dtype).tobytes() == b.tobytes()
    if type(a) in (list, tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if type(a) is dict:
        return same(list(a.items()), list(b.items()))
    return bool(a == b)


@settings(deadline=None, max_examples=300)
@given(values)
def test_every_value_comes_out_with_its_type_and_its_bits(value: Any) -> None:
    assert same(value, crossed(value))


@pytest.mark.parametrize(
    "value",
    [
        math.nan, math.inf, -math.inf, -0.0, 5e-324, 2**63 - 1, -(2**63), 2**63, -(2**63) - 1,
        10**5000, "\ud800x", "", (), [], {}, [-0.0] * 8, [1.0] * 7 + [1], complex(-0.0, math.nan),
        np.array(5.0), np.empty((0, 3)), np.empty((3, 0), np.int8), np.array(True),
        np.zeros((1,) * 64),
        {(1, 2): [np.float32(1.5)]}, {1: "a", "1": "b", 1.5: "c", None: 0},
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_the_edges_come_out_as_they_are(value: Any) -> None:
    assert same(value, crossed(value))


def test_arrays_come_out_the_same_however_they_lie_in_memory() -> None:
    whole = np.arange(24.0).reshape(2, 3, 4)
    views = [whole.T, whole[:, ::-1], whole[..., 1], np.broadcast_to(whole[0], (2, 3, 4))]
    for view in [*views, np.asfortranarray(whole), whole.astype(">f4")]:
        assert same(np.array(view), crossed(view))


def test_numpy_has_two_names_for_some_kinds_and_both_cross() -> None:
    for kind in (np.intc, np.uintc, np.longlong, np.ulonglong):
        assert crossed(kind(3)) == 3
        assert crossed(kind(3)).dtype == np.dtype(kind).newbyteorder("=").str


def test_a_decoded_array_is_writable_unless_frozen() -> None:
    for value in (np.ones(3), np.array([True, False])):
        node = protocol.pack(value)
        assert protocol.unpack(node).flags.writeable
        assert not protocol.unpack(node, frozen=True).flags.writeable


class Array(np.ndarray[Any, Any]):
    pass


class Float(float):
    pass


class List(list[Any]):
    pass


class Hostile:
    __class__ = float  # type: ignore[assignment]

    def __float__(self) -> float:
        raise AssertionError("nobody may call this")

    __array__ = __len__ = __iter__ = __eq__ = __float__  # type: ignore[assignment]
    __hash__ = None  # type: ignore[assignment]


def generator() -> Any:
    yield 1


async def coroutine() -> None: ...


REFUSED = [
    (np.ones(2).view(Array), "an object of the class Array (a subclass of ndarray)"),
    (Float(2), "an object of the class Float (a subclass of float)"),
    (List(), "an object of the class List (a subclass of list)"),
    (type("F", (np.float64,), {})(2.0), "an object of the class F (a subclass of float)"),
    ({1}, "a set"),
    (frozenset(), "a frozenset"),
    (
        generator(),
        "a generator (is there a `yield` in the function?); list() makes a list of it",
    ),
    (map(abs, [1]), "an iterator (map); list() makes a list of it"),
    ({1: 2}.values(), "an iterator (dict_values); list() makes a list of it"),
    (np.array([None]), "an array of dtype object"),
    (np.array(["a"]), "an array of dtype <U1"),
    (np.zeros(2, "i4,f4"), "an array of dtype [('f0', '<i4'), ('f1', '<f4')]"),
    (np.longdouble(1), "an object of the class longdouble"),
    (np.ones(1, np.longdouble), "an array of dtype float128"),
    (b"x", "bytes"),
    (len, "a function"),
    (int, "a class"),
    (math, "a module"),
    (iter([]), "an iterator (list_iterator); list() makes a list of it"),
    (NotImplemented, "NotImplemented"),
    (..., "`...`"),
    (Hostile(), "an object of the class Hostile"),
    (type("A" * 10**6, (), {})(), "an object of the class " + "A" * 80),
]


@pytest.mark.parametrize(("value", "words"), REFUSED, ids=[words[:50] for _, words in REFUSED])
def test_what_may_not_cross_is_refused_in_words(value: Any, words: str) -> None:
    for wrapped in (value, [value], {"k": (value,)}):
        with pytest.raises(UnsendableValueError) as refused:
            protocol.pack(wrapped)
        assert str(refused.value) == words


def test_a_coroutine_is_refused_with_what_is_probably_meant() -> None:
    started = coroutine()
    with pytest.raises(UnsendableValueError, match="async def"):
        protocol.pack(started)
    started.close()


def test_depth_ends_at_forty() -> None:
    value: Any = 1.0
    for _ in range(protocol.MAX_DEPTH + 1):
        value = [value]
    assert same(crossed(value), value)
    with pytest.raises(UnsendableValueError, match="nested more than 40 deep"):
        protocol.pack([value])
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(UnsendableValueError, match="nested more than 40 deep"):
        protocol.pack(endless)


def read(body: bytes) -> None:
    """Decode as the grader does; only `WireError` may come out of it."""
    try:
        if protocol.count_values(body) <= protocol.MAX_VALUES:
            protocol.unpack(protocol.loads(body))
    except WireError:
        pass


nodes = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.binary()
    | st.sampled_from(["a", "n", "f", "l", "t", "d", "c", "i", "s", "h", "<f8", "|b1", "0x1"]),
    lambda inner: st.lists(inner, max_size=5)
    | st.tuples(st.sampled_from("anfltdcish"), inner, inner, inner).map(list)
    | st.tuples(st.sampled_from("anfltdcish"), inner).map(list)
    | st.tuples(
        st.just("a"), st.sampled_from(sorted(protocol.DTYPES)),
        st.lists(st.integers(-2, 2**63), max_size=4), st.binary(max_size=64),
    ).map(list),
    max_leaves=20,
)  # fmt: skip


@settings(deadline=None, max_examples=500)
@given(st.binary(max_size=200) | nodes.map(msgspec.msgpack.encode))
def test_any_bytes_are_a_value_or_a_wire_error(body: bytes) -> None:
    read(body)


@settings(deadline=None, max_examples=200)
@given(values.map(lambda v: protocol.dumps(protocol.pack(v))[4:]), st.data())
def test_a_damaged_frame_is_a_value_or_a_wire_error(body: bytes, data: st.DataObject) -> None:
    damaged = bytearray(body)
    damaged[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    read(bytes(damaged))
    read(body[: data.draw(st.integers(0, len(body)))])


ATTACKS = {
    "a text of ten gigabytes": ["s", 10**10],
    "an array of 2**60 numbers": ["a", "<f8", [2**60], b""],
    "an array of 10**30 numbers": ["a", "<f8", [2**63, 2**63], b""],
    "an array of -1 numbers": ["a", "<f8", [-1], b"12345678"],
    "an array of objects": ["a", "|O", [1], b"12345678"],
    "sixty-five dimensions": ["a", "<f8", [1] * 65, b"12345678"],
    "a scalar of two numbers": ["n", "<f8", b"1234567812345678"],
    "half a float": ["f", b"1234"],
    "an unhashable key": ["d", [[["l", []], 1]]],
    "a key that is an array": ["d", [[["a", "<f8", [0], b""], 1]]],
    "a pair of three": ["d", [[1, 2, 3]]],
    "a complex number of texts": ["c", "1", "2"],
    "a whole number of zeros and ones": ["i", [0, 1]],
    "no whole number": ["i", "zz"],
    "text that is not UTF-8": ["s", b"\xff"],
    "an empty node": [],
    "a tag that is not text": [1, 2],
    "an unknown tag": ["h", 1, "Value"],
    "a map": {"a": 1},
    "a date": msgspec.msgpack.Ext(-1, bytes(4)),
    "bytes": b"abc",
}


@pytest.mark.parametrize("node", ATTACKS.values(), ids=ATTACKS)
def test_forged_nodes_are_wire_errors_and_take_no_memory(node: Any) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(WireError):
        protocol.unpack(protocol.loads(msgspec.msgpack.encode(node)))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


@pytest.mark.parametrize(
    "body", [b"\xdd\xff\xff\xff\xff", b"\xdd\x0f\xff\xff\xff" * 20, b"\xc6\xff\xff\xff\xff", b"",
             b"\xdb\xff\xff\xff\xff", b"\x91" * 10**6, b"\xdf\xff\xff\xff\xff", b"\xc1"]
)  # fmt: skip
def test_headers_that_promise_too_much_are_wire_errors_and_take_no_memory(body: bytes) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(WireError):
        protocol.loads(body)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_values_are_counted_before_they_are_made() -> None:
    assert (
        protocol.count_values(protocol.dumps(["ok", protocol.pack([1, "a", 2.5, None]), []])[4:])
        == 10
    )
    assert protocol.count_values(protocol.dumps(protocol.pack(np.zeros(10**5)))[4:]) == 6
    assert protocol.count_values(protocol.dumps(protocol.pack([0.5] * 10**5))[4:]) == 3
    assert protocol.count_values(b"\x90" * 10**7) == protocol.MAX_VALUES + 1
    assert protocol.count_values(b"\x90" * 100) == 100
    mixed: list[Any] = [7] * 50 + [300] + [-1] * 5 + ["text"] + [[]] * 9 + [None] + [1] * 20
    assert protocol.count_values(protocol.dumps(mixed)[4:]) == len(mixed) + 1
    with pytest.raises(WireError):
        protocol.count_values(b"\x80")


def test_keys_made_to_collide_do_not_keep_the_grader_busy() -> None:
    pairs = [[["c", -1000003.0 * k, float(k)], 0] for k in range(1, 100_000)]
    start = time.monotonic()
    with pytest.raises(WireError, match="same hash"):
        protocol.unpack(["d", pairs])
    assert time.monotonic() - start < 30


def test_a_truth_value_is_zero_or_one_whatever_byte_was_sent() -> None:
    got = protocol.unpack(["a", "|b1", [3], b"\x00\x02\xff"])
    assert got.tobytes() == b"\x00\x01\x01"
    assert protocol.unpack(["n", "|b1", b"\x80"]).tobytes() == b"\x01"


def test_a_list_of_floats_is_one_block_and_nothing_else_is() -> None:
    assert protocol.pack([1.0] * 8) == ["f", array("d", [1.0] * 8).tobytes()]
    assert protocol.pack([1.0] * 7)[0] == "l"
    assert protocol.pack([1.0] * 7 + [True])[0] == "l"


def test_every_dtype_of_the_kinds_b_i_u_f_c_is_there() -> None:
    assert {d.kind for d in protocol.DTYPES.values()} == set("biufc")
    assert len(SCALARS) == 14
