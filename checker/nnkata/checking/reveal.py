"""Redact verdicts: implement `--reveal name`, `message`, `input` and `all` in one place."""

from __future__ import annotations

import builtins
import re

from msgspec.structs import replace

from ..model import LoadFailure, Outcome, Reveal, Verdict

_BUILT_IN = frozenset(
    name for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
)  # fmt: skip
_OWN_CLASS = re.compile(r"an object of the class .*", re.DOTALL)
_NUMBER = re.compile(r"the (?P<kind>number|truth value) .*?(?=, expected |$)", re.DOTALL)
_QUOTE = re.compile(r"(?P<before>unreadable|be used) \(.*", re.DOTALL)
_LOAD_WORDS = {
    "missing": "there is no module",
    "encoding": "the file cannot be read as text",
    "syntax": "it is not valid Python",
    "refused_import": "it imports a module that may not be imported",
    "raised": "it raised an exception while it was being loaded",
    "timeout": "it could not be loaded in time",
    "crash": "the process ended while it was being loaded",
    "limit": "it exceeded a limit while it was being loaded",
}


def redact(verdict: Verdict, level: Reveal) -> Verdict:
    """Return a verdict without the parts that `level` withholds.

    `name`: the checks and their outcomes. `message`: also the engine's messages and the diagnoses.
    `input`: also the failing call and the learner's own frames and output. `all`: also the value
    that the check got and the expected one, and a hash of the answers, with which a learner could
    confirm a guess of the input.
    """
    if level == "all":
        return verdict
    outcomes = [_redact_outcome(o, level) for o in verdict.outcomes]
    verdict = replace(verdict, outcomes=outcomes, load=_redact_load(verdict.load, level))
    if level == "name":
        return replace(verdict, diagnoses=[], blame=None, search_ended=None)
    return verdict


def _redact_load(load: LoadFailure | None, level: Reveal) -> LoadFailure | None:
    """Return why a module was not loaded, without text, file and line that it can choose itself.

    While it is loaded, a module can read the modules that it was given, and raise any exception.
    """
    if load is None or level == "input":
        return load
    words = _LOAD_WORDS[load.kind]
    if level == "message" and load.kind == "raised":
        name = load.message.partition(":")[0]
        words += f" ({name})" if name in _BUILT_IN else ""
    return LoadFailure(load.kind, words)


def _redact_outcome(outcome: Outcome, level: Reveal) -> Outcome:
    bare = replace(outcome, got=None, expected=None, behaviour=None)
    if outcome.outcome == "not_run":  # the message is the engine's own
        return bare
    if level == "input":
        return bare
    raised = outcome.raised if outcome.raised in _BUILT_IN else None
    bare = replace(bare, call=None, frames=[], output=None, raised=raised)
    if level == "message":
        return replace(bare, message=_redact_message(bare))
    return replace(bare, message=None, rung=None)


def _redact_message(outcome: Outcome) -> str | None:
    """Return a message without texts of the module, which has seen the input.

    A message about values quotes the expected value, so it is left out; the check's own sentence
    is shown in any case.
    """
    if outcome.message is None or outcome.rung in ("values", "finite"):
        return None
    if outcome.outcome == "error":
        return outcome.raised or "it raised an exception of its own"
    if outcome.rung == "type" or outcome.outcome == "crash":
        words = _OWN_CLASS.sub("an object of its own class", outcome.message)
        return _QUOTE.sub(r"\g<before>", _NUMBER.sub(r"a \g<kind>", words))
    return outcome.message
