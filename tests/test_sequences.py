"""Sequences that are not in memory behave like lists."""

from __future__ import annotations

import tempfile
from typing import Any

import pytest

from nnkata import sequences
from nnkata.errors import MachineryError
from nnkata.sequences import LazySequence, StoredSequence

ITEMS = [{"name": "ada", "text": "\ud800 x" * number} for number in range(50)]


def stored(items: list[Any]) -> StoredSequence[Any]:
    found: StoredSequence[Any] = StoredSequence()
    for item in items:
        found.append(item)
    return found


@pytest.mark.parametrize("memory", [100, 2**22], ids=["in a file", "in memory"])
def test_stored_items_are_read_like_those_of_a_list(
    memory: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sequences, "MEMORY_BYTES", memory)
    found = stored(ITEMS)
    assert len(found) == len(ITEMS)
    assert list(found) == ITEMS
    assert [found[7], found[-1], found[2]] == [ITEMS[7], ITEMS[-1], ITEMS[2]]
    assert found[3:6] == ITEMS[3:6]
    assert [(a, b) for a in found[:3] for b in found][60][1] == ITEMS[10]
    for outside in (50, -51):
        with pytest.raises(IndexError):
            found[outside]
    found.append("last")
    assert (found[-1], found[0]) == ("last", ITEMS[0])
    found.clear()
    found.append("first")
    assert list(found) == ["first"]


def test_an_item_is_made_whenever_it_is_read() -> None:
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    found = LazySequence(["a", "b"], make)
    assert (len(found), made) == (2, [])
    assert list(found) == ["A", "B"] == list(found)
    assert made == ["a", "b", "a", "b"]


def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def __init__(self, *_: object) -> None: ...
        def seek(self, place: int) -> None: ...
        def close(self) -> None: ...
        def write(self, data: bytes) -> None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", Full)
    with pytest.raises(MachineryError, match="No space left on device"):
        stored(ITEMS)
