"""Find the installed entry points of one group by reading the few files that name it.

`importlib.metadata` does the same for every case there is, and costs a quarter of a short
command to import; it is asked where something other than plain folders can hold packages.
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
    """One line of a distribution's entry points: a name and what it stands for."""

    name: str
    value: str
    distribution: str

    def load(self) -> Any:
        """Import what it stands for."""
        known = _POINT.match(self.value)
        if known is None:
            raise ValueError(f"`{self.value}` names no module")
        found: Any = importlib.import_module(known["module"])
        for attribute in filter(None, (known["attribute"] or "").split(".")):
            found = getattr(found, attribute)
        return found


def entry_points(group: str) -> list[EntryPoint]:
    """Return the installed entry points of `group`, in order of name."""
    found = _read(group) if _plain_folders() else _asked(group)
    return sorted(found, key=lambda point: (point.name, point.value))


def _plain_folders() -> bool:
    """Whether packages can stand in folders only: no archives, no finders but Python's own."""
    return all(
        finder is PathFinder or not hasattr(finder, "find_distributions")
        for finder in sys.meta_path
    ) and not any(path.endswith(".egg") or Path(path).is_file() for path in sys.path)


def _asked(group: str) -> Iterator[EntryPoint]:
    from importlib import metadata

    for point in metadata.entry_points(group=group):
        yield EntryPoint(point.name, point.value, point.dist.name if point.dist else "")


def _read(group: str) -> Iterator[EntryPoint]:
    """Read entry_points.txt beside every installed distribution; the first of a name counts."""
    seen = set()
    for root in sys.path:
        for path in _inside(root or "."):
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
                yield from _section(text, group, distribution)


def _inside(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [entry.path for entry in entries]
    except OSError:
        return []


def _section(text: str, group: str, distribution: str) -> Iterator[EntryPoint]:
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1].strip()
        elif section == group and "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            yield EntryPoint(name.strip(), value.strip(), distribution)
