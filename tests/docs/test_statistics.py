"""The page about checks that decide by statistics: what it lists exists, and its figures hold."""

from __future__ import annotations

from pathlib import Path

from bench.false_rejection import CHECKS, PAGE, WORST_MISTAKE, WORST_REFERENCE, Result, write_rows

from nnkata.cli.context import pick_course


def rows(page: Path) -> list[list[str]]:
    _, _, table = page.read_text(encoding="utf-8").partition("| --- |")
    lines = table.splitlines()[1:]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]


def share(words: str) -> float:
    count, _, total = words.partition(" of ")
    return int(count) / int(total)


def test_every_check_that_is_listed_exists() -> None:
    course, _ = pick_course()
    for kata, checks in CHECKS.items():
        text = course.katas[kata].checks.read_text(encoding="utf-8")
        for check in checks:
            assert f"\ndef test_{check}(" in text, (kata, check)


def test_the_page_has_rows_of_listed_checks_that_hold() -> None:
    found = rows(PAGE)
    assert found
    for kata, check, interval, refused, mistakes, _ in found:
        assert interval == CHECKS[kata][check.strip("`")]
        assert share(refused) <= WORST_REFERENCE, (kata, check)
        if mistakes != "none":
            assert share(mistakes.split("; ")[1].removeprefix("at least ")) >= WORST_MISTAKE


def test_a_new_row_replaces_the_old_one_of_its_check_and_no_other(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Head.\n\n| kata | check |\n| --- | --- |\n", encoding="utf-8")
    (first, second) = list(CHECKS)[:2]
    one, other = next(iter(CHECKS[first])), next(iter(CHECKS[second]))
    write_rows(
        page,
        [Result(second, other, 100, 0, 10, {"wrong": 9, "worse": 10}, {"wrong": 7, "worse": 8})],
        "monday",
    )
    write_rows(page, [Result(first, one, 100, 3, 10, {}, {})], "tuesday")
    write_rows(page, [Result(first, one, 1000, 1, 10, {}, {})], "wednesday")
    assert page.read_text(encoding="utf-8").startswith("Head.\n\n| kata | check |\n| --- | --- |\n")
    assert [row[0] for row in rows(page)] == [first, second]
    assert rows(page)[0][3:] == ["1 of 1000", "none", "wednesday"]
    assert rows(page)[1][4] == (
        "2; at least 9 of 10; by this check alone, `wrong` the least often, 7 of 10"
    )


def test_one_refusal_in_a_thousand_holds_and_two_do_not() -> None:
    assert Result("he-init", "x", 1000, 1, 100, {"a": 99}, {"a": 5}).holds
    assert not Result("he-init", "x", 1000, 2, 100, {"a": 99}, {"a": 5}).holds
    assert not Result("he-init", "x", 1000, 0, 100, {"a": 98}, {"a": 5}).holds
