"""The known mistakes of a kata: their texts, and their answers in its checks.

Both are kept for all submissions that are assessed with one `KnownMistakes`. The answers are also
kept in a folder, so that other processes and later runs can use them.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import msgspec

from .. import __version__
from ..course.mistakes import Mistake, read_mistakes
from ..model import Kata
from ..result_folder import ResultFolder, result_key
from .runtime import Bundle
from .transcript import VERSIONS

CACHE_BYTES = 2**24
CACHE_FILES = 64
MEMORY_BYTES = 2**21
"""Answers are kept in memory too if their encoded file has at most this many bytes."""
MEMORY_KEYS = 16

Answers = list[list[Any]]
"""The worker's messages in one check, one list per exchange."""
AnswersByCheck = dict[str, Answers | None]
"""The answers of a mistake by check; None for a check that it passes."""


class KnownMistakes:
    """The mistakes of katas, read once, and their answers, from memory or a folder."""

    def __init__(self, folder: Path | None = None) -> None:
        """Use the folder `answers` in `folder`; None to keep the answers in memory only."""
        self.results = ResultFolder(folder / "answers" if folder is not None else None, CACHE_FILES)
        self._mistakes: dict[str, tuple[list[Mistake], list[str], str]] = {}
        """For each kata, its mistakes, messages about broken files, and a hash of all sources."""
        self._answers: dict[str, AnswerCache] = {}
        """The most recently used answers by key, the latest at the end."""

    def read(self, kata: Kata, broken: list[str] | None = None) -> list[Mistake]:
        """Return a kata's mistakes, as `read_mistakes` does; the files are read only once."""
        known = self._mistakes.get(kata.name)
        if known is None:
            found: list[str] = []
            mistakes = read_mistakes(kata, None if broken is None else found)
            known = self._mistakes[kata.name] = mistakes, found, _hash_sources(kata, mistakes)
        mistakes, found, _ = known
        if found and broken is None:
            read_mistakes(kata)  # raises
        if broken is not None:
            broken += [message for message in found if message not in broken]
        return mistakes

    def answers(self, kata: Kata, bundle: Bundle, seed: int) -> AnswerCache:
        """Return the known answers of a kata's mistakes with these prerequisites."""
        self.read(kata, [])
        parts = [__version__, VERSIONS, kata.name, str(seed), self._mistakes[kata.name][-1]]
        parts += [x for p, t in sorted(bundle.texts.items()) if p != kata.module for x in (p, t)]
        key = result_key(*parts)
        cache = self._answers.pop(key, None) or AnswerCache(self.results, key)
        if cache.bytes <= MEMORY_BYTES:
            self._answers[key] = cache
        for old in list(self._answers)[:-MEMORY_KEYS]:
            del self._answers[old]
        return cache


class AnswerCache:
    """The answers of mistakes, stored in one of at most CACHE_FILES files of a folder."""

    def __init__(self, results: ResultFolder, key: str) -> None:
        """Read the file of `key`; one that cannot be read counts as empty."""
        self.results = results
        self.key = key
        self.changed = False
        self.bytes = 0
        """The size of the file, or 0 if it is not known."""
        self.by_mistake: dict[str, AnswersByCheck] = {}
        data = results.read(key)
        if data is not None:
            with contextlib.suppress(msgspec.MsgspecError):
                self.by_mistake = msgspec.msgpack.decode(data, type=dict[str, AnswersByCheck])
                self.bytes = len(data)

    def answers(self, mistake: Mistake) -> AnswersByCheck:
        """Return the known answers of a mistake; `add` adds to this dict."""
        return self.by_mistake.setdefault(mistake.name, {})

    def add(self, mistake: Mistake, answers: AnswersByCheck) -> None:
        """Add answers of a mistake."""
        self.answers(mistake).update(answers)
        self.changed = True

    def save(self) -> None:
        """Write the file if there is something new; a folder that is not writable is ignored."""
        if not self.changed:
            return
        data = msgspec.msgpack.encode(self.by_mistake)
        self.changed, self.bytes = False, len(data)
        if len(data) <= CACHE_BYTES:
            self.results.write(self.key, data)


def _hash_sources(kata: Kata, mistakes: list[Mistake]) -> str:
    """Return the hash of a kata's checks, probes and mistakes."""
    parts = [kata.checks.read_text(encoding="utf-8")]
    if kata.probes.is_file():
        parts.append(kata.probes.read_text(encoding="utf-8"))
    parts += [part for mistake in mistakes for part in (mistake.name, mistake.text, mistake.module)]
    return result_key(*parts)
