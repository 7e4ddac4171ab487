"""What the last training printed is kept for the page, and nothing in the file can break it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnkata.training.record import MAX_LINES, read_record, store_record


def test_the_last_lines_are_stored_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "trained.json"
    assert read_record(path) is None
    store_record(path, [str(n) for n in range(MAX_LINES + 5)])
    record = read_record(path)
    assert record is not None
    assert record.lines[0] == "5"
    assert len(record.lines) == MAX_LINES


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"at": 1e300, "lines": []}', '{"at": -1, "lines": []}', '{"at": 1, "lines": 2}',
     "[" * 100_000, '{"at": 1, "lines": ["\\ud800"]}'],
)  # fmt: skip
def test_a_file_that_is_no_record_is_none(text: str, tmp_path: Path) -> None:
    path = tmp_path / "trained.json"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    record = read_record(path)
    assert record is None or record.lines == ["\ud800"]


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "trained.json").mkdir()
    store_record(tmp_path / "trained.json", ["a"])
    assert read_record(tmp_path / "trained.json") is None
