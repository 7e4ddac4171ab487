"""Open a submission: a workspace, a folder or an archive, without unpacking it.

Only the module files of a course are read. A file that is not plain text, or could do harm, is
refused by name, and the rest is graded.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TypeVar

from msgspec import Struct

from ..errors import KataError
from ..files import MAX_BYTES, decode_text, read_module
from ..model import Course, LoadFailure, Rejection
from . import archives

MAX_ENTRIES = 20_000
"""The limit of names in an archive."""
MAX_ARCHIVE_BYTES = 2**25
"""The size limit of an archive."""
MAX_TAR_BYTES = 2**26
"""The size limit of a decompressed tar archive."""
MAX_DIRECTORY_BYTES = 2**22
"""The size limit of a zip archive's table of contents."""
DICTIONARY_BYTES = 2**27
"""The memory limit of decompressing xz."""
MAX_NAME = 255
ZIP_END = b"PK\5\6"
ZIP64_LOCATOR = b"PK\6\7"
T = TypeVar("T")
Reader = Callable[[str], str | LoadFailure]


class OpenSubmission(Struct, frozen=True):
    """A submission that can be read: its name, its modules, refused files, its time."""

    name: str
    read: Reader
    refused: list[Rejection]
    submitted_at: datetime | None = None


@contextmanager
def open_submission(
    path: Path, course: Course, name: str | None = None
) -> Iterator[OpenSubmission]:
    """Open a workspace, a folder that contains the package, or an archive of one.

    Raises `KataError` if there is nothing to grade at `path`.
    """
    name = safe_name(name or path.name)
    with ExitStack() as stack:
        try:
            submission = _open(path, course, name, stack)
        except KataError:
            raise
        except Exception as error:  # a damaged archive raises whatever its format raises
            raise KataError(
                f"{safe_name(str(path))} cannot be open_submission: {safe_name(str(error))}",
                next_step="ask for a new submission",
            ) from None
        yield submission


def _open(path: Path, course: Course, name: str, stack: ExitStack) -> OpenSubmission:
    shown = safe_name(str(path))
    if path.is_symlink():
        raise KataError(f"{shown} is a link", next_step="name the folder or archive itself")
    if path.is_dir():
        return _folder(path, course, name)
    if path.is_file():  # nothing else is opened: opening a pipe would block
        if path.stat().st_size > MAX_ARCHIVE_BYTES:
            raise _too_large(shown, f"{MAX_ARCHIVE_BYTES // 2**20} MiB", course)
        if zipfile.is_zipfile(path):
            _check_directory(path, course)
            return _zip(stack.enter_context(zipfile.ZipFile(path)), course, name, path)
        data = _decompress(path, course)
        if archives.is_tar(data):
            return _tar(data, course, name, path)
    raise KataError(
        f"{shown} is neither a folder nor a zip or tar archive",
        next_step=f"hand in a folder with {course.package}/ in it, or an archive of one",
    )


def _too_large(shown: str, what: str, course: Course) -> KataError:
    return KataError(
        f"{shown} contains more than {what}",
        next_step=f"hand in {course.package}/ and nothing else",
    )


def _check_directory(path: Path, course: Course) -> None:
    """Raise `KataError` for a zip archive whose table of contents takes long to read."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 2**16 - 22))
        tail = file.read()
    at = len(tail) - 22
    if tail[at : at + 4] != ZIP_END or tail[-2:] != b"\0\0":
        at = tail.rfind(ZIP_END)
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    if size > MAX_DIRECTORY_BYTES or tail[at - 20 : at - 16] == ZIP64_LOCATOR:
        raise _too_large(safe_name(str(path)), f"{MAX_ENTRIES} names", course)


def _decompress(path: Path, course: Course) -> bytes:
    """Return a file's bytes, decompressed up to the size limit; raises `KataError` beyond it."""
    with path.open("rb") as file:
        start = file.read(6)
        file.seek(0)
        if start.startswith(b"\x1f\x8b"):
            data = gzip.GzipFile(fileobj=file).read(MAX_TAR_BYTES + 1)
        elif start.startswith(b"BZh"):
            data = bz2.BZ2File(file).read(MAX_TAR_BYTES + 1)
        elif start.startswith(b"\xfd7zXZ\0"):
            unpacker = lzma.LZMADecompressor(memlimit=DICTIONARY_BYTES)
            data = unpacker.decompress(file.read(), MAX_TAR_BYTES + 1)
        else:
            data = file.read(MAX_TAR_BYTES + 1)
    if len(data) > MAX_TAR_BYTES:
        raise _too_large(safe_name(str(path)), f"{MAX_TAR_BYTES // 2**20} MiB", course)
    return data


def safe_name(name: str) -> str:
    """Return a name with control, bidirectional and surrogate characters escaped, and cut off.

    Backslashes are escaped too, so two different names stay different unless they are cut off.
    """
    safe = "".join(
        f"\\x{ord(c):02x}"
        if c == "\\" or unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        else c
        for c in name
    )
    return safe if len(safe) <= MAX_NAME else safe[:MAX_NAME] + "…"


def _folder(path: Path, course: Course, name: str) -> OpenSubmission:
    root = path / course.package
    if root.is_symlink() or not root.is_dir():
        inner = [p for p in path.iterdir() if p.is_dir() and not p.is_symlink()]
        packages = [p / course.package for p in inner]
        packages = [p for p in packages if p.is_dir() and not p.is_symlink()]
        root = packages[0] if len(packages) == 1 else path
    when = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return OpenSubmission(name, lambda module: read_module(root, module), [], when)


def _zip(archive: zipfile.ZipFile, course: Course, name: str, path: Path) -> OpenSubmission:
    infos = archive.infolist()
    listing = [(i.filename, _zip_kind(i), i) for i in infos[: MAX_ENTRIES + 1]]
    members, refused = _members(listing, course)
    read = _reader(members, lambda info: archive.open(info))
    when = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return OpenSubmission(name, read, refused, when)


def _tar(data: bytes, course: Course, name: str, path: Path) -> OpenSubmission:
    listing = []
    for member in archives.members(data):
        listing.append((member.name, member.kind, member))
        if len(listing) > MAX_ENTRIES:
            break
    members, refused = _members(listing, course)

    def open_member(member: archives.Member) -> IO[bytes]:
        return io.BytesIO(data[member.start : member.start + member.size])

    when = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return OpenSubmission(name, _reader(members, open_member), refused, when)


def _zip_kind(info: zipfile.ZipInfo) -> str:
    mode = info.external_attr >> 16
    if info.is_dir():
        return "folder"
    if info.flag_bits & 1:
        return "encrypted"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "packed"  # the others have no output limit: 2 KiB become a gigabyte
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "link" if stat.S_ISLNK(mode) else "special file"
    return "file"


def _members(
    listing: list[tuple[str, str, T]], course: Course
) -> tuple[dict[str, T | str], list[Rejection]]:
    """Return the members by path in the package, or why they are refused, and all refusals."""
    if len(listing) > MAX_ENTRIES:
        raise KataError(
            f"the archive contains more than {MAX_ENTRIES} names",
            next_step=f"hand in {course.package}/ and nothing else",
        )
    refused: list[Rejection] = []
    accepted: list[tuple[list[str], str, T]] = []
    for name, kind, member in listing:
        why = _refusal(name, kind)
        if why:
            refused.append(Rejection(safe_name(name), why))
        elif kind == "file":
            accepted.append((_parts(name), name, member))
    prefix = _prefix([parts for parts, _, _ in accepted], course.package)
    members: dict[str, T | str] = {}
    folded: dict[str, str] = {}
    for parts, name, member in accepted:
        if parts[: len(prefix)] != prefix:
            continue
        inside = "/".join(parts[len(prefix) :])
        other = folded.setdefault(inside.casefold(), inside)
        if inside in members or other != inside:
            why = "two names are equal, or differ only in case"
            refused.append(Rejection(safe_name(name), why))
            members[inside] = members[other] = why
        else:
            members[inside] = member
    return members, refused


def _parts(name: str) -> list[str]:
    return [part for part in name.split("/") if part not in ("", ".")]


def _refusal(name: str, kind: str) -> str:
    if kind == "encrypted":
        return "encrypted"
    if kind == "packed":
        return "compressed with a method other than deflate"
    if kind in ("link", "special file"):
        return f"a {kind}"
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/"):
        return "a name that leads out of the archive"
    if safe_name(name) != name or "\\" in name or ":" in name:
        return "a name with characters that are not allowed"
    return ""


def _prefix(names: list[list[str]], package: str) -> list[str]:
    """Return the folders above the modules: the package, or the package in one other folder."""
    for parts in names:
        if parts[:1] == [package] and len(parts) > 1:
            return [package]
    for parts in names:
        if len(parts) > 2 and parts[1] == package:
            return parts[:2]
    return []


def _reader(members: dict[str, T | str], open_member: Callable[[T], IO[bytes]]) -> Reader:
    def read(module: str) -> str | LoadFailure:
        member = members.get(module)
        if member is None:
            return LoadFailure("missing", f"there is no file {module}", module)
        if isinstance(member, str):
            return LoadFailure("missing", f"{module} is refused: {member}", module)
        try:
            with open_member(member) as file:
                data = file.read(MAX_BYTES + 1)
        except Exception as error:  # a damaged member raises whatever its format raises
            return LoadFailure(
                "missing", f"{module} cannot be read: {safe_name(str(error))}", module
            )
        if len(data) > MAX_BYTES:
            return LoadFailure(
                "missing", f"{module} is larger than {MAX_BYTES // 1024} KiB", module
            )
        return decode_text(data, module)

    return read
