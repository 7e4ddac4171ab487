"""The process that runs a learner's module: it answers requests on the wire, one at a time.

It gets the *text* of the module, of the modules that it needs and of the probes; it reads no
file for them. Nothing it says is trusted: what a check asserts on are the values that come back.
"""

from __future__ import annotations

import builtins
import importlib
import math
import operator
import os
import random
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import numpy as np

from . import protocol, rlimits
from .importer import RefusedImportError, TextFinder

MESSAGE_CAP = 4096
RESULT_KEEP = 64
RESULT_BYTES = 2**20
OPERATORS = frozenset(
    "add sub mul truediv floordiv mod pow matmul neg pos abs getitem lt le gt ge".split()
)


BUILTIN = {
    id(kind): name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}
"""The names of the built-in exceptions by identity: a class may say anything of itself."""


class Session:
    """One kata's modules and the objects that the checks hold of them."""

    def __init__(self, channel: Channel, setup: dict[str, Any]) -> None:
        """Take what the grader sent: the package, the texts, what each module exports."""
        self.channel = channel
        self.package: str = setup["package"]
        self.module: str = setup["module"]
        self.exports: dict[str, list[str]] = setup["exports"]
        self.given: set[str] = set(setup["given"])
        self.own = {f"{self.package}/{path}" for path in setup["own"]}
        self.probes = _probes_path(self.module)
        texts = dict(setup["texts"])
        if setup["probes"] is not None:
            texts[self.probes] = setup["probes"]
        self.finder = TextFinder(self.package, texts, setup["data"])
        sys.meta_path.insert(0, self.finder)
        self.recursion = sys.getrecursionlimit()
        self.streams = sys.stdout, sys.stderr
        self._forget()

    def _forget(self) -> None:
        self.objects: dict[int, Any] = {}
        self.numbers: dict[int, int] = {}
        self.made: dict[tuple[str, Any], Any] = {}
        self.classes: dict[type, str] = {}
        self.results: list[tuple[int, Any, Any]] = []

    def load(self, seed: int, texts: dict[str, str]) -> list[Any]:
        """Run the modules afresh, some with other texts, and seed the global generators.

        Answers how it went.
        """
        self.finder.replace(texts)
        prefix = self.package + "."
        for name in [n for n in sys.modules if n == self.package or n.startswith(prefix)]:
            del sys.modules[name]
        self._forget()
        np.seterr(divide="warn", over="warn", under="ignore", invalid="warn")
        sys.setrecursionlimit(self.recursion)
        sys.stdout, sys.stderr = self.streams
        random.seed(seed)
        np.random.seed(seed % 2**32)
        try:
            self._module(self.module)
            for path, names in self.exports.items():
                module = self._module(path)
                for name in names:
                    value = getattr(module, name, None)
                    if isinstance(value, type):
                        self.classes[value] = name
        except SyntaxError as error:
            packed = protocol.pack(str(error.msg or "invalid syntax"))
            return ["unloaded", "syntax", packed, str(error.filename or ""), error.lineno or 0]
        except RefusedImportError as error:
            _, _, _, frames = self._raised(error)[1:]
            file, line = frames[-1][:2] if frames else ["", 0]
            return ["unloaded", "refused_import", protocol.pack(str(error)), file, line]
        except BaseException as error:
            _, kind, packed, frames = self._raised(error)[1:]
            file, line = frames[-1][:2] if frames else ["", 0]
            message = protocol.unpack(packed)
            words = f"{kind}: {message}" if message else kind
            return ["unloaded", "raised", protocol.pack(words), file, line]
        return ["loaded"]

    def _module(self, path: str) -> ModuleType:
        return importlib.import_module(f"{self.package}.{path[:-3].replace('/', '.')}")

    def answer(self, request: list[Any]) -> list[Any]:
        """Do what a request asks and return the frame to send back."""
        verb, number, *rest = request
        checked: list[tuple[Any, Any, Any]] = []
        try:
            if verb == "call":
                reply = self._call(number, rest, checked)
            elif verb == "get":
                reply = self._get(rest)
            elif verb == "set":
                owner, name, node = rest
                setattr(self.objects[owner], name, self._in(node))
                reply = ["ok", None]
            else:
                raise protocol.WireError(f"unknown request {verb!r}")
        except _MissingError as missing:
            reply = ["missing", str(missing)]
        except protocol.RefusedError as refused:
            reply = ["refused", str(refused)]
        except BaseException as error:
            reply = self._raised(error)
        return [*reply, self._changes(checked)]

    def _call(self, number: int, rest: list[Any], checked: list[Any]) -> list[Any]:
        target, nodes, keywords = rest
        function = self._target(target)
        args = [self._in(node) for node in nodes]
        named = {key: self._in(node) for key, node in keywords.items()}
        checked += [
            (key, node, value)
            for key, node, value in [
                *zip(range(len(args)), nodes, args, strict=True),
                *((key, keywords[key], named[key]) for key in named),
            ]
            if type(node) is list and node[0] in ("a", "l", "f", "d", "t")
        ]
        result = function(*args, **named)
        packed = protocol.pack(result, self._out)
        if type(packed) is list and packed[0] in ("a", "l", "f", "d") and _small(packed):
            kept = (number, result, self._packed(result))
            self.results = [*self.results[-RESULT_KEEP:], kept]
        return ["ok", packed]

    def _get(self, rest: list[Any]) -> list[Any]:
        owner, name = rest
        thing = self.objects[owner]
        value = _attribute(thing, name)
        if callable(value) and not any(c in self.classes for c in type(value).__mro__):
            return ["method"]
        return ["ok", protocol.pack(value, self._out)]

    def _target(self, target: list[Any]) -> Callable[..., Any]:
        kind, *rest = target
        function: Callable[..., Any]
        if kind == "op":
            if rest[0] not in OPERATORS:
                raise protocol.WireError(f"unknown operator {rest[0]!r}")
            function = getattr(operator, rest[0])
            return function
        if kind == "h":
            owner, name = rest
            thing = self.objects[owner]
            function = thing if name is None else _attribute(thing, name)
            return function
        path, name = rest
        module = self._module(self.probes if kind == "p" else path)
        try:
            function = getattr(module, name)
        except AttributeError:
            raise _MissingError(f"{self.finder.display_path(path)} defines no `{name}`") from None
        return function

    def _in(self, node: Any) -> Any:
        return protocol.unpack(node, self._foreign_in)

    def _foreign_in(self, node: list[Any]) -> Any:
        tag, payload = node
        if tag == "h":
            return self.objects[payload]
        if tag == "cb":
            return self._callback(payload)
        key = (tag, payload)
        if key not in self.made:
            if tag == "rng":
                self.made[key] = np.random.default_rng(payload)
            elif tag == "pyrng":
                self.made[key] = random.Random(payload)
            elif tag == "x":
                self.made[key] = eval(payload, {"np": np, "math": math, "random": random})
            else:
                raise protocol.WireError(f"unknown tag {tag!r}")
        return self.made[key]

    def _callback(self, number: int) -> Callable[..., Any]:
        def called_back(*args: Any) -> Any:
            packed = [protocol.pack(a, self._out) for a in args]
            self.channel.send(["callback", number, packed])
            while True:
                request = self.channel.receive()
                if request[0] == "return":
                    return self._in(request[1])
                if request[0] == "throw":
                    raise _built(*request[1:])
                self.channel.send(self.answer(request))  # the check's function calls back in

        return called_back

    def _out(self, value: Any) -> Any:
        for (tag, payload), made in self.made.items():
            if made is value and tag in ("rng", "pyrng"):
                return [tag, payload]
        for kind in type(value).__mro__:
            name = self.classes.get(kind) or self._given_class(kind)
            if name:
                number = self.numbers.get(id(value))
                if number is None:
                    number = self.numbers[id(value)] = len(self.numbers) + 1
                    self.objects[number] = value
                return ["h", number, name]
        return protocol.refuse(value)

    def _given_class(self, kind: type) -> str | None:
        """Name a class that a given module of the course defines."""
        path = getattr(kind, "__module__", "")
        if isinstance(path, str) and path.startswith(self.package + "."):
            inside = path[len(self.package) + 1 :].replace(".", "/") + ".py"
            if inside in self.given:
                return kind.__name__
        return None

    def _raised(self, error: BaseException) -> list[Any]:
        if isinstance(error, MemoryError):  # its frames hold what filled the memory
            traceback.clear_frames(error.__traceback__)
        builtin = next(BUILTIN[id(k)] for k in type.mro(type(error)) if id(k) in BUILTIN)
        try:
            message = str.__getitem__(str(error), slice(MESSAGE_CAP))
        except BaseException:  # even that is the learner's code
            message = "(its message could not be made)"
        frames = [
            [str(f.filename), f.lineno or 0, f.name[:80]]
            for f in _frames(error)
            if f.filename in self.own
        ]
        packed = protocol.pack(message)
        if len(frames) > 12:
            frames = frames[:6] + frames[-6:]
        return ["raised", builtin, type(error).__name__[:80], packed, frames]

    def _changes(self, checked: list[tuple[Any, Any, Any]]) -> list[Any]:
        """Report arguments and earlier results that are no longer what they were."""
        changes: list[Any] = []
        for key, node, value in checked:
            if self._packed(value) != node:
                changes.append(["argument", key, self._packed(value, self._out)])
        kept = []
        for result in self.results:
            if _holders(result) <= ALONE and _holds_no_other(*result[1:]):
                continue  # nobody is left who could change it
            number, value, node = result
            after = self._packed(value)
            if after != node:
                changes.append(["result", number, self._packed(value, self._out)])
            kept.append((number, value, after))
        self.results = kept
        return changes

    def _packed(self, value: Any, foreign: protocol.Foreign | None = None) -> Any:
        try:
            return protocol.pack(value, foreign or self._keep)
        except protocol.RefusedError as refused:
            return ["?", str(refused)]

    def _keep(self, value: Any) -> Any:
        """Pack what came in by reference as it came in."""
        for (tag, payload), made in self.made.items():
            if made is value:
                return [tag, payload]
        number = self.numbers.get(id(value))
        return ["h", number] if number is not None else protocol.refuse(value)


class Channel:
    """The worker's end of the wire."""

    def __init__(self, wire_fd: int) -> None:
        """Take the inherited socket."""
        self.socket = socket.socket(fileno=wire_fd)
        self.result_bytes = 2**31

    def receive(self) -> Any:
        """Wait for a frame; leave when the grader is gone."""
        (length,) = protocol.HEADER.unpack(self._exactly(protocol.HEADER.size))
        return protocol.loads(self._exactly(length))

    def _exactly(self, count: int) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            part = self.socket.recv(min(count - len(parts), 2**20))
            if not part:
                os._exit(0)
            parts += part
        return bytes(parts)

    def send(self, message: list[Any]) -> None:
        """Send a frame, or say that it would be too large."""
        frame = protocol.dumps(message)
        if len(frame) > self.result_bytes:
            frame = protocol.dumps(["too_large", len(frame)])
        self.socket.sendall(frame)


def _holders(result: tuple[int, Any, Any]) -> int:
    return sys.getrefcount(result[1])


ALONE = _holders((0, object(), None))
"""How many hold a result that nobody but the list of results holds, as Python counts here."""


def _holds_no_other(value: Any, packed: Any) -> bool:
    """Whether a result is all its own: an array with its own memory, or a list of floats."""
    if type(value) is np.ndarray:
        return value.base is None and bool(value.flags.owndata)
    return bool(packed[0] == "f")


class _MissingError(Exception):
    pass


def run(wire_fd: int, confine: Callable[[], dict[str, str]] | None = None) -> None:
    """Serve one grader on an inherited socket until it goes away.

    `confine` closes the doors, for good, before any text of a learner's is looked at.
    """
    channel = Channel(wire_fd)
    setup = channel.receive()
    channel.result_bytes = setup["result_bytes"]
    rlimits.die_with_parent()
    if setup["processor"] is not None:  # the grader's own: they take turns
        os.sched_setaffinity(0, {setup["processor"]})
    held = {}
    if setup["limited"]:
        held = rlimits.apply(setup["memory_mb"], setup["cpu_seconds"])
    if confine is not None:
        held |= confine()
    for name in [n for n in sys.modules if n.partition(".")[0] in ("msgspec", "nnkata_sandbox")]:
        del sys.modules[name]
    session = Session(channel, setup)
    channel.send(["ready", held])
    while True:
        request = channel.receive()
        reply = session.load(*request[1:]) if request[0] == "load" else session.answer(request)
        for name in ("stdout", "stderr"):
            try:
                getattr(sys, name).flush()
            except BaseException:  # a module may have replaced, closed or deleted it
                continue
        channel.send(reply)


def _built(name: str, message: str) -> BaseException:
    """Build a built-in exception, or the nearest of its bases that takes just a message."""
    for kind in type.mro(getattr(builtins, name)):
        try:
            error = kind(message)
        except TypeError:
            continue
        if isinstance(error, BaseException):
            return error
    return Exception(message)


def _probes_path(module: str) -> str:
    folder, _, file = module.rpartition("/")
    return f"{folder}/_probes_{file}"


def _attribute(thing: Any, name: str) -> Any:
    try:
        return getattr(thing, name)
    except AttributeError:
        raise _MissingError(f"the {type(thing).__name__} has no `{name}`") from None


def _small(packed: list[Any]) -> bool:
    return packed[0] == "d" or len(packed[-1]) <= RESULT_BYTES


def _frames(error: BaseException) -> Iterator[traceback.FrameSummary]:
    """Walk a traceback's frames without reading any file."""
    for frame, line in traceback.walk_tb(error.__traceback__):
        code = frame.f_code
        yield traceback.FrameSummary(code.co_filename, line, code.co_name, lookup_line=False)
