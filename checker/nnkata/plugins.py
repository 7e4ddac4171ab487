"""Find the plugins, call their hooks, and name the one that breaks without taking anybody down."""

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
from .hookspecs import NAME, Policy, Reporter


class BrokenPlugin(Struct, frozen=True):
    """A plugin that could not be used, and why."""

    plugin: str
    why: str


class Plugins:
    """The plugins of one run: what they offer, and which of them are broken."""

    def __init__(self) -> None:
        """Start without any plugin; `load` adds the installed ones."""
        self.manager = pluggy.PluginManager(NAME)
        self.manager.add_hookspecs(hookspecs)
        self.broken: list[BrokenPlugin] = []

    def load(self) -> None:
        """Import and register every installed entry point of the group `nnkata`."""
        for point in entry_points(NAME):
            origin = f"{point.name} ({point.distribution})" if point.distribution else point.name
            try:
                self.register(point.load(), point.name)
            except Exception as error:
                self.broken.append(BrokenPlugin(origin, _said(error)))

    def register(self, plugin: Any, name: str) -> None:
        """Register one plugin; its hooks are checked against the specification."""
        self.manager.register(plugin, name)
        try:
            self.manager.check_pending()
        except Exception:
            self.manager.unregister(plugin)
            raise

    def course_roots(self) -> list[tuple[str, Path]]:
        """Return (plugin, folder) for every course that a plugin offers."""
        roots = []
        for plugin, offered in self._ask("nnkata_courses"):
            try:
                roots += [(plugin, Path(root)) for root in offered]
            except Exception as error:
                self.broken.append(BrokenPlugin(plugin, f"nnkata_courses: {_said(error)}"))
        return roots

    def reporters(self) -> dict[str, Reporter]:
        """Return the reporters by name; a name that two plugins claim is refused."""
        return self._named("nnkata_reporters", "reporter")

    def policies(self) -> dict[str, Policy]:
        """Return the policies by name; a name that two plugins claim is refused."""
        return self._named("nnkata_policies", "policy")

    def _named(self, hook: str, what: str) -> dict[str, Any]:
        owners: dict[str, str] = {}
        found: dict[str, Any] = {}
        for plugin, offered in self._ask(hook):
            try:
                pairs = [(str(name), thing) for name, thing in offered.items()]
            except Exception as error:
                self.broken.append(BrokenPlugin(plugin, f"{hook}: {_said(error)}"))
                continue
            for name, thing in pairs:
                if name in owners:
                    raise CourseError(
                        f"two plugins offer a {what} named {name}: {owners[name]} and {plugin}",
                        next_step=f"uninstall one of them: pip uninstall {plugin}",
                    )
                owners[name], found[name] = plugin, thing
        return found

    def _ask(self, hook: str) -> Iterator[tuple[str, Any]]:
        """Call one hook plugin by plugin, so that each answer has an owner."""
        for implementation in getattr(self.manager.hook, hook).get_hookimpls():
            name = implementation.plugin_name
            try:
                yield name, implementation.function()
            except Exception as error:
                self.broken.append(BrokenPlugin(name, f"{hook}: {_said(error)}"))


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


@cache
def installed_plugins() -> Plugins:
    """Return the installed plugins, loaded once a process."""
    plugins = Plugins()
    plugins.load()
    return plugins
