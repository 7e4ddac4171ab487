"""Hash the answers of a module in a check, so that modules with equal answers can be found later.

The hash says nothing about the check: only the module's own answers go into it. Answers that differ
only by rounding have the same hash, and so do exceptions of the same class with different messages.
"""

from __future__ import annotations

import hashlib
import math
from typing import Any

import numpy as np

from ..model import Verdict
from ..sandbox.child import protocol
from .runner import KataRun

COMPARABLE = ("failed", "error", "crash")
"""Outcomes whose answers are the same in every run; a timeout can happen at any point."""
BITS = {2: 5, 4: 10}
"""The number of bits that count, by the size of a float in bytes, after the leading bit."""
BITS_OF_DOUBLE = 24
OFFSET = 0.381966
"""The offset of the rounding steps, chosen so that no short fraction is at the edge of a step."""
HASH_BYTES = 8


def record_behaviour(verdict: Verdict, run: KataRun | None) -> Verdict:
    """Write the hashes of the answers into the outcomes of failed checks; return the verdict.

    A slow check gets no hash: after training, rounding can have changed everything.
    """
    for check in run.checks if run is not None else []:
        if check.outcome in COMPARABLE and not check.info.slow and check.link is not None:
            check.result.behaviour = hash_answers(check.answers)
    return verdict


def hash_answers(answers: list[list[Any]]) -> str:
    """Return the hash of the worker's messages in one check, one list per exchange."""
    digest = hashlib.blake2b(digest_size=HASH_BYTES)
    for exchange in answers:
        for frame in exchange:
            digest.update(repr(_normalize_frame(frame)).encode("utf-8", "surrogatepass"))
            digest.update(b"\n")
    return digest.hexdigest()


def _normalize_frame(frame: Any) -> Any:
    """Return a message of the worker without the parts in which equivalent modules may differ."""
    if type(frame) is not list or not frame:
        return frame
    kind = frame[0]
    try:
        if kind == "ok":
            return kind, _normalize(frame[1]), _normalize_changes(frame[-1])
        if kind == "raised":  # the message may be the learner's own text
            return kind, frame[1], _normalize_changes(frame[-1])
        if kind == "callback":
            return kind, [_normalize(node) for node in frame[2]]
        if kind == "refused" and str(frame[1]).startswith("an object of the class"):
            return (kind,)  # the name of the class can be the learner's own too
    except (protocol.WireError, ValueError, TypeError, IndexError):
        return kind, "malformed"
    return frame


def _normalize_changes(changes: Any) -> Any:
    return [(*change[:2], _normalize(change[2])) for change in changes]


def _normalize(node: Any) -> Any:
    """Return a packed value with its numbers rounded; a numpy float64 counts as a float."""
    if type(node) is float:
        return _round("float", np.array([node]))
    if type(node) is not list or not node:
        return node
    tag = node[0]
    if tag in ("a", "n"):
        value = np.asarray(protocol.unpack(node))
        if value.dtype.kind in "biu":
            return tag, node[1], list(value.shape), value.tobytes()
        if node[:2] == ["n", "<f8"]:
            return _round("float", value.reshape(1))
        return _round(f"{tag} {node[1]} {list(value.shape)}", value.reshape(-1))
    if tag == "c":
        return _round("complex", np.array([complex(node[1], node[2])]))
    if tag == "f":
        return _round("l", np.array(protocol.unpack(node)))
    if tag in ("l", "t"):
        items = node[1]
        if items and all(type(item) is float for item in items):
            return _round(tag, np.array(items))
        return tag, [_normalize(item) for item in items]
    if tag == "d":
        return tag, [(_normalize(key), _normalize(value)) for key, value in node[1]]
    return node


def _round(kind: str, values: Any) -> tuple[str, int, bytes]:
    """Return numbers as multiples of one step, whose size follows from the largest magnitude."""
    if values.dtype.kind == "c":
        bits = BITS.get(values.dtype.itemsize // 2, BITS_OF_DOUBLE)
        values = np.stack([values.real, values.imag])
    else:
        bits = BITS.get(values.dtype.itemsize, BITS_OF_DOUBLE)
    values = values.astype(np.float64)
    finite = np.isfinite(values)
    largest = float(np.abs(values[finite]).max()) if finite.any() else 0.0
    exponent = math.floor(math.log2(largest) + OFFSET) if largest else 0
    steps = np.zeros(values.shape, np.int64)
    steps[finite] = np.floor(np.ldexp(values[finite], bits - exponent) + OFFSET)
    steps[np.isnan(values)] = np.iinfo(np.int64).min
    steps[np.isposinf(values)] = np.iinfo(np.int64).max
    steps[np.isneginf(values)] = -np.iinfo(np.int64).max
    return kind, exponent, steps.tobytes()
