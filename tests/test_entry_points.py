"""The lean reading of entry points finds what importlib.metadata finds."""

import importlib.metadata
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

import pytest

from nnkata import entry_points as module
from nnkata.entry_points import EntryPoint, entry_points


@pytest.fixture(autouse=True)
def no_backport(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo what the package importlib_metadata does to finders, if a test imported it."""
    modules = {finder: getattr(finder, "__module__", "") or "" for finder in sys.meta_path}
    kept = [f for f in sys.meta_path if not modules[f].startswith("importlib_metadata")]
    monkeypatch.setattr(sys, "meta_path", kept)
    find = staticmethod(importlib.metadata.MetadataPathFinder.find_distributions)
    monkeypatch.setattr(PathFinder, "find_distributions", find, raising=False)


def install(folder: Path, distribution: str, text: str | None) -> Path:
    info = folder / f"{distribution}.dist-info"
    info.mkdir(parents=True)
    name = distribution.partition("-")[0]
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
    if text is not None:
        (info / "entry_points.txt").write_text(text)
    return info


def found(group: str) -> list[tuple[str, str]]:
    return [(point.name, point.value) for point in entry_points(group)]


def known(group: str) -> list[tuple[str, str]]:
    return sorted(
        (point.name, point.value) for point in importlib.metadata.entry_points(group=group)
    )


@pytest.mark.parametrize("group", ["nnkata", "pytest11", "console_scripts", "nobody.has.this"])
def test_finds_what_is_installed_here(group: str) -> None:
    assert found(group) == known(group)


def test_sees_a_plugin_come_and_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    assert found("some.group") == known("some.group") == []
    info = install(tmp_path, "one_pack-1.0", "[some.group]\na = json\n\n[other]\nb = json\n")
    importlib.invalidate_caches()
    assert found("some.group") == known("some.group") == [("a", "json")]
    assert entry_points("some.group")[0].distribution == "one-pack"
    (info / "entry_points.txt").unlink()
    assert found("some.group") == []


def test_the_first_of_two_copies_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("second", "first"):
        monkeypatch.syspath_prepend(str(tmp_path / folder))
        text = f"# [some.group]\n[some.group]\n# a = b\n{folder}=json:dumps [extra]\n"
        install(tmp_path / folder, "pack-1.0" if folder == "first" else "Pack-2.0", text)
    install(tmp_path / "second", "quiet-1.0", None)
    assert found("some.group") == known("some.group") == [("first", "json:dumps [extra]")]


def test_loads_modules_and_attributes() -> None:
    import json

    assert EntryPoint("x", "json", "").load() is json
    assert (
        EntryPoint("x", "json : JSONDecoder.decode [extra]", "").load() is json.JSONDecoder.decode
    )
    with pytest.raises(ValueError, match="does not name a module"):
        EntryPoint("x", "json dumps", "").load()


def test_asks_importlib_where_packages_may_stand_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Finder(MetaPathFinder):
        def find_distributions(self, context: Any = None) -> list[Any]:
            info = install(tmp_path, "hidden-1.0", "[some.group]\nhidden = json\n")
            return [importlib.metadata.PathDistribution(info)]

    assert module._only_folders()
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, Finder()])
    assert not module._only_folders()
    assert found("some.group") == [("hidden", "json")]
