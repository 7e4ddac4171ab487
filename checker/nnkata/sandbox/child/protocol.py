"""The protocol of grader and worker: plain values, in length-prefixed frames of msgpack.

Nothing is pickled. A value is None, a bool, int, float, complex, str, list, tuple, dict, an
ndarray or a numpy scalar of the kinds b i u f c, each of exactly that type. Any other value is
passed to a `foreign` function (for handles, callables, generators) or refused with a message.
Decoding trusts nothing: types, sizes and depth are checked before a value is created.

The commands to the fork server and its answers are not frames: `COMMAND` and `ANSWER`.
"""

from __future__ import annotations

import math
import re
import struct
from array import array
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
import numpy as np

FORBIDDEN_ACTS = (
    "read a file", "see a path", "write a file", "change a file", "use the network",
    "read another process", "start a process", "signal another process", "limit another process",
    "share memory",
)  # fmt: skip
"""The acts that a worker must not be able to do; a worker with all layers tries each of them."""
NEW_ROOT = "mount"
"""The last word of the layer `namespaces` if workers see a file system of their own."""


def protection_level(layers: dict[str, str], acts: dict[str, str]) -> int:
    """Return the protection level that is proven by both the applied layers and the refused acts.

    An act may be refused for a reason other than a layer, such as the permissions of one folder,
    and a layer that is applied may protect nothing. So a level needs all of its layers and all of
    its acts. Level 1 needs the layers `calls` and `identity`, and `files` or a file system of its
    own, and all acts except `see a path` refused. Level 2 needs all layers, and all acts refused.
    """
    refused = {name for name, result in acts.items() if result == "refused"}
    if set(FORBIDDEN_ACTS) - refused - {"see a path"}:  # an act that was not tried is not refused
        return 0
    applied = {name for name, words in layers.items() if not words.startswith("none")}
    new_root = "namespaces" in applied and has_new_root(layers["namespaces"])
    if not applied >= {"calls", "identity"} or not ("files" in applied or new_root):
        return 0
    return 2 if "files" in applied and new_root and "see a path" in refused else 1


def has_new_root(namespaces: str) -> bool:
    """Return whether the layer `namespaces`, given its description, has a new file system."""
    return namespaces.endswith(NEW_ROOT)


COMMAND = struct.Struct(">ci")
"""A command to the fork server: a letter, and the pid of a worker."""
ANSWER = struct.Struct(">iid")
"""Its answer: the pid of a worker, its exit status, and the seconds of processor time it used."""
HEADER = struct.Struct(">I")
MAX_DEPTH = 40
FLOAT_BLOCK = 8
"""Lists of at least this many floats are sent as one block of float64."""
MAX_VALUES = 2**20
"""Maximum number of values in one frame; an array, or a list of floats, counts as one."""
MAX_DIMENSIONS = 64
MAX_SAME_HASH = 64
"""Maximum number of keys of one dict with the same hash: with more, building it could take long."""
MAX_NESTING = 4 * MAX_DEPTH
"""Maximum number of lists inside each other in a frame."""
MAX_BITS = 2**16
"""Maximum bits of an integer: with more, a check that multiplies would take too long."""
MAX_NAME_LENGTH = 80

DTYPES = {
    np.dtype(name).str: np.dtype(name)
    for name in (
        "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 "
        "float16 float32 float64 complex64 complex128"
    ).split()
}
_SCALARS = {dtype.type: dtype.str for dtype in DTYPES.values()}
for _kind in (np.intc, np.uintc, np.longlong, np.ulonglong):  # other types of the same dtypes
    _SCALARS.setdefault(_kind, np.dtype(_kind).newbyteorder("=").str)
_BOOL = np.dtype(bool).str

Foreign = Callable[[Any], Any]
"""Packs or unpacks a value that is not a plain one; raises an error for an unknown value."""


_ITERABLES: frozenset[type] = frozenset(
    {
        *(map, filter, zip, enumerate, reversed, range),
        *(type(iter([])), type(iter(())), type(iter({})), type(iter(set())), type(iter(range(0)))),
        *(type({}.keys()), type({}.values()), type({}.items())),
    }
)
"""Types that a learner returns in place of a list; they cannot be sent."""


class UnsendableValueError(Exception):
    """Raised for a value that cannot be sent; the message describes it for a learner."""


class WireError(Exception):
    """Raised for a frame that an unmodified worker never sends."""


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder()


def refuse(value: Any) -> Any:
    """Raise `UnsendableValueError` for a value that is not a plain one."""
    raise UnsendableValueError(describe(value))


def describe(value: Any) -> str:
    """Describe a value for a beginner, without running any of its code."""
    kind = type(value)
    if kind is np.ndarray:
        return f"an array of dtype {value.dtype}"
    if kind in _ITERABLES:
        return f"an iterator ({kind.__name__}); list() makes a list of it"
    known = {
        "coroutine": "a coroutine (is the function declared with `async def`?)",
        "generator": (
            "a generator (is there a `yield` in the function?); list() makes a list of it"
        ),
        "function": "a function",
        "method": "a method (was it meant to be called?)",
        "builtin_function_or_method": "a function",
        "type": "a class",
        "set": "a set",
        "frozenset": "a frozenset",
        "module": "a module",
        "bytes": "bytes",
        "NotImplementedType": "NotImplemented",
        "ellipsis": "`...`",
    }
    if kind.__name__ in known:
        return known[kind.__name__]
    bases = [b.__name__ for b in kind.__mro__[1:] if b in (np.ndarray, float, int, str, list, dict)]
    name = f"an object of the class {kind.__name__[:MAX_NAME_LENGTH]}"
    return f"{name} (a subclass of {bases[0]})" if bases else name


def pack(value: Any, foreign: Foreign = refuse, depth: int = 0) -> Any:
    """Return a value as a node, which msgpack can encode; raises `UnsendableValueError`.

    `foreign` returns the node of a value that is not a plain one; `depth` is its nesting depth.
    """
    kind = type(value)
    if value is None or kind is bool or kind is float:
        return value
    if kind is int:
        if -(2**63) <= value < 2**63:
            return value
        if value.bit_length() > MAX_BITS:
            raise UnsendableValueError(f"an integer of more than {MAX_BITS} bits")
        return ["i", hex(value)]
    if kind is str:
        return value if value.isascii() else ["s", value.encode("utf-8", "surrogatepass")]
    if depth > MAX_DEPTH:
        raise UnsendableValueError(f"a structure nested more than {MAX_DEPTH} deep")
    if kind is list:
        if len(value) >= FLOAT_BLOCK and all(type(x) is float for x in value):
            return ["f", array("d", value).tobytes()]
        return ["l", [pack(x, foreign, depth + 1) for x in value]]
    if kind is tuple:
        return ["t", [pack(x, foreign, depth + 1) for x in value]]
    if kind is dict:
        return ["d", [[pack(k, foreign, depth + 1), pack(v, foreign, depth + 1)]
                      for k, v in value.items()]]  # fmt: skip
    if kind is complex:
        return ["c", value.real, value.imag]
    if kind is np.ndarray:
        dtype = value.dtype.newbyteorder("=").str
        if dtype not in DTYPES:
            raise UnsendableValueError(describe(value))
        if value.size == 0 and _nonzero_size(value.shape) > MAX_VALUES:
            raise UnsendableValueError(f"an empty array of shape {value.shape}")
        return ["a", dtype, list(value.shape), value.astype(dtype, order="C", copy=False).tobytes()]
    if kind in _SCALARS:
        return ["n", _SCALARS[kind], value.tobytes()]
    return foreign(value)


def refuse_tag(tag: Any) -> Any:
    """Raise `WireError` for a tag that does not name a kind of value."""
    raise WireError(f"unknown tag {tag!r:.40}")


def unpack(node: Any, foreign: Foreign = refuse_tag, depth: int = 0, frozen: bool = False) -> Any:
    """Return the value of a node that `pack` made; raises `WireError`.

    `foreign` returns the value of a node with another tag. With `frozen`, arrays are read-only.
    """
    kind = type(node)
    if node is None or kind in (bool, int, float, str):
        return node
    if kind is not list or not node or depth > MAX_DEPTH + 1:
        raise WireError("a frame of an unknown form")
    try:
        return _unpack_tagged(node, foreign, depth, frozen)
    except (ValueError, TypeError, IndexError, KeyError, OverflowError, struct.error) as error:
        raise WireError(f"a frame that cannot be decoded: {error!s:.80}") from None


def _unpack_tagged(node: list[Any], foreign: Foreign, depth: int, frozen: bool) -> Any:
    tag = node[0]
    if tag == "a":
        _, dtype, shape, data = node
        return _reshape(_unpack_numbers(data, dtype), shape, frozen)
    if tag == "n":
        _, dtype, data = node
        (scalar,) = _unpack_numbers(data, dtype)
        return scalar
    if tag == "f":
        block = array("d")
        block.frombytes(node[1])
        return block.tolist()
    if tag == "l":
        return [unpack(x, foreign, depth + 1, frozen) for x in node[1]]
    if tag == "t":
        return tuple([unpack(x, foreign, depth + 1, frozen) for x in node[1]])
    if tag == "d":
        return _unpack_dict(node[1], foreign, depth, frozen)
    if tag == "c":
        return complex(node[1], node[2])
    if tag == "i":
        if len(node[1]) > MAX_BITS // 4 + 3:
            raise WireError("an integer that is too large")
        return int(node[1], 16)
    if tag == "s":
        if type(node[1]) is not bytes:  # bytes(10**10) would make ten gigabytes of zeros
            raise WireError("a text that is not bytes")
        return node[1].decode("utf-8", "surrogatepass")
    return foreign(node)


def _unpack_numbers(data: Any, dtype: Any) -> Any:
    """Return the numbers of an array, read-only; a bool of any byte but 0 becomes True."""
    flat = np.frombuffer(data, DTYPES[dtype])
    if dtype == _BOOL:
        flat = flat.view(np.uint8) != 0
        flat.flags.writeable = False
    return flat


def _unpack_dict(pairs: Any, foreign: Foreign, depth: int, frozen: bool) -> dict[Any, Any]:
    result: dict[Any, Any] = {}
    same_hash: dict[int, int] = {}
    for k, v in pairs:
        key = unpack(k, foreign, depth + 1, frozen)
        number = hash(key)
        same_hash[number] = same_hash.get(number, 0) + 1
        if same_hash[number] > MAX_SAME_HASH:
            raise WireError("a dict of keys that all have the same hash")
        result[key] = unpack(v, foreign, depth + 1, frozen)
    return result


def _reshape(flat: Any, shape: Any, frozen: bool) -> Any:
    if type(shape) is not list or len(shape) > MAX_DIMENSIONS:
        raise WireError("an array without a proper shape")
    if any(type(n) is not int or n < 0 for n in shape):
        raise WireError("an array without a proper shape")
    if 0 in shape and _nonzero_size(shape) > MAX_VALUES:  # its sums would fill the memory
        raise WireError("an empty array that is too wide")
    if frozen:
        return flat.reshape(shape)  # it is read-only already
    return flat.reshape(shape).copy()


def _nonzero_size(shape: Iterable[int]) -> int:
    """Return the product of the lengths in a shape that are not 0."""
    return math.prod(n for n in shape if n)


def dumps(message: Any) -> bytes:
    """Return the frame of a message: its length in four bytes, then its body as msgpack."""
    body = _encoder.encode(message)
    return HEADER.pack(len(body)) + body


def loads(body: bytes) -> Any:
    """Return the message in a frame's body; raises `WireError`."""
    try:
        node = _decoder.decode(body)
    except (msgspec.DecodeError, RecursionError, MemoryError, ValueError, TypeError) as error:
        raise WireError(f"not msgpack: {error!s:.80}") from None
    if len(body) > MAX_NESTING:  # each list takes a byte, so a shorter body cannot nest too deep
        _check_nesting(node)
    return node


def _check_nesting(node: Any) -> None:
    """Raise `WireError` for lists nested too deep for the code that compares and prints them."""
    level = [node]
    for _ in range(MAX_NESTING):
        level = [item for part in level if type(part) is list for item in part]
        if not level:
            return
    raise WireError("lists nested too deep")


_FIXED_SIZES = {
    **dict.fromkeys((0xC0, 0xC2, 0xC3), 1), 0xCA: 5, 0xCB: 9,
    0xCC: 2, 0xCD: 3, 0xCE: 5, 0xCF: 9, 0xD0: 2, 0xD1: 3, 0xD2: 5, 0xD3: 9, 0xDC: 3, 0xDD: 5,
}  # fmt: skip
_LENGTH_BYTES = {0xC4: 1, 0xC5: 2, 0xC6: 4, 0xD9: 1, 0xDA: 2, 0xDB: 4}
_ONE_BYTE_VALUES = re.compile(rb"[\x00-\x7f\x90-\x9f\xe0-\xff]*")
"""Small integers and the heads of short lists."""
_MANY_IN_A_ROW = 8
"""From how many values of one byte in a row the next ones are counted together."""


def count_values(body: bytes) -> int:
    """Return the number of values in a frame's body, but at most `MAX_VALUES` + 1.

    Nothing is decoded: a body of one megabyte can contain a million empty lists, which take sixty
    megabytes once decoded. Raises `WireError` for kinds that are not used here, such as maps.
    """
    place = count = row = 0
    end = len(body)
    while place < end and count <= MAX_VALUES:
        count += 1
        head = body[place]
        if head < 0x80 or head >= 0xE0 or 0x90 <= head < 0xA0:  # a small int, a short list
            place += 1
            row += 1
            if row == _MANY_IN_A_ROW and (more := _ONE_BYTE_VALUES.match(body, place)):
                count += more.end() - place
                place = more.end()
            continue
        row = 0
        if 0xA0 <= head < 0xC0:
            place += 1 + (head & 31)
        elif head in _FIXED_SIZES:
            place += _FIXED_SIZES[head]
        elif head in _LENGTH_BYTES:
            wide = _LENGTH_BYTES[head]
            place += 1 + wide + int.from_bytes(body[place + 1 : place + 1 + wide], "big")
        else:
            raise WireError("a kind of msgpack that is not used here")
    return min(count, MAX_VALUES + 1)
