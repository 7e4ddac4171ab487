"""`kata report`: the course, lessons, pictures and verdicts as pages in a folder."""

from __future__ import annotations

from pathlib import Path

import click

from . import common


@click.command()
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    help="The folder to write, by default `report` in the workspace.",
)
@click.option("--open", "opened", is_flag=True, help="Open it in a browser.")
@click.pass_context
def command(ctx: click.Context, folder: Path | None, opened: bool) -> None:
    """Write a page for each kata: its lesson, its picture, the last verdict.

    A folder that is not empty and no earlier report is refused. The pages stand by themselves:
    they fetch nothing, and can be sent to somebody or printed.
    """
    from ..page import Album, Book
    from ..report_folder import check_folder, write_folder
    from ..site import INDEX, Site

    workspace = common.open_workspace()
    target = workspace.root / "report" if folder is None else common.working_folder() / folder
    check_folder(target)
    with common.jail() as jail:
        site = Site(Book(workspace, Album(workspace.course, jail)))
        count = write_folder(target, ((path, site.render(path)) for path in site.paths()))
    screen = common.screen(ctx)
    first = target / INDEX
    screen.echo(f"{count} pages written in {folder or 'report'}")
    screen.echo()
    if not opened:
        screen.echo(f"→ open {common.shown_path(first)} in a browser, or kata report --open")
    elif not common.open_browser(first.as_uri()):
        screen.echo(f"→ no browser could be started: open {common.shown_path(first)} in one")
    common.tell_stored(workspace)
