"""A workspace with one wrong module, one right one, and hints that were asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nnkata.cli.context import pick_course
from nnkata.course.mistakes import read_mistake
from nnkata.workspace.workspace import Workspace, create

REFERENCE = Path(__file__).parents[2] / "reference" / "refnn"
SOFTMAX = pick_course()[0].katas["softmax"]
WRONG = read_mistake(SOFTMAX, "global-max").module
"""A whole wrong module: what a learner would have written."""
Kata = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create(tmp_path / "w", pick_course()[0])[0]


@pytest.fixture
def kata(workspace: Workspace) -> Kata:
    """Run the command line in the workspace, in a process of its own."""
    program = str(Path(sys.executable).with_name("kata"))
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "KATA_"))}

    def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program, *words], cwd=workspace.root, env=clean | more, text=True, timeout=120,
            check=False, capture_output=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    return run
