"""Open what somebody handed in: a workspace, a folder or an archive. Nothing is ever unpacked.

Only the module files that a course names are read, from wherever they stand. What is not a plain
file of text, or would mean trouble, is refused by name, and the rest is graded.
"""

from __future__ import annotations

import stat
import tarfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TypeVar

from msgspec import Struct

from .errors import KataError
from .model import Course, Load, Refused
from .sources import MAX_BYTES, decoded, read_module

MAX_ENTRIES = 20_000
"""An archive with more names than this is refused as a whole."""
MAX_NAME = 255
T = TypeVar("T")
Reader = Callable[[str], str | Load]


class Opened(Struct, frozen=True):
    """A submission that can be read: its name, its modules, what was refused, when it came."""

    name: str
    read: Reader
    refused: list[Refused]
    submitted_at: datetime | None = None


@contextmanager
def opened(path: Path, course: Course, name: str | None = None) -> Iterator[Opened]:
    """Open a workspace, a folder with the package in it, or an archive of one.

    Raises `KataError` when there is nothing to grade at `path`.
    """
    name = shown_name(name or path.name)
    if path.is_symlink():
        raise KataError(f"{path} is a link", next_step="name the folder or archive itself")
    try:
        if path.is_dir():
            yield _folder(path, course, name)
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield _zip(archive, course, name, path)
        elif path.is_file() and tarfile.is_tarfile(path):
            with tarfile.open(path) as archive:
                yield _tar(archive, course, name, path)
        else:
            raise KataError(
                f"{path} is neither a folder nor a zip or tar archive",
                next_step=f"hand in a folder with {course.package}/ in it, or an archive of one",
            )
    except (OSError, zipfile.BadZipFile, tarfile.TarError, EOFError, RuntimeError) as error:
        raise KataError(
            f"{path} cannot be opened: {error}", next_step="ask for it to be handed in again"
        ) from None


def shown_name(name: str) -> str:
    """Return a name without control, bidirectional or surrogate characters, and not too long."""
    safe = "".join(
        f"\\x{ord(c):02x}" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c
        for c in name
    )
    return safe if len(safe) <= MAX_NAME else safe[:MAX_NAME] + "…"


def _folder(path: Path, course: Course, name: str) -> Opened:
    root = path / course.package
    if root.is_symlink() or not root.is_dir():
        inner = [p for p in path.iterdir() if p.is_dir() and not p.is_symlink()]
        found = [p / course.package for p in inner if (p / course.package).is_dir()]
        root = found[0] if len(found) == 1 else path
    when = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Opened(name, lambda module: read_module(root, module), [], when)


def _zip(archive: zipfile.ZipFile, course: Course, name: str, path: Path) -> Opened:
    infos = archive.infolist()
    listing = [(i.filename, _zip_kind(i), i) for i in infos[: MAX_ENTRIES + 1]]
    members, refused = _members(listing, course)
    read = _reader(members, lambda info: archive.open(info))
    when = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Opened(name, read, refused, when)


def _tar(archive: tarfile.TarFile, course: Course, name: str, path: Path) -> Opened:
    listing = []
    for member in archive:
        listing.append((member.name, _tar_kind(member), member))
        if len(listing) > MAX_ENTRIES:
            break
    members, refused = _members(listing, course)

    def open_member(member: tarfile.TarInfo) -> IO[bytes]:
        file = archive.extractfile(member)
        if file is None:
            raise tarfile.TarError("it has no content")
        return file

    when = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Opened(name, _reader(members, open_member), refused, when)


def _zip_kind(info: zipfile.ZipInfo) -> str:
    mode = info.external_attr >> 16
    if info.is_dir():
        return "folder"
    if info.flag_bits & 1:
        return "encrypted"
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "link" if stat.S_ISLNK(mode) else "special file"
    return "file"


def _tar_kind(member: tarfile.TarInfo) -> str:
    if member.isdir():
        return "folder"
    if member.issym() or member.islnk():
        return "link"
    return "file" if member.isreg() else "special file"


def _members(
    listing: list[tuple[str, str, T]], course: Course
) -> tuple[dict[str, T | str], list[Refused]]:
    """Return the members that are modules, or why each may not be read, and what was refused."""
    if len(listing) > MAX_ENTRIES:
        raise KataError(
            f"the archive holds more than {MAX_ENTRIES} names",
            next_step=f"hand in {course.package}/ and nothing else",
        )
    refused: list[Refused] = []
    fine: list[tuple[list[str], str, T]] = []
    for name, kind, member in listing:
        why = _why_not(name, kind)
        if why:
            refused.append(Refused(shown_name(name), why))
        elif kind == "file":
            fine.append((_parts(name), name, member))
    prefix = _prefix([parts for parts, _, _ in fine], course.package)
    found: dict[str, T | str] = {}
    folded: dict[str, str] = {}
    for parts, name, member in fine:
        if parts[: len(prefix)] != prefix:
            continue
        inside = "/".join(parts[len(prefix) :])
        other = folded.setdefault(inside.casefold(), inside)
        if inside in found or other != inside:
            why = "two names that are the same, or differ only in case"
            refused.append(Refused(shown_name(name), why))
            found[inside] = found[other] = why
        else:
            found[inside] = member
    return found, refused


def _parts(name: str) -> list[str]:
    return [part for part in name.split("/") if part not in ("", ".")]


def _why_not(name: str, kind: str) -> str:
    if kind in ("link", "special file", "encrypted"):
        return f"a {kind}" if kind != "encrypted" else "encrypted"
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/"):
        return "a name that leads out of the archive"
    if shown_name(name) != name or "\\" in name or ":" in name:
        return "a name with characters that no file here has"
    return ""


def _prefix(names: list[list[str]], package: str) -> list[str]:
    """Return the folders above the modules: the package, alone or inside one other folder."""
    for parts in names:
        if parts[:1] == [package] and len(parts) > 1:
            return [package]
    for parts in names:
        if len(parts) > 2 and parts[1] == package:
            return parts[:2]
    return []


def _reader(members: dict[str, T | str], open_member: Callable[[T], IO[bytes]]) -> Reader:
    def read(module: str) -> str | Load:
        member = members.get(module)
        if member is None:
            return Load("missing", f"there is no file {module}", module)
        if isinstance(member, str):
            return Load("missing", f"{module} is refused: {member}", module)
        try:
            with open_member(member) as file:
                data = file.read(MAX_BYTES + 1)
        except Exception as error:  # a damaged member raises whatever its format raises
            return Load("missing", f"{module} cannot be read: {shown_name(str(error))}", module)
        if len(data) > MAX_BYTES:
            return Load("missing", f"{module} is larger than {MAX_BYTES // 1024} KiB", module)
        return decoded(data, module)

    return read
