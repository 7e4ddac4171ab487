"""Write the data files of a course to a folder where a worker can open them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping

FILE_MODE, FOLDER_MODE = 0o444, 0o755


def write_files(folder: str, files: Mapping[str, bytes]) -> None:
    """Write files below a folder that exists; their paths have slashes."""
    for path, data in files.items():
        target = os.path.join(folder, *path.split("/"))
        os.makedirs(os.path.dirname(target), FOLDER_MODE, exist_ok=True)
        number = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE)
        with os.fdopen(number, "wb") as file:
            file.write(data)


def remove_files(folder: str) -> None:
    """Remove a folder and its content, if it exists; entries that cannot be removed stay."""
    for place, folders, files in os.walk(folder, topdown=False):
        for name in files:
            with contextlib.suppress(OSError):
                os.unlink(os.path.join(place, name))
        for name in folders:
            with contextlib.suppress(OSError):
                os.rmdir(os.path.join(place, name))
    with contextlib.suppress(OSError):
        os.rmdir(folder)


def write_own_files(files: Mapping[str, bytes]) -> str:
    """Write files below a new folder in the working folder; return the new folder."""
    folder = os.path.join(os.getcwd(), f"given-{os.getpid()}")
    os.mkdir(folder)
    write_files(folder, files)
    return folder
