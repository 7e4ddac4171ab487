"""Writing a report into a folder, and never over anything that is not an earlier report of ours."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from ..errors import KataError
from ..files import write_atomically

LIST = ".nnkata-report.json"
"""The files that we wrote, with their hashes; by it we know a report of ours."""


def check_folder(folder: Path) -> None:
    """Raise `KataError` unless the folder is new, empty, or a report that nobody has changed."""
    if folder.is_dir():
        known = _known(folder)
        if known is None and any(folder.iterdir()):
            raise KataError(
                f"{folder} is not empty and no earlier report, so nothing is written into it",
                next_step="name another folder: kata report --to DIR",
            )
        changed = [p for p, hashes in (known or {}).items() if not _is_ours(folder / p, hashes)]
        if changed:
            raise KataError(
                f"{folder / changed[0]} has been changed since we wrote it, so the report stays",
                next_step="move that file away, or name another folder: kata report --to DIR",
            )
    elif folder.exists() or folder.is_symlink():
        raise KataError(f"{folder} is no folder", next_step="name another: kata report --to DIR")


def write_folder(folder: Path, pages: Iterable[tuple[str, str]]) -> int:
    """Write the pages, and remove those of an earlier report that are no more; return how many."""
    check_folder(folder)
    known = _known(folder) or {}
    texts = {path: text.encode("utf-8", "backslashreplace") for path, text in pages}
    new = {path: hashlib.sha256(data).hexdigest() for path, data in texts.items()}
    for path in texts:
        for above in (folder / path).relative_to(folder).parents:
            if str(above) != "." and (folder / above).is_symlink():
                raise KataError(
                    f"{folder / above} is a link, and the report stays in its folder",
                    next_step="remove it, or name another folder: kata report --to DIR",
                )
        there = folder / path
        if path not in known and (there.exists() or there.is_symlink()):
            raise KataError(
                f"{there} is not ours, so the report stays as it was",
                next_step="move it away, or name another folder: kata report --to DIR",
            )
    try:
        _note(folder, {p: [*known.get(p, []), *filter(None, [new.get(p)])] for p in known | new})
        for path, data in texts.items():
            write_atomically(folder / path, data)
        for path in known.keys() - new.keys():
            (folder / path).unlink(missing_ok=True)
        _note(folder, {path: [digest] for path, digest in new.items()})
    except OSError as error:
        raise KataError(
            f"{folder} cannot be written: {error.strerror or error}",
            next_step="name a folder that you may write to: kata report --to DIR",
        ) from None
    return len(texts)


def _known(folder: Path) -> dict[str, list[str]] | None:
    """Return the files of an earlier report with their hashes; None where there is none."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        files = json.loads((folder / LIST).read_text(encoding="utf-8"))["files"]
        return {str(p): [str(h) for h in hashes] for p, hashes in files.items() if _inside(p)}
    return None


def _inside(path: str) -> bool:
    """Whether a path of the list stays in the folder: the list may be anybody's."""
    parts = Path(path).parts
    return bool(parts) and not Path(path).is_absolute() and ".." not in parts


def _is_ours(path: Path, hashes: list[str]) -> bool:
    if any(part.is_symlink() for part in (path, path.parent)):
        return False
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() in hashes
    except FileNotFoundError:
        return True
    except OSError:
        return False


def _note(folder: Path, files: dict[str, list[str]]) -> None:
    text = json.dumps({"format": 1, "files": files}, indent=2)
    write_atomically(folder / LIST, text.encode())
