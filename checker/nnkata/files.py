"""Read untrusted files safely, and write files completely or not at all."""

from __future__ import annotations

import errno
import os
import stat
from _thread import get_ident
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from .errors import CourseError, KataError, MachineryError
from .model import LoadFailure

MAX_BYTES = 2**20


def read_module(root: Path, path: str) -> str | LoadFailure:
    """Return the text of the module at `path` below `root`, or why it cannot be read.

    No link is followed, no device is opened, and no path leads outside `root`.
    """
    try:
        text = read_module_or_raise(root, path)
    except OSError as error:
        return LoadFailure("missing", f"{path} cannot be read: {error.strerror or error}", path)
    if text is None:
        return LoadFailure("missing", f"there is no file {path}", path)
    return text


def read_module_or_raise(root: Path, path: str) -> str | LoadFailure | None:
    """Return the text of the module at `path` below `root`, or why it cannot be used.

    The result is None if there is no such file. Raises `OSError` if the system refuses to read it,
    for example because of missing permissions.
    """
    try:
        data = _read(root, path)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR):
            return LoadFailure(
                "missing",
                f"{path} is a link, or inside a linked folder; replace it with the file",
                path,
            )
        raise OSError(error.errno, error.strerror, str(root / path)) from None
    if data is None:
        return LoadFailure("missing", f"{path} is not a regular file", path)
    if len(data) > MAX_BYTES:
        return LoadFailure("missing", f"{path} is larger than {MAX_BYTES // 1024} KiB", path)
    return decode_text(data, path)


def open_regular_file(path: Path) -> IO[bytes]:
    """Open a regular file for reading; no link is followed, and no pipe is waited for.

    Raises `OSError`.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    number = os.open(path, flags | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(errno.EINVAL, "it is neither a folder nor a regular file", str(path))
    return os.fdopen(number, "rb")


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

    Raises `OSError`, including for links.
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


def require_temporary_folder() -> None:
    """Raise `MachineryError` if no folder for temporary files can be written to."""
    import tempfile

    try:
        with tempfile.TemporaryFile():
            return
    except OSError as error:
        raise MachineryError(
            f"there is no folder for temporary files: {error.strerror or error}",
            next_step="set TMPDIR to a folder that you can write to, with space on its disk",
        ) from None


def write_all_new(files: Mapping[Path, bytes]) -> None:
    """Write new files, all or none; raises `KataError`, for example if one already exists."""
    for path in files:
        if path.exists() or path.is_symlink():
            raise KataError(
                f"{path} already exists, so nothing was written",
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
    partial = target.with_name(f".{target.name}.{os.getpid()}-{get_ident()}.partial")
    partial.write_bytes(data)
    partial.replace(target)
