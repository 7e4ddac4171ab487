"""Draft a mistake from a submission: the definitions in which it differs from a correct solution.

The draft is a file as docs/instructor/authoring.md describes it. A person has to write its
docstring, which learners will read, so it is marked with a TODO. The code is generated from the
syntax tree, without comments and docstrings, because they can contain names of people.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from msgspec import Struct

from ..course.definitions import BASE
from ..files import read_course_file
from ..model import Kata
from ..text.sanitize import visible
from .confined import Drafter
from .draft_code import TooCostlyError, UndraftableError
from .records import FailureGroup
from .replay import Reproduces

TO_WRITE = "TODO: say what is wrong and why, with a number, in words for the learner."
"""The docstring of a draft; `kata verify` refuses a file with a TODO."""
EVIDENCE_LINES = 12
WIDTH = 90
OTHERWISE = "With the reference's modules, it gives different answers: look for what is missing."


class Draft(Struct, frozen=True):
    """The code of a mistake, and the text of the right solution that it differs from."""

    base: str
    parts: list[str]

    @property
    def code(self) -> str:
        """The parts as a module."""
        return "\n\n\n".join(_join_short(self.parts)) + "\n"


def draft_shortest(
    kata: Kata, texts: list[str], group: FailureGroup, submissions: int, drafter: Drafter,
    reproduces: Reproduces | None = None,
) -> str:  # fmt: skip
    """Return the text of the shortest draft from a member of a group.

    With `reproduces`, definitions are removed as long as the rest still gives the group's answers.
    `drafter` parses the modules. Raises `UndraftableError`.
    """
    drafts, why = [], "no module of the group is unchanged since it was graded"
    for text in dict.fromkeys(texts):
        try:
            drafts.append(draft_mistake(kata, text, drafter))
        except UndraftableError as error:
            why = str(error)
    if not drafts:
        raise UndraftableError(why)
    draft = min(drafts, key=lambda draft: len(draft.code))
    note = ""
    if reproduces is not None:
        parts = drafter.trim(draft.base, draft.code, reproduces)
        draft = Draft(draft.base, parts or draft.parts)
        note = "It was run, and gives the same answers." if parts else OTHERWISE
    lines = [f"# {line}".rstrip() + "\n" for line in _evidence(group, submissions, note)]
    return f'"""{TO_WRITE}"""\n\n{"".join(lines)}\n{draft.code}'


def draft_mistake(kata: Kata, text: str, drafter: Drafter) -> Draft:
    """Return the draft of a mistake from the module `text` of a submission.

    It differs from the reference or from a variant, whichever takes less code. Raises
    `UndraftableError`.
    """
    drafts = []
    why = "its definitions are those of a correct solution"
    for name, path in [("", kata.reference), *((p.stem, p) for p in kata.variants())]:
        base = read_course_file(path)
        try:
            body = drafter.differences(base, text)
        except TooCostlyError:
            raise  # another right solution would cost as much
        except UndraftableError as error:
            why = str(error)
            continue
        if body:
            drafts.append(Draft(base, [*([f'{BASE} = "variants/{name}"'] if name else []), *body]))
    if not drafts:
        raise UndraftableError(why)
    return min(drafts, key=lambda draft: len(draft.code))


def _evidence(group: FailureGroup, submissions: int, note: str) -> Iterator[str]:
    """Yield facts about a group for the author of the docstring, without names."""
    yield f"Draft: {group.count} of {submissions} submissions answer like this."
    yield from [note] if note else []
    yield from textwrap.wrap(f"They fail {', '.join(group.checks)}.", WIDTH)
    if group.smallest is not None:
        yield "The shortest call on which they differ from the reference:"
        lines = group.smallest.call.splitlines()
        for label, value in (("got", group.smallest.got or group.smallest.message),
                             ("expected", group.smallest.expected)):  # fmt: skip
            lines += f"{label}: {value}".splitlines() if value else []
        for line in lines[:EVIDENCE_LINES]:
            shown = visible(line)[:WIDTH].encode("ascii", "backslashreplace").decode()
            yield f"  {shown}".rstrip()


def _join_short(parts: list[str]) -> list[str]:
    """Return the parts of a module with imports and constants in a row on lines of their own."""
    joined: list[str] = []
    for part in parts:
        short = "\n" not in part and not part.startswith("@")
        if short and joined and "\n" not in joined[-1].rpartition("\n\n\n")[2]:
            joined[-1] += f"\n{part}"
        else:
            joined.append(part)
    return joined
