"""Write a report into a folder, and overwrite nothing but an earlier report."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from ..errors import KataError
from ..files import write_atomically

FILE_LIST = ".nnkata-report.json"
"""The list of written files with their hashes; it identifies an earlier report."""


def check_folder(folder: Path) -> None:
    """Raise `KataError` unless the folder is new, empty, or an unchanged earlier report."""
    if folder.is_dir():
        earlier = _read_list(folder)
        if earlier is None and any(folder.iterdir()):
            raise KataError(
                f"{folder} is not empty and not an earlier report, so nothing is written",
                next_step="name another folder: kata report --to DIR",
            )
        changed = [
            p for p, hashes in (earlier or {}).items() if not _is_unchanged(folder / p, hashes)
        ]
        if changed:
            raise KataError(
                f"{folder / changed[0]} has changed since the last report, so nothing is written",
                next_step="move that file away, or name another folder: kata report --to DIR",
            )
    elif folder.exists() or folder.is_symlink():
        raise KataError(f"{folder} is not a folder", next_step="name another: kata report --to DIR")


def write_folder(folder: Path, pages: Iterable[tuple[str, str]]) -> int:
    """Write the pages and remove old ones of an earlier report; return the number written."""
    check_folder(folder)
    earlier = _read_list(folder) or {}
    texts = {path: text.encode("utf-8", "backslashreplace") for path, text in pages}
    new = {path: hashlib.sha256(data).hexdigest() for path, data in texts.items()}
    for path in texts:
        for parent in (folder / path).relative_to(folder).parents:
            if str(parent) != "." and (folder / parent).is_symlink():
                raise KataError(
                    f"{folder / parent} is a link out of the report, so nothing is written",
                    next_step="remove it, or name another folder: kata report --to DIR",
                )
        target = folder / path
        if path not in earlier and (target.exists() or target.is_symlink()):
            raise KataError(
                f"{target} does not belong to the report, so nothing is written",
                next_step="move it away, or name another folder: kata report --to DIR",
            )
    try:
        _write_list(
            folder, {p: [*earlier.get(p, []), *filter(None, [new.get(p)])] for p in earlier | new}
        )
        for path, data in texts.items():
            write_atomically(folder / path, data)
        for path in earlier.keys() - new.keys():
            (folder / path).unlink(missing_ok=True)
        _write_list(folder, {path: [digest] for path, digest in new.items()})
    except OSError as error:
        raise KataError(
            f"{folder} cannot be written: {error.strerror or error}",
            next_step="name a folder that you may write to: kata report --to DIR",
        ) from None
    return len(texts)


def _read_list(folder: Path) -> dict[str, list[str]] | None:
    """Return the files of an earlier report with their hashes, or None if there is none."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        files = json.loads((folder / FILE_LIST).read_text(encoding="utf-8"))["files"]
        return {str(p): [str(h) for h in hashes] for p, hashes in files.items() if _is_inside(p)}
    return None


def _is_inside(path: str) -> bool:
    """Return whether a path stays in the folder: anyone may have written the list."""
    parts = Path(path).parts
    return bool(parts) and not Path(path).is_absolute() and ".." not in parts


def _is_unchanged(path: Path, hashes: list[str]) -> bool:
    if any(part.is_symlink() for part in (path, path.parent)):
        return False
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() in hashes
    except FileNotFoundError:
        return True
    except OSError:
        return False


def _write_list(folder: Path, files: dict[str, list[str]]) -> None:
    text = json.dumps({"format": 1, "files": files}, indent=2)
    write_atomically(folder / FILE_LIST, text.encode())
