"""The messages that a check and a worker exchange, and the errors that a check can raise."""

from __future__ import annotations

import builtins
import math
import random
from functools import lru_cache
from types import CodeType
from typing import Any

import numpy as np
from msgspec import Struct

from .python_source import Script


class CheckFailed(AssertionError):  # noqa: N818  (the name that check authors use)
    """The failure of a check: the step that failed (`rung`), what it got and what it expected."""

    def __init__(
        self, message: str = "", *, rung: str = "values", got: str | None = None,
        expected: str | None = None, value: Any = None,
    ) -> None:  # fmt: skip
        super().__init__(message)
        self.rung = rung
        self.got = got
        self.expected = expected
        self.value = value


class SolutionError(Exception):
    """A learner's exception that is not an `Exception`, such as SystemExit."""


class RaisedException(Struct, frozen=True):
    """An exception that the learner's code raised: its built-in base class, name and traceback."""

    kind: str
    name: str
    message: str
    frames: list[tuple[str, int, str]]

    def rebuild(self) -> BaseException:
        """Return an exception of the nearest built-in class that accepts the message."""
        kind = getattr(builtins, self.kind, None)
        if kind in (StopIteration, StopAsyncIteration):  # it would silently end a check's loop
            kind = RuntimeError
        if not (isinstance(kind, type) and issubclass(kind, Exception)):
            return SolutionError(f"{self.name}: {self.message}")
        for candidate in kind.__mro__:
            try:
                error = candidate(self.message)
            except TypeError:
                continue
            if isinstance(error, BaseException):
                return error
        return SolutionError(self.message)


class Exchange(Struct):
    """One request to the worker and the answers to it."""

    number: int
    verb: str
    target: list[Any]
    args: list[Any]
    keywords: dict[str, Any]
    answers: list[Any]
    """The worker's messages, decoded: callbacks that it made, then the reply."""
    value: Any = None
    """The value of the reply; a failing value is traced to its exchange by identity."""


class Expression:
    """A Python expression that is sent as text and evaluated in the worker."""

    def __init__(self, text: str) -> None:
        """Set the expression; it can use `np`, `math` and `random`."""
        self.text = text

    def __call__(self, *args: Any) -> Any:
        """Evaluate the same expression in this process and call it."""
        return eval(_compile(self.text), {"np": np, "math": math, "random": random})(*args)


@lru_cache(maxsize=512)
def _compile(text: str) -> CodeType:
    """Return the compiled expression: a check calls the same one with many numbers."""
    return compile(text.lstrip(" \t"), "<string>", "eval")  # as `eval` reads a text


class SeededGenerator:
    """A random generator in the worker, identified by its kind and seed."""

    def __init__(self, tag: str, seed: int) -> None:
        """Set the kind of generator (`rng` or `pyrng`) and its seed."""
        self.tag = tag
        self.seed = seed


def script_of(transcript: list[Exchange]) -> Script:
    """Return a check's exchanges as a script, which writes them as lines of Python."""
    return Script(
        [
            (e.verb, e.target, e.args, e.keywords, e.answers[-1] if e.answers else None)
            for e in transcript
        ]
    )


def index_of(value: Any, transcript: list[Exchange]) -> int | None:
    """Return the index of the last exchange whose reply was the object `value`, or None."""
    for index in range(len(transcript) - 1, -1, -1):
        is_reply = transcript[index].value is value
        if is_reply and value is not None and not isinstance(value, bool | int):
            return index
    return None
