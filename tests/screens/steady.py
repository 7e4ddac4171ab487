"""What differs from machine to machine on a screen, replaced by its name; nothing else is.

Screens are compared as they were written. Only what the machine decides is named instead: where
folders are, versions of what is installed, and in `kata doctor` what this kernel can hold.
"""

from __future__ import annotations

import platform
import re
from importlib.metadata import version
from pathlib import Path

_LAYERS = re.compile(
    r"(?P<head>Protection while a module is checked: level )\d"
    r"(?P<own>.*\n  process: .*\n(?:    .*\n)*)"
    r"(?:  .*\n)*(?P<tried>.*Tested in a temporary process:.*\n)(?:  .*\n)*"
    r"(?:Nothing is missing\.\n|.*This is enough .*\n(?:.+\n)*)?"
)
_NAMED = (
    r"\g<head>«0 to 2»\g<own>  «each layer of this kernel»\n"
    r"\g<tried>  «each act, and what came of it»\n«what is missing»\n"
)


def steady(text: str, folders: dict[str, Path]) -> str:
    """Return a screen with the folders' names in place of their paths, the longest first."""
    for name, folder in sorted(folders.items(), key=lambda item: -len(str(item[1]))):
        text = text.replace(str(folder), f"«{name}»")
    return text


def steady_doctor(text: str) -> str:
    """Return what `kata doctor` says with names for versions, and for what this kernel holds."""
    text = text.replace(f"Python {platform.python_version()}", "Python «version»")
    for name in ("numpy", "pytest"):
        text = text.replace(f"{name} {version(name)}", f"{name} «version»")
    return _LAYERS.sub(_NAMED, text)
