"""`solution`: the proxy that a check uses in place of the learner's module.

A check calls `solution.function(x)` as if the module were imported. The arguments are sent to the
worker and the result is sent back; objects of the kata's own classes stay in the worker, and the
check gets handles of them. If a call changes its arguments, those of an earlier call or an earlier
result, the change is recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any, NoReturn
from weakref import WeakValueDictionary

import numpy as np

from ..sandbox.child import protocol
from ..sandbox.worker_client import Worker, WorkerLostError
from .budget import Budget
from .transcript import (
    CheckFailed,
    Exchange,
    Expression,
    RaisedException,
    SeededGenerator,
)

TRANSCRIPT_BYTES = 2**25
"""Maximum number of bytes that the worker may send in one check."""
MESSAGE_CAP, NAME_CAP, FRAMES = 4096, 80, 12
"""Limits of answers: characters of a message and of a name, frames of a traceback."""
MALFORMED = (
    protocol.WireError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError,
)  # fmt: skip
"""The errors of decoding a malformed answer, which only a manipulated worker sends."""


def value_in_worker(value: Any) -> Any:
    """Return the state in the worker of an argument or an earlier result of the running check.

    The check's own object never changes: the check may compute what it expects from it, and a
    module must not be able to change that.
    """
    link = _running.get(None)
    return value if link is None else link.value_in_worker(value)


class Link:
    """The connection of one check to one worker: it sends requests and records the answers."""

    def __init__(self, worker: Worker, deadline: float, budget: Budget | None = None) -> None:
        """Connect to `worker` until `deadline`, in seconds of the monotonic clock.

        With `budget`, the answers are charged to it.
        """
        self.budget = budget
        self.worker = worker
        self.deadline = deadline
        self.transcript: list[Exchange] = []
        self.loss: WorkerLostError | None = None
        self.handles: dict[int, Handle] = {}
        self.generators: dict[tuple[str, int, int], SeededGenerator] = {}
        self.results: dict[int, Any] = {}
        self.passed: WeakValueDictionary[tuple[int, int | str], np.ndarray[Any, Any]] = (
            WeakValueDictionary()
        )
        """The arrays that were passed, by the number of the call and their place or name in it."""
        self.callables: list[Callable[..., Any]] = []
        self.bytes = 0
        self.callback_error: tuple[str, str, BaseException] | None = None
        self.last_error: tuple[BaseException, RaisedException] | None = None
        self.number = 0
        self.changed: dict[int, tuple[Any, Any]] = {}
        """For each id, a check's object that has changed in the worker, and its state there."""

    def __enter__(self) -> Link:
        """Make this the link of the running check."""
        self._token = _running.set(self)
        return self

    def __exit__(self, *_: object) -> None:
        _running.reset(self._token)

    def release(self) -> None:
        """Drop the decoded values, which are needed only while the check runs.

        The encoded answers are kept: mistakes are recognised by them.
        """
        for store in (
            self.results, self.passed, self.changed, self.handles, self.callables, self.generators,
        ):  # fmt: skip
            store.clear()
        for exchange in self.transcript:
            exchange.value = None
        self.callback_error = self.last_error = None

    def numbers_of(self, handle: int) -> dict[str, float]:
        """Return the numeric attributes of an object that were read or set, by name."""
        numbers = {}
        for exchange in self.transcript:
            if exchange.verb in ("get", "set") and exchange.target[0] == handle:
                value = exchange.args[0] if exchange.verb == "set" else exchange.value
                if type(value) in (int, float):
                    numbers[exchange.target[1]] = value
        return numbers

    def value_in_worker(self, value: Any) -> Any:
        """Return the state in the worker of one of the check's objects."""
        known = self.changed.get(id(value))
        if known is not None and known[0] is value:
            return known[1]
        if type(value) in (list, tuple):  # several objects, compared together
            return type(value)(self.value_in_worker(part) for part in value)
        return value

    def request(
        self, verb: str, target: list[Any], args: tuple[Any, ...] = (),
        keywords: dict[str, Any] | None = None,
    ) -> Any:  # fmt: skip
        """Send one request and record it; return the value of the answer, or raise its error.

        Callbacks that the worker makes before it answers are served.
        """
        if self.loss is not None:
            raise self.loss
        keywords = keywords or {}
        nodes = [protocol.pack(a, self._pack_reference) for a in args]
        named = {key: protocol.pack(value, self._pack_reference) for key, value in keywords.items()}
        self.number += 1
        number = self.number
        exchange = Exchange(number, verb, target, nodes, named, [])
        self.transcript.append(exchange)
        if verb == "call":
            places: list[int | str] = [*range(len(args)), *keywords]
            for place, value in zip(places, (*args, *keywords.values()), strict=True):
                if type(value) is np.ndarray:
                    self.passed[number, place] = value
            message: list[Any] = ["call", number, target, nodes, named]
        else:
            message = [verb, number, *target, *nodes]
        try:
            reply = self._send(message, exchange)
        except WorkerLostError as lost:
            self.loss = lost
            exchange.answers.append(["lost", lost.kind])
            raise
        except BaseException:  # raised by a function of the check that was called back
            exchange.answers.append(["lost", "callback"])
            raise
        if reply[0] == "method" and verb == "get":
            self.transcript.remove(exchange)
            return _METHOD
        return self._conclude(exchange, reply, args, keywords)

    def _send(self, message: list[Any], exchange: Exchange) -> list[Any]:
        while True:
            frame, weight = self.worker.ask(message, self.deadline)
            self.bytes += weight
            in_budget = self.budget is None or self.budget.charge_bytes(weight)
            if self.bytes > TRANSCRIPT_BYTES or not in_budget:
                self.worker.end()
                which = "one check" if in_budget else "all checks"
                raise WorkerLostError("limit", f"its answers to {which} are too large in total")
            exchange.answers.append(frame)
            if frame[0] != "callback":
                return list(frame)
            message = self._call_back(frame, exchange)

    def _call_back(self, frame: list[Any], exchange: Exchange) -> list[Any]:
        try:
            _, number, nodes = frame
            function = self.callables[number]
            args = [self._unpack(node) for node in nodes]
        except MALFORMED as error:
            exchange.answers.pop()
            raise self.worker.refuse(str(error)) from None
        try:
            return ["return", protocol.pack(function(*args), self._pack_reference)]
        except Exception as error:
            kinds = type(error).__mro__
            name = next(k.__name__ for k in kinds if k.__module__ == "builtins")
            self.callback_error = (name, str(error)[:MESSAGE_CAP], error)
            alone = len(error.args) == 1 and type(error.args[0]) is str
            return ["throw", name, error.args[0] if alone else str(error)]

    def _conclude(
        self, exchange: Exchange, reply: list[Any], args: tuple[Any, ...], keywords: dict[str, Any]
    ) -> Any:
        try:
            *reply, changes = reply
            for kind, key, node in changes:
                if kind == "result":
                    self._record_change(self.results.get(key), node)
                elif kind == "kept":
                    call, place = key
                    self._record_change(self.passed.get((call, place)), node)
                else:
                    self._record_change(keywords.get(key) if type(key) is str else args[key], node)
            kind, *rest = reply
            if kind == "ok":
                return self._read_value(exchange, rest[0])
            error = self._error(kind, rest)
        except MALFORMED as wrong:
            exchange.answers[-1:] = [["lost", "crash"]]
            self.loss = error = self.worker.refuse(str(wrong))
        raise error from None

    def _error(self, kind: str, rest: list[Any]) -> BaseException:
        """Return the exception that the check gets for an answer that is not a value."""
        if kind == "raised":
            return self._read_exception(rest)
        (words,) = rest
        if type(words) is not str or kind not in ("missing", "refused"):
            raise protocol.WireError("an unknown answer")
        words = readable(words[:MESSAGE_CAP])
        if kind == "missing":
            return CheckFailed(words, rung="missing")
        return CheckFailed(f"got {words}", rung="type", got=words)

    def _read_value(self, exchange: Exchange, node: Any) -> Any:
        value = protocol.unpack(node, self._unpack_reference, frozen=True)
        if exchange.verb == "call" and type(value) in (np.ndarray, list, dict):
            self.results[exchange.number] = value
        exchange.value = value
        return value

    def _record_change(self, own: Any, node: Any) -> None:
        """Record the new state in the worker of one of the check's objects."""
        now = protocol.unpack(
            node, lambda n: self._unpack_reference(n) if n[0] == "h" else n, frozen=True
        )
        self._record_state(own, now)

    def _record_state(self, own: Any, now: Any) -> None:
        """Record the new state of an object, and of its members that are no longer the same."""
        if type(own) in (np.ndarray, list, tuple, dict):
            self.changed[id(own)] = (own, now)
        if type(now) is not type(own) or isinstance(own, np.ndarray) or len(own) != len(now):
            return
        keys = own if type(own) is dict else range(len(own))
        for key in keys:
            if type(own) is dict and key not in now:
                continue
            member, state = own[key], now[key]
            if type(member) in (np.ndarray, list, tuple, dict) and not _same_state(member, state):
                self._record_state(member, state)

    def _read_exception(self, rest: list[Any]) -> BaseException:
        builtin, name, packed, frames = rest
        message = protocol.unpack(packed)
        if any(type(text) is not str for text in (builtin, name, message)):
            raise protocol.WireError("an exception in an unknown form")
        places = []
        for file, line, function in frames[:FRAMES]:
            if (type(file), type(line), type(function)) != (str, int, str):
                raise protocol.WireError("a traceback in an unknown form")
            places.append((readable(file[:MESSAGE_CAP]), line, readable(function[:NAME_CAP])))
        if self.callback_error is not None and self.callback_error[:2] == (builtin, message):
            return self.callback_error[2]  # raised by a function of the check, and passed on
        raised = RaisedException(
            builtin[:NAME_CAP],
            readable(name[:NAME_CAP]),
            readable(message[:MESSAGE_CAP]),
            places,
        )
        error = raised.rebuild()
        self.last_error = (error, raised)
        return error

    def _unpack(self, node: Any) -> Any:
        return protocol.unpack(node, self._unpack_reference, frozen=True)

    def _unpack_reference(self, node: list[Any]) -> Any:
        if node[0] in ("rng", "pyrng") and len(node) == 3:
            tag, seed, number = node
            if type(seed) is int and type(number) is int and (tag, seed, number) in self.generators:
                return self.generators[tag, seed, number]
        if node[0] != "h" or len(node) != 3:
            raise protocol.WireError("an unknown kind of value")
        _, number, name = node
        if type(number) is not int or type(name) is not str or not name.isidentifier():
            raise protocol.WireError("a handle in an unknown form")
        handle = self.handles.get(number)
        if handle is None:
            handle = self.handles[number] = Handle(self, number, name[:NAME_CAP])
        return handle

    def _pack_reference(self, value: Any) -> Any:
        if isinstance(value, Handle):
            return ["h", object.__getattribute__(value, "_number")]
        if isinstance(value, SeededGenerator):
            return [value.tag, value.seed, value.number]
        if isinstance(value, Expression):
            return ["x", value.text]
        if callable(value):
            self.callables.append(value)
            return ["cb", len(self.callables) - 1]
        return protocol.refuse(value)


_METHOD = object()
_running: ContextVar[Link] = ContextVar("_running")
"""The link of the running check; all state of the check is in the link."""


def _same_state(own: Any, now: Any) -> bool:
    """Return whether an object has the same state as another, bit by bit in arrays."""
    if type(own) is not type(now):
        return False
    if isinstance(own, np.ndarray):
        same_form = own.dtype == now.dtype and own.shape == now.shape
        return bool(same_form and own.tobytes() == now.tobytes())
    if isinstance(own, list | tuple):
        return len(own) == len(now) and all(map(_same_state, own, now))
    if isinstance(own, dict):
        return list(own) == list(now) and all(_same_state(own[key], now[key]) for key in own)
    return bool(own is now or own == now)


def readable(text: str) -> str:
    """Return a text that can be encoded as UTF-8: lone surrogates are escaped."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


class Handle:
    """A proxy of an object in the worker.

    Reading or setting an attribute, calling a method and applying an operator send a request.
    Identity and hash are those of the learner's object; `==` compares identity without a request.
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
        value = self._link.request("get", [self._number, name])
        if value is _METHOD:
            return RemoteCallable(self._link, ["h", self._number, name])
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        self._link.request("set", [self._number, name], (value,))

    def __call__(self, *args: Any, **keywords: Any) -> Any:
        """Call the learner's object."""
        return self._link.request("call", ["h", self._number, None], args, keywords)

    def __repr__(self) -> str:
        """Return the class, with the numbers that the check has read from the object so far."""
        numbers = self._link.numbers_of(self._number)
        if not numbers:
            return f"<{self._class} object>"
        return f"{self._class}({', '.join(f'{n}={v:.6g}' for n, v in numbers.items())})"

    def __bool__(self) -> bool:
        raise self._wrong_type("a plain value")

    def __array__(self, *_: Any, **__: Any) -> NoReturn:
        raise self._wrong_type("an array or a number")

    def __float__(self) -> float:
        raise self._wrong_type("a number")

    def _wrong_type(self, expected: str) -> CheckFailed:
        got = f"a {self._class}"
        return CheckFailed(f"got {got}, expected {expected}", rung="type", got=got)

    def _operate(self, name: str, *args: Any) -> Any:
        return self._link.request("call", ["op", name], args)

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

    def reverse(self: Handle, other: Any) -> Any:
        return self._operate(name, other, self)

    return forward, reverse


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"):
    _forward, _reverse = _binary(_name)
    setattr(Handle, f"__{_name}__", _forward)
    setattr(Handle, f"__r{_name}__", _reverse)


class RemoteCallable:
    """A proxy of a function, class or method in the worker."""

    def __init__(self, link: Link, target: list[Any]) -> None:
        self._link = link
        self._target = target

    def __call__(self, *args: Any, **keywords: Any) -> Any:
        """Call it in the worker and return the result."""
        return self._link.request("call", self._target, args, keywords)


class ModuleProxy:
    """A proxy of a module in the worker: its public names are attributes."""

    def __init__(self, link: Link, kind: str, module: str, names: Iterable[str] | None) -> None:
        self._link = link
        self._kind = kind
        self._module = module
        self._names = None if names is None else frozenset(names)

    def __getattr__(self, name: str) -> RemoteCallable:
        if self._names is not None and name not in self._names:
            raise AttributeError(
                f"{self._module} does not export `{name}` (see `exports` in kata.toml)"
            )
        return RemoteCallable(self._link, [self._kind, self._module, name])


class Solution(ModuleProxy):
    """The proxy of the learner's module that a check gets."""

    def __init__(
        self, link: Link, module: str, exports: dict[str, tuple[str, list[str]]], own: str
    ):
        """Set the kata's module and, by kata, the modules and names that the check may use."""
        super().__init__(link, "m", module, exports[own][1])
        self._exports = exports
        self.probe = ModuleProxy(link, "p", module, None)

    def need(self, kata: str) -> ModuleProxy:
        """Return the proxy of the module of a kata that this one needs."""
        module, names = self._exports[kata]
        return ModuleProxy(self._link, "m", module, names)

    def rng(self, seed: int, number: int = 0) -> SeededGenerator:
        """Return `np.random.default_rng(seed)`; the worker creates one per seed and number."""
        return self._generator("rng", int(seed), number)

    def py_rng(self, seed: int, number: int = 0) -> SeededGenerator:
        """Return `random.Random(seed)`; the worker creates one per seed and number."""
        return self._generator("pyrng", int(seed), number)

    def fn(self, text: str) -> Expression:
        """Return a function given as an expression; it runs in the worker and can be printed."""
        return Expression(text)

    def _generator(self, tag: str, seed: int, number: int) -> SeededGenerator:
        key = tag, seed, number
        return self._link.generators.setdefault(key, SeededGenerator(*key))


def class_of(handle: Handle) -> str:
    """Return the name of the class, as exported, that a handle's object is an instance of."""
    return str(object.__getattribute__(handle, "_class"))
