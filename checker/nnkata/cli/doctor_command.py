"""`kata doctor`: what runs here, what protects, and what is missing."""

from __future__ import annotations

import platform
import sys
from typing import Any

import click

from .. import __version__
from . import common


@click.command()
@click.pass_context
def command(ctx: click.Context) -> None:
    """Show versions, plugins, and what holds while a module is checked."""
    import time
    from importlib.metadata import version

    from ..runner import Jail

    screen = common.screen(ctx)
    screen.echo(f"nnkata {__version__} · Python {platform.python_version()} · {sys.platform}")
    screen.echo(f"numpy {version('numpy')} · pytest {version('pytest')}")
    found, broken = common.courses()
    for course in found.values():
        screen.echo(f"course {course.name}: {len(course.katas)} katas, in {course.root}")
    for plugin in broken:
        screen.wrapped(f"broken plugin {plugin.plugin}: {plugin.why}", hang=2, fg="red")
    screen.echo()
    with Jail() as jail:
        worker = jail.fork()
        setup: dict[str, Any] = {
            "package": "doctor", "module": "doctor.py", "exports": {}, "given": [], "data": {},
            "texts": {"doctor.py": ""}, "mine": [], "probes": None, "result_bytes": 2**20,
            "output_bytes": 2**20, "memory_mb": 2048, "cpu_seconds": 10, "limited": True,
        }  # fmt: skip
        held = worker.setup(setup, time.monotonic() + 30)
        worker.end()
    screen.echo("While a module is checked (level 0):", bold=True)
    screen.wrapped("process: its own bare interpreter, without site-packages", indent=2, hang=2)
    screen.wrapped("imports: numpy and the standard library", indent=2, hang=2)
    for name, words in held.items():
        screen.wrapped(f"{name}: {words}", indent=2, hang=2)
    screen.wrapped(
        "not protected: files, the network and other processes of yours. This level is for your "
        "own code, not for code that nobody has read.",
        indent=2,
        hang=2,
    )
