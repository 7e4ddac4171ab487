"""Imports point one way, and each outside package has its place."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import nnkata
import refnn
from nnkata.cli.common import pick_course

ENGINE = Path(nnkata.__file__).parent
MODULES = {
    ".".join(path.relative_to(ENGINE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(ENGINE.rglob("*.py"))
}
CHAIN = [
    "errors bell entry_points outline mistakes toml_lists pictures mathml",
    "model lessons",
    "hookspecs tables spread training raised",
    "plugins",
    "courses hashes sources reveal failing policies mutants changes",
    "jail",
    "source",
    "solution",
    "testing seats",
    "runner bundles",
    "diagnose gallery",
    "assess",
    "progress written",
    "workspace submissions drawn",
    "proof kept",
    "naming live grade verify wheels advice",
    "page places",
    "darkroom",
    "reporters scaffold schemas export",
    "site",
    "serving",
    "cli",
]
"""A module imports from the lines above its own; one that is not listed stands just below cli."""
PLACE = {name: number for number, line in enumerate(CHAIN) for name in line.split()}
ONLY = {
    "click": ("cli", "errors"),
    "rich": ("cli",),
    "markdown_it": ("lessons",),
    "jinja2": ("reporters", "scaffold", "export"),
    "pluggy": ("hookspecs", "plugins"),
    "pytest": ("runner", "testing"),
    "_pytest": ("runner",),
    "watchfiles": ("changes",),
    "cosmic_ray": ("mutants",),
    "numpy": ("jail", "source", "solution", "testing", "runner", "diagnose", "live", "pictures"),
    "refnn": (),
    "nn_from_scratch": (),
    "nnkata": (),
}


def imports(path: Path) -> Iterator[str]:
    """Yield what a file imports: `.name` for a module of the engine, `name` for a package."""
    inside = path.relative_to(ENGINE).parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield str(node.module).partition(".")[0]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module] if node.module else [alias.name for alias in node.names]
            yield from ("." + ".".join([*inside[: -node.level], str(name)]) for name in names)


def place(name: str) -> int:
    return PLACE.get(name.partition(".")[0], len(CHAIN) - 2)


@pytest.mark.parametrize("name", [name for name in MODULES if name not in ("__init__", "__main__")])
def test_a_module_imports_only_from_below(name: str) -> None:
    own = name.partition(".")[0]
    for imported in imports(MODULES[name]):
        if not imported.startswith("."):
            owners = ONLY.get(imported)
            assert owners is None or own in owners, f"{name} imports {imported}"
            continue
        other = imported[1:].partition(".")[0]
        if other in ("__version__", own):
            continue
        assert place(other) < place(own) or other not in PLACE, f"{name} imports {other}"
        assert other != "cli", f"{name} imports the command line"


def test_the_jail_knows_nothing_but_python_numpy_and_msgspec() -> None:
    for name, path in MODULES.items():
        if name.startswith("jail"):
            outside = {i for i in imports(path) if not i.startswith(".jail")}
            assert outside <= set(sys.stdlib_module_names) | {"numpy", "msgspec"}, name


def constants(path: Path) -> Iterator[str]:
    """Yield a file's texts, without the docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) is str and id(node) not in skipped:
            yield node.value


def test_no_engine_module_names_a_kata() -> None:
    katas = [n for n in pick_course()[0].katas if "-" in n or n == "softmax"]
    named = re.compile(rf"\b({'|'.join(katas)})\b")
    assert named.search("kata hint softmax")
    for name, path in MODULES.items():
        if name in ("scaffold", "naming"):  # their messages give examples of what to write
            continue
        for text in constants(path):
            assert not named.search(text), f"{name}: {text}"


def test_the_reference_network_knows_neither_the_checker_nor_that_katas_exist() -> None:
    for path in sorted(Path(refnn.__file__).parent.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"kata|nnkata|hidden check|learner", text, re.IGNORECASE), path


@pytest.mark.parametrize("command", [["next"], ["hint"], ["list"], ["list", "--json"], ["--help"]])
def test_a_quick_command_imports_neither_numpy_nor_pytest_nor_rich(
    command: list[str], tmp_path: Path, lab: Any
) -> None:
    assert lab.kata("init", ".", cwd=tmp_path).returncode == 0
    done = subprocess.run(
        [sys.executable, "-X", "importtime", str(Path(sys.executable).with_name("kata")), *command],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "nnkata.cli.group" in imported
    assert not imported & {"numpy", "pytest", "_pytest", "rich", "jinja2", "hypothesis", "refnn"}
