"""The engine knows no subject: what screens call the course's work comes from course.toml."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from nnkata.cli.group import kata

SUBJECT = re.compile(r"network|train|mynn|neura", re.IGNORECASE)
MODULES = {
    "upper": "def upper(text):\n    return text.upper()\n",
    "reverse": "def reverse(text):\n    return text[::-1]\n",
}
CHECKS = """
    def test_a_word(solution):
        \"\"\"A word of three letters is changed.\"\"\"
        assert_equal(solution.{name}("abc"), {expected!r})
    """


@pytest.fixture
def texts(lab: Any) -> Callable[..., Path]:
    """Write a course of string katas, with more entries of course.toml if needed."""

    def write(**table: Any) -> Path:
        expected = {"upper": "ABC", "reverse": "cba"}
        stub = "def {0}(text):\n    raise NotImplementedError('kata: write {0}')\n"
        katas = {
            name: {
                "reference": reference, "exports": [name], "stub": stub.format(name),
                "checks": CHECKS.format(name=name, expected=expected[name]),
            }
            for name, reference in MODULES.items()
        }  # fmt: skip
        katas["reverse"]["needs"] = ["upper"]
        root: Path = lab.write_course(katas, **table)
        return root

    return write


@pytest.fixture
def start(lab: Any, tmp_path: Path) -> Callable[[Path], Callable[..., Result]]:
    """Make a workspace of a course, and return what runs the command line in it."""

    def begin(root: Path) -> Callable[..., Result]:
        lab.install(root)
        place = tmp_path / "w"
        place.mkdir()
        lab.patch.chdir(place)

        def run(*arguments: str) -> Result:
            return CliRunner().invoke(kata, list(arguments), prog_name="kata")

        assert run("init", ".", "--course", "tiny").exit_code == 0
        return run

    return begin


def test_a_course_of_string_katas_never_reads_of_a_network(
    texts: Callable[..., Path], start: Callable[[Path], Callable[..., Result]]
) -> None:
    run = start(texts())
    screens = {"help": run("--help").output.replace("  train  ", "").replace("training", "")}

    def look(*arguments: str) -> str:
        text = run(*arguments).output
        screens[f"{len(screens)} {' '.join(arguments)}"] = text
        return text

    look("init", ".")
    assert "0 of 2 modules of the package are yours" in look("next")
    for name, text in MODULES.items():
        for command in ("list", "next", "show", "hint", "check", "solution"):
            look(command, *([name] if command in ("show", "solution") else []))
        Path(f"net/part/{name}.py").write_text(text.replace("text.", "text.casefold().lower)("))
        look("check", name)
        look("hint", name)
        Path(f"net/part/{name}.py").write_text(text)
        assert "→ kata next" in look("check", name)
        look("solution", name)
    solved = look("next")
    assert "All katas are solved, and the package is yours." in solved
    assert "→ kata check --every checks them again" in solved
    commands = (["list"], ["check"], ["hint"], ["check", "--every"], ["reset", "upper"], ["run"])
    for words in commands:
        look(*words)
    named = {command: SUBJECT.findall(text) for command, text in screens.items()}
    assert {command: words for command, words in named.items() if words} == {}


def test_a_course_without_a_training_has_nothing_to_train(
    texts: Callable[..., Path], start: Callable[[Path], Callable[..., Result]]
) -> None:
    run = start(texts())
    refused = run("train")
    assert refused.exit_code == 2
    message = " ".join(refused.stderr.split())
    assert "the course tiny has no training, and its package is not a program" in message
    assert "`kata check --every` checks all katas" in message
    Path("net/__main__.py").write_text("from .part.upper import upper\nprint(upper('abc'))\n")
    assert run("train").output.endswith("ABC\n")


def test_a_course_with_a_training_names_it_and_its_whole(
    texts: Callable[..., Path], start: Callable[[Path], Callable[..., Result]]
) -> None:
    root = texts(whole="text machine", training="training.py")
    (root / "training.py").write_text(
        "def stages(package, solved):\n    return []\n", encoding="utf-8"
    )
    run = start(root)
    assert "0 of 2 modules of the text machine are yours" in run("next").output
    for name, text in MODULES.items():
        Path(f"net/part/{name}.py").write_text(text)
        passed = run("check", name).output
    assert "→ kata next, or kata train to see the text machine run" in passed
    assert "the text machine is yours.\n→ kata train runs it" in run("next").output
    assert run("list").output.endswith("→ kata train\n")
