"""Recognise a documented mistake by its behaviour, and find a faulty prerequisite.

A documented mistake is a wrong version of a module, which can be run. A check calls the module, and
its next call depends only on its seed and on what the module answered before: what it returned,
raised or changed. So if two modules gave equal answers, they also got equal calls. A module makes a
mistake if it answers like the mistake in every check that the mistake fails. Without a match there
is not a diagnosis.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct

from ..course.mistakes import Mistake
from ..model import Diagnosis
from ..sandbox.child import protocol
from .known_mistakes import Answers, AnswersByCheck, KnownMistakes
from .runner import KataRun, KataRunner, RunPlan
from .runtime import Bundle

RELATIVE = 1e-9
RELATIVE_SINGLE = 1e-5
_NUMBERS = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_MESSAGES_VARY = ("RecursionError", "MemoryError")


class SearchEndedError(Exception):
    """The search for the cause ended early; the message says what is used up."""


class Fingerprint(Struct, frozen=True):
    """The behaviour of a mistake: the checks that it fails, and its answers in them."""

    mistake: str
    text: str
    answers: dict[str, Answers]


def find_mistakes(
    run: KataRun, runner: KataRunner, bundle: Bundle, known: KnownMistakes,
    broken: list[str] | None = None,
) -> list[Diagnosis]:  # fmt: skip
    """Return the kata's mistakes that behave like the learner's module did in `run`.

    Each mistake is run with the prerequisites of `bundle`: first on the checks that the learner
    failed, then on the others, and only as long as all its answers match. Answers that `known` has
    are not computed again. With `broken`, messages about broken files of mistakes are added to it;
    without it, such a file raises `CourseError`. Raises `SearchEndedError` when the runner's budget
    is used up: the known answers are then not enough to distinguish the mistakes.
    """
    kata = runner.kata
    mistakes = known.read(kata, broken)
    answer_cache = known.answers(kata, bundle, runner.seed)
    own_answers = _failing_answers(run)
    quick = [info.name for info in runner.infos() if not info.slow]
    failing = [check for check in quick if check in own_answers]
    matches = []
    with closing(runner.slot(bundle)) as slot:
        for mistake in mistakes:
            answers = answer_cache.answers(mistake)
            for wanted in (failing, quick):
                missing = frozenset(wanted) - answers.keys()
                if missing and _may_match(own_answers, failing, answers):
                    trial = _replace_texts(bundle, {kata.module: mistake.module})
                    plan = RunPlan(slow_checks="never", only=missing)
                    trial_run = runner.run(trial, plan, slot)
                    _raise_if_spent(runner)
                    failed = make_fingerprint(mistake, trial_run).answers
                    answer_cache.add(mistake, {check: failed.get(check) for check in missing})
            if _may_match(own_answers, failing, answers):
                failed = {check: a for check, a in answers.items() if a is not None}
                matches.append(Fingerprint(mistake.name, mistake.text, failed))
    answer_cache.save()
    return match_mistakes(run, matches)


def _may_match(
    own_answers: dict[str, Answers], failing: list[str], answers: AnswersByCheck
) -> bool:
    """Return whether a mistake, by the answers known so far, may behave like the learner's module.

    It cannot if it fails a check with different answers, or passes all checks that the learner
    fails.
    """
    consistent = all(
        known is None or (check in own_answers and same_answers(own_answers[check], known))
        for check, known in answers.items()
    )
    return consistent and any(answers.get(check, []) is not None for check in failing)


def make_fingerprint(mistake: Mistake, run: KataRun) -> Fingerprint:
    """Return the fingerprint of a mistake, from a run of the checks on it."""
    failing = {
        c.info.name: c.answers
        for c in run.checks
        if not c.info.slow and c.outcome != "passed" and c.link is not None
    }
    return Fingerprint(mistake.name, mistake.text, failing)


def match_mistakes(run: KataRun, fingerprints: Iterable[Fingerprint]) -> list[Diagnosis]:
    """Return the mistakes that behave like the module of `run`.

    If one of them fails only some of the checks that another one fails, only the one that fails
    more checks is returned.
    """
    own_answers = _failing_answers(run)
    matches = [f for f in fingerprints if f.answers and _matches(own_answers, f)]
    check_sets = [frozenset(f.answers) for f in matches]
    return [
        Diagnosis(f.mistake, f.text, len(checks), [n for n in own_answers if n in checks])
        for f, checks in zip(matches, check_sets, strict=True)
        if not any(checks < other for other in check_sets)
    ]


def _failing_answers(run: KataRun) -> dict[str, Answers]:
    return {c.info.name: c.answers for c in run.failing_checks}


def find_faulty_prerequisite(
    runner: KataRunner, bundle: Bundle, reference: Callable[[str], str]
) -> str | None:
    """Return the learner's own prerequisite that makes this kata fail, or None.

    With references in place of all the learner's prerequisites, the kata must pass. Then each
    prerequisite is replaced alone; the first one whose replacement makes the kata pass is faulty.
    Raises `SearchEndedError` when the runner's budget is used up.
    """
    course = runner.course
    own_needs = [
        n for n in course.all_needs(runner.kata.name) if course.katas[n].module in bundle.own
    ]

    def passes_with_reference(needs: list[str]) -> bool:
        texts = {course.katas[need].module: reference(need) for need in needs}
        run = runner.run(_replace_texts(bundle, texts), RunPlan(slow_checks="never"))
        if not run.passed_quick_checks:
            _raise_if_spent(runner)  # this may be the only reason for the failure
        return run.passed_quick_checks

    if not own_needs or not passes_with_reference(own_needs):
        return None
    return next((need for need in own_needs if passes_with_reference([need])), None)


def remove_prerequisite_failures(
    diagnoses: list[Diagnosis], runner: KataRunner, bundle: Bundle, reference: Callable[[str], str]
) -> list[Diagnosis]:
    """Remove from each diagnosis the checks that fail because of the learner's prerequisites.

    A diagnosis that has no check left is dropped. A mistake is run with the learner's own
    prerequisites: if a check fails even with the reference in place of the module, the
    prerequisites are the cause, and the mistake does not explain the failure. Raises
    `SearchEndedError` when the runner's budget is used up.
    """
    kata, own = runner.kata, set(bundle.own)
    modules = (runner.course.katas[need].module for need in runner.course.all_needs(kata.name))
    if not diagnoses or own.isdisjoint(modules):
        return diagnoses
    named = frozenset(check for diagnosis in diagnoses for check in diagnosis.checks)
    right = _replace_texts(bundle, {kata.module: reference(kata.name)})
    run = runner.run(right, RunPlan(slow_checks="never", only=named))
    _raise_if_spent(runner)
    others = {check.info.name for check in run.failing_checks}
    kept = [
        msgspec.structs.replace(d, checks=[c for c in d.checks if c not in others])
        for d in diagnoses
    ]
    return [diagnosis for diagnosis in kept if diagnosis.checks]


def _raise_if_spent(runner: KataRunner) -> None:
    spent = runner.budget.spent() if runner.budget is not None else None
    if spent is not None:
        raise SearchEndedError(spent)


def _replace_texts(bundle: Bundle, texts: dict[str, str]) -> Bundle:
    return msgspec.structs.replace(bundle, texts=bundle.texts | texts)


def _matches(own_answers: dict[str, Answers], mistake: Fingerprint) -> bool:
    """Return whether answers equal those of a mistake, in all checks that the mistake fails.

    At least one of the answers must be a returned value; equal exceptions alone are not enough.
    """
    has_value = False
    for check, answers in mistake.answers.items():
        if check not in own_answers or not same_answers(own_answers[check], answers):
            return False
        has_value = has_value or any(exchange and exchange[-1][0] == "ok" for exchange in answers)
    return has_value


def same_answers(one: Answers, other: Answers) -> bool:
    """Return whether two runs of a check got the same answers to each of their requests."""
    return len(one) == len(other) and all(
        len(a) == len(b) and all(map(_same_frame, a, b)) for a, b in zip(one, other, strict=True)
    )


def _same_frame(a: Any, b: Any) -> bool:
    if type(a) is not list or type(b) is not list or not a or not b or a[0] != b[0]:
        return False
    if a[0] == "raised":
        return _same_error(a, b)
    if a[0] == "ok":
        return _same_node(a[1], b[1]) and _same_changes(a[-1], b[-1])
    if a[0] == "callback":
        return _all_same(a[2], b[2])
    return bool(a == b)


def _same_error(a: list[Any], b: list[Any]) -> bool:
    if a[1] != b[1] or not _same_changes(a[-1], b[-1]):
        return False
    return a[1] in _MESSAGES_VARY or _mask_numbers(a[3]) == _mask_numbers(b[3])


def _mask_numbers(message: Any) -> str:
    return _NUMBERS.sub("#", str(message))


def _same_changes(a: Any, b: Any) -> bool:
    return len(a) == len(b) and all(
        x[:2] == y[:2] and _same_node(x[2], y[2]) for x, y in zip(a, b, strict=True)
    )


def _same_node(a: Any, b: Any) -> bool:
    """Return whether packed values agree in kind, shape and dtype, and numbers up to RELATIVE.

    A packed value is a list whose first item is its tag (see `protocol`). The tag decides how to
    compare: the content of a list of strings may begin with "a" too, which is the tag of an array.
    """
    a, b = _as_float(a), _as_float(b)
    if type(a) is not type(b):
        return False
    if type(a) is float:
        return _same_number(a, b)
    if type(a) is not list:
        return bool(a == b)
    if {a[0], b[0]} == {"f", "l"}:  # one list contains a numpy float, so it is not a block
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
    """Return a list of nodes for a list of floats that is packed as one block ("f")."""
    return ["l", protocol.unpack(node)] if node[0] == "f" else node


def _as_float(node: Any) -> Any:
    """Unpack a numpy float64 to a Python float: a module may return either."""
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
