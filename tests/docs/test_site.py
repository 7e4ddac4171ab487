"""The documentation site builds without a warning, and says what is in the code."""

from __future__ import annotations

import html
import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import nnkata
from nnkata import hookspecs, pictures, testing

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
ENGINE = Path(nnkata.__file__).parent
NAMED = re.compile(r"\bdocs/[\w./-]+\.md\b")
"""How code, tests and pages name a page of the documentation."""


def extension(name: str) -> ModuleType:
    """Return a module of docs/extensions that imports nothing of its neighbours."""
    spec = importlib.util.spec_from_file_location(name, DOCS / "extensions" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


components = extension("components")
docstrings = extension("docstrings")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html"]
    done = subprocess.run(
        [*command, "-d", folder / "doctrees", DOCS, folder / "html"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "html"


def words(page: Path) -> str:
    """Return the text of a page, without tags."""
    return html.unescape(re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8")))


def test_nothing_that_a_page_asks_for_is_left_out(site: Path) -> None:
    for page in site.rglob("*.html"):
        assert "<!-- generated:" not in page.read_text(encoding="utf-8"), page


def test_every_command_and_its_options_are_in_the_reference(site: Path) -> None:
    help_ = subprocess.run(
        [Path(sys.executable).with_name("kata"), "--help"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    names = re.findall(r"^  ([a-z]+)  ", help_, re.MULTILINE)
    assert len(names) > 15
    text = words(site / "reference" / "commands.html")
    for name in names:
        assert f"kata {name}" in text, name
    assert "kata new kata" in text
    assert "--late-per-day" in text


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("testing", testing.__all__),
        ("pictures", pictures.__all__),
        ("hooks", [name for name in vars(hookspecs) if name.startswith("nnkata_")]),
        ("refnn", ["softmax", "topological_sort", "Value"]),
    ],
)
def test_every_public_name_is_in_the_reference(site: Path, page: str, names: list[str]) -> None:
    text = (site / "reference" / f"{page}.html").read_text(encoding="utf-8")
    for name in names:
        assert re.search(rf'id="[\w.]+\.{name}"', text), name


def test_the_exit_codes_are_those_of_the_readme(site: Path) -> None:
    text = words(site / "reference" / "exit-codes.html")
    assert "nnkata itself failed; this is never a grade" in text


def test_the_picture_and_the_table_have_every_component(site: Path) -> None:
    text = (site / "architecture" / "components.html").read_text(encoding="utf-8")
    found = [p for p in ENGINE.iterdir() if p.suffix == ".py" or (p / "__init__.py").is_file()]
    names = {p.stem for p in found if not p.stem.startswith("__")}
    assert {"errors", "cli", "pictures"} <= names
    for name in names:
        assert f">{name}</text>" in text, name
        assert f'<span class="pre">{name}</span>' in text, name


def test_a_component_is_above_every_component_that_it_imports() -> None:
    graph = {"top": {"left", "low"}, "left": {"low"}, "right": {"low"}, "low": set[str]()}
    layer, upward = components.layers(graph)
    assert not upward
    assert layer == {"top": 2, "left": 1, "right": 1, "low": 0} | {"right": layer["right"]}
    assert components.essential(graph, upward) == {
        ("top", "left"),
        ("left", "low"),
        ("right", "low"),
    }


def test_an_import_that_closes_a_cycle_is_drawn_as_one() -> None:
    layer, upward = components.layers({"a": {"b"}, "b": {"a"}})
    assert upward == {("b", "a")}
    assert layer == {"a": 1, "b": 0}


def test_signs_of_a_docstring_mean_themselves() -> None:
    text = "Fail unless |got - x| <= `a * b`_s *now*.\n\n    f(x)\n\n`g`"
    assert docstrings.converted(text) == (
        "Fail unless \\|got - x\\| <= ``a * b``\\_s \\*now\\*.\n\n::\n\n    f(x)\n\n``g``"
    )


def test_sections_of_a_docstring_are_lists() -> None:
    text = (
        "Args:\n    x: the point\n        `2 * x`.\n    h_0: big.\n\nReturns:\n    A\n    Report."
    )
    assert docstrings.converted(text) == (
        "**Args:**\n\n* ``x``: the point ``2 * x``.\n* ``h_0``: big.\n\n**Returns:** A Report."
    )


def test_every_page_that_is_named_somewhere_is_there() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "*.py", "*.md", "*.toml", "*.j2", "*.yaml"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    missing = [
        f"{name}: {page}"
        for name in listed.split("\0")[:-1]
        for page in NAMED.findall((ROOT / name).read_text(encoding="utf-8"))
        if name.split("/")[0] != "docs" and not (ROOT / page).is_file()
    ]
    assert missing == []
