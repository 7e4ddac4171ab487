"""Limit the diagnosis of a repair kata: no cause before a change, then one cause at a time."""

from __future__ import annotations

import ast

from msgspec.structs import replace

from ..course.definitions import program
from ..model import Kata, Verdict


def stage_causes(kata: Kata, text: str | None, verdict: Verdict) -> Verdict:
    """Return the verdict on a repair kata with only the cause that is to be found next.

    While the module is still the given program, no cause is named. After that, only the first of
    the given program's faults is named, in the order of kata.toml; other mistakes are always named.
    """
    if not kata.file.repair or not verdict.diagnoses:
        return verdict
    if text is not None and is_as_given(kata, text):
        return replace(verdict, diagnoses=[])
    order = kata.file.faults
    named = [d for d in verdict.diagnoses if d.mistake in order]
    first = min(named, key=lambda d: order.index(d.mistake), default=None)
    shown = [d for d in verdict.diagnoses if d is first or d.mistake not in order]
    return replace(verdict, diagnoses=shown)


def is_as_given(kata: Kata, text: str) -> bool:
    """Return whether a module is the given program, apart from comments, annotations and spaces."""
    try:
        return program(ast.parse(text)) == program(ast.parse(kata.stub.read_text("utf-8")))
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return False
