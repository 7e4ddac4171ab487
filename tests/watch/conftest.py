"""Workspaces, and a `kata watch` in one, which is ended whatever a test comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from nnkata.workspace.workspace import Workspace, create

from .terminal import COURSE, FOOT, KATA, Terminal

Start = Callable[..., Terminal]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A new workspace of our own course."""
    made, _ = create(tmp_path / "nn", COURSE)
    yield made
    made.progress.close()


@pytest.fixture
def start(workspace: Workspace) -> Iterator[Start]:
    """Start a program on a terminal in the workspace, `kata watch` where none is named."""
    started: list[Terminal] = []

    def begin(*arguments: str, command: tuple[str, ...] = (), **more: Any) -> Terminal:
        words = command or (KATA, "watch", *arguments)
        terminal = Terminal(workspace.root, *words, **more)
        started.append(terminal)
        return terminal

    yield begin
    for terminal in started:
        terminal.close()


@pytest.fixture
def watching(start: Start) -> Callable[..., Terminal]:
    """Start a `kata watch` and wait until it can be used."""

    def begin(*arguments: str, **more: Any) -> Terminal:
        terminal = start(*arguments, **more)
        terminal.shows(FOOT)
        return terminal

    return begin
