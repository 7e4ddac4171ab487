"""Recognise a documented mistake by its behaviour, and find the prerequisite that is to blame.

A check depends on its seed and on the answers it gets, and on nothing else: so equal answers
imply equal calls, and a module that answers as a mistake does, in every check that the mistake
fails, has made that mistake. No match, no guess.
"""

from __future__ import annotations

import contextlib
import hashlib
import math
import re
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct

from .. import __version__
from ..course.mistakes import Mistake, read_mistakes
from ..files import write_atomically
from ..model import Diagnosis, Kata
from ..sandbox.child import protocol
from .runner import CheckRun, KataRun, KataRunner, RunPlan
from .runtime import Bundle

RELATIVE = 1e-9
RELATIVE_SINGLE = 1e-5
CACHE_BYTES = 2**24
CACHE_FILES = 64
_NUMBERS = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_MESSAGES_VARY = ("RecursionError", "MemoryError")

Answers = list[list[Any]]
Seen = dict[str, Answers | None]
"""What a mistake answers in the checks that it was run on; None for one that it passes."""


class Fingerprint(Struct, frozen=True):
    """How one mistake behaves: the checks that it fails, and its answers in them."""

    mistake: str
    text: str
    answers: dict[str, Answers]


def find_mistakes(
    run: KataRun, runner: KataRunner, bundle: Bundle, cache: Path | None = None
) -> list[Diagnosis]:
    """Return the kata's mistakes that a run with the prerequisites of `bundle` behaves like.

    A mistake is run on the checks that the learner failed, and on the others only while nothing
    speaks against it. What mistakes answer is kept in the folder `cache`, under a name made of
    everything it depends on.
    """
    kata = runner.kata
    mistakes = read_mistakes(kata)
    key = _key(kata, bundle, mistakes, runner.seed)
    known = _recall(cache, key)
    mine = _failing_answers(run)
    every = [info.name for info in runner.infos() if not info.slow]
    shared = [check for check in every if check in mine]
    found = []
    news = False
    with closing(runner.slot(bundle)) as slot:
        for mistake in mistakes:
            seen = known.setdefault(mistake.name, {})
            for wanted in (shared, every):
                missing = frozenset(wanted) - seen.keys()
                if missing and _may_match(mine, shared, seen):
                    trial = _with(bundle, kata, mistake.module)
                    tried = runner.run(trial, RunPlan(slow="never", only=missing), slot)
                    answers = fingerprint(mistake, tried).answers
                    seen.update((check, answers.get(check)) for check in missing)
                    news = True
            if _may_match(mine, shared, seen):
                failed = {check: answers for check, answers in seen.items() if answers is not None}
                found.append(Fingerprint(mistake.name, mistake.text, failed))
    if news:
        _remember(cache, key, known)
    return match_mistakes(run, found)


def _may_match(mine: dict[str, Answers], shared: list[str], seen: Seen) -> bool:
    """Whether nothing seen of a mistake speaks against it: an answer, or that it passes all."""
    alike = all(
        answers is None or (check in mine and same_answers(mine[check], answers))
        for check, answers in seen.items()
    )
    return alike and any(seen.get(check, []) is not None for check in shared)


def fingerprint(mistake: Mistake, run: KataRun) -> Fingerprint:
    """Return how a mistake behaves, from a run of the checks on it."""
    failing = {
        c.info.name: c.answers
        for c in run.checks
        if not c.info.slow and c.outcome != "passed" and c.link is not None
    }
    return Fingerprint(mistake.name, mistake.text, failing)


def match_mistakes(run: KataRun, known: Iterable[Fingerprint]) -> list[Diagnosis]:
    """Return the mistakes that a run behaves like; of nested ones, the larger."""
    mine = _failing_answers(run)
    matching = [f for f in known if f.answers and _matches(mine, f)]
    sets = [frozenset(f.answers) for f in matching]
    return [
        Diagnosis(f.mistake, f.text, len(f.answers))
        for f, own in zip(matching, sets, strict=True)
        if not any(own < other for other in sets)
    ]


def _failing_answers(run: KataRun) -> dict[str, Answers]:
    return {c.info.name: c.answers for c in failing_checks(run)}


def find_guilty_need(
    runner: KataRunner, bundle: Bundle, reference: Callable[[str], str]
) -> str | None:
    """Return the prerequisite of the learner's that breaks this kata, if one does.

    With all prerequisites from the reference the kata must pass; then each of the learner's is
    swapped alone, and the one whose swap cures the kata is named.
    """
    course = runner.course
    theirs = [n for n in course.all_needs(runner.kata.name) if course.katas[n].module in bundle.own]
    if not theirs:
        return None

    def cured(swapped: list[str]) -> bool:
        texts = bundle.texts | {course.katas[n].module: reference(n) for n in swapped}
        trial = msgspec.structs.replace(bundle, texts=texts)
        run = runner.run(trial, RunPlan(slow="never"))
        return run.load is None and all(c.outcome == "passed" or c.info.slow for c in run.checks)

    if not cured(theirs):
        return None
    return next((name for name in theirs if cured([name])), None)


def _with(bundle: Bundle, kata: Kata, text: str) -> Bundle:
    return msgspec.structs.replace(bundle, texts=bundle.texts | {kata.module: text})


def _matches(mine: dict[str, Answers], mistake: Fingerprint) -> bool:
    some_value = False
    for check, theirs in mistake.answers.items():
        answers = mine.get(check)
        if answers is None or not same_answers(answers, theirs):
            return False
        some_value = some_value or any(c and c[-1][0] == "ok" for c in theirs)
    return some_value


def same_answers(mine: Answers, theirs: Answers) -> bool:
    """Whether two workers answered one check alike, crossing by crossing."""
    return len(mine) == len(theirs) and all(
        len(a) == len(b) and all(map(_same_frame, a, b)) for a, b in zip(mine, theirs, strict=True)
    )


def _same_frame(a: Any, b: Any) -> bool:
    if type(a) is not list or type(b) is not list or not a or not b or a[0] != b[0]:
        return False
    if a[0] == "raised":
        return _same_error(a, b)
    if a[0] == "ok":
        return _same_node(a[1], b[1]) and _same_changes(a[-1], b[-1])
    if a[0] == "callback":
        return _same_node(a[2], b[2])
    return bool(a == b)


def _same_error(a: list[Any], b: list[Any]) -> bool:
    if a[1] != b[1] or not _same_changes(a[-1], b[-1]):
        return False
    return a[1] in _MESSAGES_VARY or _masked(a[3]) == _masked(b[3])


def _masked(message: Any) -> str:
    return _NUMBERS.sub("#", str(message))


def _same_changes(a: Any, b: Any) -> bool:
    return len(a) == len(b) and all(
        x[:2] == y[:2] and _same_node(x[2], y[2]) for x, y in zip(a, b, strict=True)
    )


def _same_node(a: Any, b: Any) -> bool:
    """Compare two packed values: same kind, shape and dtype, numbers within the tolerance.

    What a node is, only its own tag says: a list of texts may begin with "a" too.
    """
    a, b = _as_float(a), _as_float(b)
    if type(a) is not type(b):
        return False
    if type(a) is float:
        return _same_number(a, b)
    if type(a) is not list:
        return bool(a == b)
    if {a[0], b[0]} == {"f", "l"}:  # a list of floats, one of which is numpy's in the other
        a, b = _as_list(a), _as_list(b)
    if a[0] != b[0]:
        return False
    if a[0] in ("a", "n", "f", "c"):
        return _same_numbers(a, b)
    if a[0] in ("l", "t"):
        return _all_same(a[1], b[1])
    if a[0] == "d":
        return len(a[1]) == len(b[1]) and all(map(_all_same, a[1], b[1]))
    return bool(a == b)


def _all_same(one: list[Any], other: list[Any]) -> bool:
    return len(one) == len(other) and all(map(_same_node, one, other))


def _as_list(node: list[Any]) -> list[Any]:
    """Return a list of floats, which crosses as one block, as the list of nodes that it is."""
    return ["l", protocol.unpack(node)] if node[0] == "f" else node


def _as_float(node: Any) -> Any:
    """Take numpy's float64 for the float that it is: which of them comes is chance."""
    if type(node) is list and len(node) == 3 and node[:2] == ["n", "<f8"]:
        return float(protocol.unpack(node))
    return node


def _same_number(a: float, b: float) -> bool:
    if a == b or (a != a and b != b):
        return True
    if not (math.isfinite(a) and math.isfinite(b)):
        return False
    return abs(a - b) <= RELATIVE * max(abs(a), abs(b))


def _same_numbers(a: list[Any], b: list[Any]) -> bool:
    if a[:-1] != b[:-1] and a[0] != "c":
        return False
    try:
        x, y = np.asarray(protocol.unpack(a)), np.asarray(protocol.unpack(b))
    except protocol.WireError:
        return False
    if x.shape != y.shape:
        return False
    if x.dtype.kind in "biu":
        return bool(np.array_equal(x, y))
    tolerance = RELATIVE_SINGLE if x.dtype.itemsize <= 4 else RELATIVE
    with np.errstate(all="ignore"):
        finite = np.isfinite(x) & np.isfinite(y)
        scale = max((float(np.abs(v[finite]).max()) for v in (x, y) if finite.any()), default=0.0)
        exact = (x == y) | ((x != x) & (y != y))
        return bool((exact | (finite & (np.abs(x - y) <= tolerance * scale))).all())


def _key(kata: Kata, bundle: Bundle, mistakes: list[Mistake], seed: int) -> str:
    digest = hashlib.sha256(f"{__version__} {np.__version__} {kata.name} {seed}".encode())
    parts = [kata.checks.read_text(encoding="utf-8")]
    if kata.probes.is_file():
        parts.append(kata.probes.read_text(encoding="utf-8"))
    parts += [part for mistake in mistakes for part in (mistake.name, mistake.text, mistake.module)]
    parts += [x for p, t in sorted(bundle.texts.items()) if p != kata.module for x in (p, t)]
    for part in parts:
        digest.update(hashlib.sha256(part.encode("utf-8", "surrogatepass")).digest())
    return digest.hexdigest()[:32]


def _recall(cache: Path | None, key: str) -> dict[str, Seen]:
    if cache is None:
        return {}
    try:
        return msgspec.msgpack.decode((cache / f"{key}.msgpack").read_bytes(), type=dict[str, Seen])
    except (OSError, msgspec.MsgspecError):
        return {}


def _remember(cache: Path | None, key: str, known: dict[str, Seen]) -> None:
    """Keep what mistakes answer; a folder that cannot be written costs time and nothing else."""
    if cache is None:
        return
    data = msgspec.msgpack.encode(known)
    if len(data) > CACHE_BYTES:
        return
    with contextlib.suppress(OSError):
        cache.mkdir(parents=True, exist_ok=True)
        for old in sorted(cache.glob("*.msgpack"), key=lambda p: p.stat().st_mtime)[:-CACHE_FILES]:
            old.unlink()
        write_atomically(cache / f"{key}.msgpack", data)


def failing_checks(run: KataRun) -> list[CheckRun]:
    """Return the checks of a run that were run and not passed."""
    return [c for c in run.checks if c.outcome not in ("passed", "not_run")]
