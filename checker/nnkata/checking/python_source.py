"""Write crossings as lines of Python that a learner can paste into `kata run`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from ..sandbox.child import protocol

WIDTH = 88
LAID_OUT = 400
"""Numbers of an array up to which they are laid out in columns; more take too long."""
MOST_NUMBERS = 50_000
"""Numbers of the arguments up to which a call is written at all."""
DECIMAL_BITS = 4000
"""Whole numbers of more bits are written in hexadecimal: Python refuses their decimals."""
_SYMBOLS = {
    "add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%",
    "pow": "**", "matmul": "@",
}  # fmt: skip
_PLAIN_DTYPES = {"<f8", "<i8", "|b1", "<c16"}

Line = tuple[str, list[Any], list[Any], dict[str, Any], Any]
"""verb, target, argument nodes, keyword nodes, reply"""


class Script:
    """The crossings of one check, and how each is written."""

    def __init__(self, crossings: list[Line]) -> None:
        """Take the crossings in the order in which they happened."""
        self.crossings = crossings

    def lines(self, wanted: set[int]) -> list[str]:
        """Return the lines that lead to the crossings in `wanted`, and those themselves.

        An earlier crossing belongs to them when it touched an object or a random generator
        that they touch too.
        """
        if not wanted:
            return []
        chosen = self._leading_to(wanted)
        count = sum(
            _count(node)
            for _, _, args, keywords, _ in (self.crossings[index] for index in chosen)
            for node in (*args, *keywords.values())
        )
        if count > MOST_NUMBERS:
            return [f"# with {count} numbers in its arguments, this call is too long to be written"]
        uses: dict[Any, int] = {}
        for index in chosen:
            _, _, args, keywords, _ = self.crossings[index]
            mentioned: list[Any] = []
            for node in (*args, *keywords.values()):
                _things(node, mentioned)
            for thing in mentioned + list(self._touched(index) - set(mentioned)):
                uses[thing] = uses.get(thing, 0) + 1
        return self._written(chosen, {thing for thing, count in uses.items() if count > 1})

    def _leading_to(self, wanted: set[int]) -> list[int]:
        """Return the crossings that `wanted` ones may hang on, in order, and those themselves.

        Objects hang together: what was done to one may show in another that it was made from, so
        what touches any of them belongs to them, until nothing more is added.
        """
        touched = [self._touched(index) for index in range(max(wanted) + 1)]
        chosen = set(wanted)
        needed: set[Any] = set().union(*(touched[index] for index in wanted))
        while more := {i for i, t in enumerate(touched) if i not in chosen and t & needed}:
            chosen |= more
            needed.update(*(touched[index] for index in more))
        return sorted(chosen)

    def _written(self, chosen: list[int], shared: set[Any]) -> list[str]:
        writer = _Writer(shared)
        lines: list[str] = []
        for index in chosen:
            verb, target, args, keywords, reply = self.crossings[index]
            text = writer.expression(verb, target, args, keywords)
            lines += writer.made
            writer.made.clear()
            answer = reply[1] if reply and reply[0] == "ok" and len(reply) > 1 else None
            name = writer.bound(answer)
            lines += (f"{name} = {text}" if name else text).splitlines()
        return lines

    def _touched(self, index: int) -> set[Any]:
        _, target, args, keywords, reply = self.crossings[index]
        touched: list[Any] = []
        if target and target[0] == "h":
            touched.append(target[1])
        elif target and type(target[0]) is int:
            touched.append(target[0])
        for node in [*args, *keywords.values()]:
            _things(node, touched)
        if reply and reply[0] == "ok" and len(reply) > 1:
            _things(reply[1], touched)
        return set(touched)


def _count(node: Any) -> int:
    """Count the numbers and texts in a node."""
    if type(node) is not list:
        return 1
    if node[0] in ("a", "f"):
        return len(node[-1]) // (8 if node[0] == "f" else int(node[1][2:]))
    if node[0] in ("l", "t", "d"):
        inner = node[1] if node[0] != "d" else [part for pair in node[1] for part in pair]
        return 1 + sum(map(_count, inner))
    return 1


def _things(node: Any, found: list[Any]) -> None:
    """Collect the handles (by number) and the generators (by tag and seed) in a node."""
    if type(node) is not list or not node:
        return
    tag = node[0]
    if tag == "h":
        found.append(node[1])
    elif tag in ("rng", "pyrng"):
        found.append((tag, node[1]))
    elif tag in ("l", "t"):
        for item in node[1]:
            _things(item, found)
    elif tag == "d":
        for key, value in node[1]:
            _things(key, found)
            _things(value, found)


def _places(node: Any, place: str = "") -> Iterator[tuple[int, str]]:
    """Yield the number of every object in an answer, and how it is reached from there."""
    if type(node) is not list or not node:
        return
    if node[0] == "h":
        yield node[1], place
    elif node[0] in ("l", "t"):
        for index, item in enumerate(node[1]):
            yield from _places(item, f"{place}[{index}]")
    elif node[0] == "d":
        for key, value in node[1]:
            if type(key) is not list or key[0] not in ("h", "t"):
                yield from _places(value, f"{place}[{literal(protocol.unpack(key))}]")


class _Writer:
    """Gives names to objects and generators and writes values as source."""

    def __init__(self, shared: set[Any]) -> None:
        self.shared = shared
        self.names: dict[Any, str] = {}
        self.made: list[str] = []
        self.results = 0

    def name(self, number: int, kind: str = "v") -> str:
        if number not in self.names:
            self.names[number] = f"{kind[:1].lower()}{number}"
        return self.names[number]

    def bound(self, answer: Any) -> str:
        """Return what an answer has to be assigned to, so that its objects have names."""
        if type(answer) is not list:
            return ""
        if answer[0] == "h":
            return "" if answer[1] in self.names else self.name(answer[1], answer[2])
        return self._unpacked(answer) or self._reached(answer)

    def _unpacked(self, node: list[Any]) -> str:
        """Return the names to unpack a short list of objects into, if it is one."""
        items = node[1] if node[0] in ("l", "t") else []
        if not items or len(items) > 8:
            return ""
        if not all(type(item) is list and item and item[0] == "h" for item in items):
            return ""
        names = [self.name(item[1], item[2]) for item in items]
        if any(name.startswith("r") and "[" in name for name in names):
            return ""
        return ", ".join(names) + ("," if len(names) == 1 else "")

    def _reached(self, node: list[Any]) -> str:
        """Name an answer whose objects are used later, and name those by their place in it."""
        name = f"r{self.results + 1}"
        new = {
            number: name + place
            for number, place in _places(node)
            if number in self.shared and number not in self.names
        }
        if not new:
            return ""
        self.results += 1
        self.names |= new
        return name

    def expression(
        self, verb: str, target: list[Any], args: list[Any], keywords: dict[str, Any]
    ) -> str:
        if verb == "get":
            return f"{self.name(target[0])}.{target[1]}"
        if verb == "set":
            return f"{self.name(target[0])}.{target[1]} = {self.value(args[0])}"
        if target[0] == "op":
            return self._operation(target[1], args)
        parts = [self.value(a) for a in args]
        parts += [f"{key}={self.value(value)}" for key, value in keywords.items()]
        if target[0] == "h":
            function = self.name(target[1]) + (f".{target[2]}" if target[2] else "")
        else:
            function = f"probe.{target[2]}" if target[0] == "p" else str(target[2])
        return _call(function, parts)

    def _operation(self, name: str, args: list[Any]) -> str:
        values = [self.value(a) for a in args]
        if name == "getitem":
            return f"{values[0]}[{values[1]}]"
        if name == "abs":
            return f"abs({values[0]})"
        if len(values) == 1:
            return f"{'-' if name == 'neg' else '+'}{values[0]}"
        left, right = values
        if left.startswith("-"):
            left = f"({left})"
        return f"{left} {_SYMBOLS[name]} {right}"

    def value(self, node: Any) -> str:
        if type(node) is not list:
            return _number(node) if type(node) is float else repr(node)
        tag = node[0]
        if tag == "h":
            return self.name(node[1])
        if tag in ("rng", "pyrng"):
            return self._generator(tag, node[1])
        if tag == "x":
            return str(node[1])
        if tag == "cb":
            return "<a function of the check>"
        if tag in ("l", "t"):
            inner = ", ".join(self.value(item) for item in node[1])
            if tag == "l":
                return f"[{inner}]"
            return f"({inner},)" if len(node[1]) == 1 else f"({inner})"
        if tag == "d":
            return "{" + ", ".join(f"{self.value(k)}: {self.value(v)}" for k, v in node[1]) + "}"
        return literal(protocol.unpack(node))

    def _generator(self, tag: str, seed: int) -> str:
        made = f"np.random.default_rng({seed})" if tag == "rng" else f"random.Random({seed})"
        thing = (tag, seed)
        if thing not in self.shared:
            return made
        if thing not in self.names:
            used = sum(1 for t in self.names if type(t) is tuple)
            self.names[thing] = "rng" if not used else f"rng{used + 1}"
            self.made.append(f"{self.names[thing]} = {made}")
        return self.names[thing]


def literal(value: Any) -> str:
    """Write a plain value as Python source that makes the very same value again."""
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
    if value.size > LAID_OUT or value.dtype.kind == "c" or value.ndim > 6:
        return _array_of(_folded(literal(value.tolist())), value.dtype)
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


def _folded(text: str) -> str:
    """Fold the text of nested lists: a row a line, and no line much wider than the page."""
    text = text.replace("], [", "],\n [")
    return re.sub(rf"(?<=, )(.{{1,{WIDTH - 20}}}, )(?=[^\n]{{20}})", r"\1\n ", text)


def _bare(x: Any) -> str:
    """Write one float of an array: shortest digits that give it back, `0.` for 0.0."""
    text = np.format_float_positional(x, unique=True) if 1e-4 <= abs(x) < 1e16 or x == 0 else ""
    return text or np.format_float_scientific(x, unique=True)


def _complex(value: complex) -> str:
    """Write a complex number; the usual form loses nan, inf and the sign of a zero."""
    real, imag = value.real, value.imag
    kept = all(math.isfinite(p) and (p or math.copysign(1, p) > 0) for p in (real, imag))
    if kept and (real or imag >= 0):
        return repr(value)
    return f"complex({_number(real)}, {_number(imag)})"


def _number(value: float) -> str:
    if value != value:
        return "np.nan"
    if value in (float("inf"), float("-inf")):
        return "np.inf" if value > 0 else "-np.inf"
    return repr(value)


def _call(function: str, parts: list[str]) -> str:
    """Write a call on one line where it fits, else one argument a line."""
    inline = f"{function}({', '.join(parts)})"
    if len(inline) <= WIDTH and "\n" not in inline:
        return inline
    if len(parts) == 1:
        return f"{function}({parts[0]})".replace("\n", "\n" + " " * (len(function) + 1))
    return function + "(\n    " + ",\n    ".join(p.replace("\n", "\n    ") for p in parts) + ",\n)"


SHOWN_CHARACTERS = 600
SHOWN_DIMENSIONS = 4
LINE = 76


def show(value: Any) -> str:
    """Write a value briefly, for a person."""
    text = _written(value, SHOWN_CHARACTERS)
    return text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + " …"


def _written(value: Any, room: int) -> str:
    """Write a value in about `room` characters, without writing all of a large one first."""
    if isinstance(value, np.ndarray) and value.ndim > SHOWN_DIMENSIONS and value.size > 40:
        return f"an array of shape {value.shape}, dtype {value.dtype}"
    if isinstance(value, np.ndarray):
        text = np.array2string(
            value, precision=8, threshold=40, edgeitems=3, max_line_width=LINE,
            separator=", ", prefix="np.array(",
        )  # fmt: skip
        dtype = "" if value.dtype.str in ("<f8", "<i8", "|b1") else f", dtype={value.dtype}"
        return f"np.array({text}{dtype})" if value.size else f"an empty array, shape {value.shape}"
    if isinstance(value, np.generic):
        return repr(value.item())
    if isinstance(value, int) and value.bit_length() > 1000:
        return f"a whole number of about {int(value.bit_length() * 0.30103)} digits"
    if isinstance(value, str | bytes):
        return repr(value[: room + 1])
    if isinstance(value, list | tuple | dict) and (len(value) > 12 or _is_large(value)):
        if room < 20:
            return "…"
        items = list(value.items() if isinstance(value, dict) else value)[:6]
        head = ", ".join(_written(item, room // 2) for item in items)
        return f"{type(value).__name__} of {len(value)}: {head}" + ", …" * (len(value) > 6)
    try:
        return literal(value)
    except Exception:
        return repr(value)


def _is_large(value: Any, most: int = 200) -> bool:
    """Whether a list, tuple or dict holds more than `most` values in all."""
    stack, seen = [value], 0
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            part = [*part, *part.values()]
        if isinstance(part, list | tuple):
            seen += len(part)
            stack += part[: most + 1]
        elif isinstance(part, np.ndarray):
            seen += part.size
        elif isinstance(part, int) and part.bit_length() > 1000:
            return True
        elif isinstance(part, str):
            seen += len(part) // 4
        if seen > most:
            return True
    return False
