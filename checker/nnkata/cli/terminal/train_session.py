"""Run the stages of a course's training: continue from a checkpoint, and report the end."""

from __future__ import annotations

import bdb
import contextlib
import os
import signal
import sys
from collections.abc import Iterator, Set
from types import FrameType
from typing import TYPE_CHECKING

from ...errors import CHECKS_FAILED, OK, STOPPED, CourseError, KataError
from ...text.sanitize import visible
from ...training.checkpoint import Checkpoint
from ...training.record import FILE, store_record
from ...training.stages import Stage, load_stages, train
from ...training.tracebacks import exception_text, package_frames
from .train_lines import PlainTrainingView, PositionTracker, ignore_interrupts

if TYPE_CHECKING:
    from ...model import Course
    from ...training.borrowing_importer import BorrowingFinder
    from ...workspace.workspace import Workspace
    from .screen import Screen

SIGNAL_EXIT = 128
"""By the convention of shells, the exit code after a signal is 128 plus its number."""
FRAMES = 5
"""The maximum number of frames shown of a learner's traceback, counted from the innermost."""


class TerminatedError(BaseException):
    """Raised in the main thread by SIGTERM, or by SIGHUP when the terminal was closed."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextlib.contextmanager
def raise_on_termination() -> Iterator[None]:
    """Raise `TerminatedError` at SIGTERM and SIGHUP, so that the terminal is restored."""

    def on_signal(number: int, frame: FrameType | None) -> None:
        del frame
        raise TerminatedError(number)

    wanted = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, on_signal) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run(
    screen: Screen, workspace: Workspace, finder: BorrowingFinder, live: bool, afresh: bool
) -> int:
    """Train in stages, and return the exit code."""
    course = workspace.course
    assert course.training is not None
    checkpoint = Checkpoint(
        workspace.state / "training.json",
        {**finder.files, course.training.name: course.training},
        afresh,
    )
    if checkpoint.note:
        screen.paragraph(checkpoint.note)
        screen.echo()
    stages: list[Stage] = []
    position = PositionTracker(PlainTrainingView(screen))
    try:
        with raise_on_termination():
            solved = workspace.solved_katas()
            stages = load_stages(course, solved)
            _show_modules(screen, course, stages, solved)
            stages = [stage for stage in stages if not stage.locked]
            _show_resumed(screen, checkpoint, stages)
            if live:
                from .train_view import LiveView, stop_at_breakpoints

                done = [len(checkpoint.done_parts(stage)) for stage in stages]
                view = LiveView(screen, stages, done)
                position.view = view
                with view, stop_at_breakpoints(view):
                    train(stages, checkpoint, position)
            else:
                train(stages, checkpoint, position)
    except (KeyboardInterrupt, bdb.BdbQuit):  # Ctrl-C, or `q` in the learner's debugger
        with ignore_interrupts():
            _show_stopped(screen, checkpoint, stages, position)
        return STOPPED
    except TerminatedError as termination:
        with ignore_interrupts(), contextlib.suppress(OSError):  # the terminal may be gone
            _show_stopped(screen, checkpoint, stages, position)
        return SIGNAL_EXIT + termination.number
    except BrokenPipeError:  # the reader of the output has ended, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KataError:
        raise
    except (Exception, SystemExit) as error:
        show_exception(screen, workspace, finder, error, position.describe())
        return CHECKS_FAILED
    store_record(workspace.state / FILE, checkpoint.lines(stages))
    checkpoint.delete()
    return OK


def _show_modules(screen: Screen, course: Course, stages: list[Stage], solved: Set[str]) -> None:
    """Show the number of modules of each stage, and how many of them are the learner's."""
    rows = [(stage.title, stage.modules(course)) for stage in stages if stage.katas]
    width = max((len(title) for title, _ in rows), default=0)
    for title, names in rows:
        own = sum(name in solved for name in names)
        screen.echo(f"  {title:{width}}  {own:2d} of {len(names):2d} modules are yours")
    if rows:
        screen.echo()


def _show_resumed(screen: Screen, checkpoint: Checkpoint, stages: list[Stage]) -> None:
    done = checkpoint.summary(stages)
    if done:
        screen.paragraph(
            f"continuing where training was stopped; done before: {'; '.join(done)} "
            "(kata train --afresh starts again)"
        )


def _show_stopped(
    screen: Screen, checkpoint: Checkpoint, stages: list[Stage], position: PositionTracker
) -> None:
    screen.echo()
    where = position.describe()
    screen.paragraph(f"stopped in {where}" if where else "stopped", hang=2)
    done = checkpoint.summary(stages)
    if not done:
        screen.paragraph("no stage was done yet, so the next kata train starts again", hang=2)
    elif not checkpoint.stored:
        screen.paragraph(
            f"progress cannot be stored ({checkpoint.path} cannot be written), so the next "
            "kata train starts again",
            hang=2,
        )
    else:
        screen.paragraph(f"done and stored: {'; '.join(done)}", hang=2)
        screen.paragraph(
            "→ kata train continues from there, kata train --afresh starts again", hang=2, bold=True
        )


def show_exception(
    screen: Screen,
    workspace: Workspace,
    finder: BorrowingFinder,
    error: BaseException,
    where: str = "",
) -> None:
    """Show an exception of the learner's package, with its frames in that package.

    Raises `CourseError` if the exception has no frame in the package.
    """
    course = workspace.course
    frames = package_frames(error, finder.files, workspace.package, course.package)
    if not frames:
        source = f"{course.training}: the training" if course.training else f"{course.package}: it"
        raise CourseError(
            f"{source} raised {exception_text(error)}",
            next_step="report this to the author of the course",
        ) from error
    screen.echo()
    screen.paragraph(
        f"training ended early, in {where}:" if where else "the program ended early:", hang=2
    )
    if len(frames) > FRAMES:
        screen.echo(f"  … {len(frames) - FRAMES} more lines of the traceback before these")
    for frame in frames[-FRAMES:]:
        screen.echo(f"  {visible(frame.file)}, line {frame.line}, in {visible(frame.function)}")
        if frame.text:
            screen.echo(f"      {visible(frame.text)}")
    screen.paragraph(visible(exception_text(error)), indent=2, hang=2, fg="red")
    name = frames[-1].file.removeprefix(f"{course.package}/")
    kata = next((k.name for k in course.katas.values() if k.module == name), None)
    if kata is not None:
        screen.paragraph(
            f"→ fix that, then run kata check {kata} and kata train", hang=2, bold=True
        )
