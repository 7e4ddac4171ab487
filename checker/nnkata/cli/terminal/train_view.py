"""The live view of training: the finished stages, the loss as a curve, the time left, pictures.

The running stage is drawn at the bottom of the terminal, several times per second. When a stage is
done, its lines, its curve and its pictures are printed above and stay there.
"""

from __future__ import annotations

import contextlib
import itertools
import math
import os
import re
import signal
import sys
import textwrap
import threading
import time
from collections.abc import Iterator, Sequence
from types import FrameType, TracebackType
from typing import Any

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.live import Live
from rich.text import Text

from ...text.layout import ASCII, SYMBOLS, clock
from ...training.stages import Accuracy, Event, Image, Images, Loss, Stage
from .plots import can_draw, count_abreast, curve, draw_image, format_shares, halves
from .screen import NARROWEST, WIDEST, Screen
from .train_lines import ignore_interrupts

SHOW_CURSOR, HIDE_CURSOR = b"\x1b[?25h", b"\x1b[?25l"
MAX_LIVE_LINES, MIN_LIVE_LINES = 8, 3
"""The maximum and minimum number of lines of the curve that is drawn live."""
PRINTED_LINES = 6
"""The number of lines of the curve that is printed at the end of a stage."""
METER_WIDTH = 20
"""The maximum width of the progress bar in characters."""
TABLE_FROM = 4
"""At least this many accuracies in a row are printed as a table."""


class LiveView:
    """Draws training on a terminal while it runs."""

    def __init__(self, screen: Screen, stages: Sequence[Stage], done: Sequence[int]) -> None:
        """Prepare to draw `stages`; `done` is the number of parts of each that are already done."""
        self.stages = list(stages)
        self.fine = not screen.plain and can_draw(sys.stdout.encoding)
        self.console = Console(
            force_terminal=True,
            color_system="auto" if screen.color else None,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )
        self.state = [
            "done before" if d >= s.parts else "" for s, d in zip(stages, done, strict=True)
        ]
        self.parts = [min(d, s.parts) for s, d in zip(stages, done, strict=True)]
        self.at: int | None = None
        """The index of the running stage."""
        self.events: list[Event] = []
        """The events of the running stage, without losses."""
        self.losses: list[Loss] = []
        self.started = time.monotonic()
        self.start_share = self._share()
        self.lock = threading.RLock()
        self.live: Live | None = None
        self.paused = False
        self.on_pause: Any = None

    def __enter__(self) -> LiveView:
        """Start to draw."""
        self._draw()
        if hasattr(signal, "SIGTSTP"):
            self.on_pause = signal.signal(signal.SIGTSTP, self._on_suspend)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        """Restore the terminal; after an exception, print the events so far."""
        with ignore_interrupts():
            if self.on_pause is not None:
                signal.signal(signal.SIGTSTP, self.on_pause)
            self.stop()
            if kind is not None and self.at is not None:
                with contextlib.suppress(OSError):
                    self._print_record(self.stages[self.at])

    def stop(self) -> None:
        """Stop drawing; later events are printed when their stage is done."""
        self.paused = True
        self._erase()

    def _draw(self) -> None:
        """Start to draw the frame below the cursor several times per second, unless paused."""
        if self.paused:
            return
        self.live = Live(
            console=self.console, get_renderable=self._frame, refresh_per_second=8,
            transient=True, vertical_overflow="crop",
        )  # fmt: skip
        self.live.start()

    def _on_suspend(self, number: int, frame: FrameType | None) -> None:
        """Show the cursor while the shell has the terminal (Ctrl-Z), and hide it again after `fg`.

        The drawing thread may hold locks, so this signal handler does nothing else.
        """
        del frame
        os.write(1, SHOW_CURSOR)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, self._on_suspend)
        if not self.paused:
            os.write(1, HIDE_CURSOR)

    def _erase(self) -> None:
        """Erase the frame, and move the cursor to where the frame began."""
        if self.live is not None:
            live, self.live = self.live, None
            live.stop()

    def on_start(self, stage: Stage, before: Sequence[Event]) -> None:
        """Draw that a stage starts."""
        with self.lock:
            self.at = self.stages.index(stage)
            self.events, self.losses = list(before), []

    def on_part(self, part: int) -> None:
        """Draw that a part starts, with a new curve."""
        with self.lock:
            assert self.at is not None
            self.parts[self.at] = part
            self.losses = []

    def on_event(self, event: Event) -> None:
        """Store an event; the next frame shows it."""
        with self.lock:
            if isinstance(event, Loss):
                self.losses.append(event)
            else:
                self.events.append(event)

    def on_end(self, stage: Stage) -> None:
        """Print the stage's events, and show its last number in the list of stages."""
        with self.lock:
            at = self.stages.index(stage)
            self.parts[at] = stage.parts
            self.state[at] = f"done{self._last_number()}"
            self.at = None
        self._erase()  # without the lock, because the drawing thread may wait for it
        self._print_record(stage)
        with self.lock:
            self.losses, self.events = [], []
        self._draw()

    def _last_number(self) -> str:
        scores = [e for e in self.events if isinstance(e, Accuracy)]
        if len(scores) == 1:
            return f", {scores[0].share:.1%} right"
        if scores:
            return f", {sum(e.share for e in scores) / len(scores):.1%} right on average"
        return f", loss {self.losses[-1].loss:.4g}" if self.losses else ""

    # What is printed when a stage is done.

    def _print_record(self, stage: Stage) -> None:
        width = self._width()
        lines: list[Text] = []
        if self.losses and stage.parts == 1:
            lines = [
                Text("  " + line)
                for line in curve(self.losses, width - 2, PRINTED_LINES, self.fine)
            ]
        # The losses are reported after the stage's first line, so the curve follows that line.
        first = _texts(self.events[:1], width)
        rest = itertools.groupby(self.events[1:], key=lambda event: isinstance(event, Accuracy))
        after: list[Text] = []
        for scores, group in rest:
            events = list(group)
            if scores and len(events) >= TABLE_FROM:
                after += _table([e for e in events if isinstance(e, Accuracy)], width)
                continue
            for event in events:
                after += _texts([event], width)
                if isinstance(event, Images):
                    after += list(self._pictures(event.images, width))
        self.console.print(
            Text("\n").join([*first, *lines, *after]), no_wrap=True, overflow="crop", crop=False
        )

    def _pictures(self, images: Sequence[Image], width: int) -> Iterator[Text]:
        """Yield the lines of as many pictures as fit next to each other, with their captions."""
        fits, wide = count_abreast(images, width, self.fine)
        shades = self.fine and self.console.color_system in ("256", "truecolor")
        columns = []
        for image in images[:fits]:
            plain = [] if shades else [Text(line) for line in draw_image(image, self.fine)]
            column = _shade(image) if shades else plain
            columns.append(column + [Text(line) for line in image.caption])
        for row in itertools.zip_longest(*columns, fillvalue=Text()):
            line = Text("  ")
            for cell in row:
                line.append_text(cell)
                line.append(" " * (wide - cell_len(cell.plain)))
            yield line

    # What is drawn several times per second.

    def _frame(self) -> RenderableType:
        with self.lock:
            return self._render()

    def _render(self) -> Text:
        width, height = self._width(), self.console.height
        lines = [Text()]
        widest = max(len(stage.title) for stage in self.stages)
        for number, stage in enumerate(self.stages):
            lines.append(self._stage_line(number, stage, widest))
        room = height - len(lines) - 8
        if self.losses and room >= MIN_LIVE_LINES:
            lines.append(Text())
            lines += map(Text, curve(self.losses, width, min(room, MAX_LIVE_LINES), self.fine))
        lines += [Text(), self._time_line()]
        for line in lines:
            line.truncate(width, overflow="ellipsis" if self.fine else "crop")
        return Text("\n").join(lines)

    def _stage_line(self, number: int, stage: Stage, widest: int) -> Text:
        symbols = SYMBOLS if self.fine else ASCII
        if number == self.at:
            symbol, words, style = symbols["arrow"], self._activity(stage), "bold"
        elif self.state[number]:
            symbol, words, style = symbols["passed"], [self.state[number]], "green"
        else:
            symbol, words, style = symbols["open"], ["to come"], "dim"
        line = f"{symbol:{2 - self.fine}} {stage.title:{widest}}  {words[0]}"
        for more in words[1:]:
            if cell_len(line) + len(more) + 2 <= self._width():
                line += f", {more}"
        return Text(line, style=style)

    def _activity(self, stage: Stage) -> list[str]:
        """Return the running part, the loss and the step as texts, as far as they are known."""
        assert self.at is not None
        words = []
        if stage.parts > 1:
            words.append(f"part {self.parts[self.at] + 1} of {stage.parts}")
        if self.losses:
            last = self.losses[-1]
            finite = math.isfinite(last.loss)
            words.append(f"loss {last.loss:.4f}" if finite else "the loss is not finite")
            words.append(f"{last.unit} {last.step} of {last.of}")
        return words or ["running"]

    def _time_line(self) -> Text:
        share, passed = self._share(), time.monotonic() - self.started
        words = f"{share:.0%}, {clock(passed)}"
        if passed > 1 and share - self.start_share > 0.02:
            left = passed * (1 - share) / (share - self.start_share)
            words += f", about {clock(left)} left"
        words += ". Ctrl-C stops."
        cells = min(METER_WIDTH, self._width() - len(words) - 1)
        full, symbols = round(share * max(cells, 0)), SYMBOLS if self.fine else ASCII
        bar = symbols["bar"] * full + symbols["empty"] * (cells - full)
        return Text(f"{bar} {words}" if cells > 0 else words)

    def _share(self) -> float:
        """Return the finished share of the training from 0 to 1, weighted by stage."""
        done = 0.0
        for number, stage in enumerate(self.stages):
            part = 0.0
            if number == self.at and self.losses:
                part = min(1.0, self.losses[-1].step / max(1, self.losses[-1].of))
            done += stage.weight * min(1.0, (self.parts[number] + part) / stage.parts)
        return done / (sum(stage.weight for stage in self.stages) or 1.0)

    def _width(self) -> int:
        # The last column stays free: on some terminals, a full line wraps during a resize.
        return max(NARROWEST // 2, min(self.console.width - 1, WIDEST))


def _texts(events: Sequence[Event], width: int) -> list[Text]:
    """Return the texts of events folded to the width; lines without indent form a paragraph."""
    lines: list[Text] = []
    for event in events:
        for line in re.sub(r"(?<=\S)\n(?=\S)", " ", event.text).split("\n"):
            indent = len(line) - len(line.lstrip())
            hang = indent + 2 if indent else 0
            parts = textwrap.wrap(line, width, subsequent_indent=" " * hang)
            lines += [Text(part) for part in parts or [""]]
    return lines


def _table(scores: Sequence[Accuracy], width: int) -> list[Text]:
    """Return accuracies as a table, filled row by row."""
    short = format_shares([(score.name, score.share) for score in scores])
    across = max(1, (width - 2) // (len(short[0]) + 3))
    return [
        Text("  " + "   ".join(short[start : start + across]))
        for start in range(0, len(short), across)
    ]


def _shade(image: Image) -> list[Text]:
    """Draw a picture in shades of grey, with ink in white on black."""
    lines = []
    for row in halves(image):
        line = Text()
        for upper, lower in row:
            front, back = round(255 * upper), round(255 * lower)
            line.append("▀", f"rgb({front},{front},{front}) on rgb({back},{back},{back})")
        lines.append(line)
    return lines


@contextlib.contextmanager
def stop_at_breakpoints(view: LiveView) -> Iterator[None]:
    """Stop drawing at the learner's first `breakpoint()`, which needs the terminal."""
    before = sys.breakpointhook

    def hook(*arguments: Any, **options: Any) -> Any:
        view.stop()
        sys.breakpointhook = before
        if os.environ.get("PYTHONBREAKPOINT"):
            return before(*arguments, **options)
        import pdb

        return pdb.Pdb().set_trace(sys._getframe(1))

    sys.breakpointhook = hook
    try:
        yield
    finally:
        sys.breakpointhook = before
