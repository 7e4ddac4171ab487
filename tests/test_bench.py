"""The checks of every kata run as ordinary tests, for the bench that compares `kata check`."""

from __future__ import annotations

import ast
import importlib
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from nnkata.cli.context import pick_course

BENCH = Path(__file__).parents[1] / "bench"
COURSE = pick_course()[0]


@pytest.fixture
def cold_check(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCH))
    return importlib.import_module("cold_check")


def defined(tree: ast.Module) -> set[str]:
    """Return the names that a module defines or imports at its top level."""
    names = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def test_what_checks_import_of_the_engine_is_there_without_it(
    cold_check: ModuleType, tmp_path: Path
) -> None:
    kata = COURSE.katas["value"]
    suite = cold_check.plain_suite(COURSE, kata, "", tmp_path).read_text(encoding="utf-8")
    there = defined(ast.parse(suite))
    for kata in COURSE.katas.values():
        for node in ast.parse(kata.checks.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("nnkata"):
                missing = {alias.name for alias in node.names} - there
                assert not missing, kata.name


@pytest.mark.parametrize("name", ["value", "mlp-class", "transformer-block"])
def test_checks_of_objects_and_arrays_pass_as_ordinary_tests(
    name: str, cold_check: ModuleType, tmp_path: Path
) -> None:
    kata = COURSE.katas[name]
    text = kata.reference.read_text(encoding="utf-8")
    suite = cold_check.plain_suite(COURSE, kata, text, tmp_path)
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", suite.name],
        cwd=tmp_path, env=clean, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:]
