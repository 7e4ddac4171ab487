"""Checks of a kata's pictures: they show correct modules well, and wrong ones break nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ..checking.runtime import Submission
from ..course.mistakes import read_mistakes
from ..errors import CourseError
from ..model import Kata
from ..page.picture_runner import FRAMES_AT_MOST, PictureFunction, PictureRunner, picture_functions
from ..pictures import Picture
from .static_checks import Finding, at

WIDTH, FRAME_BYTES = 640, 60_000


def pictures(kata: Kata, runner: PictureRunner) -> Iterator[Finding]:
    """Yield the findings about a kata's pictures; a kata may have none.

    Every picture is drawn from the reference and from one variant, with texts and sizes that the
    page can show. It is also drawn from the stub and from one mistake, where it may fail but must
    not raise a `CourseError`.
    """
    path = kata.folder / "pictures.py"
    try:
        drawers = picture_functions(kata)
        if not path.is_file():
            return
        if not drawers:
            yield Finding(
                "pictures.py draws nothing", at(path), "name its functions picture_…, or remove it"
            )
        right = [kata.reference, *kata.variants()[:1]]
        for source in right:
            yield from _right(
                kata, source, _attempts(kata, runner, drawers, source.read_text("utf-8"))
            )
        wrong = [kata.stub.read_text(encoding="utf-8")] if kata.stub.is_file() else []
        wrong += [mistake.module for mistake in read_mistakes(kata)[:1]]
        for text in wrong:
            _attempts(kata, runner, drawers, text)
    except CourseError as error:
        yield Finding(error.message, at(path), error.next_step or "fix it")


def _attempts(
    kata: Kata, runner: PictureRunner, drawers: Mapping[str, PictureFunction], text: str
) -> dict[str, Picture | str]:
    return runner.attempts(kata, text, Submission("verify", lambda _: text), drawers)


def _right(kata: Kata, source: Path, attempts: Mapping[str, Picture | str]) -> Iterator[Finding]:
    """Yield the findings about the pictures of a correct module."""
    path = kata.folder / "pictures.py"
    seen: dict[str, str] = {}
    for name, picture in attempts.items():
        if isinstance(picture, str):
            yield Finding(
                f"picture_{name} draws nothing from {source.name}: {picture}",
                at(path),
                "draw every correct module, however it is written",
            )
            continue
        for words in (picture.title, picture.description):
            if words in seen:
                yield Finding(
                    f"picture_{name} says the same as picture_{seen[words]}: {words[:60]}",
                    at(path),
                    "give each picture its own title and description",
                )
            seen[words] = name
        for fault in faults(picture):
            yield Finding(
                f"picture_{name}, drawn from {source.name}, {fault}",
                at(path),
                "make it smaller, or fix what it writes",
            )


def faults(picture: Picture) -> Iterator[str]:
    """Yield the faults of a picture, as predicates such as `has frames without a caption`."""
    from xml.etree import ElementTree

    if len(picture.frames) > FRAMES_AT_MOST:
        yield f"has {len(picture.frames)} frames, more than {FRAMES_AT_MOST}"
    if len(picture.frames) > 1 and not all(frame.caption.strip() for frame in picture.frames):
        yield "has frames without a caption"
    for number, frame in enumerate(picture.frames):
        svg = picture.inline(number, "picture")
        try:
            ElementTree.fromstring(svg)
        except ElementTree.ParseError as error:
            yield f"is not XML in frame {number}: {error}"
        if frame.canvas.width > WIDTH:
            yield f"is {frame.canvas.width:g} wide, more than {WIDTH}"
        if len(svg.encode()) > FRAME_BYTES:
            yield f"takes {len(svg.encode())} bytes in frame {number}, more than {FRAME_BYTES}"
