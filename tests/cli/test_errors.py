"""Every error a person meets names the thing, the next step, and has its documented exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from nnkata import hookspecs, plugins
from nnkata.cli.group import kata
from nnkata.course.loading import assemble, read_courses, read_pack
from nnkata.errors import (
    CHECKS_FAILED,
    COURSE_BROKEN,
    MACHINERY,
    NO_PROTECTION,
    OK,
    USAGE,
    CourseError,
    KataError,
    MachineryError,
)

KATA = {
    "reference": "def f(): return 1\n", "exports": ["f"],
    "checks": 'def test_a(solution):\n    """A."""\n    assert solution.f() == 1\n',
}  # fmt: skip


@pytest.fixture
def root(lab: Any) -> Path:
    made: Path = lab.write_course({"one": KATA, "two": KATA | {"needs": ["one"]}})
    return made


@pytest.fixture
def run(lab: Any, root: Path, tmp_path: Path) -> Callable[..., Result]:
    """Run the command line in a workspace of the tiny course."""
    lab.install(root)
    place = tmp_path / "w"
    place.mkdir()
    lab.patch.chdir(place)

    def run(*arguments: str, **options: Any) -> Result:
        return CliRunner().invoke(kata, list(arguments), prog_name="kata", **options)

    assert run("init", ".", "--course", "tiny").exit_code == OK
    return run


def test_the_exit_codes_are_the_documented_ones() -> None:
    codes = (OK, CHECKS_FAILED, USAGE, COURSE_BROKEN, NO_PROTECTION, MACHINERY)
    assert codes == (0, 1, 2, 3, 4, 5)
    assert KataError("x").exit_code == USAGE
    assert CourseError("x").exit_code == COURSE_BROKEN
    assert MachineryError("x").exit_code == MACHINERY
    assert KataError("what", next_step="do this").format_message() == "what\n  → do this"


def test_passed_failed_and_not_written_have_their_exit_codes(run: Callable[..., Result]) -> None:
    assert run("check", "one").exit_code == CHECKS_FAILED
    module = Path("net/part/one.py")
    module.write_text("def f(): return 2\n")
    assert run("check", "one").exit_code == CHECKS_FAILED
    module.write_text("def f(: return 2\n")
    assert run("check", "one").exit_code == CHECKS_FAILED
    module.write_text("def f(): return 1\n")
    assert run("check", "one").exit_code == OK
    assert run("check", "--every").exit_code == CHECKS_FAILED


USAGE_ERRORS: dict[str, tuple[list[str], list[str]]] = {
    "an unknown command": (["chekc"], ["no command `chekc`", "did you mean `kata check`?"]),
    "a very unknown command": (["zzzz"], ["no command `zzzz`", "`kata --help` lists them"]),
    "an unknown kata": (["check", "onee"], ["no kata `onee` in tiny", "did you mean one?"]),
    "a very unknown kata": (["show", "qqqq"], ["no kata `qqqq`", "`kata list` shows them all"]),
    "a kata of every command": (["hint", "onee"], ["did you mean one?"]),
    "resetting nothing": (["reset", "twoo"], ["did you mean two?"]),
    "a reporter": (["check", "one", "--report", "nix"], ["no reporter `nix`", "known reporters: "]),
    "a snapshot": (["restore", "7"], ["no snapshot 7", "`kata restore` lists them"]),
    "a solution too soon": (["solution", "one"], ["one has not passed yet", "--give-up"]),
}


@pytest.mark.parametrize("name", USAGE_ERRORS)
def test_a_usage_error_names_what_was_meant_and_exits_with_2(
    name: str, run: Callable[..., Result]
) -> None:
    arguments, words = USAGE_ERRORS[name]
    result = run(*arguments)
    assert result.exit_code == USAGE
    assert result.stderr.startswith("Error: ")
    assert "\n  → " in result.stderr
    for part in words:
        assert part in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "arguments", [["check", "--seed", "-1"], ["check", "--nothing"], ["--color", "pink", "list"],
                  ["-C", "/nowhere", "list"], ["check", "--reveal", "most"], ["reset"]]
)  # fmt: skip
def test_wrong_options_exit_with_2_and_point_at_the_help(
    arguments: list[str], run: Callable[..., Result]
) -> None:
    result = run(*arguments)
    assert result.exit_code == USAGE
    assert "--help" in result.stderr


@pytest.mark.parametrize("command", ["next", "check", "list", "hint", "restore", "train"])
def test_outside_of_a_workspace_it_is_said_how_to_make_one(
    command: str, lab: Any, root: Path, tmp_path: Path
) -> None:
    lab.install(root)
    lab.patch.chdir(tmp_path)
    result = CliRunner().invoke(kata, [command], prog_name="kata")
    assert result.exit_code == USAGE
    assert "is not inside a workspace" in result.stderr
    assert "`kata init`" in result.stderr


def test_when_all_is_solved_the_commands_say_so(run: Callable[..., Result]) -> None:
    for name in ("one", "two"):
        Path(f"net/part/{name}.py").write_text("def f(): return 1\n")
    assert run("check", "--every").exit_code == OK
    for command in ("check", "hint", "show"):
        result = run(command)
        assert result.exit_code == USAGE
        assert "all katas are solved" in result.stderr
        assert "\n  → " in result.stderr
    assert run("next").exit_code == OK


# Courses


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


TABLES: dict[str, tuple[str, str, list[str]]] = {
    "an unknown key": ("minutes = 5", "minuets = 5", ["unknown key `minuets`", "`minutes`"]),
    "a key of a table": ("[limits]", "[limits]\nsecond = 1.0", ["`second`", "`seconds`"]),
    "a wrong type": ("minutes = 5", 'minutes = "5"', ["`minutes`", "Expected `int`, got `str`"]),
    "a wrong value": ("difficulty = 1", "difficulty = 9", ["`difficulty`", "<= 5"]),
    "a path that leads out": (
        'module = "part/one.py"', 'module = "../one.py"', ["`module`", "matching regex"]),
    "no TOML": ("minutes = 5", "minutes = = 5", ["is not TOML", "line"]),
    "a missing key": ("minutes = 5\n", "", ["missing required field `minutes`"]),
    "a newer format": ("format = 1", "format = 2", ["`format`", "2"]),
    "a name that checks keep": (
        'exports = ["f"]', 'exports = ["f", "rng"]', ["may not export `rng`"]),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_a_broken_table_names_file_line_key_and_the_nearest_key(name: str, lab: Any) -> None:
    old, new, words = TABLES[name]
    root = lab.write_course({"one": KATA | {"limits": {"output_kb": 9}}})
    path = root / "track" / "one" / "kata.toml"
    edit(path, old, new)
    with pytest.raises(CourseError) as raised:
        read_pack(root, "lab")
    assert raised.value.exit_code == COURSE_BROKEN
    assert str(path) in raised.value.message
    for part in words:
        assert part in raised.value.message
    if "`" in words[0] and "missing" not in words[0] and "export" not in words[0]:
        key = words[0].split("`")[1]
        line = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if key in text)
        assert f"{path}:{line}: " in raised.value.message


def test_a_file_that_is_missing_or_no_text_is_named(lab: Any) -> None:
    root = lab.write_course({"one": KATA})
    path = root / "track" / "one" / "kata.toml"
    path.write_bytes(b"title = '\xff'")
    with pytest.raises(CourseError, match="cannot be read") as raised:
        read_pack(root, "lab")
    assert str(path) in raised.value.message
    path.unlink()
    with pytest.raises(CourseError, match=r"kata.toml is missing") as raised:
        read_pack(root, "lab")
    assert "create it" in raised.value.next_step


def test_a_kata_that_is_listed_twice_is_refused(lab: Any) -> None:
    root = lab.write_course({"one": KATA})
    edit(root / "course.toml", '["one"]', '["one", "one"]')
    with pytest.raises(CourseError, match="the kata one is listed twice"):
        read_pack(root, "lab")


def test_an_unknown_need_and_a_circle_of_needs_are_named_and_leave_the_course_out(
    lab: Any,
) -> None:
    made = {
        "two, which does not exist": {"one": KATA | {"needs": ["two"]}},
        "the kata one needs itself": {
            "one": KATA | {"needs": ["two"]}, "two": KATA | {"needs": ["one"]},
        },
        "needs itself": {"one": KATA | {"needs": ["one"]}},
    }  # fmt: skip
    for words, katas in made.items():
        courses, broken = assemble([read_pack(lab.write_course(katas), "lab")])
        assert courses == {}
        assert [b.plugin for b in broken] == ["lab"]
        assert words in broken[0].why
        assert "kata.toml" in broken[0].why


def test_a_reference_package_that_is_not_installed_is_named(lab: Any) -> None:
    root = lab.write_course({"one": KATA})
    edit(root / "course.toml", "reference = ", 'reference = "nowhere_to_be_found" # ')
    with pytest.raises(CourseError, match="`nowhere_to_be_found` is not installed") as raised:
        read_pack(root, "lab")
    assert raised.value.next_step


def test_two_katas_of_one_module_are_refused(lab: Any) -> None:
    katas = {"one": KATA, "two": KATA | {"module": "part/one.py"}}
    found = read_courses([("lab", lab.write_course(katas))])
    assert found[0] == {}
    assert "the module part/one.py is claimed by one and by two" in found[1][0].why
    found = read_courses([("lab", lab.write_course({"one": KATA}, given={"part/one.py": ""}))])
    assert "part/one.py is given by" in found[1][0].why


def test_an_extension_may_not_take_a_name_a_module_or_a_base_that_is_not_there(lab: Any) -> None:
    base = lab.write_course({"one": KATA})
    refused = {
        "the kata one is claimed by": lab.write_course({"one": KATA}),
        "the module part/one.py is claimed by": lab.write_course(
            {"own": KATA | {"module": "part/one.py"}}
        ),
        "which is not installed": lab.write_course({"other": KATA}),
    }
    for words, root in refused.items():
        text = (root / "course.toml").read_text().replace('package = "net"\n', "")
        text = text.replace('name = "tiny"', 'name = "more"')
        text = "\n".join(line for line in text.splitlines() if not line.startswith("given"))
        extends = "nothing" if "installed" in words else "tiny"
        (root / "course.toml").write_text(f'extends = "{extends}"\n{text}\n')
        courses, broken = read_courses([("base", base), ("more", root)])
        assert list(courses) == ["tiny"]
        assert list(courses["tiny"].katas) == ["one"]
        assert broken[0].plugin == "more"
        assert words in broken[0].why


def test_a_broken_plugin_is_named_and_takes_nobody_down(
    run: Callable[..., Result], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Bad:
        @staticmethod
        @hookspecs.hookimpl
        def nnkata_courses() -> Any:
            raise RuntimeError("no disk")

    class Good:
        @staticmethod
        @hookspecs.hookimpl
        def nnkata_courses() -> Any:
            return [root]

    known = plugins.Plugins()
    known.register(Bad, "bad")
    known.register(Good, "good")
    monkeypatch.setattr("nnkata.cli.context.installed_plugins", lambda: known)
    result = run("list", "--json")
    assert result.exit_code == OK
    assert len(json.loads(result.stdout)["katas"]) == 2
    assert "the plugin bad is left out: nnkata_courses: RuntimeError: no disk" in result.stderr


CHECKS: dict[str, tuple[str, list[str]]] = {
    "no docstring": ("def test_a(solution): pass", ["test_a has no docstring", "write one"]),
    "no check": ("x = 1", ["defines no check", "def test_…(solution)"]),
    "a syntax error": ("def test_a(:\n", ["checks.py, line 1: invalid syntax", "fix the checks"]),
    "an import that fails": ("import not_there\n", ["line 1: ModuleNotFoundError", "not_there"]),
    "checks that raise": ("raise ValueError('x')", ["line 1: ValueError: x", "fix the checks"]),
}


@pytest.mark.parametrize("name", CHECKS)
def test_checks_that_cannot_be_used_are_the_courses_fault(
    name: str, run: Callable[..., Result], root: Path
) -> None:
    text, words = CHECKS[name]
    path = root / "track" / "one" / "checks.py"
    path.write_text(text)
    result = run("check", "one")
    assert result.exit_code == COURSE_BROKEN
    assert "track/one/checks.py" in result.stderr
    for part in words:
        assert part in result.stderr
    path.unlink()
    result = run("check", "one")
    assert (result.exit_code, "is missing" in result.stderr) == (COURSE_BROKEN, True)


def test_a_broken_check_is_exit_code_3_and_costs_no_mark(
    run: Callable[..., Result], root: Path
) -> None:
    path = root / "track" / "one" / "checks.py"
    path.write_text('def test_a(solution):\n    """A."""\n    undefined\n')
    result = run("check", "one")
    assert result.exit_code == COURSE_BROKEN
    assert "That is a fault of the course and costs no points" in " ".join(result.stdout.split())


def test_where_no_process_can_be_started_the_machinery_says_so(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("nnkata.sandbox.fork_server.os.posix_spawn", refuse)
    result = run("check", "one")
    assert result.exit_code == MACHINERY
    assert "Resource temporarily unavailable" in result.stderr
    assert "`kata doctor`" in result.stderr


def test_a_fork_server_that_dies_at_once_is_reported(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnkata.sandbox.fork_server.ENVIRONMENT", {"PYTHONHOME": "/nowhere"})
    result = run("check", "one", "--json")
    assert result.exit_code == MACHINERY
    assert result.stdout == ""
    assert "Error: " in result.stderr


def test_a_stub_that_is_missing_is_named(lab: Any, root: Path, tmp_path: Path) -> None:
    (root / "track" / "one" / "stub.py").unlink()
    lab.install(root)
    arguments = ["init", str(tmp_path / "w"), "--course", "tiny"]
    result = CliRunner().invoke(kata, arguments, prog_name="kata")
    assert result.exit_code == COURSE_BROKEN
    assert "the kata one has no stub" in result.stderr
    assert "`kata verify one`" in result.stderr


def test_a_course_that_is_not_installed_is_named_with_those_that_are(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    result = run("init", str(tmp_path / "v"), "--course", "nope")
    assert result.exit_code == USAGE
    assert "there is no course nope (known: tiny)" in result.stderr
    (Path(".kata") / "workspace.toml").write_text('format = 1\ncourse = "gone"\n')
    assert run("next").exit_code == COURSE_BROKEN


@pytest.mark.parametrize(
    "error", [KeyError("nobody thought of this"), RecursionError(), OSError(5)]
)
def test_an_unforeseen_error_is_no_grade(
    error: Exception, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("nnkata.checking.runner.KataRunner.run", fail)
    for command in (["check", "one"], ["grade", ".", "--kata", "one", "--require", "0"]):
        result = run(*command)
        assert result.exit_code == MACHINERY, (command, result.output)
        assert result.stdout == ""
        assert "Error: " in result.stderr
        if not isinstance(error, OSError):
            assert "nnkata itself failed; this is not a grade" in result.stderr
