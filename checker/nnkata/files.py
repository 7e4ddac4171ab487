"""Read files of untrusted people safely, and write files completely or not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from .errors import CourseError, KataError
from .model import LoadFailure

MAX_BYTES = 2**20


def read_module(root: Path, path: str) -> str | LoadFailure:
    """Return the text of the module at `path` below `root`, or why it cannot be read.

    No link is followed, no device is opened, and no path leads outside `root`.
    """
    try:
        data = _read(root, path)
    except FileNotFoundError:
        return LoadFailure("missing", f"there is no file {path}", path)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR):
            return LoadFailure(
                "missing",
                f"{path} is a link, or inside a linked folder; replace it by the file",
                path,
            )
        return LoadFailure("missing", f"{path} cannot be read: {error.strerror or error}", path)
    if data is None:
        return LoadFailure("missing", f"{path} is not a regular file", path)
    if len(data) > MAX_BYTES:
        return LoadFailure("missing", f"{path} is larger than {MAX_BYTES // 1024} KiB", path)
    return decode_text(data, path)


def decode_text(data: bytes, path: str) -> str | LoadFailure:
    """Return bytes as text, or why they are not text: a NUL byte, or not UTF-8."""
    zero = data.find(b"\0")
    if zero >= 0:
        line = data.count(b"\n", 0, zero) + 1
        return LoadFailure(
            "encoding", f"line {line} contains a NUL byte, so the file is not text", path, line
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        words = f"line {line} is not UTF-8; let your editor save the file as UTF-8"
        return LoadFailure("encoding", words, path, line)


def _read(root: Path, path: str) -> bytes | None:
    """Return the first `MAX_BYTES` + 1 bytes of a regular file, or None if it is something else.

    Raises `OSError`, also for links.
    """
    *folders, name = path.split("/")
    if any(part in ("", ".", "..") for part in (*folders, name)):
        raise FileNotFoundError(path)
    if os.open not in os.supports_dir_fd:  # Windows has no descriptors of folders
        whole = root.joinpath(*folders, name)
        if whole.is_symlink() or not whole.is_file():
            if not whole.exists():
                raise FileNotFoundError(path)
            return None
        with whole.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    here = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for folder in folders:
            below = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=here)
            os.close(here)
            here = below
        file_fd = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=here)
    finally:
        os.close(here)
    if not stat.S_ISREG(os.fstat(file_fd).st_mode):
        os.close(file_fd)
        return None
    with os.fdopen(file_fd, "rb") as file:
        return file.read(MAX_BYTES + 1)


def read_course_file(path: Path) -> str:
    """Return the text of a file of the course; raises `CourseError`, which names the file."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} cannot be read: {error}", next_step="fix the file") from None


def write_all_new(files: Mapping[Path, bytes]) -> None:
    """Write new files, all of them or none; raises `KataError`, also where one exists already."""
    for path in files:
        if path.exists() or path.is_symlink():
            raise KataError(
                f"{path} exists already, so nothing was written",
                next_step="choose another name, or move that file away",
            )
    done: list[Path] = []
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                done.append(path)
                file.write(data)
    except OSError as error:
        for path in done:
            path.unlink()
        raise KataError(
            f"{error.filename} cannot be written: {error.strerror or error}; no file was written",
            next_step="choose a folder that you may write to",
        ) from None


def write_atomically(target: Path, data: bytes) -> None:
    """Write a file completely or not at all; a link at `target` is replaced, not followed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    partial.write_bytes(data)
    partial.replace(target)
