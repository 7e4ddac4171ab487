"""Add katas and given files to a course.toml, with the formatting and comments of its author."""

from __future__ import annotations

from typing import Any


def add_kata(text: str, kata: str, track: str, title: str) -> str:
    """Return course.toml with a kata at the end of a track, which is added if it is missing."""
    document = _parse(text)
    table = next((t for t in document["tracks"] if t["name"] == track), None)
    if table is None:
        _add_track(document, {"name": track, "title": title, "katas": [kata]})
    else:
        table["katas"].append(kata)
    return _format(document, text)


def add_given(text: str, path: str) -> str:
    """Return course.toml with one more given file."""
    document = _parse(text)
    if "given" in document:
        document["given"].append(path)
    else:
        document.add("given", [path])  # tomlkit puts it above the first table
    return _format(document, text)


def _add_track(document: Any, track: dict[str, Any]) -> None:
    import tomlkit
    from tomlkit.items import AoT

    if isinstance(document["tracks"], AoT):  # [[tracks]]; a list of inline tables needs no gap
        document["tracks"][-1].add(tomlkit.nl())
    document["tracks"].append(track)


def _parse(text: str) -> Any:
    import tomlkit  # 25 ms, and few commands edit TOML

    return tomlkit.parse(text)


def _format(document: Any, before: str) -> str:
    """Return the document as text, with the line endings of the original text."""
    text: str = document.as_string()
    return text.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in before else text
