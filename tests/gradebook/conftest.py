"""Gradebooks in a real SQLite file and on a real PostgreSQL server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from nnkata import plugins, reporters
from nnkata.cli.group import kata

from .postgres import PostgresServer
from .results import KATA


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Start a PostgreSQL server for all tests of this process."""
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of a gradebook that does not exist yet."""
    if request.param == "sqlite":
        return str(tmp_path / "marks.db")
    return str(request.getfixturevalue("postgres").make_database())


@pytest.fixture
def run(lab: Any, tmp_path: Path) -> Callable[..., Result]:
    """Run the command line with the course tiny, in a folder of its own."""
    lab.install(lab.write_course({"one": KATA, "two": KATA}))
    plugins.installed_plugins().register(reporters, "reporters")
    lab.patch.chdir(tmp_path)

    def run(*arguments: str | Path) -> Result:
        words = [str(argument) for argument in arguments]
        return CliRunner().invoke(kata, words, prog_name="kata")

    return run
