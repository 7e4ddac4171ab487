"""The process that runs a learner's module: it answers requests on the wire, one at a time.

It receives the *text* of the module, of the modules that it needs and of the probes, and reads no
file for them. The grader does not trust what it sends: a check asserts on the returned values.
"""

from __future__ import annotations

import faulthandler
import importlib
import math
import operator
import os
import random
import signal
import socket
import sys
from collections import Counter
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from . import protocol, rlimits
from .exceptions import describe_exception, make_exception
from .importer import RefusedImportError, TextFinder

MAX_RESULTS = 64
"""Maximum number of earlier results and arguments that are compared with their states before."""
MAX_RESULT_BYTES = 2**20
OPERATORS = frozenset(
    "add sub mul truediv floordiv mod pow matmul neg pos abs getitem lt le gt ge".split()
)


class RequestHandler:
    """Loads one kata's modules, answers requests about them, and stores the checks' handles."""

    def __init__(self, wire: FrameSocket, setup: dict[str, Any], place: str = "") -> None:
        """Prepare to import the modules in `setup`, the first message from the grader.

        It contains the package, the texts of its modules, and the names that each one exports.
        `place` is the folder that contains the package's data files, if they were written.
        """
        self.wire = wire
        self.package: str = setup["package"]
        self.module: str = setup["module"]
        self.exports: dict[str, list[str]] = setup["exports"]
        self.given: set[str] = set(setup["given"])
        self.own = {f"{self.package}/{path}" for path in setup["own"]}
        self.probes = _probes_path(self.module)
        texts = dict(setup["texts"])
        if setup["probes"] is not None:
            texts[self.probes] = setup["probes"]
        self.finder = TextFinder(self.package, texts, setup["data"], place)
        sys.meta_path.insert(0, self.finder)
        self.recursion = sys.getrecursionlimit()
        self.streams = sys.stdout, sys.stderr
        self._reset()

    def _reset(self) -> None:
        self.handles: dict[int, Any] = {}
        """The objects that a check has a handle of, by the handle's number."""
        self.handle_numbers: dict[int, int] = {}
        """The number of each of these objects, by its `id`."""
        self.received: dict[tuple[Any, ...], Any] = {}
        """The generators and expressions that a check passed in, by tag and payload."""
        self.classes: dict[type, str] = {}
        self.results: list[tuple[Any, Any, Any]] = []
        """Earlier results, each as the number of its call, the value and its node.

        Arguments that the module keeps are here too, with [number of the call, place or name].
        """
        self.new_results: list[tuple[Any, Any, Any]] = []
        """The results of the current call."""

    def load(self, seed: int, texts: dict[str, str]) -> list[Any]:
        """Execute the modules again, some with other texts, and seed the global generators.

        Return the frame to send back: `loaded`, or `unloaded` and why.
        """
        self.finder.replace(texts)
        prefix = self.package + "."
        for name in [n for n in sys.modules if n == self.package or n.startswith(prefix)]:
            del sys.modules[name]
        self._reset()
        np.seterr(divide="warn", over="warn", under="ignore", invalid="warn")
        sys.setrecursionlimit(self.recursion)
        sys.stdout, sys.stderr = self.streams
        random.seed(seed)
        np.random.seed(seed % 2**32)
        try:
            self._import_module(self.module)
            for path, names in self.exports.items():
                module = self._import_module(path)
                for name in names:
                    value = getattr(module, name, None)
                    if isinstance(value, type):
                        self.classes[value] = name
        except SyntaxError as error:
            packed = protocol.pack(str(error.msg or "invalid syntax"))
            place = [str(error.filename or ""), error.lineno or 0, error.offset or 0]
            return ["unloaded", "syntax", packed, *place]
        except RefusedImportError as error:
            *_, frames = describe_exception(error, self.own)
            return ["unloaded", "refused_import", protocol.pack(str(error)), *_last_place(frames)]
        except BaseException as error:
            _, kind, packed, frames = describe_exception(error, self.own)
            message = protocol.unpack(packed)
            words = f"{kind}: {message}" if message else kind
            return ["unloaded", "raised", protocol.pack(words), *_last_place(frames)]
        return ["loaded"]

    def _import_module(self, path: str) -> ModuleType:
        return importlib.import_module(f"{self.package}.{path[:-3].replace('/', '.')}")

    def answer(self, request: list[Any]) -> list[Any]:
        """Process a request; return the frame to send back."""
        verb, number, *rest = request
        checked: list[tuple[Any, Any, Any]] = []
        self._forget_unshared()
        try:
            if verb == "call":
                reply = self._call(number, rest, checked)
            elif verb == "get":
                reply = self._get_value(rest)
            elif verb == "set":
                owner, name, node = rest
                setattr(self.handles[owner], name, self._unpack(node))
                reply = ["ok", None]
            else:
                raise protocol.WireError(f"unknown request {verb!r}")
        except _MissingNameError as error:
            reply = ["missing", str(error)]
        except protocol.UnsendableValueError as error:
            reply = ["refused", str(error)]
        except BaseException as error:
            reply = ["raised", *describe_exception(error, self.own)]
        return [*reply, self._changes(number, checked)]

    def _call(self, number: int, rest: list[Any], checked: list[Any]) -> list[Any]:
        target, nodes, keywords = rest
        function = self._find_function(target)
        args = [self._unpack(node) for node in nodes]
        named = {key: self._unpack(node) for key, node in keywords.items()}
        checked += [
            (key, node, value)
            for key, node, value in [
                *zip(range(len(args)), nodes, args, strict=True),
                *((key, keywords[key], named[key]) for key in named),
            ]
            if type(node) is list and node[0] in ("a", "l", "f", "d", "t")
        ]
        result = function(*args, **named)
        packed = protocol.pack(result, self._pack_handle)
        if type(packed) is list and packed[0] in ("a", "l", "f", "d") and _is_small(packed):
            self.new_results.append((number, result, self._pack_or_describe(result)))
        return ["ok", packed]

    def _get_value(self, rest: list[Any]) -> list[Any]:
        owner, name = rest
        thing = self.handles[owner]
        value = _get_attribute(thing, name)
        if callable(value) and not any(c in self.classes for c in type(value).__mro__):
            return ["method"]
        return ["ok", protocol.pack(value, self._pack_handle)]

    def _find_function(self, target: list[Any]) -> Callable[..., Any]:
        kind, *rest = target
        function: Callable[..., Any]
        if kind == "op":
            if rest[0] not in OPERATORS:
                raise protocol.WireError(f"unknown operator {rest[0]!r}")
            function = getattr(operator, rest[0])
            return function
        if kind == "h":
            owner, name = rest
            thing = self.handles[owner]
            function = thing if name is None else _get_attribute(thing, name)
            return function
        path, name = rest
        module = self._import_module(self.probes if kind == "p" else path)
        try:
            function = getattr(module, name)
        except AttributeError:
            raise _MissingNameError(
                f"{self.finder.display_path(path)} defines no `{name}`"
            ) from None
        return function

    def _unpack(self, node: Any) -> Any:
        return protocol.unpack(node, self._unpack_tagged)

    def _unpack_tagged(self, node: list[Any]) -> Any:
        """Return the value of a node that is not plain: a handle, a callable or a generator."""
        tag, payload = node[:2]
        if tag == "h":
            return self.handles[payload]
        if tag == "cb":
            return self._callback(payload)
        key = tuple(node)
        if key not in self.received:
            if tag == "rng":
                self.received[key] = np.random.default_rng(payload)
            elif tag == "pyrng":
                self.received[key] = random.Random(payload)
            elif tag == "x":
                self.received[key] = eval(payload, {"np": np, "math": math, "random": random})
            else:
                raise protocol.WireError(f"unknown tag {tag!r}")
        return self.received[key]

    def _callback(self, number: int) -> Callable[..., Any]:
        """Return a function that calls the check's function `number` in the grader."""

        def call_grader(*args: Any) -> Any:
            packed = [protocol.pack(a, self._pack_handle) for a in args]
            self.wire.send(["callback", number, packed])
            while True:
                request = self.wire.receive()
                if request[0] == "return":
                    return self._unpack(request[1])
                if request[0] == "throw":
                    raise make_exception(*request[1:])
                self.wire.send(self.answer(request))  # the check's function calls the solution

        return call_grader

    def _pack_handle(self, value: Any) -> Any:
        """Return the node of a value that is not a plain one, with a new handle if it needs one."""
        for key, received in self.received.items():
            if received is value and key[0] in ("rng", "pyrng"):
                return list(key)
        for kind in type(value).__mro__:
            name = self.classes.get(kind) or self._given_class(kind)
            if name:
                number = self.handle_numbers.get(id(value))
                if number is None:
                    number = self.handle_numbers[id(value)] = len(self.handle_numbers) + 1
                    self.handles[number] = value
                return ["h", number, name]
        return protocol.refuse(value)

    def _given_class(self, kind: type) -> str | None:
        """Return the name of a class that a given module of the course defines, else None."""
        path = getattr(kind, "__module__", "")
        if isinstance(path, str) and path.startswith(self.package + "."):
            inside = path[len(self.package) + 1 :].replace(".", "/") + ".py"
            if inside in self.given:
                return kind.__name__
        return None

    def _changes(self, number: int, checked: list[tuple[Any, Any, Any]]) -> list[Any]:
        """Return the arguments of this and earlier calls, and the earlier results, that changed.

        An object that keeps an argument, as a layer keeps its inputs, can change it in a later
        call.
        """
        changes: list[Any] = []
        kept = []
        for key, node, value in checked:
            after = self._pack_or_describe(value)
            if after != node:
                changes.append(["argument", key, self._pack_or_describe(value, self._pack_handle)])
            if type(value) is np.ndarray and _is_small(after):
                kept.append(([number, key], value, after))
        results = []
        for place, value, node in self.results:
            after = self._pack_or_describe(value)
            if after != node:
                kind = "result" if type(place) is int else "kept"
                changes.append([kind, place, self._pack_or_describe(value, self._pack_handle)])
            results.append((place, value, after))
        self.results = [*results, *kept, *self.new_results][-MAX_RESULTS:]
        self.new_results = []
        return changes

    def _forget_unshared(self) -> None:
        """Drop what no code has a reference to, through which it could change in the next call."""
        entries = Counter(id(value) for _, value, _ in self.results)  # a result can be an argument
        self.results = [
            result
            for result in self.results
            if _count_references(result) > UNSHARED + entries[id(result[1])] - 1
            or not _owns_its_data(*result[1:])
        ]

    def _pack_or_describe(self, value: Any, foreign: protocol.Foreign | None = None) -> Any:
        try:
            return protocol.pack(value, foreign or self._pack_known)
        except protocol.UnsendableValueError as error:
            return ["?", str(error)]

    def _pack_known(self, value: Any) -> Any:
        """Return the node of a value that the check sent, or of its handle; make no new handle."""
        for key, received in self.received.items():
            if received is value:
                return list(key)
        number = self.handle_numbers.get(id(value))
        return ["h", number] if number is not None else protocol.refuse(value)


class FrameSocket:
    """The worker's end of the wire, which sends and receives frames."""

    def __init__(self, wire_fd: int) -> None:
        """Use the inherited socket with the descriptor `wire_fd`."""
        self.socket = socket.socket(fileno=wire_fd)
        self.result_bytes = 2**31

    def receive(self) -> Any:
        """Return the message in the next frame; exit when the grader has closed the wire."""
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
        """Send a message as a frame; send `too_large` instead if it exceeds the limit."""
        frame = protocol.dumps(message)
        if len(frame) > self.result_bytes:
            frame = protocol.dumps(["too_large", len(frame)])
        self.socket.sendall(frame)


def _count_references(result: tuple[Any, Any, Any]) -> int:
    return sys.getrefcount(result[1])


UNSHARED = _count_references((0, object(), None))
"""The reference count of a result that only the list of results refers to, as measured here."""


def _owns_its_data(value: Any, packed: Any) -> bool:
    """Return whether a result shares no data: an array with its own memory, or a list of floats."""
    if type(value) is np.ndarray:
        return value.base is None and bool(value.flags.owndata)
    return bool(packed[0] == "f")


class _MissingNameError(Exception):
    """Raised for a name that a module or an object does not define."""


def run(
    wire_fd: int,
    confine: Callable[[int | None], dict[str, str]] | None = None,
    show_given: Callable[[dict[str, bytes]], str] | None = None,
    join_cgroup: Callable[[int], dict[str, str]] | None = None,
    parent: int | None = None,
) -> None:
    """Answer one grader's requests on an inherited socket until it closes the socket.

    `confine` applies the layers of protection, permanently, before a learner's text is used.
    Before that, `show_given` writes the course's data files to a folder where the learner's modules
    can open them, and returns that folder. `join_cgroup` puts the process into a cgroup with a
    limit on memory in MiB. `parent` is the pid of the fork server, without which no worker stays.
    """
    wire = FrameSocket(wire_fd)
    if hasattr(faulthandler, "register"):
        faulthandler.register(signal.SIGUSR1, file=2, all_threads=False)
    setup = wire.receive()
    wire.result_bytes = setup["result_bytes"]
    rlimits.die_with_parent(parent)
    if setup["processor"] is not None:  # the grader's processor, because the two take turns
        os.sched_setaffinity(0, {setup["processor"]})
    place = ""
    if show_given is not None and setup["data"]:
        data = {f"{setup['package']}/{path}": data for path, data in setup["data"].items()}
        place = show_given(data)
    limits = {}
    if setup["limited"]:
        limits = rlimits.apply(setup["memory_mb"], setup["cpu_seconds"])
        hard = join_cgroup(setup["memory_mb"]) if join_cgroup is not None else {}
        for name, words in hard.items():
            limits[name] = f"{limits[name]}; {words}" if name in limits else words
    if confine is not None:
        limits |= confine(parent)
    for name in [n for n in sys.modules if n.partition(".")[0] in ("msgspec", "nnkata_sandbox")]:
        del sys.modules[name]
    handler = RequestHandler(wire, setup, place)
    wire.send(["ready", limits])
    while True:
        request = wire.receive()
        reply = handler.load(*request[1:]) if request[0] == "load" else handler.answer(request)
        for name in ("stdout", "stderr"):
            try:
                getattr(sys, name).flush()
            except BaseException:  # a module may have replaced, closed or deleted it
                continue
        wire.send(reply)


def _last_place(frames: list[list[Any]]) -> list[Any]:
    """Return the file and the line of the last frame, or an empty text and 0."""
    return frames[-1][:2] if frames else ["", 0]


def _probes_path(module: str) -> str:
    folder, _, file = module.rpartition("/")
    return f"{folder}/_probes_{file}"


def _get_attribute(thing: Any, name: str) -> Any:
    try:
        return getattr(thing, name)
    except AttributeError:
        raise _MissingNameError(f"the {type(thing).__name__} has no `{name}`") from None


def _is_small(packed: list[Any]) -> bool:
    return packed[0] == "d" or len(packed[-1]) <= MAX_RESULT_BYTES
