"""Parse modules of submissions in a confined worker: the grader itself parses none of them.

A text can be made to need all memory or time of a parser, or to end the interpreter that parses it.
"""

from __future__ import annotations

from typing import Any

from ..sandbox.pool import WorkerPool
from ..sandbox.program import Program, ProgramLimits, engine_texts
from ..sandbox.worker_client import WorkerLostError
from .draft_code import TooCostlyError, UndraftableError
from .replay import Reproduces
from .syntax_tokens import (
    MAX_TEXT,
    MAX_TOKENS,
    TokenSequence,
    UnreadableModuleError,
    refuse_long_text,
)

LIMITS = ProgramLimits(
    seconds=20.0, processor_seconds=4, memory_mb=384, result_bytes=2**22
)  # fmt: skip
"""The limits of the worker; a module of 200 000 characters can take 200 MB as a tree."""
NO_RESULT = "the process that read it gave no result"
MAX_TRIALS = 200
"""The most modules that are run to shorten one draft."""


class ConfinedModules:
    """Calls functions of modules of the engine in a worker, and starts a new one if it is lost."""

    def __init__(self, pool: WorkerPool, *modules: str, limits: ProgramLimits = LIMITS) -> None:
        """Set the modules; functions of the last one are called."""
        self._pool = pool
        self._limits = limits
        self._texts = engine_texts(*modules)
        self._module = modules[-1]
        self._program: Program | None = None

    def call(self, doing: str, refused: type[Exception], function: str, *arguments: Any) -> Any:
        """Return what a function returns, which may be anything.

        If its input exceeds a limit, raise an exception of the class `refused`; `doing` says what
        is done, such as `parsing it`.
        """
        if self._program is None:
            self._program = Program(self._pool, self._limits, self._texts, self._module)
        try:
            answer = self._program.call(function, *arguments)
        except WorkerLostError as lost:
            self.close()
            raise refused(self._limits.describe(doing, lost)) from None
        return answer

    def renew(self) -> None:
        """Let the next call start another worker, if it could have less than half of the time."""
        program = self._program
        if program and program.processor_seconds() > self._limits.processor_seconds / 2:
            self.close()

    def close(self) -> None:
        """End the worker; the next call starts another."""
        if self._program is not None:
            self._program.end()
            self._program = None


class TokenReader:
    """Reads the tokens of modules of submissions."""

    def __init__(self, pool: WorkerPool, limits: ProgramLimits = LIMITS) -> None:
        """Parse the modules in workers of `pool`."""
        self._modules = ConfinedModules(pool, "classmap/syntax_tokens.py", limits=limits)

    def __call__(self, text: str) -> TokenSequence:
        """Return the tokens of a module; raises `UnreadableModuleError`."""
        refuse_long_text(text)
        answer = self._modules.call(
            "parsing it", UnreadableModuleError, "read_tokens_or_reason", text
        )
        self._modules.renew()
        match answer:
            case (tuple(codes), tuple(lines), "") if len(codes) == len(lines) <= MAX_TOKENS:
                if all(type(number) is int for number in (*codes, *lines)):
                    return TokenSequence(codes, lines)
            case (_, _, str(reason)) if reason:
                raise UnreadableModuleError(reason)
        raise UnreadableModuleError(NO_RESULT)

    def close(self) -> None:
        """End the worker."""
        self._modules.close()


class Drafter:
    """Takes modules of submissions apart, and makes the modules that are tried."""

    def __init__(self, pool: WorkerPool, limits: ProgramLimits = LIMITS) -> None:
        """Do it in workers of `pool`."""
        self._modules = ConfinedModules(
            pool, "course/definitions.py", "classmap/draft_code.py", limits=limits
        )

    def differences(self, base: str, text: str) -> list[str]:
        """Return the parts of a mistake that turns `base` into `text`.

        Raises `UndraftableError`.
        """
        if len(text) > MAX_TEXT:  # a tree takes a thousand times as much memory as its text
            raise UndraftableError(f"it is longer than {MAX_TEXT} characters")
        answer = self._modules.call(
            "comparing it", TooCostlyError, "differences_or_reason", base, text
        )
        self._modules.renew()
        match answer:
            case (tuple(parts), "") if all(type(part) is str for part in parts):
                return list(parts)
            case (_, str(reason)) if reason:
                raise UndraftableError(reason)
        raise UndraftableError(NO_RESULT)

    def trim(self, base: str, code: str, reproduces: Reproduces) -> list[str] | None:
        """Return the parts of a mistake's code without the definitions that make no difference.

        Return None if even the whole code does not give the answers of the group. Raises
        `UndraftableError`.
        """
        self._modules.close()  # all of it is done by one worker, with all of the time
        answer = self._call_trimming("begin_trimming", base, code)
        for _ in range(MAX_TRIALS):
            match answer:
                case (str(module), None):
                    answer = self._call_trimming("go_on_trimming", reproduces(module))
                case (None, None):
                    return None
                case (None, tuple(parts)) if all(type(part) is str for part in parts):
                    return list(parts)
                case _:
                    raise UndraftableError(NO_RESULT)
        raise UndraftableError(f"it has more than {MAX_TRIALS} definitions")

    def _call_trimming(self, function: str, *arguments: Any) -> Any:
        return self._modules.call("shortening it", TooCostlyError, function, *arguments)

    def close(self) -> None:
        """End the worker."""
        self._modules.close()
