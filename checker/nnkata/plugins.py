"""Find the plugins and call their hooks; a broken plugin is reported and stops no other plugin."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pluggy
from msgspec import Struct

from . import hookspecs
from .entry_points import entry_points
from .errors import CourseError
from .hookspecs import NAME, ExecutorFactory, Policy, Reporter
from .model import Course


class BrokenPlugin(Struct, frozen=True):
    """A plugin that cannot be used, and why."""

    plugin: str
    why: str
    course: str = ""
    """The course that lacks katas without it; `UNKNOWN_COURSE`: perhaps any course; "": none."""


UNKNOWN_COURSE = "*"
"""The course of a plugin that failed before it told which course it extends."""


class Plugins:
    """The plugins of one run: their courses, reporters and so on, and the broken plugins."""

    def __init__(self) -> None:
        """Start without any plugin; `load` adds the installed ones."""
        self.manager = pluggy.PluginManager(NAME)
        self.manager.add_hookspecs(hookspecs)
        self.broken: list[BrokenPlugin] = []
        self.owners: dict[tuple[str, str], str] = {}
        """The plugin of each reporter, policy and executor, by its kind and its name."""

    def load(self) -> None:
        """Import and register every installed entry point of the group `nnkata`."""
        for point in entry_points(NAME):
            origin = f"{point.name} ({point.distribution})" if point.distribution else point.name
            try:
                self.register(point.load(), point.name)
            except Exception as error:
                self.broken.append(BrokenPlugin(origin, _describe(error), UNKNOWN_COURSE))

    def register(self, plugin: Any, name: str) -> None:
        """Register a plugin; raises an error if its hooks do not match the specification."""
        self.manager.register(plugin, name)
        try:
            self.manager.check_pending()
        except Exception:
            self.manager.unregister(plugin)
            raise

    def course_roots(self) -> list[tuple[str, Path]]:
        """Return (plugin, folder) of every course that a plugin offers."""
        roots = []
        for plugin, offered in self._call("nnkata_courses"):
            if isinstance(offered, str | bytes | Path):  # a string is a sequence of letters
                self._refuse(plugin, "nnkata_courses", offered, "a list of folders: [Path(…)]")
                continue
            try:
                found = [(plugin, Path(root)) for root in offered]
            except Exception:
                self._refuse(plugin, "nnkata_courses", offered, "a list of folders: [Path(…)]")
            else:
                roots += found
        return roots

    def _refuse(self, plugin: str, hook: str, offered: object, wanted: str) -> None:
        """Record that a hook of a plugin returned a wrong value."""
        why = f"{hook} returned {_show_value(offered)}, but must return {wanted}"
        course = UNKNOWN_COURSE if hook == "nnkata_courses" else ""
        self.broken.append(BrokenPlugin(plugin, why, course))

    def reporters(self) -> dict[str, Reporter]:
        """Return the reporters by name; raises `CourseError` for a name that two plugins use."""
        return self._collect_named("nnkata_reporters", "reporter")

    def policies(self) -> dict[str, Policy]:
        """Return the policies by name; raises `CourseError` for a name that two plugins use."""
        return self._collect_named("nnkata_policies", "policy")

    def executors(self) -> dict[str, ExecutorFactory]:
        """Return the executors by name; raises `CourseError` for a name that two plugins use."""
        return self._collect_named("nnkata_executors", "executor")

    def _collect_named(self, hook: str, kind: str) -> dict[str, Any]:
        owners: dict[str, str] = {}
        things: dict[str, Any] = {}
        for plugin, offered in self._call(hook):
            try:
                pairs = [(str(name), thing) for name, thing in offered.items()]
            except Exception:
                self._refuse(plugin, hook, offered, "a dict of functions by name")
                continue
            wrong = [name for name, thing in pairs if not callable(thing)]
            if wrong:
                self._refuse(plugin, hook, dict(pairs)[wrong[0]], "a dict of functions by name")
                continue
            for name, thing in pairs:
                if name in owners:
                    raise CourseError(
                        f"two plugins offer a {kind} named {name}: {owners[name]} and {plugin}",
                        next_step=f"uninstall one of them: pip uninstall {plugin}",
                    )
                owners[name], things[name] = plugin, thing
                self.owners[kind, name] = plugin
        return things

    def _call(self, hook: str) -> Iterator[tuple[str, Any]]:
        """Yield (plugin, result) of a hook; each plugin is called alone, to know which fails."""
        for implementation in getattr(self.manager.hook, hook).get_hookimpls():
            name = implementation.plugin_name
            try:
                yield name, implementation.function()
            except Exception as error:
                course = UNKNOWN_COURSE if hook == "nnkata_courses" else ""
                self.broken.append(BrokenPlugin(name, f"{hook}: {_describe(error)}", course))


def _show_value(value: object) -> str:
    """Return a value and its type, cut to one short line."""
    return f"{type(value).__name__} {value!r}".replace("\n", " ")[:120]


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


@cache
def installed_plugins() -> Plugins:
    """Return the installed plugins, which are loaded once per process."""
    plugins = Plugins()
    plugins.load()
    return plugins


def require_loaded(course: Course, broken: list[BrokenPlugin]) -> None:
    """Raise `CourseError` if a plugin that may belong to the course could not be loaded.

    Otherwise all points of its katas would be missing from every mark.
    """
    for plugin in broken:
        if plugin.course in (course.name, UNKNOWN_COURSE):
            raise CourseError(
                f"{course.name} may lack katas, because the plugin {plugin.plugin} could not be "
                f"loaded: {plugin.why}",
                next_step="fix that plugin, or uninstall its distribution",
            )
