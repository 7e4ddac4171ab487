"""`kata export`: write a course in the form that a grading host or a learner needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .. import context

if TYPE_CHECKING:
    from ...export.clusters import System
    from ...export.targets import Grading, Host
    from ...export.wheels import CourseDistribution
    from ..terminal.screen import Screen


def grading_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of an exported grader to a command."""
    for option in (
        click.option("--kata", "katas", multiple=True, help="Grade this kata (default: all)."),
        click.option("--course", "course_name", help="The course."),
        click.option(
            "--seed", type=click.IntRange(0), help="Grade every submission with this seed."
        ),
        context.reveal_option,
        click.option(
            "--borrow/--no-borrow",
            default=False,
            help="Use references in place of prerequisites that did not pass (default: no).",
        ),
        click.option(
            "--require",
            type=click.IntRange(0, 2),
            default=1,
            help="The lowest accepted level of protection (default 1).",
        ),
        click.option(
            "--lock",
            type=click.Path(path_type=Path),
            help="A uv.lock file; every package is then pinned by its hash.",
        ),
    ):
        function = option(function)
    return function


@click.group()
def command() -> None:
    """Export a course for Gradescope, GitHub, GitLab, a cluster, or learners.

    Exit codes: 0 written, 2 a file already exists or a part of the course is not installed,
    3 the course cannot be read, 5 a wheel cannot be built here.
    """


@command.command("gradescope")
@grading_options
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("autograder.zip"), show_default=True
)
@click.pass_context
def gradescope_command(ctx: click.Context, /, out: Path, **options: Any) -> None:
    """Write autograder.zip: setup.sh, run_autograder, and the files that they need."""
    from ...export.targets import export_gradescope

    grading, distributions = _grading(**options)
    names = export_gradescope(grading, distributions, out)
    screen = context.screen(ctx)
    screen.echo(f"wrote {out}: {', '.join(names)}")
    _explain(screen, grading)
    screen.echo("→ upload it on Gradescope: Configure Autograder, Zip file upload")


@command.command("github")
@grading_options
@click.option("--repository", help="The course's repository: OWNER/NAME.")
@click.option("--wheels", help="The base URL from which runners install the course's wheels.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_context
def github_command(ctx: click.Context, /, **options: Any) -> None:
    """Write a workflow that grades on push into DIR, and a README that says where to put it."""
    _workflow(ctx, "github", **options)


@command.command("gitlab")
@grading_options
@click.option("--repository", help="The course's project: GROUP/NAME.")
@click.option("--wheels", help="The base URL from which runners install the course's wheels.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_context
def gitlab_command(ctx: click.Context, /, **options: Any) -> None:
    """Write a pipeline that grades on push into DIR, and a README that says where to put it."""
    _workflow(ctx, "gitlab", **options)


def cluster_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that divide a cohort among the jobs of a cluster."""
    for option in (
        click.option(
            "--shards", type=click.IntRange(1), default=8, help="Number of parts (default 8)."
        ),
        click.option(
            "--cpus", type=click.IntRange(1), default=4, help="Processors per part (default 4)."
        ),
    ):
        function = option(function)
    return function


@command.command("slurm")
@grading_options
@cluster_options
@click.option("--hours", type=click.IntRange(1), default=12, help="Hours per part (default 12).")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_context
def slurm_command(ctx: click.Context, /, **options: Any) -> None:
    """Write a job array that grades a cohort in parts, and a job that merges them, into DIR."""
    _cluster(ctx, "slurm", **options)


@command.command("kubernetes")
@grading_options
@cluster_options
@click.option("--image", help="The container image of the graders, with its registry.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_context
def kubernetes_command(ctx: click.Context, /, **options: Any) -> None:
    """Write a Job that grades a cohort in parts, and the Dockerfile of its image, into DIR."""
    _cluster(ctx, "kubernetes", **options)


@command.command("learner")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="The folder for the wheels."
)
@click.option("--course", "course_name", help="The course to export.")
@click.option("--with-reference", is_flag=True, help="Keep reference solutions and mistakes.")
@click.option("--without-checks", is_flag=True, help="Leave out the checks.")
@click.pass_context
def learner_command(
    ctx: click.Context, out: Path, course_name: str | None, with_reference: bool,
    without_checks: bool,
) -> None:  # fmt: skip
    """Write wheels for learners: the engine, lessons, stubs and checks; no solutions."""
    from ...export.targets import consequences, export_learner
    from ...export.wheels import LearnerContents, distributions_of
    from ...plugins import installed_plugins

    course, broken = context.pick_course(course_name)
    context.print_broken_plugins(broken)
    contents = LearnerContents(reference=with_reference, checks=not without_checks)
    distributions = distributions_of(course, installed_plugins().course_roots())
    written = export_learner(course, distributions, out, contents)
    screen = context.screen(ctx)
    for path in written:
        screen.echo(f"wrote {path}")
    for sentence in consequences(contents):
        screen.paragraph(f"- {sentence}", indent=2, hang=2)
    screen.echo(f"→ pip install {' '.join(map(str, written))}")


def _workflow(
    ctx: click.Context, host: Host, folder: Path, repository: str | None, wheels: str | None,
    **options: Any,
) -> None:  # fmt: skip
    from ...export.targets import PRIVATE, export_workflow

    grading, distributions = _grading(**options)
    written = export_workflow(host, grading, distributions, folder, repository, wheels)
    screen = context.screen(ctx)
    for path in written:
        screen.echo(f"wrote {path}")
    _explain(screen, grading)
    screen.paragraph(
        f"{folder / PRIVATE} contains checks, references and mistakes: publish none of it."
    )
    screen.echo(f"→ read {written[0]}: it says where to put each file")


def _cluster(ctx: click.Context, system: System, folder: Path, **options: Any) -> None:
    from ...export.clusters import ClusterSettings, export_cluster
    from ...export.targets import PRIVATE

    names = ("shards", "cpus", "hours", "image")
    settings = ClusterSettings(**{n: options.pop(n) for n in names if n in options})
    grading, distributions = _grading(**options)
    written = export_cluster(system, grading, distributions, folder, settings)
    screen = context.screen(ctx)
    for path in written:
        screen.echo(f"wrote {path}")
    _explain(screen, grading)
    screen.paragraph(
        f"{folder / PRIVATE} contains checks, references and mistakes: publish none of it."
    )
    screen.echo(f"→ read {written[0]}: it says what to do next")


def _explain(screen: Screen, grading: Grading) -> None:
    """Print what a submission can borrow, and how the installed packages are pinned."""
    from ...export.targets import UNHASHED, borrow_sentence

    screen.paragraph(borrow_sentence(grading.borrow))
    if grading.lock is None:
        screen.paragraph(UNHASHED)


def _grading(
    katas: tuple[str, ...],
    course_name: str | None,
    seed: int | None,
    reveal: str,
    require: int,
    **more: Any,
) -> tuple[Grading, list[CourseDistribution]]:
    from ...export.targets import Grading
    from ...export.wheels import distributions_of
    from ...plugins import installed_plugins

    course, broken = context.pick_course(course_name)
    context.print_broken_plugins(broken)
    wanted = [context.pick_kata(course, name) for name in katas]
    is_default = course.name == context.DEFAULT_COURSE
    grading = Grading(course, is_default, wanted, seed, reveal, require, **more)
    return grading, distributions_of(course, installed_plugins().course_roots())
