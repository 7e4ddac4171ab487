"""What is recorded of a check's conversation with a worker, and what a check can raise."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
from msgspec import Struct

from .python_source import Script


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
        return eval(self.text, {"np": np, "math": __import__("math"), "random": random})(*args)


class Generator:
    """A random generator of the worker's, known here by its seed."""

    def __init__(self, tag: str, seed: int) -> None:
        """Name the kind of generator (`rng` or `pyrng`) and its seed."""
        self.tag = tag
        self.seed = seed


def script_of(transcript: list[Crossing]) -> Script:
    """Return a check's crossings as Python lines."""
    return Script(
        [
            (c.verb, c.target, c.args, c.keywords, c.answers[-1] if c.answers else None)
            for c in transcript
        ]
    )


def index_of(value: Any, transcript: list[Crossing]) -> int | None:
    """Return the index of the crossing whose reply was `value`, if there is one."""
    for index in range(len(transcript) - 1, -1, -1):
        found = transcript[index].value
        if found is value and found is not None and not isinstance(value, bool | int):
            return index
    return None
