"""Write exchanges with a worker as Python source that a learner can paste and run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..model import NO_TEXT
from ..sandbox.child import protocol
from .literals import WIDTH, literal

if TYPE_CHECKING:
    from .transcript import Exchange

MAX_NUMBERS = 50_000
"""A call with more numbers than this in its arguments is not written."""
NUMBER_LENGTH = 20
"""A text counts as one number per this many characters; a module may return a text of megabytes."""
_SYMBOLS = {
    "add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%",
    "pow": "**", "matmul": "@",
}  # fmt: skip

Parameters = Mapping[str, list[str]]
"""For each probe, the names of its parameters that a call can give by name, in order."""

Line = tuple[str, list[Any], list[Any], dict[str, Any], Any]
"""verb, target, argument nodes, keyword nodes, reply"""


def script_of(transcript: list[Exchange], named: Parameters | None = None) -> Script:
    """Return a check's exchanges as a script, which writes them as lines of Python.

    `named` holds the parameters of probes, whose numbers are then written with their names.
    """
    return Script(
        [
            (e.verb, e.target, e.args, e.keywords, e.answers[-1] if e.answers else None)
            for e in transcript
        ],
        named or {},
    )


class Script:
    """The exchanges of one check, which it writes as lines of Python."""

    def __init__(self, exchanges: list[Line], named: Parameters) -> None:
        """Set the exchanges, in the order in which they happened, and the parameters of probes."""
        self.exchanges = exchanges
        self.named = named

    def lines(self, wanted: set[int], part: str = "") -> list[str]:
        """Return the lines of the exchanges in `wanted`, and of those that they depend on.

        With `part`, subscripts such as `["dW"]`, the last line is that part of the last result.
        They depend on an earlier exchange that uses the same object or random generator. An
        earlier call that raised an exception is left out, because it would end a pasted program.
        """
        if not wanted:
            return []
        chosen = self._dependencies(wanted)
        count = sum(_count(node) for index in chosen for node in self._arguments(index))
        if count > MAX_NUMBERS:
            return [f"# its arguments are as long as {count} numbers: too long to show"]
        uses: dict[Any, int] = {}
        for index in chosen:
            in_arguments: list[Any] = []
            for node in self._arguments(index):
                _collect_objects(node, in_arguments)
            for key in in_arguments + list(self._objects(index) - set(in_arguments)):
                uses[key] = uses.get(key, 0) + 1
        return self._write(chosen, {key for key, count in uses.items() if count > 1}, part)

    def _dependencies(self, wanted: set[int]) -> list[int]:
        """Return the indexes of the exchanges in `wanted` and of all that they depend on, in order.

        The relation is transitive: an object may depend on another that it was made from, so
        exchanges are added until no other exchange uses any of the objects.
        """
        used = [
            self._objects(index) if index in wanted or not self._answer_raised(index) else set()
            for index in range(max(wanted) + 1)
        ]
        chosen = set(wanted)
        needed: set[Any] = set().union(*(used[index] for index in wanted))
        while more := {i for i, objects in enumerate(used) if i not in chosen and objects & needed}:
            chosen |= more
            needed.update(*(used[index] for index in more))
        return sorted(chosen)

    def _write(self, chosen: list[int], shared: set[Any], part: str) -> list[str]:
        writer = _Writer(shared, self.named)
        lines: list[str] = []
        for index in chosen:
            verb, target, args, keywords, reply = self.exchanges[index]
            text = writer.expression(verb, target, args, keywords)
            lines += writer.definitions
            writer.definitions.clear()
            answer = reply[1] if reply and reply[0] == "ok" and len(reply) > 1 else None
            name = writer.assignment_target(answer)
            if part and index == chosen[-1] and not name and (verb == "get" or target[0] != "op"):
                text += part
            lines += (f"{name} = {text}" if name else text).splitlines()
        if part and name.isidentifier():
            lines.append(name + part)
        return lines

    def _arguments(self, index: int) -> list[Any]:
        _, _, args, keywords, _ = self.exchanges[index]
        return [*args, *keywords.values()]

    def _answer_raised(self, index: int) -> bool:
        reply = self.exchanges[index][-1]
        return bool(reply) and reply[0] == "raised"

    def _objects(self, index: int) -> set[Any]:
        """Return the handles and generators that an exchange uses or returns."""
        _, target, _, _, reply = self.exchanges[index]
        objects: list[Any] = []
        if target and (target[0] == "h" or type(target[0]) is int):
            objects.append(target[1] if target[0] == "h" else target[0])
        for node in self._arguments(index):
            _collect_objects(node, objects)
        if reply and reply[0] == "ok" and len(reply) > 1:
            _collect_objects(reply[1], objects)
        return set(objects)


def _is_bare(node: Any) -> bool:
    """Return whether a node is a number, a text or a list, which does not say what it is for."""
    return type(node) is not list or node[0] in ("n", "i", "s", "l", "t", "f")


def _count(node: Any) -> int:
    """Count the numbers in a node, and its texts as numbers of the same length."""
    if type(node) is not list:
        return 1 + len(node) // NUMBER_LENGTH if type(node) is str else 1
    if node[0] in ("s", "i"):  # not ASCII, or an integer of more than 64 bits
        return 1 + len(node[1]) // NUMBER_LENGTH
    if node[0] in ("a", "f"):
        return len(node[-1]) // (8 if node[0] == "f" else int(node[1][2:]))
    if node[0] in ("l", "t", "d"):
        inner = node[1] if node[0] != "d" else [part for pair in node[1] for part in pair]
        return 1 + sum(map(_count, inner))
    return 1


def _collect_objects(node: Any, objects: list[Any]) -> None:
    """Append the handles (by number) and the generators (by tag, seed and number) in a node."""
    if type(node) is not list or not node:
        return
    tag = node[0]
    if tag == "h":
        objects.append(node[1])
    elif tag in ("rng", "pyrng"):
        objects.append(tuple(node))
    elif tag in ("l", "t"):
        for item in node[1]:
            _collect_objects(item, objects)
    elif tag == "d":
        for key, value in node[1]:
            _collect_objects(key, objects)
            _collect_objects(value, objects)


def _paths(node: Any, path: str = "") -> Iterator[tuple[int, str]]:
    """Yield the number of every object in an answer, and the subscripts that lead to it."""
    if type(node) is not list or not node:
        return
    if node[0] == "h":
        yield node[1], path
    elif node[0] in ("l", "t"):
        for index, item in enumerate(node[1]):
            yield from _paths(item, f"{path}[{index}]")
    elif node[0] == "d":
        for key, value in node[1]:
            if type(key) is not list or key[0] not in ("h", "t"):
                yield from _paths(value, f"{path}[{literal(protocol.unpack(key))}]")


class _Writer:
    """Names objects and generators, and writes values and calls as source."""

    def __init__(self, shared: set[Any], named: Parameters) -> None:
        self.shared = shared
        self.named = named
        self.names: dict[Any, str] = {}
        self.definitions: list[str] = []
        self.results = 0

    def name(self, number: int, kind: str = "v") -> str:
        if number not in self.names:
            self.names[number] = f"{kind[:1].lower()}{number}"
        return self.names[number]

    def assignment_target(self, answer: Any) -> str:
        """Return the target to assign an answer to, so that its objects have names, or ""."""
        if type(answer) is not list:
            return ""
        if answer[0] == "h":
            return "" if answer[1] in self.names else self.name(answer[1], answer[2])
        return self._unpacking_target(answer) or self._name_members(answer)

    def _unpacking_target(self, node: list[Any]) -> str:
        """Return the names to unpack an answer into, if it is a short list of objects."""
        items = node[1] if node[0] in ("l", "t") else []
        are_objects = all(type(item) is list and item and item[0] == "h" for item in items)
        if not 0 < len(items) <= 8 or not are_objects:
            return ""
        names = [self.name(item[1], item[2]) for item in items]
        if any(name.startswith("r") and "[" in name for name in names):
            return ""
        return ", ".join(names) + ("," if len(names) == 1 else "")

    def _name_members(self, node: list[Any]) -> str:
        """Return a name for an answer whose objects are used later, as parts of that name."""
        name = f"r{self.results + 1}"
        wanted = self.shared - self.names.keys()
        new = {number: name + path for number, path in _paths(node) if number in wanted}
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
        if target[0] == "p":
            parts = self._with_names(self.named.get(target[2], []), args, parts)
        parts += [f"{key}={self.value(value)}" for key, value in keywords.items()]
        if target[0] == "h":
            function = self.name(target[1]) + (f".{target[2]}" if target[2] else "")
        else:
            function = f"probe.{target[2]}" if target[0] == "p" else str(target[2])
        return _call(function, parts)

    def _with_names(self, names: list[str], args: list[Any], parts: list[str]) -> list[str]:
        """Return arguments as text, those from the first bare number or list on with their names.

        A probe is not the learner's own function: `probe.trained(3, 0.1)` says nothing to them.
        """
        first = next((i for i, node in enumerate(args) if _is_bare(node)), len(args))
        if len(args) > len(names):
            return parts
        named = zip(names[first:], parts[first:], strict=False)
        return parts[:first] + [f"{name}={part}" for name, part in named]

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
            return literal(node) if type(node) is float else repr(node)
        tag = node[0]
        if tag == "h":
            return self.name(node[1])
        if tag in ("rng", "pyrng"):
            return self._generator(*node)
        if tag == "x":
            return str(node[1])
        if tag == "cb":
            return NO_TEXT
        if tag in ("l", "t"):
            inner = ", ".join(self.value(item) for item in node[1])
            if tag == "l":
                return f"[{inner}]"
            return f"({inner},)" if len(node[1]) == 1 else f"({inner})"
        if tag == "d":
            return "{" + ", ".join(f"{self.value(k)}: {self.value(v)}" for k, v in node[1]) + "}"
        return literal(protocol.unpack(node))

    def _generator(self, tag: str, seed: int, number: int) -> str:
        text = f"np.random.default_rng({seed})" if tag == "rng" else f"random.Random({seed})"
        key = (tag, seed, number)
        if key not in self.shared:
            return text
        if key not in self.names:
            count = sum(1 for k in self.names if type(k) is tuple)
            self.names[key] = "rng" if not count else f"rng{count + 1}"
            self.definitions.append(f"{self.names[key]} = {text}")
        return self.names[key]


def _call(function: str, parts: list[str]) -> str:
    """Write a call on one line if it fits, else with one argument per line."""
    inline = f"{function}({', '.join(parts)})"
    if len(inline) <= WIDTH and "\n" not in inline:
        return inline
    if len(parts) == 1:
        return f"{function}({parts[0]})".replace("\n", "\n" + " " * (len(function) + 1))
    return function + "(\n    " + ",\n    ".join(p.replace("\n", "\n    ") for p in parts) + ",\n)"
