"""`kata doctor`: show versions, courses and protection, and report what is missing."""

from __future__ import annotations

import platform
import sys

import click

from ... import __version__
from .. import context


@click.command()
@click.pass_context
def command(ctx: click.Context) -> None:
    """Show versions, courses, and the protection that applies while a module is checked.

    Exit codes: 0, or 5 if a process for a learner's module cannot be started.
    """
    from importlib.metadata import version

    from ...errors import MachineryError
    from ...files import require_temporary_folder
    from ...sandbox.child.confinement import describe_available_layers
    from ...sandbox.child.protocol import protection_level

    screen = context.screen(ctx)
    screen.echo(f"nnkata {__version__} · Python {platform.python_version()} · {sys.platform}")
    screen.echo(f"numpy {version('numpy')} · pytest {version('pytest')}")
    courses, broken = context.courses()
    for course in courses.values():
        count = f"{len(course.katas)} {'kata' if len(course.katas) == 1 else 'katas'}"
        screen.echo(f"course {course.name}: {count}, in")
        screen.put(f"  {course.root}")
        katas = course.katas.values()
        if not any(kata.checks.is_file() for kata in katas):
            screen.paragraph("no checks: nothing can be checked here", indent=2, hang=2)
        if katas and not any(kata.reference.is_file() for kata in katas):
            screen.paragraph("no reference modules: nothing can be borrowed", indent=2, hang=2)
        if not any(kata.mistakes() for kata in katas):
            screen.paragraph("no mistakes: failures are not diagnosed", indent=2, hang=2)
    for plugin in broken:
        screen.paragraph(f"broken plugin {plugin.plugin}: {plugin.why}", hang=2, fg="red")
    screen.echo()
    try:
        require_temporary_folder()
        with context.start_pool() as pool:
            protection = pool.protection()
    except MachineryError as error:
        screen.paragraph(f"Nothing can be checked here: {error.message}", hang=2, fg="red")
        screen.paragraph(f"→ {error.next_step}", indent=2, hang=2)
        ctx.exit(error.exit_code)
    level = protection_level(protection["layers"], protection["acts"])
    screen.echo(f"Protection while a module is checked: level {level}", bold=True)
    screen.paragraph("process: its own bare interpreter, without site-packages", indent=2, hang=2)
    for layer, words in protection["layers"].items():
        screen.paragraph(f"{layer}: {words}", indent=2, hang=2)
    hard = ", ".join(protection.get("limits", {})) or "none"
    why = protection.get("unlimited", {}).get("memory")
    hard += f"; memory is only watched, because {why}" if why else ""
    screen.paragraph(f"cgroup with hard limits: {hard}", indent=2, hang=2)
    if protection["acts"]:
        screen.echo("Tested in a temporary process:", bold=True)
    for act, result in protection["acts"].items():
        screen.paragraph(f"{act}: {result}", indent=2, hang=2)
    if level == 2:
        screen.echo("Nothing is missing.")
    if level < 1:
        screen.paragraph(
            "This is enough for your own code, but not for code that you have not read.",
            fg="yellow",
        )
        for layer, words in describe_available_layers().items():
            screen.paragraph(f"{layer}: {words}", indent=2, hang=2)
