"""Every function of the reference has an oracle, and the page says how far they are apart."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from .oracles.entry import Entry, NoOracle, Tolerance, Track, largest_error
from .oracles.registry import TRACKS, export_of, exported_names, packages_of_tests
from .oracles.table import PAGE, figure_for, render, written_figures

ENTRIES = [entry for track in TRACKS for entry in track.entries]
WITHOUT = [other for track in TRACKS for other in track.without]
ALL: list[Entry | NoOracle] = [*ENTRIES, *WITHOUT]
EXPORTS = exported_names()
ULP = 2.0**-52


@pytest.fixture(scope="module")
def errors() -> dict[str, float]:
    """Return the error of every entry, in ulp, measured once."""
    return {entry.name: largest_error(entry) for entry in ENTRIES}


def test_every_exported_name_of_every_kata_has_an_oracle_or_a_reason() -> None:
    known = {export_of(one.name) for one in ALL}
    missing = sorted(EXPORTS.keys() - known)
    assert not missing, f"add them to tests/reference/oracles/tracks: {', '.join(missing)}"
    assert known == EXPORTS.keys(), "the registry has names that no kata exports"


def test_no_name_is_entered_twice() -> None:
    names = [one.name for one in ALL]
    assert sorted(names) == sorted(set(names))


def test_entries_stand_in_the_section_of_their_track() -> None:
    for track in TRACKS:
        named: list[Entry | NoOracle] = [*track.entries, *track.without]
        for one in named:
            folder = EXPORTS[export_of(one.name)]
            assert folder.parent.name == track.name, one.name


def test_no_error_is_above_the_figure_of_the_page(errors: dict[str, float]) -> None:
    figures = written_figures()
    too_large = {
        entry.name: errors[entry.name]
        for entry in ENTRIES
        if errors[entry.name] > (0 if entry.kind == "exact" else figures.get(entry.name, 0))
    }
    assert not too_large, too_large


def test_the_page_is_what_the_registry_writes(errors: dict[str, float]) -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == render(errors), "run python -m tests.reference.oracles --write"


def test_a_large_error_of_a_value_is_explained() -> None:
    figures = written_figures()
    unexplained = [e.name for e in ENTRIES if figures.get(e.name, 0) > 128 and not e.note]
    assert not unexplained


def test_a_figure_without_right_digits_is_not_the_only_one_of_its_function() -> None:
    figures = written_figures()
    lost = {export_of(name) for name, figure in figures.items() if figure >= 2.0**32}
    kept = {export_of(name) for name, figure in figures.items() if figure <= 2.0**10}
    assert lost <= kept, "nothing would be seen if these were wrong"


@cache
def numbers_in_checks(folder: Path) -> set[float]:
    """Return the numbers in the checks of a kata, and the default tolerances that they use."""
    tree = ast.parse((folder / "checks.py").read_text(encoding="utf-8"))
    numbers = {
        float(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    }
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    defaults = {"assert_close": 1e-9, "assert_gradient": 1e-6}
    return numbers | {default for name, default in defaults.items() if name in names}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_the_tolerance_is_one_that_the_checks_use(entry: Entry) -> None:
    used = numbers_in_checks(EXPORTS[export_of(entry.name)])
    wanted = {size for size in (entry.tolerance.rtol, entry.tolerance.atol) if size}
    assert wanted <= used, f"{sorted(wanted - used)} are not in its checks.py"
    assert entry.tolerance.why


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_a_tolerance_leaves_room_for_ten_times_the_error(entry: Entry) -> None:
    tolerance = entry.tolerance
    if tolerance.rtol and not tolerance.atol and entry.kind != "exact" and not entry.note:
        assert 10 * written_figures()[entry.name] * ULP < tolerance.rtol


def entry_of(*pairs: Any, kind: Any = "value") -> Entry:
    return Entry("f", "oracle", lambda: pairs, Tolerance(1e-9, 0.0, "why"), kind)


def test_errors_are_counted_in_ulp() -> None:
    assert largest_error(entry_of((1.0, 1.0), ([1.0, 1.0 + 3 * ULP], [1.0, 1.0]))) == 3.0
    assert largest_error(entry_of((5e-324, 0.0))) == 1.0  # at 0, in ulp of the smallest normal
    gradient = ([1.0, 1e-20 + ULP], [1.0, 1e-20])
    assert largest_error(entry_of(gradient, kind="gradient")) == pytest.approx(1.0)
    assert largest_error(entry_of(gradient)) > 1e15


def test_what_is_exact_must_be_equal() -> None:
    assert largest_error(entry_of(([1, 0], [1, 0]), kind="exact")) == 0.0
    assert largest_error(entry_of(([1, 0], [1, 1]), kind="exact")) == float("inf")


def test_shapes_must_be_equal_and_numbers_finite() -> None:
    with pytest.raises(AssertionError, match="f: "):
        largest_error(entry_of(([1.0], [[1.0]])))
    with pytest.raises(AssertionError, match="not finite"):
        largest_error(entry_of((float("nan"), 1.0)))
    with pytest.raises(AssertionError, match="compares nothing"):
        largest_error(entry_of())


@pytest.mark.parametrize(
    ("error", "old", "figure"),
    [
        (0.0, None, 1), (0.25, None, 1), (0.3, None, 2), (3.0, None, 8), (100.0, None, 256),
        (3.0, 4.0, 4), (3.9, 4.0, 4), (4.1, 4.0, 16), (0.0, 1.0, 1), (1.0, 32.0, 32),
        (1.0, 64.0, 4), (1.0, 3.0, 4), (0.0, 0.0, 1),
        (2.0**52.9, None, 2.0**53), (2.0**60, None, 2.0**61),
    ],
)  # fmt: skip
def test_figures_are_powers_of_two_that_stay_while_they_are_right(
    error: float, old: float | None, figure: float
) -> None:
    assert figure_for(error, old) == figure


def test_a_figure_with_a_note_has_more_room() -> None:
    assert figure_for(1000.0, None, noted=True) == 4096
    assert figure_for(1.0, 4096.0, noted=True) == 4096
    assert figure_for(1.0, 4096.0) == 4


def test_the_tests_of_a_module_name_their_packages() -> None:
    assert packages_of_tests("conv.backward") == ("onnx", "scipy")
    assert packages_of_tests("activations.logistic") == ("scipy", "decimal")
    assert packages_of_tests("no.such_module") == ()


def test_an_entry_is_one_decorated_function() -> None:
    track = Track("new")
    track.no_oracle("a.b", "random")

    @track.oracle("a.c", "loops", Tolerance(1e-9, 1e-12, "a sum"))
    def _compare() -> Any:
        yield 1.0, 1.0

    (entry,) = track.entries
    assert (entry.name, entry.kind, largest_error(entry)) == ("a.c", "value", 0.0)
    assert str(entry.tolerance) == "1e-9 relative + 1e-12 absolute: a sum"
    assert track.without[0].reason == "random"
