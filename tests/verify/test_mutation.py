"""`kata verify --mutants` on a kata of three lines."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import nn_from_scratch
from nnkata.cli.group import kata as command_line
from nnkata.course.definitions import program
from nnkata.course.stub import stub_text
from nnkata.errors import USAGE, KataError
from nnkata.model import Course
from nnkata.sandbox.pool import WorkerPool
from nnkata.verify import mutation
from nnkata.verify.mutation import Mutant, MutationScore, Mutator, read_survivors
from nnkata.verify.verifier import KataReport, VerifyOptions, report_lines, verify_all

TRACK = """
format = 1
name = "tiny"
title = "One tiny kata"
package = "mynn"
reference = "refnn"
given = []

[[tracks]]
name = "forward"
title = "Forward"
katas = ["ramp"]
"""
KATA = """
format = 1
title = "A ramp"
module = "forward/ramp.py"
exports = ["ramp"]
points = 1
minutes = 1
difficulty = 1
draft = true
replay = "a ramp of five numbers"
hints = ["Above 0?", "Compare x with 0.", "x if it is above 0.0, else 0.0"]
"""
REFERENCE = '''"""A ramp."""


def ramp(x: float) -> float:
    """Return x where it is above 0, and 0 elsewhere."""
    if x > 0.0:
        return x
    return 0.0
'''
STUB = stub_text(REFERENCE, "ramp")
MISTAKE = '"""It turns back what is below 0."""\n\n\ndef ramp(x):\n    return abs(x)\n'
CHECKS = '''"""Hidden checks of the kata ramp."""

from nnkata.testing import assert_equal


def test_is_a_ramp(solution):
    """ramp gives back what is above 0, and 0 elsewhere."""
    for x, expected in POINTS:
        assert_equal(solution.ramp(x), expected)
'''
POINTS = "((2.0, 2.0), (0.5, 0.5), (0.0, 0.0), (-0.5, 0.0), (-2.0, 0.0))"
EQUIVALENT = """
[[survivors]]
within = "ramp"
line = "if x > 0.0:"
mutant = "if x >= 0.0:"
kind = "equivalent"
reason = "at 0 both give 0"
"""

MORE = "write checks that kill at least 95%"

Read = Callable[[Path, Path], Course]


class Tiny:
    """The kata, and what verify says of it."""

    def __init__(self, root: Path, read: Read, pool: WorkerPool) -> None:
        self.root, self.read, self.pool = root, read, pool
        self.folder = root / "forward" / "ramp"
        (self.folder / "mistakes").mkdir(parents=True)
        (root / "reference" / "forward").mkdir(parents=True)
        self.reference = root / "reference" / "forward" / "ramp.py"
        (root / "course.toml").write_text(TRACK, encoding="utf-8")
        self.reference.write_text(REFERENCE, encoding="utf-8")
        for name, text in (
            ("kata.toml", KATA),
            ("README.md", "A ramp."),
            ("stub.py", STUB),
            ("checks.py", CHECKS.replace("POINTS", POINTS)),
            ("mistakes/turns-back.py", MISTAKE),
        ):
            (self.folder / name).write_text(text, encoding="utf-8")

    def list_survivors(self, entries: str) -> None:
        (self.folder / "mutants.toml").write_text("format = 1\n" + entries, encoding="utf-8")

    def report(self, mutants: bool = True) -> KataReport:
        course = self.read(self.root, self.root / "reference")
        options = VerifyOptions(seeds=2, mutants=mutants)
        return verify_all(course, ["ramp"], self.pool, 1, options)[0]

    def findings(self, report: KataReport) -> list[tuple[str, str, str]]:
        return [(f.what, os.path.relpath(f.where, self.root), f.next_step) for f in report.findings]


@pytest.fixture
def tiny(tmp_path: Path, read_course: Read, pool: WorkerPool) -> Tiny:
    return Tiny(tmp_path, read_course, pool)


def changes(text: str) -> list[tuple[str, str, str]]:
    return [(m.within, m.line, m.mutant) for m in Mutator().mutants(text)]


def head(report: KataReport) -> str:
    lines: list[str] = []
    report_lines(report, lines.append)
    return lines[0]


def test_a_survivor_that_nobody_listed_is_found_and_the_killed_ones_are_not(tiny: Tiny) -> None:
    report, toml = tiny.report(), tiny.folder / "mutants.toml"
    assert tiny.findings(report) == [
        (
            "a mutant survives: `if x > 0.0:` became `if x >= 0.0:` in ramp",
            "reference/forward/ramp.py:6",
            f"write the check that kills it, or list it with its reason in {toml}",
        ),
        ("1 of 10 mutants survive", "forward/ramp/checks.py", MORE),
    ]
    assert (report.mutants, report.killed, report.survived) == (10, 9, 1)
    assert (report.unlisted, report.excused) == (1, 0)
    assert "10 mutants, 9 killed, 1 survived, 1 without a reason · " in head(report)


def test_drawn_mutants_are_the_same_programs_in_another_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mutator = Mutator()
    drawn = [program(ast.parse(text)) for text in mutator.drawn_texts(REFERENCE, 1)]
    listed = [program(ast.parse(mutant.text)) for mutant in mutator.mutants(REFERENCE)]
    assert set(drawn) == set(listed)
    assert list(dict.fromkeys(drawn)) != listed
    assert drawn == [program(ast.parse(text)) for text in mutator.drawn_texts(REFERENCE, 1)]
    make, made = mutation._mutate, []

    def note(*arguments: Any) -> str:
        made.append(make(*arguments))
        return made[-1]

    monkeypatch.setattr(mutation, "_mutate", note)
    first = next(mutator.drawn_texts(REFERENCE, 1))
    assert made[-1] == first  # none is made before it is asked for
    assert len(made) < len(listed)


def test_a_listed_survivor_is_no_finding(tiny: Tiny) -> None:
    tiny.list_survivors(EQUIVALENT)
    report = tiny.report()
    assert report.done
    assert (report.mutants, report.killed, report.survived) == (10, 9, 1)
    assert (report.unlisted, report.excused) == (0, 1)
    line = "10 mutants, 9 killed, 1 survived, with a reason, 1 equivalent or open · "
    assert line in head(report)


def test_spaces_do_not_matter_to_the_list(tiny: Tiny) -> None:
    tiny.list_survivors(EQUIVALENT.replace("if x >= 0.0:", "if x>=0.0 :"))
    assert tiny.report().done


def test_a_listed_survivor_that_is_killed_is_found(tiny: Tiny) -> None:
    tiny.list_survivors(EQUIVALENT + EQUIVALENT.replace(">=", "<"))
    assert tiny.findings(tiny.report()) == [
        (
            "a listed survivor is killed: `if x > 0.0:` to `if x < 0.0:` in ramp",
            "forward/ramp/mutants.toml:10",
            "remove it",
        )
    ]


def test_a_listed_survivor_that_is_no_mutant_any_more_is_found(tiny: Tiny) -> None:
    tiny.list_survivors(EQUIVALENT.replace("if x > 0.0", "if 0.0 < x") + EQUIVALENT)
    assert tiny.findings(tiny.report()) == [
        (
            "a listed survivor is not a mutant: `if 0.0 < x:` to `if x >= 0.0:` in ramp",
            "forward/ramp/mutants.toml:3",
            "remove it, or write its lines as they are now",
        )
    ]


def test_a_list_that_cannot_be_read_is_found(tiny: Tiny) -> None:
    tiny.list_survivors(EQUIVALENT.replace("reason", "raeson"))
    [(what, where, _)] = tiny.findings(tiny.report())
    assert "unknown key `raeson`; did you mean `reason`?" in what
    assert where == "forward/ramp/mutants.toml"


def entries(survivors: list[tuple[str, str]], kind: str = "") -> str:
    return "".join(
        f"[[survivors]]\nwithin = 'ramp'\nline = '{line}'\nmutant = '{mutant}'\n"
        f"reason = 'so'\n{kind}"
        for line, mutant in survivors
    )


LIVED = [("if x > 0.0:", f"if x {rest}:") for rest in (">= 0.0", "> 1.0", "> -1.0")]
"""The mutants that survive if only 2 and -2 are tried."""


@pytest.fixture
def loose(tiny: Tiny) -> Tiny:
    checks = CHECKS.replace("POINTS", "((2.0, 2.0), (-2.0, 0.0))")
    (tiny.folder / "checks.py").write_text(checks, encoding="utf-8")
    return tiny


def test_a_reason_alone_does_not_help_when_too_many_survive(loose: Tiny) -> None:
    loose.list_survivors(entries(LIVED))
    report = loose.report()
    assert loose.findings(report) == [("3 of 10 mutants survive", "forward/ramp/checks.py", MORE)]
    assert "7 killed, 3 survived, each with a reason · " in head(report)


@pytest.mark.parametrize("kind", ["equivalent", "open"])
def test_equivalent_and_open_mutants_do_not_count(loose: Tiny, kind: str) -> None:
    loose.list_survivors(entries(LIVED, f"kind = '{kind}'\n"))
    report = loose.report()
    assert report.done
    assert (report.killed, report.survived, report.excused) == (7, 3, 3)
    loose.list_survivors(entries(LIVED[:2], f"kind = '{kind}'\n") + entries(LIVED[2:]))
    [(what, _, _)] = loose.findings(loose.report())
    assert what == "1 of 8 mutants that are neither equivalent nor open survive"


@pytest.mark.parametrize(("killed", "enough"), [(19, True), (18, False)])
def test_of_twenty_mutants_that_count_nineteen_must_be_killed(killed: int, enough: bool) -> None:
    mutants = [Mutant("", n, "", "line", str(n)) for n in range(20)]
    score = MutationScore(mutants, mutants[killed:], [])
    assert (score.shortfall() is None) == enough


def test_no_list_excuses_many_mutants(loose: Tiny) -> None:
    text = REFERENCE.replace("    if x", "    if x == 9.0:\n        return 9.0\n    if x")
    loose.reference.write_text(text, encoding="utf-8")
    survivors = [
        (what.split("`")[1], what.split("`")[3])
        for what, _, _ in loose.findings(loose.report())
        if what.startswith("a mutant survives")
    ]
    loose.list_survivors(entries(survivors, "kind = 'equivalent'\n"))
    [(what, where, next_step)] = loose.findings(loose.report())
    assert what == "9 of 20 mutants survive"
    assert (where, next_step) == ("forward/ramp/checks.py", "write checks that kill at least 90%")


def test_another_kind_is_found(tiny: Tiny) -> None:
    tiny.list_survivors(EQUIVALENT.replace('"equivalent"', '"harmless"'))
    [(what, where, _)] = tiny.findings(tiny.report())
    assert "kind" in what
    assert where.partition(":")[0] == "forward/ramp/mutants.toml"


def test_an_endless_loop_is_killed_soon(tiny: Tiny) -> None:
    start = REFERENCE.partition("    if x")[0]
    looping = start + "    while x > 3.0:\n        x = 0.0\n    return x\n"
    tiny.reference.write_text(looping, encoding="utf-8")
    checks = CHECKS.replace("POINTS", "((0.0, 0.0),)")
    (tiny.folder / "checks.py").write_text(checks, encoding="utf-8")
    report = tiny.report()
    assert report.killed == 4  # !=, <, <= and not
    seconds = report.seconds - tiny.report(mutants=False).seconds
    assert seconds < 4 * 5  # which is what the kata's own limit would take


def test_without_mutants_there_are_no_figures(tiny: Tiny) -> None:
    report = tiny.report(mutants=False)
    assert report.done
    assert (report.mutants, report.killed, report.survived) == (None, None, None)


def test_every_kind_of_change_is_a_mutant_once() -> None:
    assert changes(REFERENCE) == [
        *(("ramp", "if x > 0.0:", f"if x {sign} 0.0:") for sign in ("==", "!=", "<", "<=", ">=")),
        ("ramp", "if x > 0.0:", "if not x > 0.0:"),
        ("ramp", "if x > 0.0:", "if x > 1.0:"),
        ("ramp", "if x > 0.0:", "if x > -1.0:"),
        ("ramp", "return 0.0", "return 1.0"),
        ("ramp", "return 0.0", "return -1.0"),
    ]


def test_what_no_check_asks_for_makes_no_mutant() -> None:
    text = '''"""About 1 + 1."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    LIMIT = 1 + 2


class Box:
    size: "int | None"

    def fill(self, count: int | None) -> dict[str, int] | None:
        """Add 1 + 1."""
        many: list[int] | None
        raise ValueError(f"{count} is more than {1 + 2}")
'''
    assert changes(text) == []


def test_what_stands_elsewhere_makes_mutants_at_its_place() -> None:
    text = """class Box:
    limit: int = 1

    @property
    def half(self):
        return [
            self.limit,
            2,
        ]
"""
    assert changes(text) == [
        ("Box", "limit: int = 1", "limit: int = 2"),
        ("Box", "limit: int = 1", "limit: int = 0"),
        ("Box.half", "self.limit, 2,", "self.limit, 3,"),
        ("Box.half", "self.limit, 2,", "self.limit, 1,"),
        ("Box.half", "@property", ""),
    ]


def test_without_cosmic_ray_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cosmic_ray.ast", None)
    with pytest.raises(KataError) as caught:
        Mutator()
    assert caught.value.exit_code == USAGE
    assert caught.value.next_step == 'pip install "nnkata[author]"'
    result = CliRunner().invoke(command_line, ["verify", "softmax", "--mutants"])
    assert result.exit_code == USAGE
    assert 'pip install "nnkata[author]"' in result.output


def test_cosmic_ray_is_not_imported_unless_it_is_needed(tmp_path: Path) -> None:
    code = (
        "import sys; from nnkata.cli.group import kata\n"
        "kata(['verify', 'softmax', '--jobs', '1', '--seeds', '1'], standalone_mode=False)\n"
        "assert not [m for m in sys.modules if m.split('.')[0] in ('cosmic_ray', 'parso')]"
    )
    # With no proof remembered: each softmax check is failed by a mistake, so no mutant is made.
    fresh = {**os.environ, "NNKATA_CACHE": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=fresh)
    assert done.returncode == 0, done.stderr


def test_the_command_prints_the_figures() -> None:
    arguments = ["verify", "value-backward", "--mutants", "--json"]
    result = CliRunner().invoke(command_line, arguments)
    assert result.exit_code == 0, result.output
    [kata] = json.loads(result.stdout)["katas"]
    assert kata["mutants"] == kata["killed"] + kata["survived"] > 0


def test_every_survivor_of_our_course_has_its_reason() -> None:
    course = Path(nn_from_scratch.__file__).parent
    for path in course.rglob("mutants.toml"):
        for entry in read_survivors(path):
            assert entry.reason.strip(), path
