"""Read the modules of a course from a zip or tar archive; nothing is unpacked to the disk.

The grader sends the text of this file to a worker, like a learner's module. So the worker is
confined and limited before it sees a byte of the archive, and an archive that needs too much time
or memory costs the grader only a worker. Only the standard library is used.
"""

from __future__ import annotations

import gzip
import io
import re
import stat
import tarfile
import unicodedata
import zipfile
from collections.abc import Callable
from functools import partial
from typing import Any

BLOCK = 512
PIECE = 2**20
MAX_NAME_LENGTH = 255
DICTIONARY_BYTES = 2**27
"""The memory limit of decompressing xz."""
IGNORED = "__MACOSX"
"""The folder of metadata that macOS adds to zip archives."""
MAX_DEPTH = 8
"""The maximum number of folders above a module."""
COPY = re.compile(r"|[ _-]?\(\d+\)|[ _-]+\d+|[ _-]+copy( ?\d+)?")
CLASH = "its name occurs twice, or differs from another name only in case"

archive_bytes = bytearray()
"""The bytes of the archive that the grader has sent."""


class ProblemError(Exception):
    """Raised if the archive cannot be read: the kind of problem, the reason, and the entry."""

    def __init__(self, kind: str, reason: str, place: str = "") -> None:
        super().__init__(reason)
        self.answer = {"problem": kind, "reason": reason, "place": place}


class Entry:
    """One entry of an archive: its name, its kind, and the function that opens its content."""

    def __init__(self, name: str, kind: str, open_content: Callable[[], Any]) -> None:
        """Set the name in the archive, the kind, and the function that opens the content."""
        self.name = name
        self.kind = kind
        self.open_content = open_content
        self.path = name if "/" in name else name.replace("\\", "/")  # as PowerShell writes it
        self.parts = [part for part in self.path.split("/") if part not in ("", ".")]


def add(piece: Any) -> None:
    """Add a piece of the archive, an array of bytes."""
    archive_bytes.extend(piece.tobytes())


def read(package: str, modules: list[str], single: str, limits: dict[str, int]) -> dict[str, Any]:
    """Return the modules of the package in the archive, and the names that are refused.

    If there is no package, and `single` names the only module that is graded, its file is used.
    The protocol cannot send bytes to the grader, so each byte becomes one character. If the archive
    cannot be read, the result has the keys `problem`, `reason` and `place` instead.
    """
    refused: list[tuple[str, str]] = []
    try:
        entries = _list_entries(limits)
        refused += [
            (e.name[: MAX_NAME_LENGTH + 1], why) for e in entries if (why := _find_refusal(e))
        ]
        names = [e for e in entries if not _is_bad_name(e.path) and e.kind != "folder"]
        found, clashes = _find_modules(names, package, modules, single)
        refused += clashes
        texts, failures = _read_modules(found, limits)
        answer: dict[str, Any] = {"texts": texts, "failures": failures}
    except ProblemError as problem:
        answer = problem.answer
    except MemoryError:
        answer = {"problem": "memory", "reason": "", "place": ""}
    except Exception as error:  # a damaged archive can raise any error
        answer = {"problem": "damaged", "reason": _words(error), "place": ""}
    shown = [list(pair) for pair in refused[: limits["refused"]]]
    return answer | {"refused": shown, "refused_count": len(refused)}


def _words(error: Exception) -> str:
    return str(error)[:MAX_NAME_LENGTH] or type(error).__name__


def _list_entries(limits: dict[str, int]) -> list[Entry]:
    """Return the entries of the archive; raises `ProblemError`."""
    data = _decompress(bytes(archive_bytes), limits["tar_bytes"])
    archive_bytes.clear()
    if _is_tar(data):
        entries = _list_tar(data, limits)
    elif zipfile.is_zipfile(io.BytesIO(data)):
        entries = _list_zip(data, limits)
    else:
        raise ProblemError("format", "")
    return [e for e in entries if e.parts[:1] != [IGNORED]]


def _decompress(data: bytes, limit: int) -> bytes:
    """Return the data, decompressed if it begins like a gzip, bzip2 or xz file."""
    source: Any
    if data.startswith(b"\x1f\x8b"):
        source = gzip.GzipFile(fileobj=io.BytesIO(data))
    elif data.startswith(b"BZh"):
        import bz2  # not every Python has it, nor lzma

        source = bz2.BZ2File(io.BytesIO(data))
    elif data.startswith(b"\xfd7zXZ\0"):
        import lzma

        unpacker = lzma.LZMADecompressor(memlimit=DICTIONARY_BYTES)
        unpacked = unpacker.decompress(data, limit + 1)
        if len(unpacked) <= limit and not unpacker.eof:
            raise ProblemError("damaged", "it ends in the middle")
        source = io.BytesIO(unpacked)
    else:
        return data
    whole = bytearray()
    while piece := source.read(PIECE):
        whole += piece
        if len(whole) > limit:
            raise ProblemError("size", f"it unpacks to more than {limit // 2**20} MiB")
    return bytes(whole)


class CheckedTarInfo(tarfile.TarInfo):
    """A header of a tar archive; a negative size, with which readers go backwards, is refused."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Any:
        """Return the header in a block; raises `tarfile.HeaderError`."""
        info = super().frombuf(buf, encoding, errors)
        if info.size < 0:
            raise tarfile.HeaderError("a size below zero")
        return info


def _is_tar(data: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(data[:BLOCK], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def _list_tar(data: bytes, limits: dict[str, int]) -> list[Entry]:
    archive = tarfile.TarFile.open(
        fileobj=io.BytesIO(data), mode="r:", tarinfo=CheckedTarInfo, encoding="utf-8",
        errors="surrogateescape",
    )  # fmt: skip
    entries: list[Entry] = []
    names = 0
    while (info := archive.next()) is not None:
        entries.append(Entry(info.name, _tar_kind(info), partial(archive.extractfile, info)))
        names += len(info.name)
        _check_count(len(entries), names, limits)
    if data[archive.offset : archive.offset + BLOCK].strip(b"\0"):  # tarfile only stops here
        raise ProblemError("damaged", f"the header at byte {archive.offset} is damaged")
    return entries


def _tar_kind(info: tarfile.TarInfo) -> str:
    if info.isdir():
        return "folder"
    if info.issym() or info.islnk():
        return "link"
    return "file" if info.isreg() and not info.issparse() else "special file"


def _list_zip(data: bytes, limits: dict[str, int]) -> list[Entry]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    infos = archive.infolist()
    _check_count(len(infos), sum(len(info.filename) for info in infos), limits)
    return [Entry(i.filename, _zip_kind(i), partial(archive.open, i)) for i in infos]


def _zip_kind(info: zipfile.ZipInfo) -> str:
    mode = info.external_attr >> 16
    if info.is_dir():
        return "folder"
    if info.flag_bits & 1:
        return "encrypted"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "method"  # the others have no output limit: 2 KiB can become a gigabyte
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "link" if stat.S_ISLNK(mode) else "special file"
    return "file"


def _check_count(count: int, characters: int, limits: dict[str, int]) -> None:
    """Raise `ProblemError` for a table of contents that is too long."""
    if count > limits["entries"] or characters > limits["name_characters"]:
        raise ProblemError(
            "size",
            f"it contains more than {limits['entries']} names, or names of more than "
            f"{limits['name_characters'] // 2**20} MiB together",
        )


def _find_refusal(entry: Entry) -> str:
    """Return why an entry is refused, or an empty string."""
    name = entry.name
    if entry.kind == "encrypted":
        return "encrypted"
    if entry.kind == "method":
        return "compressed with a method other than deflate"
    if entry.kind in ("link", "special file"):
        return f"a {entry.kind}"
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/"):
        return "a name that leads out of the archive"
    return "a name with characters that are not allowed" if _is_bad_name(entry.path) else ""


def _is_bad_name(name: str) -> bool:
    return (
        len(name) > MAX_NAME_LENGTH
        or name.startswith("/")
        or ".." in name.split("/")
        or any(
            c in "\\:" or (not " " <= c <= "~" and unicodedata.category(c) in UNSAFE) for c in name
        )
    )


UNSAFE = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Categories of characters that no name may contain: control, format, surrogate, separator."""


def _find_modules(
    entries: list[Entry], package: str, modules: list[str], single: str
) -> tuple[dict[str, Entry], list[tuple[str, str]]]:
    """Return the entries of the modules, and other files whose names occur twice.

    Raises `ProblemError` if there is no module, or if it is unclear which file is meant.
    """
    head = _find_package(entries, package, modules)
    if head is None:
        return {single: _find_single_file(entries, single)}, []
    inside: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.parts[: len(head)] == head:
            path = "/".join(entry.parts[len(head) :])
            inside.setdefault(path.casefold(), []).append(entry)
    found: dict[str, Entry] = {}
    clashes: list[tuple[str, str]] = []
    for module in modules:
        same = inside.pop(module.casefold(), [])
        if len(same) > 1:
            words = f"two names are equal, or differ only in case: {same[1].name}"
            raise ProblemError("ambiguous", words, same[0].name)
        if same:
            found[module] = same[0]
    for same in inside.values():
        clashes += [(entry.name, CLASH) for entry in same[1:]]
    return found, clashes


def _find_package(entries: list[Entry], package: str, modules: list[str]) -> list[str] | None:
    """Return the folders above the modules: those of the package, at any depth, or an empty list.

    A package counts for everything below the folder that contains it. Two packages next to each
    other raise `ProblemError`. A folder with a similar name (`Mynn`, `mynn (1)`) is used if there
    is not a package. The result is None if no module is found.
    """
    wanted = {tuple(module.casefold().split("/")) for module in modules}
    heads: dict[tuple[str, ...], None] = {}
    for entry in entries:
        parts = tuple(part.casefold() for part in entry.parts)
        for depth in range(min(len(parts), MAX_DEPTH)):
            if parts[depth:] in wanted:
                heads[tuple(entry.parts[:depth])] = None
    matches = [head for head in heads if head and head[-1] == package]
    lookalikes = [head for head in heads if head and looks_like(head[-1], package)]
    if not matches and () in heads:
        return []
    outermost: list[tuple[str, ...]] = []
    for head in sorted(matches or lookalikes, key=len):
        above = {head[:depth] for depth in range(len(head) - 1)}
        if not any(other[:-1] in above for other in outermost):
            outermost.append(head)
    if len(outermost) > 1:
        both = " and ".join("/".join(head) for head in outermost[:2])
        raise ProblemError("ambiguous", f"it contains {package}/ more than once: {both}", "")
    return list(outermost[0]) if outermost else None


def _find_single_file(entries: list[Entry], module: str) -> Entry:
    """Return the only entry with the file name of a module; raises `ProblemError`."""
    stem = module.rpartition("/")[2].removesuffix(".py")
    found = [
        entry
        for entry in entries
        if stem
        and len(entry.parts) <= MAX_DEPTH
        and entry.parts[-1].casefold().endswith(".py")
        and looks_like(entry.parts[-1][:-3], stem)
    ]
    if not found:
        raise ProblemError("nothing", "")
    if len(found) > 1:
        words = f"it contains {stem}.py more than once: {found[1].name}"
        raise ProblemError("ambiguous", words, found[0].name)
    return found[0]


def looks_like(name: str, package: str) -> bool:
    """Return whether a folder has the name of the package, or of a second download of it."""
    name, package = name.casefold(), package.casefold()
    rest = name.removeprefix(package)
    return name.startswith(package) and bool(COPY.fullmatch(rest))


def _read_modules(
    found: dict[str, Entry], limits: dict[str, int]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the bytes of the modules as text, and why others cannot be used.

    Raises `ProblemError` for a module that cannot be unpacked, or if the modules are too large.
    """
    texts: dict[str, str] = {}
    failures: dict[str, str] = {}
    total = 0
    for module, entry in found.items():
        if entry.kind in ("encrypted", "method"):
            raise ProblemError(entry.kind, _find_refusal(entry), entry.name)
        if entry.kind != "file":
            failures[module] = f"is refused: a {entry.kind}"
            continue
        try:
            with entry.open_content() as file:
                data = file.read(limits["module_bytes"] + 1)
        except MemoryError:
            raise
        except Exception as error:  # a damaged entry can raise any error
            raise ProblemError("damaged", _words(error), entry.name) from None
        if len(data) > limits["module_bytes"]:
            failures[module] = f"is larger than {limits['module_bytes'] // 1024} KiB"
            continue
        total += len(data)
        if total > limits["total_bytes"]:
            words = f"its modules have more than {limits['total_bytes'] // 2**20} MiB together"
            raise ProblemError("size", words)
        texts[module] = data.decode("latin-1")
    return texts, failures
