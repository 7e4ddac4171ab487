"""Few modules of ours are imported by a short command: each takes a part of a millisecond."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from nnkata.cli.context import pick_course

MOST = 45
"""Modules and packages of nnkata that `kata check` of a module that passes may import."""
OURS = re.compile(r"\| +(nnkata[\w.]*)$", re.MULTILINE)


def test_a_check_that_passes_imports_few_modules(tmp_path: Path) -> None:
    work = tmp_path / "work"
    subprocess.run(
        [sys.executable, "-m", "nnkata", "init", str(work)], check=True, capture_output=True
    )
    reference = pick_course()[0].katas["softmax"].reference.read_bytes()
    (work / "mynn" / "forward" / "softmax.py").write_bytes(reference)
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "nnkata", "check", "softmax"],
        cwd=work, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "17 of 17 checks pass" in done.stdout
    imported = set(OURS.findall(done.stderr))
    assert len(imported) <= MOST, sorted(imported)
