"""What crosses between a check and a learner's module, and the record of it."""

from __future__ import annotations

import builtins
import math
import random
from typing import Any

import numpy as np
from msgspec import Struct

MESSAGE_CAP, NAME_CAP, FRAMES = 4096, 80, 12
"""Most that an answer may say in words, whoever wrote it."""


class CheckFailed(AssertionError):  # noqa: N818  (the word that check authors read)
    """A check's finding: how far down the ladder it got, what came back, what was expected."""

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
    """A learner's exception that is no `Exception`, such as SystemExit."""


class Raised(Struct, frozen=True):
    """What is known of an exception that the learner's code raised."""

    kind: str
    name: str
    message: str
    frames: list[tuple[str, int, str]]


class Crossing(Struct):
    """One request and what came back for it."""

    number: int
    verb: str
    target: list[Any]
    args: list[Any]
    keywords: dict[str, Any]
    answers: list[Any]
    """The worker's frames, decoded: callbacks that it made, then the reply."""
    value: Any = None
    """The reply's value as the check has it, to know it again."""


class Text:
    """An expression that crosses as text and is evaluated in the worker."""

    def __init__(self, text: str) -> None:
        """Take the expression; `np`, `math` and `random` are known where it is evaluated."""
        self.text = text

    def __call__(self, *args: Any) -> Any:
        """Evaluate the same expression here and call it."""
        return eval(self.text, {"np": np, "math": math, "random": random})(*args)


class Generator:
    """A random generator of the worker's, known here by its seed."""

    def __init__(self, tag: str, seed: int) -> None:
        """Name the kind of generator (`rng` or `pyrng`) and its seed."""
        self.tag = tag
        self.seed = seed


changed: dict[int, tuple[Any, Any]] = {}
"""Objects of the check at hand that the worker says it has changed, and what they are there now."""


def as_it_is_there(mine: Any) -> Any:
    """Return what an argument, or an earlier result, has become in the worker.

    The check's own object is never touched: what the check expects may be computed from it, and
    a module must not set what it is judged by.
    """
    known = changed.get(id(mine))
    if known is not None and known[0] is mine:
        return known[1]
    if type(mine) in (list, tuple):  # several objects, looked at together
        return type(mine)(as_it_is_there(part) for part in mine)
    return mine


def readable(text: str) -> str:
    """Return a text that can be written as UTF-8: half characters, which Python allows, cannot."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def exception_for(raised: Raised) -> BaseException:
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
