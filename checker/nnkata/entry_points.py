"""Find the installed entry points of one group by reading the entry_points.txt files.

`importlib.metadata` does the same in all cases, but its import takes a quarter of the time of a
short command. It is used only if packages can be installed in something other than folders.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Iterator
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

from msgspec import Struct

FILE = "entry_points.txt"
_FOLDER = re.compile(r"(?P<name>[^-/\\]+)(-[^/\\]*)?\.(dist|egg)-info$", re.IGNORECASE)
_POINT = re.compile(r"(?P<module>[\w.]+)\s*(:\s*(?P<attribute>[\w.]+))?\s*(\[.*\])?$")


class EntryPoint(Struct, frozen=True):
    """One entry point of a distribution: its name, and the module or attribute it refers to."""

    name: str
    value: str
    distribution: str

    def load(self) -> Any:
        """Return the module or attribute that the entry point refers to.

        Raises `ValueError` if the value does not name a module, and any error of the import.
        """
        match = _POINT.match(self.value)
        if match is None:
            raise ValueError(f"`{self.value}` does not name a module")
        value: Any = importlib.import_module(match["module"])
        for attribute in filter(None, (match["attribute"] or "").split(".")):
            value = getattr(value, attribute)
        return value


def entry_points(group: str) -> list[EntryPoint]:
    """Return the installed entry points of `group`, sorted by name."""
    points = _read_folders(group) if _only_folders() else _query_metadata(group)
    return sorted(points, key=lambda point: (point.name, point.value))


def _only_folders() -> bool:
    """Return whether all packages are in folders: no archives, and only Python's own finders."""
    return all(
        finder is PathFinder or not hasattr(finder, "find_distributions")
        for finder in sys.meta_path
    ) and not any(path.endswith(".egg") or Path(path).is_file() for path in sys.path)


def _query_metadata(group: str) -> Iterator[EntryPoint]:
    from importlib import metadata

    for point in metadata.entry_points(group=group):
        yield EntryPoint(point.name, point.value, point.dist.name if point.dist else "")


def _read_folders(group: str) -> Iterator[EntryPoint]:
    """Yield the entry points in all distributions on `sys.path`; the first of each name counts."""
    seen = set()
    for root in sys.path:
        for path in _list_folder(root or "."):
            folder = _FOLDER.search(path)
            if folder is None:
                continue
            distribution = re.sub(r"[-_.]+", "-", folder["name"]).lower()
            if distribution in seen:
                continue
            seen.add(distribution)
            try:
                text = Path(path, FILE).read_text(encoding="utf-8")
            except OSError:
                continue
            if group in text:
                yield from _parse_section(text, group, distribution)


def _list_folder(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [entry.path for entry in entries]
    except OSError:
        return []


def _parse_section(text: str, group: str, distribution: str) -> Iterator[EntryPoint]:
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1].strip()
        elif section == group and "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            yield EntryPoint(name.strip(), value.strip(), distribution)
