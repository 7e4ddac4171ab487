"""Find the kata that a learner means by the name or the path of a file."""

from __future__ import annotations

import os
import shlex
from pathlib import Path, PurePath

from ..errors import KataError, suggest
from ..model import Course, Kata
from ..workspace.file_names import is_copy, plain_stem


def kata_of_file(course: Course, name: str, folder: Path) -> Kata:
    """Return the kata whose module is the file `name`, seen from `folder`.

    The file's name alone is enough if only one kata has such a module. Raises `KataError`, which
    names the module if the file is a copy of it or is in another place.
    """
    path = Path(os.path.normpath(folder / name))  # links are not followed: a module can be one
    place, katas = path.as_posix(), list(course.katas.values())
    for kata in katas:
        if place.endswith(f"/{course.package}/{kata.module}"):
            return kata
    base = path.name
    same = [k for k in katas if PurePath(k.module).name == base]
    exists = path.is_file()
    if same and not exists and PurePath(name).parent == PurePath():
        return _only(same, base)
    alike = same or [k for k in katas if PurePath(k.module).stem == plain_stem(base)]
    if alike and (exists or ".py" in base.lower()):
        beside = [k for k in alike if PurePath(k.module).parent.name == path.parent.name]
        raise _other_file(course, _only(beside or alike, base), name)
    stem = base.removesuffix(".py").replace("_", "-")
    hint = suggest(stem, course.katas, cutoff=0.4) or "`kata list` shows them all"
    raise KataError(f"there is no kata `{name}` in {course.name}", next_step=hint)


def _only(katas: list[Kata], base: str) -> Kata:
    """Return the only kata of a list; raises `KataError` if there are several."""
    if len(katas) > 1:
        raise KataError(
            f"several katas have a module like `{base}`",
            next_step=f"name the kata: {', '.join(k.name for k in katas)}",
        )
    return katas[0]


def _other_file(course: Course, kata: Kata, name: str) -> KataError:
    module = f"{course.package}/{kata.module}"
    what = "a copy" if is_copy(PurePath(name).name) else "another file"
    return KataError(
        f"{shlex.quote(name)} is {what}: the module of {kata.name} is {module}",
        next_step=f"move it there if it is your module, or name the kata: {kata.name}",
    )
