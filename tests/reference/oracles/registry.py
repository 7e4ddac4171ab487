"""All entries, and the names that every kata exports."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from importlib import import_module
from pathlib import Path

from .entry import Track

_PACKAGES = {
    "onnx": "onnx",
    "sklearn": "scikit-learn",
    "scipy": "scipy",
    "mpmath": "mpmath",
    "decimal": "decimal",
    "fractions": "fractions",
}
ROOT = Path(__file__).parents[3]


def _load_tracks() -> tuple[Track, ...]:
    """Return the tracks that have a module in `tracks`, in the order of the courses."""
    found: list[Track] = []
    for course in sorted((ROOT / "katas").glob("*/course.toml")):
        for track in tomllib.loads(course.read_text(encoding="utf-8"))["tracks"]:
            module = track["name"].replace("-", "_")
            if (Path(__file__).parent / "tracks" / f"{module}.py").exists():
                found.append(import_module(f"{__package__}.tracks.{module}").TRACK)
    return tuple(found)


TRACKS = _load_tracks()


@cache
def exported_names() -> dict[str, Path]:
    """Return `module.name` of everything that the katas export, with the folder of its kata."""
    names: dict[str, Path] = {}
    for file in sorted((ROOT / "katas").glob("*/*/*/kata.toml")):
        kata = tomllib.loads(file.read_text(encoding="utf-8"))
        if "module" in kata:
            module = kata["module"].removesuffix(".py").replace("/", ".")
            names |= {f"{module}.{name}": file.parent for name in kata.get("exports", [])}
    return names


def export_of(name: str) -> str:
    """Return the export that an entry belongs to: that of a method is its class."""
    exports = exported_names()
    return name if name in exports else name.rpartition(".")[0]


@cache
def packages_of_tests(module: str) -> tuple[str, ...]:
    """Return which packages the test file of a module compares it with, by its imports."""
    package, _, last = module.rpartition(".")
    folder = ROOT / "tests" / "reference"
    for pattern in (last, f"{package}_{last}", f"{last}_*", package):
        for file in sorted(folder.glob(f"test_{pattern}.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            return tuple(name for key, name in _PACKAGES.items() if key in _imports(tree))
    return ()


def _imports(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names
