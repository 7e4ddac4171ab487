"""Read TOML files into structures, with errors that name the file, the line and the key.

A course has a TOML file for each kata. With a `TomlCache`, a command parses only changed files.
"""

from __future__ import annotations

import contextlib
import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from .. import __version__
from ..errors import CourseError, suggest
from ..files import write_atomically

T = TypeVar("T")
Stamp = tuple[int, int, int, int, int]
_PATH = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_UNKNOWN = re.compile(r"unknown field `(?P<key>[^`]*)`")


def read_toml(path: Path, kind: type[T]) -> T:
    """Return the content of a TOML file as an instance of `kind`.

    Raises `CourseError` when the file is missing, not UTF-8, not TOML or does not fit `kind`.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CourseError(
            f"{path} is missing", next_step="create it; `kata new` writes one to start from"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} cannot be read: {error}") from None
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{path} is not TOML: {error}") from None
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        raise CourseError(_explain(path, text, str(error), kind)) from None


class CachedFile(Struct, frozen=True):
    """The content of a TOML file as a structure, and the stamp of the file."""

    stamp: Stamp
    data: msgspec.Raw


class CacheContent(Struct, frozen=True):
    """The content of a cache file; the keys are the name of the structure and the path."""

    engine: str
    files: dict[str, CachedFile]


class TomlCache:
    """Reads TOML files as `read_toml` does, and stores their content in a cache file.

    Stored content is used as long as the inode, size and times of the TOML file are the same, as
    in git's index: no program can choose the time of the last change (ctime).
    """

    def __init__(self, path: Path) -> None:
        """Use the cache file `path`; one that is damaged or of another version counts as empty."""
        self.path = path
        self._stored: dict[str, CachedFile] = {}
        self._read: dict[str, CachedFile] = {}
        self._parsed = False
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            content = msgspec.msgpack.decode(path.read_bytes(), type=CacheContent)
            if content.engine == __version__:
                self._stored = content.files

    def read(self, path: Path, kind: type[T]) -> T:
        """Return the content of a TOML file as an instance of `kind`; raises `CourseError`."""
        key, stamp = f"{kind.__name__} {path}", _stamp(path)
        stored = self._stored.get(key)
        if stored is not None and stored.stamp == stamp:
            with contextlib.suppress(msgspec.MsgspecError):
                content = msgspec.msgpack.decode(stored.data, type=kind)
                self._read[key] = stored
                return content
        content = read_toml(path, kind)
        if stamp is not None:
            self._read[key] = CachedFile(stamp, msgspec.Raw(msgspec.msgpack.encode(content)))
        self._parsed = True
        return content

    def store(self) -> None:
        """Write the cache file if a TOML file was parsed; errors of the system are ignored."""
        if self._parsed:
            content = CacheContent(__version__, self._read)
            with contextlib.suppress(OSError):
                write_atomically(self.path, msgspec.msgpack.encode(content))


def _stamp(path: Path) -> Stamp | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def _explain(path: Path, text: str, message: str, kind: Any) -> str:
    """Return msgspec's message with file, line, key and, for an unknown key, the nearest one."""
    where = _PATH.search(message)
    steps = [step for step in re.split(r"[.\[]", where["path"]) if step] if where else []
    keys = [step for step in steps if not step.endswith("]")]
    unknown = _UNKNOWN.search(message)
    sentence = _PATH.sub("", message).replace("Object", "The table")
    if unknown:
        near = suggest(unknown["key"], _fields(kind, steps), "`{}`")
        sentence = f"unknown key `{unknown['key']}`" + (f"; {near}" if near else "")
        keys = [*keys, unknown["key"]]
    index = next((int(step[:-1]) for step in steps if step[:-1].isdigit()), 0)
    line = _line_of(text, keys, index)
    place = f"{path}:{line}" if line else str(path)
    name = f"`{'.'.join(keys)}`: " if keys and not unknown else ""
    return f"{place}: {name}{sentence}"


def _fields(kind: Any, steps: list[str]) -> list[str]:
    """Return the keys that the table at `steps` may have."""
    info = msgspec.inspect.type_info(kind)
    for step in steps:
        if isinstance(info, msgspec.inspect.StructType):
            info = next((f.type for f in info.fields if f.encode_name == step), info)
        elif isinstance(info, msgspec.inspect.ListType):
            info = info.item_type
    if isinstance(info, msgspec.inspect.StructType):
        return [f.encode_name for f in info.fields]
    return []


def _line_of(text: str, keys: list[str], index: int) -> int | None:
    """Return the number of the line with the last of `keys`; `index` counts repeated tables."""
    seen = -1 if len(keys) > 1 and f"[[{keys[0]}]]" in text else index
    for number, line in enumerate(text.splitlines(), 1):
        if len(keys) > 1 and line.strip() == f"[[{keys[0]}]]":
            seen += 1
        if (
            seen >= index
            and keys
            and re.search(rf"(^|[\[{{,.\s]){re.escape(keys[-1])}\s*[=\]]", line)
        ):
            return number
    return None
