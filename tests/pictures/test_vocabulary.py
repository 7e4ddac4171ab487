"""What pictures are made of: every name is there, documented, and works where the table says so."""

from __future__ import annotations

import re
from pathlib import Path

from nnkata import pictures

AUTHORING = Path(__file__).parents[2] / "docs" / "instructor" / "authoring.md"


def test_the_table_in_authoring_names_what_is_there() -> None:
    text = AUTHORING.read_text(encoding="utf-8")
    table = text.partition("| in `nnkata.pictures` | draws |")[2].partition("\n\n")[0]
    named = set(re.findall(r"`(\w+)`", re.sub(r"\| [^|]* \|$", "|", table, flags=re.MULTILINE)))
    assert len(named) > 20
    assert named <= set(pictures.__all__)


def test_every_name_says_what_it_is_for() -> None:
    for name in pictures.__all__:
        assert (getattr(pictures, name).__doc__ or "").strip(), name


def test_the_example_in_authoring_draws_tanh() -> None:
    text = AUTHORING.read_text(encoding="utf-8")
    section = text.partition("## Pictures")[2]
    code = section.partition("```python\n")[2].partition("```")[0]
    space: dict[str, object] = {}
    exec(code, space)

    class Solution:
        """Stands for a module that is right, without a worker."""

        def need(self, kata: str) -> object:
            from refnn.autograd import value

            return value

        def tanh(self, x: object) -> object:
            from refnn.autograd.tanh import tanh

            return tanh(x)  # type: ignore[arg-type]

    drawn = space["picture_curves"](Solution())  # type: ignore[operator]
    assert "tanh(x): 13 points, all of them right." in drawn.description
    assert "tanh(1000): 1, derivative 0" in drawn.description
