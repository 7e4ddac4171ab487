"""`kata report`: write lessons, pictures and results of the checks as pages in a folder."""

from __future__ import annotations

from pathlib import Path

import click

from .. import context


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
    """Write a page for each kata: its lesson, its picture, and the result of its last check.

    The folder must be new, empty, or an earlier report. The pages load nothing from elsewhere, so
    you can send them to somebody or print them.
    """
    from ...page.html import INDEX, PageRenderer, page_results
    from ...page.picture_cache import PictureCache
    from ...page.report_folder import check_folder, write_folder
    from ...page.view_models import PageBuilder

    workspace = context.open_workspace()
    target = workspace.root / "report" if folder is None else context.working_folder() / folder
    check_folder(target)
    with context.start_pool() as pool:
        results = page_results()
        pictures = PictureCache(workspace.course, pool, results)
        builder = PageBuilder(workspace, pictures, one_state=True)
        renderer = PageRenderer(builder, lessons=results)
        count = write_folder(target, ((path, renderer.render(path)) for path in renderer.paths()))
    screen = context.screen(ctx)
    first = target / INDEX
    screen.echo(f"{count} pages written in {folder or 'report'}")
    screen.echo()
    if not opened:
        screen.echo(f"→ open {context.display_path(first)} in a browser, or kata report --open")
    elif not context.open_browser(first.as_uri()):
        screen.echo(f"→ no browser could be started: open {context.display_path(first)} in one")
    context.print_storage_warning(workspace)
