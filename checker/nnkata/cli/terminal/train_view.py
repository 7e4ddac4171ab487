"""The live view of a training: what is done, the loss as a curve, the time left, pictures.

The stage at work stands at the foot of the terminal and is drawn anew; what a stage that is done
had to tell stays above it, with its curve and its pictures.
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

from ...text.layout import ASCII, SYMBOLS
from ...training.stages import Accuracy, Event, Image, Images, Loss, Stage
from .plots import abreast, can_draw, curve, drawn, halves, names
from .screen import NARROWEST, WIDEST, Screen
from .train_lines import uninterrupted

SHOW_CURSOR, HIDE_CURSOR = b"\x1b[?25h", b"\x1b[?25l"
TALLEST, LOWEST = 8, 3
"""The lines of a curve, as the terminal has room."""
RECORD = 6
"""The lines of the curve that stays."""
METER = 20
"""The most characters of the bar."""
FOLDED = 4
"""From how many accuracies in a row on they are set as a table."""


class LiveView:
    """Draws a training on a terminal."""

    def __init__(self, screen: Screen, stages: Sequence[Stage], done: Sequence[int]) -> None:
        """Take the screen, the stages, and how many parts of each were done in an earlier run."""
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
        self.told: list[Event] = []
        self.losses: list[Loss] = []
        self.started = time.monotonic()
        self.start_share = self._share()
        self.lock = threading.RLock()
        self.live: Live | None = None
        self.paused = False
        self.on_pause: Any = None

    def __enter__(self) -> LiveView:
        """Begin to draw."""
        self._draw()
        if hasattr(signal, "SIGTSTP"):
            self.on_pause = signal.signal(signal.SIGTSTP, self._rest)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        """Leave the terminal as it was found, with what was told so far above the cursor."""
        with uninterrupted():
            if self.on_pause is not None:
                signal.signal(signal.SIGTSTP, self.on_pause)
            self.stop()
            if kind is not None and self.at is not None:
                with contextlib.suppress(OSError):
                    self._print_record(self.stages[self.at])

    def stop(self) -> None:
        """Draw no longer; what is told from here on is printed when its stage is done."""
        self.paused = True
        self._erase()

    def _draw(self) -> None:
        """Draw the frame below the cursor, again and again; a frame that was erased is no more."""
        if self.paused:
            return
        self.live = Live(
            console=self.console, get_renderable=self._frame, refresh_per_second=8,
            transient=True, vertical_overflow="crop",
        )  # fmt: skip
        self.live.start()

    def _rest(self, number: int, frame: FrameType | None) -> None:
        """Show the cursor while the shell has the terminal (Ctrl-Z), and hide it again after `fg`.

        Whatever was being drawn may hold its locks, so nothing else is touched here.
        """
        del frame
        os.write(1, SHOW_CURSOR)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, self._rest)
        if not self.paused:
            os.write(1, HIDE_CURSOR)

    def _erase(self) -> None:
        """Take the frame away, and leave the cursor where it began."""
        if self.live is not None:
            live, self.live = self.live, None
            live.stop()

    def began(self, stage: Stage, before: Sequence[Event]) -> None:
        """Draw that a stage begins."""
        with self.lock:
            self.at = self.stages.index(stage)
            self.told, self.losses = list(before), []

    def at_part(self, part: int) -> None:
        """Draw that a part begins: its curve is one of its own."""
        with self.lock:
            assert self.at is not None
            self.parts[self.at] = part
            self.losses = []

    def heard(self, event: Event) -> None:
        """Draw what was told with the next frame."""
        with self.lock:
            if isinstance(event, Loss):
                self.losses.append(event)
            else:
                self.told.append(event)

    def ended(self, stage: Stage) -> None:
        """Let what the stage told stay, and its last number in the list."""
        with self.lock:
            at = self.stages.index(stage)
            self.parts[at] = stage.parts
            self.state[at] = f"done{self._last_number()}"
            self.at = None
        self._erase()  # not under the lock, which the thread that draws may be waiting for
        self._print_record(stage)
        with self.lock:
            self.losses, self.told = [], []
        self._draw()

    def _last_number(self) -> str:
        scores = [e for e in self.told if isinstance(e, Accuracy)]
        if len(scores) == 1:
            return f", {scores[0].share:.1%} right"
        if scores:
            return f", {sum(e.share for e in scores) / len(scores):.1%} right on average"
        return f", loss {self.losses[-1].loss:.4g}" if self.losses else ""

    # What stays.

    def _print_record(self, stage: Stage) -> None:
        width = self._width()
        lines: list[Text] = []
        if self.losses and stage.parts == 1:
            lines = [Text("  " + line) for line in curve(self.losses, width - 2, RECORD, self.fine)]
        told = list(self.told)
        # The curve stands where the losses were told: below what the stage said first.
        first = _texts(told[:1], width)
        rest = itertools.groupby(told[1:], key=lambda event: isinstance(event, Accuracy))
        after: list[Text] = []
        for scores, group in rest:
            events = list(group)
            if scores and len(events) >= FOLDED:
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
        """Yield lines of pictures beside each other, as many as fit, and their captions."""
        fits, wide = abreast(images, width, self.fine)
        shown = images[:fits]
        shades = self.fine and self.console.color_system in ("256", "truecolor")
        columns = [_shaded(i) if shades else [Text(t) for t in drawn(i, self.fine)] for i in shown]
        columns = [
            column + [Text(line) for line in image.caption]
            for column, image in zip(columns, shown, strict=True)
        ]
        for row in itertools.zip_longest(*columns, fillvalue=Text()):
            line = Text("  ")
            for cell in row:
                line.append_text(cell)
                line.append(" " * (wide - cell_len(cell.plain)))
            yield line

    # What is drawn anew.

    def _frame(self) -> RenderableType:
        with self.lock:
            return self._drawn()

    def _drawn(self) -> Text:
        width, height = self._width(), self.console.height
        lines = [Text()]
        widest = max(len(stage.title) for stage in self.stages)
        for number, stage in enumerate(self.stages):
            lines.append(self._stage_line(number, stage, widest))
        room = height - len(lines) - 8
        if self.losses and room >= LOWEST:
            lines.append(Text())
            lines += map(Text, curve(self.losses, width, min(room, TALLEST), self.fine))
        lines += [Text(), self._time_line()]
        for line in lines:
            line.truncate(width, overflow="ellipsis" if self.fine else "crop")
        return Text("\n").join(lines)

    def _stage_line(self, number: int, stage: Stage, widest: int) -> Text:
        symbols = SYMBOLS if self.fine else ASCII
        if number == self.at:
            symbol, words, style = symbols["arrow"], self._doing(stage), "bold"
        elif self.state[number]:
            symbol, words, style = symbols["passed"], [self.state[number]], "green"
        else:
            symbol, words, style = symbols["open"], ["to come"], "dim"
        line = f"{symbol:{2 - self.fine}} {stage.title:{widest}}  {words[0]}"
        for more in words[1:]:
            if cell_len(line) + len(more) + 2 <= self._width():
                line += f", {more}"
        return Text(line, style=style)

    def _doing(self, stage: Stage) -> list[str]:
        """Return what is under way, the most telling first."""
        assert self.at is not None
        words = []
        if stage.parts > 1:
            words.append(f"part {self.parts[self.at] + 1} of {stage.parts}")
        if self.losses:
            last = self.losses[-1]
            finite = math.isfinite(last.loss)
            words.append(f"loss {last.loss:.4f}" if finite else "the loss is no number")
            words.append(f"{last.unit} {last.step} of {last.of}")
        return words or ["at work"]

    def _time_line(self) -> Text:
        share, passed = self._share(), time.monotonic() - self.started
        words = f"{share:.0%}, {clock(passed)}"
        if passed > 1 and share - self.start_share > 0.02:
            left = passed * (1 - share) / (share - self.start_share)
            words += f", about {clock(left)} left"
        words += ". Ctrl-C stops."
        cells = min(METER, self._width() - len(words) - 1)
        full, symbols = round(share * max(cells, 0)), SYMBOLS if self.fine else ASCII
        bar = symbols["bar"] * full + symbols["empty"] * (cells - full)
        return Text(f"{bar} {words}" if cells > 0 else words)

    def _share(self) -> float:
        """Return how much is done, from 0 to 1, by the stages' weights."""
        done = 0.0
        for number, stage in enumerate(self.stages):
            part = 0.0
            if number == self.at and self.losses:
                part = min(1.0, self.losses[-1].step / max(1, self.losses[-1].of))
            done += stage.weight * min(1.0, (self.parts[number] + part) / stage.parts)
        return done / (sum(stage.weight for stage in self.stages) or 1.0)

    def _width(self) -> int:
        # One column stays free: a full last one wraps on some terminals while they are resized.
        return max(NARROWEST // 2, min(self.console.width - 1, WIDEST))


def _texts(events: Sequence[Event], width: int) -> list[Text]:
    """Return the lines of some events, folded to the width; lines at the margin are a paragraph."""
    found: list[Text] = []
    for event in events:
        for line in re.sub(r"(?<=\S)\n(?=\S)", " ", event.text).split("\n"):
            indent = len(line) - len(line.lstrip())
            hang = indent + 2 if indent else 0
            folded = textwrap.wrap(line, width, subsequent_indent=" " * hang)
            found += [Text(part) for part in folded or [""]]
    return found


def _table(scores: Sequence[Accuracy], width: int) -> list[Text]:
    """Return accuracies in columns, in reading order."""
    short = names([(score.name, score.share) for score in scores])
    across = max(1, (width - 2) // (len(short[0]) + 3))
    return [
        Text("  " + "   ".join(short[start : start + across]))
        for start in range(0, len(short), across)
    ]


def _shaded(image: Image) -> list[Text]:
    """Draw a picture in shades: ink is white, on black, whatever the terminal's own colours."""
    lines = []
    for row in halves(image):
        line = Text()
        for upper, lower in row:
            front, back = round(255 * upper), round(255 * lower)
            line.append("▀", f"rgb({front},{front},{front}) on rgb({back},{back},{back})")
        lines.append(line)
    return lines


def clock(seconds: float) -> str:
    """Write a time: `7 s`, `2 min 5 s`, `1 h 20 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


@contextlib.contextmanager
def undrawn_breakpoints(view: LiveView) -> Iterator[None]:
    """Let the learner's `breakpoint()` have the terminal to itself: drawing stops there."""
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
