"""`kata classmap`: show which submissions fail in the same way, and which are similar."""

from __future__ import annotations

import io
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...errors import KataError
from .. import context

if TYPE_CHECKING:
    from ...checking.assessor import Assessor
    from ...classmap.confined import Drafter
    from ...classmap.records import ClassMap, FailureGroup, KataMap
    from ...classmap.submission_texts import ClassTexts
    from ...model import Course, Kata, Verdict, Verdicts
    from ...sandbox.pool import WorkerPool

EXISTING = click.Path(path_type=Path)
MAX_MEMBERS = 20
"""Drafts are made from at most this many members of a group; the shortest one is written."""


@click.command()
@click.argument("results", type=EXISTING, nargs=-1, required=True, metavar="RESULT...")
@click.option(
    "--submissions", type=EXISTING, help="The folder that was graded: list similar submissions too."
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print the map as JSON (format nnkata/classmap/v1)."
)
@click.option("--html", "page", type=EXISTING, metavar="FILE", help="Write a page with pictures.")
@click.option(
    "--draft",
    type=(str, EXISTING),
    metavar="KATA FOLDER",
    help="Write a draft of a mistake into FOLDER for each unknown way of failing KATA.",
)
@click.option(
    "--at-least",
    type=click.IntRange(1),
    default=2,
    help="Minimum number of submissions for a draft (2).",
)
@click.pass_context
def command(
    ctx: click.Context, results: tuple[Path, ...], submissions: Path | None, as_json: bool,
    page: Path | None, draft: tuple[str, Path] | None, at_least: int,
) -> None:  # fmt: skip
    """Show how the submissions of RESULT fail, which `kata grade --each --json` wrote.

    For each kata: how many submissions pass, how many make each known mistake, and which fail in
    the same way without a known mistake, with the shortest call on which they differ from the
    reference. With several results, answers are compared if seeds and checks are the same.

    Exit codes: 0 the map is shown, 2 usage error, 3 the course is broken.
    """
    from ...classmap.grouping import build_class_map
    from ...grading.grader import read_result

    if draft is not None and submissions is None:
        raise KataError("--draft needs --submissions", next_step="name the folder that was graded")
    read = [(path, read_result(path)) for path in results]
    result = build_class_map(read)
    drafts: list[str] = []
    if submissions is not None:
        from ...classmap.confined import TokenReader
        from ...classmap.similar_submissions import find_similar

        course, broken = context.pick_course(result.course, requested=False)
        context.print_broken_plugins(broken)
        with context.start_pool() as pool:
            texts = _read_texts(course, read, submissions, pool)
            with closing(TokenReader(pool)) as reader:
                result.similarity = find_similar(course, texts, reader)
            if draft is not None:
                name, folder = draft
                job = _Drafting(course, pool, result, texts, folder, at_least)
                drafts = job.write(name, [v for _, one in read for v in one.verdicts])
    if page is not None:
        _write_page(result, page)
    if as_json:
        context.print_json(result)
    else:
        from ...classmap.text import write_class_map

        write_class_map(context.screen(ctx), result)
    for line in drafts:
        click.echo(line, err=True)


def _read_texts(
    course: Course, results: list[tuple[Path, Verdicts]], folder: Path, pool: WorkerPool
) -> ClassTexts:
    """Return the modules that were graded; an archive is read by a worker."""
    from ...classmap.submission_texts import read_texts
    from ...grading.submissions import open_submission, single_module

    verdicts = [verdict for _, result in results for verdict in result.verdicts]
    graded = {verdict.kata for verdict in verdicts}
    single = single_module([kata for name, kata in course.katas.items() if name in graded])
    return read_texts(verdicts, folder, lambda path: open_submission(path, course, pool, single))


def _write_page(result: ClassMap, file: Path) -> None:
    from ...classmap.html import write

    text = io.StringIO(newline="")
    write(result, text)
    _write(file, text.getvalue(), "w")


@dataclass(frozen=True)
class _Drafting:
    """The inputs of drafts, and the folder to write them into."""

    course: Course
    pool: WorkerPool
    result: ClassMap
    texts: ClassTexts
    folder: Path
    at_least: int

    def write(self, name: str, verdicts: list[Verdict]) -> list[str]:
        """Write a draft for each unknown way of failing a kata; return lines that report them."""
        from ...checking.assessor import Assessor
        from ...checking.pytest_session import Checks
        from ...classmap.confined import Drafter
        from ...course.loading import require_checks

        kata = context.pick_kata(self.course, name)
        kata_map = self._find_map(kata)
        groups = [g for g in kata_map.groups if g.kind == "alike" and g.count >= self.at_least]
        if not groups:
            return [f"no {self.at_least} submissions fail {kata.name} in the same unknown way"]
        require_checks([kata])
        assessor = Assessor(self.course, Checks([kata]), self.pool)
        with closing(Drafter(self.pool)) as drafter:
            lines = [
                self._write_draft(drafter, assessor, kata_map, group, verdicts) for group in groups
            ]
        if any(".py" in line for line in lines):
            lines.append(
                f"  → write its docstring, move it into mistakes/ of {kata.name} under a name "
                f"that says what is wrong, then run: kata verify {kata.name}"
            )
        return lines

    def _write_draft(
        self, drafter: Drafter, assessor: Assessor, kata_map: KataMap, group: FailureGroup,
        verdicts: list[Verdict],
    ) -> str:  # fmt: skip
        """Write a draft for one group; return a line that reports it."""
        from ...classmap.draft_code import UndraftableError
        from ...classmap.drafts import draft_shortest
        from ...classmap.grouping import list_unexplained
        from ...classmap.replay import make_replay

        kata = self.course.katas[kata_map.kata]
        own = self.texts.by_kata.get(kata.name, {})
        members = [own[name] for name in group.submissions if name in own][:MAX_MEMBERS]
        verdict = next(
            v for v in verdicts if (v.kata, v.submission) == (kata.name, group.submissions[0])
        )
        rest = list_unexplained(verdict)
        answers = {o.check: o.behaviour for o in rest if o.behaviour is not None}
        replay = make_replay(assessor, kata, kata_map.seeds[0], answers)
        try:
            text = draft_shortest(kata, members, group, kata_map.submissions, drafter, replay)
        except UndraftableError as error:
            return f"group {group.name}: no draft: {error}"
        file = self.folder / f"draft-{group.name}.py"
        _write(file, text, "x")
        return f"group {group.name}: {context.display_path(file.absolute())}"

    def _find_map(self, kata: Kata) -> KataMap:
        """Return the map of a kata whose answers were compared; raises `KataError`."""
        found = next((one for one in self.result.katas if one.kata == kata.name), None)
        if found is None:
            raise KataError(
                f"the result has no verdict on {kata.name}", next_step="name a kata that was graded"
            )
        if found.not_compared is not None:
            raise KataError(
                f"there is nothing to draft: {found.not_compared}",
                next_step="grade again, then make the map of that result",
            )
        return found


def _write(file: Path, text: str, mode: str) -> None:
    """Write a file as UTF-8; raises `KataError`."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open(mode, encoding="utf-8", newline="") as out:
            out.write(text)
    except FileExistsError:
        raise KataError(f"{file} exists", next_step="name another folder for drafts") from None
    except OSError as error:
        raise KataError(
            f"{file} cannot be written: {error.strerror}", next_step="name another place"
        ) from None
