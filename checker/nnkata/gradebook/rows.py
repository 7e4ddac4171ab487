"""Turn records into rows of the tables, and parts of rows into records."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from ..model import NeedsPerson, Verdict
from .records import GradedSubmission, GradingRun, has_broken_check


def storable(value: Any) -> Any:
    """Return a structure of plain values that both databases can store as text and JSON.

    Lone surrogates, and NUL characters, which PostgreSQL cannot store, are replaced by escapes.
    """
    if isinstance(value, str):
        if "\0" in value:
            value = value.replace("\0", "\\x00")
        return value if value.isascii() else value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {storable(k): storable(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [storable(item) for item in value]
    return value


def without_defaults(value: Any) -> Any:
    """Return a record as plain values, without fields that have their default value."""
    if isinstance(value, Struct):
        fields = type(value).__struct_fields__
        plain = {}
        for name, default in zip(fields, _defaults(type(value)), strict=True):
            item = getattr(value, name)
            if item != default and item not in ([], {}):
                plain[name] = without_defaults(item)
        return plain
    if isinstance(value, list):
        return [without_defaults(item) for item in value]
    return value


@cache
def _defaults(kind: type[Struct]) -> list[Any]:
    """Return the defaults of all fields; NODEFAULT equals no value."""
    return [field.default for field in msgspec.structs.fields(kind)]


def run_row(run: GradingRun) -> dict[str, Any]:
    """Return a run as a row, without the time."""
    row: dict[str, Any] = storable(msgspec.to_builtins(run))
    return row | {"id": run.id, "seed": str(run.seed)}


def grading_row(one: GradedSubmission, run: str, number: int, at: datetime) -> dict[str, Any]:
    """Return a grading of a submission as a row."""
    person = one.needs_person
    return {
        "submission": one.submission,
        "number": number,
        "run": run,
        "recorded_at": at,
        "refused": storable(msgspec.to_builtins(one.refused)),
        "needs_person": storable(msgspec.to_builtins(person)) if person is not None else None,
    }


def result_row(
    one: GradedSubmission, verdict: Verdict, position: int, fingerprint: str
) -> dict[str, Any]:
    """Return the result of a kata as a row, without its number."""
    return {
        "submission": one.submission,
        "kata": verdict.kata,
        "position": position,
        "passed": verdict.passed,
        "points": verdict.points,
        "max_points": verdict.max_points,
        "score": verdict.score,
        "broken": has_broken_check(verdict),
        "policy_error": storable(one.policy_error),
        "fingerprint": fingerprint,
        "verdict": storable(without_defaults(verdict)),
    }


def storable_person(person: NeedsPerson) -> NeedsPerson | None:
    """Return the reason why a submission needs a person, as the gradebook will return it."""
    return person_of(storable(msgspec.to_builtins(person)))


def person_of(value: Any) -> NeedsPerson | None:
    """Return the reason why a submission needs a person from its column, or None."""
    return None if value is None else msgspec.convert(value, NeedsPerson)
