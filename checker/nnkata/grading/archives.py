"""Read the table of contents of a tar archive in memory.

Python's tarfile trusts headers: negative sizes (CVE-2025-8194), and regular expressions that need
hours for a line of digits (CVE-2024-6232). This reader only moves forward and stops at whatever it
does not understand.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

BLOCK = 512
MAX_LONG_NAME = 2**16
FILES, LINKS, FOLDERS = (b"0", b"\0", b"7"), (b"1", b"2"), (b"5",)
WITHOUT_CONTENT = (b"1", b"2", b"3", b"4", b"5", b"6")


class TarError(Exception):
    """An archive is damaged or malicious."""


class Member(Struct, frozen=True):
    """An entry of an archive: its name, its kind, and the position of its content."""

    name: str
    kind: str
    start: int
    size: int


def is_tar(data: bytes) -> bool:
    """Return whether the data begins with the header of a tar archive."""
    return (
        len(data) >= BLOCK and data[:BLOCK].strip(b"\0") != b"" and _is_checksum_right(data[:BLOCK])
    )


def members(data: bytes) -> Iterator[Member]:
    """Yield the entries of an archive; raises `TarError`."""
    place = 0
    long_name: bytes | None = None
    sparse = False
    while place + BLOCK <= len(data):
        head = data[place : place + BLOCK]
        if not head.strip(b"\0"):
            return
        if not _is_checksum_right(head):
            raise TarError("a header is damaged")
        type_flag, start = head[156:157], place + BLOCK
        size = 0 if type_flag in WITHOUT_CONTENT else _number(head[124:136])
        place = start + -(-size // BLOCK) * BLOCK
        if start + size > len(data):
            raise TarError("it ends in the middle of a file")
        if type_flag in (b"L", b"x"):
            content = data[start : start + size]
            if type_flag == b"L":
                long_name = content[:MAX_LONG_NAME].rstrip(b"\0")
            else:
                records = _records(content)
                long_name = records.get(b"path", long_name)
                sparse = any(key == b"size" or key.startswith(b"GNU.sparse") for key in records)
            continue
        if type_flag in (b"K", b"g"):  # the target of a link; defaults for all files
            continue
        name = long_name if long_name is not None else _short_name(head)
        yield Member(
            name.decode("utf-8", "surrogateescape"), _kind(head, name, sparse), start, size
        )
        long_name, sparse = None, False


def _kind(head: bytes, name: bytes, sparse: bool) -> str:
    type_flag = head[156:157]
    if type_flag in FOLDERS or (type_flag == b"\0" and name.endswith(b"/")):
        return "folder"
    if type_flag in LINKS:
        return "link"
    return "file" if type_flag in FILES and not sparse else "special file"


def _short_name(head: bytes) -> bytes:
    name = head[:100].partition(b"\0")[0]
    prefix = head[345:500].partition(b"\0")[0] if head[257:263] == b"ustar\0" else b""
    return prefix + b"/" + name if prefix else name


def _records(content: bytes) -> dict[bytes, bytes]:
    """Return the records of an extended header, `LENGTH KEY=VALUE` each with a newline."""
    records: dict[bytes, bytes] = {}
    place = 0
    while place < len(content) and content[place : place + 1] != b"\0":
        space = content.find(b" ", place, place + 12)
        digits = content[place:space] if space > 0 else b""
        if not digits.isdigit() or int(digits) < 5:
            raise TarError("an extended header is damaged")
        end = place + int(digits)
        record = content[space + 1 : end]
        key, equals, value = record.partition(b"=")
        if not equals or not record.endswith(b"\n") or end > len(content):
            raise TarError("an extended header is damaged")
        if len(value) <= MAX_LONG_NAME:
            records[key] = value[:-1]
        place = end
    return records


def _is_checksum_right(head: bytes) -> bool:
    try:
        return sum(head[:148]) + sum(head[156:]) + 8 * 32 == _number(head[148:156])
    except TarError:
        return False


def _number(field: bytes) -> int:
    """Return a number in octal digits, or in binary if it needs more digits than there are."""
    if field[0] == 0x80:
        return int.from_bytes(field[1:], "big")
    digits = field.strip(b" \0")
    if not all(0x30 <= digit <= 0x37 for digit in digits):
        raise TarError("a number is damaged")
    return int(digits or b"0", 8)
