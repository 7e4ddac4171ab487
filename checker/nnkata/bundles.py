"""Whose modules are run: what a worker gets for one kata of one submission."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from .model import Course, Kata, Load
from .seats import Bundle


class Submission(Struct, frozen=True):
    """Whose modules are checked: their texts, and which prerequisites count as theirs."""

    name: str
    read: Callable[[str], str | Load]
    """The text of the module at a path inside the package, or why there is none."""
    theirs: frozenset[str] = frozenset()
    """Katas whose modules are used as prerequisites; the reference stands in for the others."""


class Bundles:
    """Collects texts for workers: the submission's where they are its own, else what is lent."""

    def __init__(self, course: Course) -> None:
        """Read what the course gives."""
        self.course = course
        self.given = {path: file.read_bytes() for path, file in course.given.items()}
        self.references: dict[str, str] = {}

    def reference(self, kata: str) -> str:
        """Return the reference solution's text."""
        if kata not in self.references:
            text = self.course.katas[kata].reference.read_text(encoding="utf-8")
            self.references[kata] = text
        return self.references[kata]

    def of(self, kata: Kata, text: str, submission: Submission) -> Bundle:
        """Collect what a worker gets for a kata whose module has this text."""
        texts = {p: data.decode() for p, data in self.given.items() if p.endswith(".py")}
        data = {p: data for p, data in self.given.items() if not p.endswith(".py")}
        mine, borrowed = [kata.module], []
        for name in self.course.needed(kata.name):
            module = self.course.katas[name].module
            own = submission.read(module) if name in submission.theirs else None
            if isinstance(own, str):
                texts[module] = own
                mine.append(module)
            else:
                texts[module] = self.reference(name)
                borrowed.append(name)
        texts[kata.module] = text
        return Bundle(texts, data, mine, borrowed)
