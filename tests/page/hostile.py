"""The hostile texts of the reporters' tests, which are in a folder of their own."""

from __future__ import annotations

import importlib.util
from pathlib import Path

_spec = importlib.util.spec_from_file_location(
    "reporters_hostile", Path(__file__).parents[1] / "reporters" / "hostile.py"
)
assert _spec is not None
assert _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)
HOSTILE: dict[str, str] = _module.HOSTILE
poisoned = _module.poisoned
