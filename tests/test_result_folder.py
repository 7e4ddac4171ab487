"""Results are kept by what they depend on, whole or not at all, and bounded in number."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from nnkata import result_folder
from nnkata.result_folder import (
    PLACE,
    ResultFolder,
    hash_engine,
    hash_installation,
    result_key,
    user_cache,
)


def test_a_result_is_found_again(tmp_path: Path) -> None:
    ResultFolder(tmp_path / "deep" / "results", 10).write("a", b"one")
    results = ResultFolder(tmp_path / "deep" / "results", 10)
    assert results.read("a") == b"one"
    assert results.read("b") is None
    results.write("a", b"two")
    assert results.read("a") == b"two"
    assert [path.name for path in (tmp_path / "deep/results").iterdir()] == ["a"]


def test_without_a_folder_nothing_is_kept() -> None:
    results = ResultFolder(None, 10)
    results.write("a", b"one")
    assert results.read("a") is None


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    results = ResultFolder(tmp_path / "file" / "results", 10)
    results.write("a", b"one")
    assert results.read("a") is None
    assert (tmp_path / "file").read_text() == "mine"


def test_the_results_that_were_used_last_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(result_folder, "PRUNE_EVERY", 1)
    results = ResultFolder(tmp_path, 2)
    for age, key in enumerate("abc"):
        results.write(key, key.encode())
        os.utime(tmp_path / key, (1e9 + age, 1e9 + age))
    assert results.read("a") == b"a"  # it counts as used now
    results.write("d", b"d")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "c", "d"]


def test_writers_at_the_same_time_leave_a_whole_result(tmp_path: Path) -> None:
    whole = {bytes([number]) * 100_000 for number in range(8)}
    threads = [
        threading.Thread(target=ResultFolder(tmp_path, 10).write, args=("a", data))
        for data in whole
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ResultFolder(tmp_path, 10).read("a") in whole
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_key_depends_on_every_part_and_on_where_it_ends() -> None:
    keys = [
        result_key("a", "b"), result_key("ab"), result_key("ab", ""), result_key("", "ab"),
        result_key("b", "a"), result_key(b"ab\0"), result_key("\udcff"),
    ]  # fmt: skip
    assert len(set(keys)) == len(keys)
    assert result_key("a", b"b") == result_key(b"a", "b")


def test_an_installation_is_another_after_any_change(tmp_path: Path) -> None:
    (tmp_path / "part").mkdir()
    file = tmp_path / "part" / "one.py"
    file.write_text("x = 1\n")
    hashes = [hash_installation(tmp_path)]
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "one.pyc").write_bytes(b"x")
    assert hash_installation(tmp_path) == hashes[0]
    file.write_text("x = 12\n")
    hashes.append(hash_installation(tmp_path))
    (tmp_path / "part" / "data.gz").write_bytes(b"x")
    hashes.append(hash_installation(tmp_path))
    file.rename(tmp_path / "part" / "two.py")
    hashes.append(hash_installation(tmp_path))
    assert len(set(hashes)) == len(hashes)
    assert hash_engine() == hash_engine() != hashes[0]


def test_the_users_cache_is_where_the_user_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACE, "/here")
    assert user_cache("pages") == Path("/here/pages")
    monkeypatch.delenv(PLACE)
    monkeypatch.setenv("XDG_CACHE_HOME", "/there")
    assert user_cache("pages") == Path("/there/nnkata/pages")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", lambda: Path("/home/ada"))
    assert user_cache("pages") == Path("/home/ada/.cache/nnkata/pages")


def test_a_user_without_a_home_folder_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv(PLACE, raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", fail)
    assert user_cache("pages") is None
