"""The README says what really happens."""

from __future__ import annotations

import importlib.util
from pathlib import Path


def test_every_console_block_prints_what_the_readme_says() -> None:
    path = Path(__file__).with_name("readme_blocks.py")
    spec = importlib.util.spec_from_file_location("readme_blocks", path)
    assert spec is not None
    assert spec.loader is not None
    blocks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(blocks)
    assert blocks.commands(blocks.README.read_text(encoding="utf-8").splitlines())
    told = blocks.differences()
    assert not told, "\n\n".join(told) + "\n\n→ python tests/readme_blocks.py --write"
