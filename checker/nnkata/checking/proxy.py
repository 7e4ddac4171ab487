"""`solution`: what a check holds in place of the learner's module.

A check calls `solution.softmax(z)` as if the module were here. The arguments cross to the worker
and the answer crosses back; instances of the kata's own classes stay in the worker and are seen
through handles. What a call changed in its arguments, or in an earlier result, is recorded.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any, NoReturn

import numpy as np

from ..sandbox.child import protocol
from ..sandbox.worker_client import Worker, WorkerLostError
from .transcript import CheckFailed, Crossing, Generator, Raised, SolutionError, Text

TRANSCRIPT_BYTES = 2**26
"""Most that the answers of one check may add up to."""
MESSAGE_CAP, NAME_CAP, FRAMES = 4096, 80, 12
"""Most that an answer may say in words, whoever wrote it."""
MALFORMED = (
    protocol.WireError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError,
)  # fmt: skip
"""What comes of taking apart an answer that no honest worker sends."""


def value_in_worker(value: Any) -> Any:
    """Return what an argument or an earlier result of the running check has become in the worker.

    The check's own object is never touched: what the check expects may be computed from it, and
    a module must not set what it is judged by.
    """
    link = _running.get(None)
    return value if link is None else link.value_in_worker(value)


class Link:
    """One check's conversation with one worker, and its transcript."""

    def __init__(self, worker: Worker, deadline: float) -> None:
        """Talk to `worker` until `deadline` (on the monotonic clock)."""
        self.worker = worker
        self.deadline = deadline
        self.transcript: list[Crossing] = []
        self.lost: WorkerLostError | None = None
        self.handles: dict[int, Handle] = {}
        self.generators: dict[tuple[str, int], Generator] = {}
        self.results: dict[int, Any] = {}
        self.callables: list[Callable[..., Any]] = []
        self.bytes = 0
        self.thrown: tuple[str, str, BaseException] | None = None
        self.last_error: tuple[BaseException, Raised] | None = None
        self.number = 0
        self.changed: dict[int, tuple[Any, Any]] = {}
        """Objects of the check that the worker says it has changed, and what they are there."""

    def __enter__(self) -> Link:
        """Make this the link of the check that runs in this thread."""
        self._token = _running.set(self)
        return self

    def __exit__(self, *_: object) -> None:
        _running.reset(self._token)

    def value_in_worker(self, value: Any) -> Any:
        """Return what one of the check's objects has become in the worker."""
        known = self.changed.get(id(value))
        if known is not None and known[0] is value:
            return known[1]
        if type(value) in (list, tuple):  # several objects, compared together
            return type(value)(self.value_in_worker(part) for part in value)
        return value

    def cross(
        self, verb: str, target: list[Any], args: tuple[Any, ...] = (),
        keywords: dict[str, Any] | None = None,
    ) -> Any:  # fmt: skip
        """Send one request, answer the callbacks, record it, and return or raise what came."""
        if self.lost is not None:
            raise self.lost
        keywords = keywords or {}
        nodes = [protocol.pack(a, self._out) for a in args]
        named = {key: protocol.pack(value, self._out) for key, value in keywords.items()}
        self.number += 1
        number = self.number
        crossing = Crossing(number, verb, target, nodes, named, [])
        self.transcript.append(crossing)
        if verb == "call":
            message: list[Any] = ["call", number, target, nodes, named]
        else:
            message = [verb, number, *target, *nodes]
        try:
            reply = self._conversation(message, crossing)
        except WorkerLostError as lost:
            self.lost = lost
            crossing.answers.append(["lost", lost.kind])
            raise
        except BaseException:  # the check's own function, called back, was given up
            crossing.answers.append(["lost", "callback"])
            raise
        if reply[0] == "method" and verb == "get":
            self.transcript.remove(crossing)
            return _METHOD
        return self._conclude(crossing, reply, args, keywords)

    def _conversation(self, message: list[Any], crossing: Crossing) -> list[Any]:
        while True:
            frame, weight = self.worker.ask(message, self.deadline)
            self.bytes += weight
            if self.bytes > TRANSCRIPT_BYTES:
                self.worker.end()
                raise WorkerLostError("limit", "its answers to one check are too large together")
            crossing.answers.append(frame)
            if frame[0] != "callback":
                return list(frame)
            message = self._call_back(frame, crossing)

    def _call_back(self, frame: list[Any], crossing: Crossing) -> list[Any]:
        try:
            _, number, nodes = frame
            function = self.callables[number]
            args = [self._in(node) for node in nodes]
        except MALFORMED as error:
            crossing.answers.pop()
            raise self.worker.refuse(str(error)) from None
        try:
            return ["return", protocol.pack(function(*args), self._out)]
        except Exception as error:
            kinds = type(error).__mro__
            name = next(k.__name__ for k in kinds if k.__module__ == "builtins")
            self.thrown = (name, str(error)[:MESSAGE_CAP], error)
            alone = len(error.args) == 1 and type(error.args[0]) is str
            return ["throw", name, error.args[0] if alone else str(error)]

    def _conclude(
        self, crossing: Crossing, reply: list[Any], args: tuple[Any, ...], keywords: dict[str, Any]
    ) -> Any:
        try:
            *reply, changes = reply
            for kind, key, node in changes:
                if kind == "result":
                    self._note(self.results.get(key), node)
                else:
                    self._note(keywords.get(key) if type(key) is str else args[key], node)
            kind, *rest = reply
            if kind == "ok":
                return self._take(crossing, rest[0])
            error = self._error(kind, rest)
        except MALFORMED as wrong:
            crossing.answers[-1:] = [["lost", "crash"]]
            self.lost = error = self.worker.refuse(str(wrong))
        raise error from None

    def _error(self, kind: str, rest: list[Any]) -> BaseException:
        """Make the exception that the check sees for an answer that is no value."""
        if kind == "raised":
            return self._raised(rest)
        (words,) = rest
        if type(words) is not str or kind not in ("missing", "refused"):
            raise protocol.WireError("an unknown answer")
        words = readable(words[:MESSAGE_CAP])
        if kind == "missing":
            return CheckFailed(words, rung="missing")
        return CheckFailed(f"{words} came back", rung="type", got=words)

    def _take(self, crossing: Crossing, node: Any) -> Any:
        value = protocol.unpack(node, self._foreign_in, frozen=True)
        if crossing.verb == "call" and type(value) in (np.ndarray, list, dict):
            self.results[crossing.number] = value
        crossing.value = value
        return value

    def _note(self, mine: Any, node: Any) -> None:
        """Note what one of the check's objects has become in the worker."""
        now = protocol.unpack(
            node, lambda n: self._foreign_in(n) if n[0] == "h" else n, frozen=True
        )
        if type(mine) in (np.ndarray, list, dict):
            self.changed[id(mine)] = (mine, now)

    def _raised(self, rest: list[Any]) -> BaseException:
        builtin, name, packed, frames = rest
        message = protocol.unpack(packed)
        if any(type(text) is not str for text in (builtin, name, message)):
            raise protocol.WireError("an exception of no known form")
        places = []
        for file, line, function in frames[:FRAMES]:
            if (type(file), type(line), type(function)) != (str, int, str):
                raise protocol.WireError("a traceback of no known form")
            places.append((readable(file[:MESSAGE_CAP]), line, readable(function[:NAME_CAP])))
        if self.thrown is not None and self.thrown[:2] == (builtin, message):
            return self.thrown[2]  # a check's own function raised it, and it came back through
        said = readable(message[:MESSAGE_CAP])
        known = Raised(builtin[:NAME_CAP], readable(name[:NAME_CAP]), said, places)
        error = _exception(known)
        self.last_error = (error, known)
        return error

    def _in(self, node: Any) -> Any:
        return protocol.unpack(node, self._foreign_in, frozen=True)

    def _foreign_in(self, node: list[Any]) -> Any:
        if len(node) == 2 and tuple(node) in self.generators:
            return self.generators[tuple(node)]
        if node[0] != "h" or len(node) != 3:
            raise protocol.WireError("an unknown kind of value")
        _, number, name = node
        if type(number) is not int or type(name) is not str or not name.isidentifier():
            raise protocol.WireError("a handle of no known form")
        handle = self.handles.get(number)
        if handle is None:
            handle = self.handles[number] = Handle(self, number, name[:NAME_CAP])
        return handle

    def _out(self, value: Any) -> Any:
        if isinstance(value, Handle):
            return ["h", object.__getattribute__(value, "_number")]
        if isinstance(value, Generator):
            return [value.tag, value.seed]
        if isinstance(value, Text):
            return ["x", value.text]
        if callable(value):
            self.callables.append(value)
            return ["cb", len(self.callables) - 1]
        return protocol.refuse(value)


_METHOD = object()
_running: ContextVar[Link] = ContextVar("_running")
"""The link of the check that runs in this thread; the link itself holds all state of the check."""


def readable(text: str) -> str:
    """Return a text that can be written as UTF-8: half characters, which Python allows, cannot."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _exception(raised: Raised) -> BaseException:
    """Build the nearest built-in exception that takes a message."""
    kind = getattr(builtins, raised.kind, None)
    if kind in (StopIteration, StopAsyncIteration):  # it would end a check's loop without a word
        kind = RuntimeError
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        return SolutionError(f"{raised.name}: {raised.message}")
    for candidate in kind.__mro__:
        try:
            error = candidate(raised.message)
        except TypeError:
            continue
        if isinstance(error, BaseException):
            return error
    return SolutionError(raised.message)


class Handle:
    """An object of the learner's, seen from here.

    Attributes are read and set whole, methods are called, operators cross. Identity and hash
    are those of the learner's object; `==` compares identity and never crosses.
    """

    __array_ufunc__ = None
    _link: Link
    _number: int
    _class: str

    def __init__(self, link: Link, number: int, name: str) -> None:
        object.__setattr__(self, "_link", link)
        object.__setattr__(self, "_number", number)
        object.__setattr__(self, "_class", name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"checks look at public attributes only, not `{name}`")
        value = self._link.cross("get", [self._number, name])
        if value is _METHOD:
            return Remote(self._link, ["h", self._number, name])
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        self._link.cross("set", [self._number, name], (value,))

    def __call__(self, *args: Any, **keywords: Any) -> Any:
        """Call the learner's object."""
        return self._link.cross("call", ["h", self._number, None], args, keywords)

    def __repr__(self) -> str:
        return f"<{self._class} {self._number}>"

    def __bool__(self) -> bool:
        raise CheckFailed(
            f"a {self._class} came back where a plain value was expected",
            rung="type",
            got=f"a {self._class}",
        )

    def __array__(self, *_: Any, **__: Any) -> NoReturn:
        raise CheckFailed(
            f"a {self._class} came back where an array or a number was expected",
            rung="type",
            got=f"a {self._class}",
        )

    def __float__(self) -> float:
        raise CheckFailed(
            f"a {self._class} came back where a number was expected",
            rung="type",
            got=f"a {self._class}",
        )

    def _operate(self, name: str, *args: Any) -> Any:
        return self._link.cross("call", ["op", name], args)

    def __neg__(self) -> Any:
        return self._operate("neg", self)

    def __pos__(self) -> Any:
        return self._operate("pos", self)

    def __abs__(self) -> Any:
        return self._operate("abs", self)

    def __getitem__(self, key: Any) -> Any:
        return self._operate("getitem", self, key)


def _binary(name: str) -> tuple[Callable[[Any, Any], Any], Callable[[Any, Any], Any]]:
    def forward(self: Handle, other: Any) -> Any:
        return self._operate(name, self, other)

    def reflected(self: Handle, other: Any) -> Any:
        return self._operate(name, other, self)

    return forward, reflected


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"):
    _forward, _reflected = _binary(_name)
    setattr(Handle, f"__{_name}__", _forward)
    setattr(Handle, f"__r{_name}__", _reflected)


class Remote:
    """A function, class or method of the learner's, to be called."""

    def __init__(self, link: Link, target: list[Any]) -> None:
        self._link = link
        self._target = target

    def __call__(self, *args: Any, **keywords: Any) -> Any:
        """Call it in the worker and return what came back."""
        return self._link.cross("call", self._target, args, keywords)


class Names:
    """The public names of one module, as attributes."""

    def __init__(self, link: Link, kind: str, module: str, names: Iterable[str] | None) -> None:
        self._link = link
        self._kind = kind
        self._module = module
        self._names = None if names is None else frozenset(names)

    def __getattr__(self, name: str) -> Remote:
        if self._names is not None and name not in self._names:
            raise AttributeError(f"{self._module} exports no `{name}` (see `exports` in kata.toml)")
        return Remote(self._link, [self._kind, self._module, name])


class Solution(Names):
    """The learner's module, as a check sees it."""

    def __init__(
        self, link: Link, module: str, exports: dict[str, tuple[str, list[str]]], own: str
    ):
        """Take the kata's module and, by kata, the modules and names that can be reached."""
        super().__init__(link, "m", module, exports[own][1])
        self._exports = exports
        self.probe = Names(link, "p", module, None)

    def need(self, kata: str) -> Names:
        """Reach the module of a kata that this one needs."""
        module, names = self._exports[kata]
        return Names(self._link, "m", module, names)

    def rng(self, seed: int) -> Generator:
        """Return `np.random.default_rng(seed)`, made once in the worker."""
        return self._generator("rng", int(seed))

    def py_rng(self, seed: int) -> Generator:
        """Return `random.Random(seed)`, made once in the worker."""
        return self._generator("pyrng", int(seed))

    def fn(self, text: str) -> Text:
        """Return a function given as text; it runs in the worker and can be printed."""
        return Text(text)

    def _generator(self, tag: str, seed: int) -> Generator:
        return self._link.generators.setdefault((tag, seed), Generator(tag, seed))


def class_of(handle: Handle) -> str:
    """Return the name of the class, as exported, that a handle's object is an instance of."""
    return str(object.__getattribute__(handle, "_class"))
