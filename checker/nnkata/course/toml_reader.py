"""Read TOML files into structures, with errors that name the file, the line and the key."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ..errors import CourseError, suggest

T = TypeVar("T")
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
