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
from nnkata.cli.context import pick_course

ENGINE = Path(nnkata.__file__).parent
MODULES = {
    ".".join(path.relative_to(ENGINE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(ENGINE.rglob("*.py"))
}
LAYERS = [
    "errors entry_points pictures text lessons",
    "sequences",
    "model",
    "hookspecs files",
    "plugins file_cache result_folder",
    "course",
    "sandbox",
    "checking",
    "testing workspace",
    "reporters training",
    "page gradebook",
    "grading",
    "verify watch export scaffold classmap",
    "schemas",
    "cli",
]
"""Bottom up: a component imports only from the lines above its own."""
LAYER = {name: number for number, line in enumerate(LAYERS) for name in line.split()}
ONLY = {
    "click": ("cli", "errors"),
    "rich": ("cli",),
    "markdown_it": ("lessons",),
    "pygments": ("lessons",),
    "jinja2": ("reporters", "page", "scaffold", "export"),
    "pluggy": ("hookspecs", "plugins"),
    "pytest": ("checking.pytest_session", "checking.runner", "testing"),
    "_pytest": ("checking.pytest_session",),
    "watchfiles": ("watch",),
    "cosmic_ray": ("verify",),
    "tomlkit": ("scaffold",),
    "sqlalchemy": (
        "gradebook.schema",
        "gradebook.database",
        "gradebook.store",
        "gradebook.reading",
        "gradebook.migrations.versions.0001_first_tables",
    ),
    "alembic": (
        "gradebook.database",
        "gradebook.migrations.env",
        "gradebook.migrations.versions.0001_first_tables",
    ),
    "numpy": ("sandbox", "checking", "testing", "training", "pictures"),
    "refnn": (),
    "nn_from_scratch": (),
    "nnkata": (),
}
"""Who may import an outside package: a component, or one module."""


def imports(path: Path) -> Iterator[str]:
    """Yield what a file imports: `.name` for a module of the engine, `name` for a package."""
    inside = path.relative_to(ENGINE).parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield str(node.module).partition(".")[0]
        elif isinstance(node, ast.ImportFrom):
            base = [*inside[: -node.level], *(node.module.split(".") if node.module else [])]
            names = [".".join([*base, alias.name]) for alias in node.names]
            yield from (
                "." + (name if name in MODULES or not base else ".".join(base)) for name in names
            )


def test_every_room_has_its_floor() -> None:
    assert {name.partition(".")[0] for name in MODULES if name != "__init__"} == {
        *LAYER,
        "__main__",
    }


@pytest.mark.parametrize("name", [name for name in MODULES if name not in ("__init__", "__main__")])
def test_a_module_imports_only_from_below(name: str) -> None:
    component = name.partition(".")[0]
    for imported in imports(MODULES[name]):
        if not imported.startswith("."):
            owners = ONLY.get(imported)
            assert owners is None or {component, name} & set(owners), f"{name} imports {imported}"
            continue
        other = imported[1:].partition(".")[0]
        if other not in ("__version__", component):
            assert LAYER[other] < LAYER[component], f"{name} imports {other}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Not even inside functions: a circle hidden there is still one."""
    graph = {name: {own for own in map(module_of, imports(path)) if own} - {name}
             for name, path in MODULES.items()}  # fmt: skip
    graph = {
        name: {other for other in others if not name.startswith(other + ".")}
        for name, others in graph.items()
    }  # a package does not import what is in it
    while graph:
        leaves = {name for name, others in graph.items() if not others & graph.keys()}
        assert leaves, f"these import each other: {sorted(graph)}"
        graph = {name: others for name, others in graph.items() if name not in leaves}


def module_of(imported: str) -> str:
    """Return the engine's module that an import names, or an empty string."""
    name = imported.removeprefix(".")
    if not imported.startswith("."):
        return ""
    return name if name in MODULES else name.rpartition(".")[0]


def test_the_sandbox_child_knows_nothing_but_python_numpy_and_msgspec() -> None:
    for name, path in MODULES.items():
        if name.startswith("sandbox.child"):
            outside = {i for i in imports(path) if not i.startswith(".sandbox.child")}
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
        if name in (
            "scaffold.templates",
            "course.names",
        ):  # their messages give examples of what to write
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
