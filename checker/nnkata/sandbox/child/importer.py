"""Import a learner's package from source text in memory; no file of it is ever read."""

from __future__ import annotations

import linecache
import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.abc import Loader
else:  # importlib.abc imports pathlib, tempfile and more: 7 ms of the fork server's start
    Loader = object


class RefusedImportError(ImportError):
    """Raised for an import that this kata does not allow."""


class _Located:
    """A minimal loader for `FileReader`, which needs only the path of `__init__`."""

    def __init__(self, path: str) -> None:
        self.path = path


class TextFinder(Loader):
    """Imports the modules of the learner's package from texts, and refuses other packages."""

    def __init__(
        self, package: str, texts: dict[str, str], data: dict[str, bytes], place: str = ""
    ) -> None:
        """Import `package` from `texts` and `data`, which map paths inside it to contents.

        `place` is the folder in which the files of `data` were written; `__file__` of a module is
        a path in it, so that the module finds them next to itself.
        """
        self.package = package
        self.place = place
        self.texts = texts
        self.data = data
        self.codes: dict[str, CodeType] = {}
        self.folders = {""} | {
            "/".join(parts[:n])
            for parts in (path.split("/") for path in texts)
            for n in range(1, len(parts))
        }

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of a module of the package; None for numpy and the standard library.

        Raises `RefusedImportError` for all other modules.
        """
        del target
        top, _, rest = name.partition(".")
        if top != self.package:
            if path is None and top != "numpy" and not _is_standard(top):
                raise RefusedImportError(
                    f"this kata may import numpy and the standard library only, not `{top}`"
                )
            return None
        inside = rest.replace(".", "/")
        if inside in self.folders:
            file = f"{inside}/__init__.py".lstrip("/")
            return self._spec(name, file, is_package=True)
        if f"{inside}.py" in self.texts:
            return self._spec(name, f"{inside}.py", is_package=False)
        raise RefusedImportError(
            f"`{name}` does not exist here: it is neither given nor a module that this kata needs"
        )

    def _spec(self, name: str, file: str, is_package: bool) -> ModuleSpec:
        origin = os.path.join(self.place, *self.display_path(file).split("/"))
        spec = ModuleSpec(name, self, origin=origin, is_package=is_package)
        spec.has_location = True
        if is_package and self.place:
            spec.submodule_search_locations = [os.path.dirname(origin)]
        return spec

    def display_path(self, file: str) -> str:
        """Return the path of a file for tracebacks."""
        return f"{self.package}/{file}"

    def replace(self, texts: dict[str, str]) -> None:
        """Replace the texts of some modules; the next import compiles them again."""
        self.texts.update(texts)
        for path in texts:
            self.codes.pop(self.display_path(path), None)

    def create_module(self, spec: ModuleSpec) -> None:
        """Return None, so that the import system creates the module."""

    def exec_module(self, module: ModuleType) -> None:
        """Run the module's text, which is compiled only once."""
        assert module.__spec__ is not None
        inside = self._inside(str(module.__spec__.origin))
        shown = self.display_path(inside)
        code = self.codes.get(shown)
        if code is None:
            text = self.texts.get(inside, "")
            lines = text.splitlines(True)
            for name in (shown, str(module.__spec__.origin)):  # tracebacks and `inspect`
                linecache.cache[name] = (len(text), None, lines, name)
            code = self.codes[shown] = compile(text, shown, "exec", dont_inherit=True)
        exec(code, module.__dict__)

    def _inside(self, path: str) -> str:
        """Return the path inside the package, with slashes, of a path that starts from `place`."""
        path = path.replace(os.sep, "/").removeprefix(self.place.replace(os.sep, "/"))
        return path.lstrip("/").partition("/")[2]

    def get_resource_reader(self, name: str) -> Any:
        """Return a reader of the files of a package, for `importlib.resources`."""
        from importlib.readers import FileReader

        spec = self.find_spec(name)
        return FileReader(_Located(str(spec.origin if spec else "")))  # type: ignore[arg-type]

    def get_data(self, path: str) -> bytes:
        """Return the content of a given data file, for `pkgutil.get_data`.

        Raises `FileNotFoundError`.
        """
        try:
            return self.data[self._inside(path)]
        except KeyError:
            raise FileNotFoundError(path) from None


def _is_standard(name: str) -> bool:
    """Return whether a module is part of the standard library."""
    # numpy.testing imports sysconfig, which imports a module whose name depends on the build
    return name in sys.stdlib_module_names or name.startswith("_sysconfigdata_")
