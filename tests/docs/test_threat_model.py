"""Each claim of the threat model names a test that would fail if the claim were untrue."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "grader" / "threat-model.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
WITHOUT_CLAIMS = {"Who is trusted", "What is not protected"}
"""Sections that say what is trusted and what is not protected, which no test can refute."""
ONLY_A_LIST = {
    "Its own module.",
    "The probes of its kata, which contain no expected values, and the arguments that checks pass.",
}
"""What a submission may read, which is no promise."""


def claims() -> list[str]:
    """Return the items of the sections that promise something."""
    found = []
    for section in PAGE.split("\n## ")[1:]:
        title, _, text = section.partition("\n")
        if title in WITHOUT_CLAIMS:
            continue
        text = re.sub(r"^\|.*\n", "", text, flags=re.MULTILINE)  # the tables belong to an item
        items = re.split(r"\n(?=- )", text)
        assert not items[0].strip(), f"{title}: a claim that is not an item of a list: {items[0]}"
        found += [" ".join(item.removeprefix("- ").split()) for item in items[1:]]
    return found


def test_each_claim_names_a_test() -> None:
    assert len(claims()) > 20
    assert len(set(claims())) == len(claims()), "a claim is made twice"
    unproven = [claim for claim in claims() if not NAMED.search(claim)]
    assert set(unproven) == ONLY_A_LIST


@pytest.mark.parametrize("name", sorted({"::".join(found) for found in NAMED.findall(PAGE)}))
def test_each_named_test_exists(name: str) -> None:
    file, _, function = name.partition("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
