"""Draw pictures as `PictureRunner` does, and keep them until something that they show changes."""

from __future__ import annotations

import contextlib
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from ..checking.runtime import Submission
from ..checking.transcript import VERSIONS
from ..model import Course, Kata
from ..pictures import Canvas, Frame, Picture
from ..result_folder import ResultFolder, hash_engine, hash_installation, result_key
from ..sandbox.pool import WorkerPool
from .picture_runner import KataPicture, PictureRunner


class StoredFrame(Struct, frozen=True, array_like=True):
    """A frame of a picture, with its canvas as markup."""

    width: float
    height: float
    linked: bool
    markup: str
    caption: str


class StoredPicture(Struct, frozen=True, array_like=True):
    """A picture without the numbers that were drawn, which no page shows."""

    name: str
    own: bool
    title: str
    description: str
    frames: list[StoredFrame]
    shown: int


class StoringPictureRunner(PictureRunner):
    """Draws the pictures of a course's katas, unless they are in a folder already.

    A picture depends on the engine, the reference package, the kata's pictures.py and probes.py,
    and the learner's modules that it runs.
    """

    def __init__(self, course: Course, pool: WorkerPool, folder: ResultFolder) -> None:
        """Draw for a course, with workers of the pool, and keep the pictures in the folder."""
        super().__init__(course, pool)
        self.folder = folder
        self._hash_reference = cache(hash_installation)

    def draw(self, kata: Kata, submission: Submission, started: bool = True) -> list[KataPicture]:
        """Return all pictures of a kata; a picture with a problem is drawn each time."""
        key = self._key(kata, submission, started)
        stored = self.folder.read(key)
        if stored is not None:
            with contextlib.suppress(msgspec.MsgspecError, ValueError):
                found = msgspec.msgpack.decode(stored, type=list[StoredPicture])
                return [_from_stored(picture) for picture in found]
        pictures = super().draw(kata, submission, started)
        complete = [_to_stored(p.name, p.own, p.picture) for p in pictures if p.picture is not None]
        is_complete = len(complete) == len(pictures) and not any(p.problem for p in pictures)
        if is_complete and key == self._key(kata, submission, started):  # no file was edited
            self.folder.write(key, msgspec.msgpack.encode(complete))
        return pictures

    def _key(self, kata: Kata, submission: Submission, started: bool) -> str:
        """Return the hash of everything that the pictures of a kata depend on."""
        parts: list[str | bytes] = [
            VERSIONS,
            hash_engine(),
            self._hash_reference(self.course.reference_root),
            self._hash_reference(kata.reference_root),
            msgspec.msgpack.encode(kata.file),
            _read_bytes(kata.folder / "pictures.py"),
            _read_bytes(kata.probes),
        ]
        if started:
            needs = [n for n in self.course.all_needs(kata.name) if n in submission.solved]
            for name in (*needs, kata.name):
                text = submission.read(self.course.katas[name].module)
                parts += [name, text if isinstance(text, str) else text.message]
        return result_key("pictures", kata.name, *parts)


def _read_bytes(path: Path) -> bytes:
    """Return the content of a file; of a missing one, nothing."""
    with contextlib.suppress(OSError):
        return path.read_bytes()
    return b""


def _to_stored(name: str, own: bool, picture: Picture) -> StoredPicture:
    frames = [
        StoredFrame(c.width, c.height, c.linked, c.markup(), frame.caption)
        for frame in picture.frames
        for c in (frame.canvas,)
    ]
    return StoredPicture(name, own, picture.title, picture.description, frames, picture.shown)


def _from_stored(stored: StoredPicture) -> KataPicture:
    frames = [
        Frame(Canvas.from_markup(f.width, f.height, f.markup, f.linked), f.caption)
        for f in stored.frames
    ]
    picture = Picture(stored.title, stored.description, frames, shown=stored.shown)
    return KataPicture(stored.name, picture, stored.own)
