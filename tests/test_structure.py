"""The engine is easy to find one's way in: names occur once, say what is done, and drag little."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import nnkata

ENGINE = Path(nnkata.__file__).parent
PARAMETERS = 6
PARTICIPLE = re.compile(
    r"^_?([a-z]+ed|held|told|kept|found|heard|shown|drawn|written|lent|built|sent|made|seen|known|"
    r"taken|given|read_only|done|gone|left|lost|met|put_out|set_out|said|spread)$"
)
NOT_PARTICIPLES = {"need", "feed", "seed", "embed", "speed", "red", "bed", "shed", "exceed"}


def functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in sorted(ENGINE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield path.relative_to(ENGINE), node


def is_property(node: ast.FunctionDef) -> bool:
    return any(ast.unparse(d) in ("property", "cached_property") for d in node.decorator_list)


def is_click_command(node: ast.FunctionDef) -> bool:
    return any(ast.unparse(d).startswith(("click.", "command.")) for d in node.decorator_list)


def test_no_class_name_occurs_twice() -> None:
    names = Counter(
        node.name
        for path in ENGINE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_no_function_takes_more_than_six_parameters() -> None:
    """A call that drags more along wants an object that holds them; a command has its options."""
    found = []
    for path, node in functions():
        arguments = node.args
        count = len(arguments.posonlyargs + arguments.args + arguments.kwonlyargs)
        if count > PARAMETERS and not is_click_command(node):
            found.append(f"{path}:{node.lineno} {node.name} ({count})")
    assert found == []


def test_a_function_is_a_verb_and_not_a_past_participle() -> None:
    found = [
        f"{path}:{node.lineno} {node.name}"
        for path, node in functions()
        if PARTICIPLE.match(node.name)
        and node.name.strip("_") not in NOT_PARTICIPLES
        and not is_property(node)
    ]
    assert found == []


def test_a_folder_is_no_rubbish_heap() -> None:
    flat = [path.name for path in ENGINE.glob("*.py")]
    assert len(flat) <= 14, flat
