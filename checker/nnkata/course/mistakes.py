"""Read what a mistake's docstring tells a learner."""

from __future__ import annotations

import ast


def mistake_text(source: str) -> str:
    """Return the docstring of a mistake's module, its paragraphs unfolded."""
    text = ast.get_docstring(ast.parse(source)) or ""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))
