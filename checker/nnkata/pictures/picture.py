"""A picture: one or more drawings, with a title, and a description for people who cannot see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from zlib import crc32

from .canvas import Canvas, escape_xml


@dataclass(frozen=True)
class Frame:
    """One drawing of a picture, and a caption that says what it adds to the others."""

    canvas: Canvas
    caption: str = ""


@dataclass(frozen=True)
class Picture:
    """The result of a drawing function.

    Attributes:
        title: what the picture shows, in a few words.
        description: the same in sentences with its numbers, for people who cannot see it.
        frames: the drawings, in order; all of the same size.
        numbers: the drawn numbers by name, for tests and for closer inspection.
        shown: the frame to begin with, counted as in a list; by default the last.
    """

    title: str
    description: str
    frames: Sequence[Frame]
    numbers: Mapping[str, Any] = field(default_factory=dict)
    shown: int = -1

    def __post_init__(self) -> None:
        if not (self.title.strip() and self.description.strip() and self.frames):
            raise ValueError("a picture needs a title, a description and at least one frame")
        sizes = {(f.canvas.width, f.canvas.height) for f in self.frames}
        if len(sizes) > 1:
            raise ValueError(f"the frames of a picture have one size, not {sorted(sizes)}")
        if not -len(self.frames) <= self.shown < len(self.frames):
            raise ValueError(f"there is no frame {self.shown} among {len(self.frames)}")

    def svg(self, frame: int | None = None) -> str:
        """Return one frame as a self-contained SVG file, readable in light and dark mode."""
        style = f"<style>{stylesheet()}</style>"
        frame = self.shown if frame is None else frame
        # A notebook shows several pictures on one page: each has ids of its own.
        content = f"{self.title}{self.description}{self.frames[frame].canvas.markup()}"
        number = crc32(content.encode("utf-8", "replace"))
        return self._element(frame, f"picture-{number:08x}", style)

    def inline(self, frame: int, name: str) -> str:
        """Return one frame for a page that has `stylesheet()` among its own styles.

        `name` makes the ids in it differ from those of other pictures on the page.
        """
        return self._element(frame, name, "")

    def save(self, path: str | Path, frame: int | None = None) -> Path:
        """Write one frame to a file; return its path."""
        path = Path(path)
        path.write_text(self.svg(frame) + "\n", encoding="utf-8")
        return path

    def _repr_svg_(self) -> str:
        """Return the SVG that a notebook shows."""
        return self.svg()

    def _element(self, frame: int, name: str, style: str) -> str:
        canvas = self.frames[frame].canvas
        words = self.description
        if self.frames[frame].caption:
            words = f"{words} {self.frames[frame].caption}"
        role = "group" if canvas.linked else "img"  # links inside an img cannot be followed
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" role="{role}" '
            f'viewBox="0 0 {canvas.width:g} {canvas.height:g}" '
            f'width="{canvas.width:g}" height="{canvas.height:g}" '
            f'aria-labelledby="{name}-title {name}-words">'
            f'<title id="{name}-title">{escape_xml(self.title)}</title>'
            f'<desc id="{name}-words">{escape_xml(words)}</desc>'
            f'{style}<rect class="paper filled" width="100%" height="100%"/>{canvas.markup()}</svg>'
        )


@cache
def stylesheet() -> str:
    """Return the CSS rules of the kinds, for light and dark mode."""
    return (files(__package__) / "picture.css").read_text(encoding="utf-8")
