"""A broken file of a course is a message for its author, and never a traceback for a learner."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from nnkata import hookspecs, plugins
from nnkata.cli.group import kata as kata_command
from nnkata.course.loading import read_courses

if TYPE_CHECKING:
    from ..conftest import Lab

CHECKS = """
def test_doubles(solution):
    "It doubles."
    assert solution.f(2) == 4

def test_zero(solution):
    "It keeps zero."
    assert solution.f(0) == 0
"""
RIGHT = 'def f(x):\n    """Double."""\n    return 2 * x\n'
WRONG = RIGHT.replace("2 * x", "3 * x")
STUB = RIGHT.replace("return 2 * x", 'raise NotImplementedError("kata one: f is not written yet")')
BROKEN = "def f(:\n"
FAILURE = ("✗ It doubles.", "f(2)", "got       6", "expected  4")


class Site:
    """A course with two katas, of which `two` needs `one`, and a workspace of it."""

    def __init__(self, root: Path, reference: Path, run: Callable[..., Result]) -> None:
        self.root = root
        self.reference = reference / "part" / "one.py"
        self.kata = root / "track" / "one"
        self.run = run

    def write(self, kata: str, text: str) -> None:
        """Write the learner's module."""
        Path("net", "part", f"{kata}.py").write_text(text, encoding="utf-8")


@pytest.fixture
def site(lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    kata = {"exports": ["f"], "reference": RIGHT, "checks": CHECKS, "stub": STUB, "points": 2}
    mistakes = {"triples": '"""It triples."""\n\ndef f(x):\n    return 3 * x\n'}
    needing = RIGHT.replace("def", "from .one import f as one\n\n\ndef", 1)
    needing_kata = kata | {"reference": needing, "needs": ["one"]}
    root = lab.write_course({"one": kata | {"mistakes": mistakes}, "two": needing_kata})
    (root / "track" / "one" / "variants").mkdir()
    (root / "track" / "one" / "variants" / "adds.py").write_text(
        RIGHT.replace("2 * x", "x + x"), encoding="utf-8"
    )
    lab.install(root)
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    monkeypatch.chdir(workspace)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(kata_command, list(arguments), prog_name="kata")

    assert run("init", ".", "--course", "tiny").exit_code == 0
    reference = next((lab.folder).glob("site*")) / root.name.replace("course", "reference")
    return Site(root, reference, run)


def based_on_variant(site: Site) -> Path:
    """Let the mistake differ from the variant; return the variant."""
    text = '"""It triples."""\n\nbase = "variants/adds"\n\ndef f(x):\n    return 3 * x\n'
    (site.kata / "mistakes" / "triples.py").write_text(text, encoding="utf-8")
    return site.kata / "variants" / "adds.py"


BREAKABLE: dict[str, Callable[[Site], Path]] = {
    "mistake": lambda site: site.kata / "mistakes" / "triples.py",
    "variant": based_on_variant,
    "reference": lambda site: site.reference,
}


@pytest.mark.parametrize("text", [BROKEN, "x = 1\0\n", "\udcff"])
@pytest.mark.parametrize("which", BREAKABLE)
def test_a_learner_reads_the_verdict_and_the_author_the_broken_file(
    which: str, text: str, site: Site
) -> None:
    path = BREAKABLE[which](site)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    site.write("one", WRONG)
    done = site.run("check", "one")
    assert done.exit_code == 3, done.output
    for words in FAILURE:
        assert words in done.stdout
    assert f"one: a file of the course is broken: {path}" in done.stderr
    assert "tell its author" in done.stderr
    assert "Traceback" not in done.output
    assert site.run("hint", "one").exit_code == 0
    graded = site.run("grade", ".", "--kata", "one", "--require", "0")
    assert graded.exit_code == 3
    assert "1 of 2 points" in graded.stdout
    assert str(path) in graded.stderr


def test_a_right_module_passes_beside_broken_files(site: Site) -> None:
    for find in BREAKABLE.values():
        find(site).write_text(BROKEN, encoding="utf-8")
    (site.kata / "stub.py").write_text(BROKEN, encoding="utf-8")
    site.write("one", RIGHT)
    done = site.run("check", "one")
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("text", [BROKEN, RIGHT + "1 / 0\n", RIGHT + "import nothing_like_it\n"])
def test_a_borrowed_module_that_cannot_be_loaded_is_not_the_learners_fault(
    text: str, site: Site
) -> None:
    site.reference.write_text(text, encoding="utf-8")
    site.write("two", "from .one import f as one\n\n\n" + RIGHT)
    done = site.run("check", "two")
    assert done.exit_code == 3, done.output
    assert "no mark: a check of the course is broken" in done.stdout
    assert "this is not your fault" in done.stdout
    assert f"two: a file of the course is broken: {site.reference}, line " in done.stderr
    verdict = json.loads(site.run("check", "two", "--json").stdout)["verdicts"][0]
    assert (verdict["load"], verdict["points"], verdict["max_points"]) == (None, 0, 0)
    assert str(site.reference) in verdict["broken_files"][0]


def test_a_module_of_the_learners_own_that_cannot_be_loaded_is(site: Site) -> None:
    for text in (BROKEN, "1 / 0\n", "import nothing_like_it\n"):
        site.write("two", text)
        done = site.run("check", "two")
        assert done.exit_code == 1, done.output
        assert "could not be loaded" in done.stdout


BROKEN_CHECKS = {
    "name": CHECKS.replace("== 0", "== nothing"),
    "before": CHECKS.replace("    assert solution.f(0) == 0", "    raise KeyError('zero')"),
    "later": CHECKS.replace("== 0", "== 0 + len(0)"),
    "probe": CHECKS.replace("solution.f(0)", "solution.probe.f(0)"),
}


@pytest.mark.parametrize("which", BROKEN_CHECKS)
def test_a_broken_check_says_which_it_is_and_where(which: str, site: Site) -> None:
    (site.kata / "checks.py").write_text(BROKEN_CHECKS[which], encoding="utf-8")
    (site.kata / "probes.py").write_text(BROKEN, encoding="utf-8")
    site.write("one", RIGHT)
    done = site.run("check", "one")
    assert done.exit_code == 3, done.output
    assert "1 of 2 checks pass · no mark: a check of the course is broken" in done.stdout
    assert "✗ It keeps zero." in done.stdout
    assert f"one: the check zero is broken: {site.kata / 'checks.py'}" in done.stderr
    graded = site.run("grade", ".", "--kata", "one", "--require", "0")
    assert graded.exit_code == 3
    assert "! one · zero is broken: a fault of the course, no mark" in graded.stdout
    assert "one 1/1" not in graded.stdout
    (site.kata / "probes.py").unlink()
    site.write("one", WRONG)
    assert "✗ It doubles." in site.run("check", "one").stdout


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BROKEN, "line 9: invalid syntax"),
        ("wrong = nothing\n", "line 9: NameError: name 'nothing' is not defined"),
        ("import nothing_like_it\n", "line 9: ModuleNotFoundError"),
    ],
)
def test_checks_that_cannot_be_imported_are_named_in_one_line(
    text: str, words: str, site: Site
) -> None:
    (site.kata / "checks.py").write_text(CHECKS + text, encoding="utf-8")
    site.write("one", WRONG)
    for command in ("check one", "verify one", "grade . --kata one --require 0"):
        done = site.run(*command.split())
        assert done.exit_code == 3, done.output
        assert f"Error: {site.kata / 'checks.py'}, {words}" in done.stderr
        assert len(done.stderr.splitlines()) == 2


@pytest.mark.parametrize("which", [*BREAKABLE, "stub", "probes", "pictures"])
def test_verify_names_a_broken_file_and_ends_with_3(which: str, site: Site) -> None:
    path = BREAKABLE[which](site) if which in BREAKABLE else site.kata / f"{which}.py"
    path.write_text(BROKEN, encoding="utf-8")
    done = site.run("verify", "one", "two", "--jobs", "1")
    assert done.exit_code == 3, done.output
    assert "one: broken" in done.stdout
    assert f"- {path}, line 1: invalid syntax" in done.stdout
    assert "two: " in done.stdout


def test_verify_blames_a_check_and_not_the_reference(site: Site) -> None:
    (site.kata / "checks.py").write_text(BROKEN_CHECKS["name"], encoding="utf-8")
    done = site.run("verify", "one")
    assert done.exit_code == 3
    assert f"the check zero is broken: {site.kata / 'checks.py'}, line 8: NameError" in done.stdout
    assert str(site.reference) not in done.stdout


def test_a_kata_without_hints_is_a_draft_or_refused(site: Site) -> None:
    toml = site.kata / "kata.toml"
    text = toml.read_text(encoding="utf-8").replace('["one", "two", "three"]', "[]")
    toml.write_text(text, encoding="utf-8")
    done = site.run("hint", "one")
    assert done.exit_code == 3
    assert f"{toml}: `hints` is empty" in done.stderr
    toml.write_text(f"draft = true\n{text}", encoding="utf-8")
    done = site.run("hint", "one")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "there is no hint for one yet" in done.stdout


def test_a_cycle_of_needs_names_its_path(site: Site) -> None:
    toml = site.kata / "kata.toml"
    toml.write_text(f'needs = ["two"]\n{toml.read_text(encoding="utf-8")}', encoding="utf-8")
    done = site.run("list")
    assert done.exit_code == 3
    assert "the kata one needs itself: one → two → one" in done.stderr


def test_two_packs_with_one_course_name_are_refused_and_both_named(lab: Lab) -> None:
    kata = {"one": {"exports": ["f"], "reference": RIGHT, "checks": CHECKS}}
    roots = [(f"pack{n}", lab.write_course(kata)) for n in range(2)]
    courses, broken = read_courses(roots)
    assert courses == {}
    assert len(broken) == 2
    for plugin in broken:
        for name, root in roots:
            assert f"{name} ({root})" in plugin.why
        assert "a course named tiny" in plugin.why


@pytest.mark.parametrize("offered", ["/a/folder", Path("/a/folder"), b"/a", None, 7, [7]])
def test_a_hook_that_returns_something_else_is_one_error(offered: object) -> None:
    known = plugins.Plugins()
    hook = hookspecs.hookimpl(lambda: offered, specname="nnkata_courses")
    known.register(SimpleNamespace(nnkata_courses=hook), "wrong")
    assert known.course_roots() == []
    (broken,) = known.broken
    assert broken.plugin == "wrong"
    assert broken.why.startswith(f"nnkata_courses returned {type(offered).__name__} ")
    assert "must return a list of folders" in broken.why


@pytest.mark.parametrize("offered", ["name", ["name"], None, {"name": "no function"}])
def test_a_hook_of_reporters_that_returns_something_else_is_one_error(offered: object) -> None:
    known = plugins.Plugins()
    hook = hookspecs.hookimpl(lambda: offered, specname="nnkata_reporters")
    known.register(SimpleNamespace(nnkata_reporters=hook), "wrong")
    assert known.reporters() == {}
    (broken,) = known.broken
    assert "nnkata_reporters returned" in broken.why
    assert "must return a dict of functions by name" in broken.why
