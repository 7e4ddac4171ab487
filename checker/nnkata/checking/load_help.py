"""Explain why a module could not be loaded: find the faulty line, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from ..model import LoadFailure

_LINES = (
    (re.compile(r"\s*[%!]\S"), "`%` and `!` lines are commands of a notebook: remove them"),
    (
        re.compile(r"\s*(>>>(?!>)|\.\.\. )"),
        "`>>>` is Python's prompt: paste only what follows it",
    ),
    (
        re.compile(r"\s*In \[\d*\]:"),
        "`In [1]:` is a notebook's prompt: paste only what follows it",
    ),
    (
        re.compile(r"<{7}|={7}|>{7}|\|{7}"),
        "this is a merge conflict: keep one side and remove the three marks",
    ),
)
_NOTEBOOK = re.compile(r'\s*\{\s*"(cells|metadata|nbformat)"')
_NAMED = re.compile(r"not `(\w+)`|^`?([\w.]+)` does not exist")


def explain_load(load: LoadFailure, texts: Mapping[str, str], module: str) -> LoadFailure:
    """Return the failure with the line that Python could not parse, and a next step if known.

    Args:
        load: why the module could not be loaded.
        texts: the modules that the worker had, by their path inside the package.
        module: the path of the module under test.
    """
    text = texts.get(load.file or module, "")
    lines = text.splitlines()
    source = lines[load.line - 1] if load.line and 0 < load.line <= len(lines) else None
    known = (step for pattern, step in _LINES if pattern.match(source or ""))
    step: str | None = next(known, None)
    if _NOTEBOOK.match(text):
        step = "this is a notebook, not a Python file: export its code as .py"
    if load.kind == "syntax" or (load.kind == "raised" and step is not None):
        return replace(load, source=source, next_step=step)
    if load.kind == "refused_import":
        return replace(load, source=source, next_step=_import_step(load.message, texts, module))
    return load


def _import_step(message: str, modules: Iterable[str], module: str) -> str | None:
    """Return the import that was probably meant, if a module of the package has the name."""
    match = _NAMED.search(message)
    if match is None:
        return None
    wanted = (match[1] or match[2]).rpartition(".")[2]
    here = module.split("/")[:-1]
    for path in sorted(modules):
        *folders, file = path.removesuffix(".py").split("/")
        if file == wanted and path != module:
            common = 0
            while common < min(len(here), len(folders)) and here[common] == folders[common]:
                common += 1
            dots = "." * (len(here) - common + 1)
            return f"write `from {dots}{'.'.join([*folders[common:], file])} import …`"
    return None
