"""The messages that a check and a worker exchange, and the errors that a check can raise."""

from __future__ import annotations

import builtins
import math
import random
import sys
from collections.abc import Iterator
from functools import lru_cache
from types import CodeType
from typing import Any

import numpy as np
from msgspec import Struct

VERSIONS = f"Python {sys.version}, numpy {np.__version__}"
"""What a module's answers depend on besides the module: stored answers hold for one of these."""


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
    """A random generator in the worker, identified by its kind, its seed and its number."""

    def __init__(self, tag: str, seed: int, number: int) -> None:
        """Set the kind of generator (`rng` or `pyrng`), its seed, and which one with that seed."""
        self.tag = tag
        self.seed = seed
        self.number = number


class Place(Struct, frozen=True):
    """Where a value came from: an exchange, and the subscripts of the part of its reply."""

    index: int
    part: str = ""
    """Subscripts such as `["dW"]` or `[0][1]`; empty for the whole reply."""


def place_of(value: Any, transcript: list[Exchange]) -> Place | None:
    """Return where the object `value` came from: the last such reply, or the last such part of one.

    Python shares small integers and the like, so that their identity says nothing: None for these.
    """
    if value is None or isinstance(value, bool | int):
        return None
    for index in range(len(transcript) - 1, -1, -1):
        if transcript[index].value is value:
            return Place(index)
    if isinstance(value, str | tuple) and len(value) < (2 if isinstance(value, str) else 1):
        return None
    for index in range(len(transcript) - 1, -1, -1):
        part = next((path for one, path in _parts(transcript[index].value) if one is value), None)
        if part is not None:
            return Place(index, part)
    return None


def _parts(value: Any, path: str = "") -> Iterator[tuple[Any, str]]:
    """Yield every part of a list, tuple or dict, and the subscripts that lead to it."""
    if type(value) in (list, tuple):
        pairs = list(enumerate(value))
    elif type(value) is dict:
        pairs = [pair for pair in value.items() if isinstance(pair[0], str | int)]
    else:
        return
    for key, part in pairs:
        yield part, f"{path}[{key!r}]"
        yield from _parts(part, f"{path}[{key!r}]")
