"""Run a course's stages of training: go on where it was stopped, and say how it ended."""

from __future__ import annotations

import bdb
import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from types import FrameType
from typing import TYPE_CHECKING

from ...errors import CHECKS_FAILED, OK, STOPPED, CourseError, KataError
from ...text.sanitize import visible
from ...training.checkpoint import Kept
from ...training.stages import Stage, stages_of, train
from ...training.tracebacks import in_words, own_frames
from .train_lines import Lines, Reached, uninterrupted

if TYPE_CHECKING:
    from ...training.borrowing_importer import Borrowing
    from ...workspace.workspace import Workspace
    from .screen import Screen

ENDED = 128
"""What the shells' convention adds to the number of the signal that ended a program."""
FRAMES = 5
"""The most lines of a learner's traceback that are shown: the innermost."""


class EndedError(BaseException):
    """The system, or a terminal that was closed, asked the training to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end what is done here as Ctrl-C does, so that it is tidied up."""

    def end(number: int, frame: FrameType | None) -> None:
        del frame
        raise EndedError(number)

    wanted = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, end) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run(screen: Screen, workspace: Workspace, finder: Borrowing, live: bool, afresh: bool) -> int:
    """Train, and return the exit code."""
    course = workspace.course
    assert course.training is not None
    kept = Kept(
        workspace.state / "training.json",
        {**finder.files, course.training.name: course.training},
        afresh,
    )
    if kept.note:
        screen.paragraph(kept.note)
        screen.echo()
    stages: list[Stage] = []
    reached = Reached(Lines(screen))
    try:
        with ended_by_signals():
            stages = stages_of(course)
            _show_resumed(screen, kept, stages)
            if live:
                from .train_view import LiveView, undrawn_breakpoints

                view = LiveView(screen, stages, [len(kept.parts(stage)) for stage in stages])
                reached.view = view
                with view, undrawn_breakpoints(view):
                    train(stages, kept, reached)
            else:
                train(stages, kept, reached)
    except (KeyboardInterrupt, bdb.BdbQuit):  # Ctrl-C, or `q` in the learner's debugger
        with uninterrupted():
            _show_stopped(screen, kept, stages, reached)
        return STOPPED
    except EndedError as ended:
        with uninterrupted(), contextlib.suppress(OSError):  # the terminal may be gone
            _show_stopped(screen, kept, stages, reached)
        return ENDED + ended.number
    except BrokenPipeError:  # whoever read the output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KataError:
        raise
    except (Exception, SystemExit) as error:
        show_exception(screen, workspace, finder, error, reached.words())
        return CHECKS_FAILED
    kept.forget()
    return OK


def _show_resumed(screen: Screen, kept: Kept, stages: list[Stage]) -> None:
    done = kept.reached(stages)
    if done:
        screen.paragraph(
            f"going on where training was stopped; done before: {'; '.join(done)} "
            "(kata train --afresh begins again)"
        )


def _show_stopped(screen: Screen, kept: Kept, stages: list[Stage], reached: Reached) -> None:
    screen.echo()
    where = reached.words()
    screen.paragraph(f"stopped in {where}" if where else "stopped", hang=2)
    done = kept.reached(stages)
    if not done:
        screen.paragraph("no stage was done yet, so the next kata train begins again", hang=2)
    elif not kept.stored:
        screen.paragraph(
            f"what was done cannot be kept ({kept.path} cannot be written), so the next kata train "
            "begins again", hang=2,
        )  # fmt: skip
    else:
        screen.paragraph(f"done and kept: {'; '.join(done)}", hang=2)
        screen.paragraph(
            "→ kata train goes on from there, kata train --afresh begins again", hang=2, bold=True
        )


def show_exception(
    screen: Screen,
    workspace: Workspace,
    finder: Borrowing,
    error: BaseException,
    where: str = "",
) -> None:
    """Say what the network raised, with its own lines; raises `CourseError` if it was not it."""
    course = workspace.course
    frames = own_frames(error, finder.files, workspace.package, course.package)
    if not frames:
        raise CourseError(
            f"{course.training or course.name}: the training raised {in_words(error)}",
            next_step="tell its author",
        ) from error
    screen.echo()
    screen.paragraph(
        f"the training ended early, in {where}:" if where else "it ended early:", hang=2
    )
    if len(frames) > FRAMES:
        screen.echo(f"  … {len(frames) - FRAMES} lines of the traceback before these")
    for frame in frames[-FRAMES:]:
        screen.echo(f"  {visible(frame.file)}, line {frame.line}, in {visible(frame.function)}")
        if frame.text:
            screen.echo(f"      {visible(frame.text)}")
    screen.paragraph(visible(in_words(error)), indent=2, hang=2, fg="red")
    name = frames[-1].file.removeprefix(f"{course.package}/")
    kata = next((k.name for k in course.katas.values() if k.module == name), None)
    if kata is not None:
        screen.paragraph(f"→ mend that, then kata check {kata} and kata train", hang=2, bold=True)
