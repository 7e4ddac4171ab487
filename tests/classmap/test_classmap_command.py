"""`kata classmap` from graded folders to a mistake that verify accepts."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import msgspec
import pytest
from click.testing import CliRunner, Result
from tests.reporters.hostile import HOSTILE, poisoned

import nn_from_scratch
import refnn
from nnkata.classmap import html
from nnkata.classmap.drafts import TO_WRITE
from nnkata.classmap.grouping import build_class_map
from nnkata.classmap.text import write_class_map
from nnkata.cli.group import kata as command_line
from nnkata.course.definitions import compose
from nnkata.model import Course
from nnkata.sandbox.pool import WorkerPool
from nnkata.text.layout import FileWriter
from nnkata.verify.verifier import VerifyOptions, verify_all

from .cohorts import hand_in, known, outcome, result, verdict

ROOT = Path(__file__).parents[2]
SOFTMAX = Path(nn_from_scratch.__file__).parent / "forward" / "softmax"
REFERENCE = """
def scale(x):
    return 2 * x


def shift(x):
    return x + 1
"""
CHECKS = """
def test_scales(solution, rng):
    "scale doubles every number."
    x = rng.normal(size=3)
    assert_close(solution.scale(x), 2 * x)
    assert_close(solution.scale(-x), -2 * x)

def test_shifts(solution, rng):
    "shift adds one."
    x = rng.normal(size=3)
    assert_close(solution.shift(x), x + 1)
"""
KATA = {
    "reference": REFERENCE, "checks": CHECKS, "exports": ["scale", "shift"], "points": 2,
    "mistakes": {"triples": '"""scale triples."""\n\n\ndef scale(x):\n    return 3 * x\n'},
}  # fmt: skip
SHIFT = "def shift(value):\n    return 1 + value\n"
COHORT = {
    "ada": f"def scale(x):\n    return 4 * x\n\n\n{SHIFT}",
    "ben": f"FOUR = 4\n\n\ndef scale(value):\n    return value * FOUR\n\n\n{SHIFT}",
    "cyn": f"def scale(x):\n    return x + x + x\n\n\n{SHIFT}",
    "dan": f"def scale(x):\n    return x + x\n\n\n{SHIFT}",
    "eve": "def scale(:\n",
}


@pytest.fixture
def graded(lab: Any, tmp_path: Path) -> Path:
    """Grade a cohort of five; return the folder with handed-in/ and result.json."""
    lab.install(lab.write_course({"one": KATA}))
    for name, text in COHORT.items():
        hand_in(tmp_path / "handed-in", name, "part/one.py", text)
    done = run("grade", tmp_path / "handed-in", "--each", "--jobs", "1", "--json", "--seed", "7")
    assert done.exit_code == 0, done.output
    (tmp_path / "result.json").write_text(done.stdout, encoding="utf-8")
    return tmp_path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(command_line, [str(word) for word in words])


def test_the_map_says_who_fails_in_which_way(graded: Path) -> None:
    done = run("classmap", graded / "result.json")
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0] == "one · 1 of 5 pass (20 %)"
    assert "   2 answer alike and match no known mistake (group 1): ada, ben" in lines
    assert "   1 known mistake triples: scale triples." in lines
    assert "   1 cannot be loaded: it is not valid Python: eve" in lines
    assert any(line.startswith("      call     scale(np.array(") for line in lines)
    assert any(line.startswith("      expected ") for line in lines)
    assert lines[-1] == "5 submissions · 1 kata · seed 7"


def test_the_json_is_valid_by_its_schema(graded: Path) -> None:
    done = run("classmap", graded / "result.json", "--submissions", graded / "handed-in", "--json")
    assert done.exit_code == 0, done.output
    schema = json.loads((ROOT / "docs/schemas/classmap.json").read_text(encoding="utf-8"))
    made = json.loads(done.stdout)
    jsonschema.validate(made, schema, cls=jsonschema.Draft202012Validator)
    assert made["similarity"]["short"] == 4
    assert [(g["kind"], g["count"]) for g in made["katas"][0]["groups"]] == [
        ("alike", 2), ("known_mistake", 1), ("not_loaded", 1),
    ]  # fmt: skip


def test_the_draft_is_written_and_answers_as_its_group_does(graded: Path) -> None:
    words = ("classmap", graded / "result.json", "--submissions", graded / "handed-in")
    done = run(*words, "--draft", "one", graded / "drafts")
    assert done.exit_code == 0, done.output
    assert "group 1: " in done.stderr
    text = (graded / "drafts" / "draft-1.py").read_text(encoding="utf-8")
    assert TO_WRITE in text
    assert "# It was run, and gives the same answers." in text
    assert "def shift" not in text  # it is right, in other words
    space: dict[str, Any] = {}
    exec(compose(REFERENCE, text), space)
    assert (space["scale"](1), space["shift"](1)) == (4, 2)
    again = run(*words, "--draft", "one", graded / "drafts")
    assert again.exit_code == 2
    assert "draft-1.py exists" in again.stderr
    none = run(*words, "--draft", "one", graded / "more", "--at-least", "3")
    assert "no 3 submissions fail one in the same unknown way" in none.stderr


def test_a_module_that_changed_since_it_was_graded_is_not_used(graded: Path) -> None:
    for name in ("ada", "ben"):
        hand_in(graded / "handed-in", name, "part/one.py", REFERENCE)
    done = run("classmap", graded / "result.json", "--submissions", graded / "handed-in",
               "--draft", "one", graded / "drafts")  # fmt: skip
    assert "2 missing or changed since they were graded" in " ".join(done.stdout.split())
    assert "no draft: no module of the group is unchanged since it was graded" in done.stderr
    assert not (graded / "drafts").exists()


def test_the_page_shows_the_class_and_loads_nothing(graded: Path) -> None:
    page = graded / "map.html"
    done = run("classmap", graded / "result.json", "--html", page)
    assert done.exit_code == 0, done.output
    text = page.read_text(encoding="utf-8")
    assert "default-src &#39;none&#39;" in text
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="picture" role="img"' in text
    assert "one: 1 of 5 pass; 1 known mistake, 2 alike, no known mistake, 1 not written" in text
    assert "answer alike and match no known mistake (group 1)" in text
    assert "<script" not in text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--draft", "one", "drafts"), "--draft needs --submissions"),
        (("--submissions", "nowhere"), "nowhere does not exist"),
        (("--html", "/proc/map.html"), "/proc/map.html cannot be written"),
    ],
)
def test_a_usage_error_says_what_to_do(graded: Path, words: tuple[str, ...], message: str) -> None:
    done = run("classmap", graded / "result.json", *words)
    assert done.exit_code == 2, done.output
    assert message in done.stderr
    assert "→" in done.stderr or "->" in done.stderr


def test_two_runs_of_different_seeds_are_not_compared(graded: Path) -> None:
    for name in ("ada", "ben", "cyn"):
        shutil.rmtree(graded / "handed-in" / name)
    hand_in(graded / "handed-in", "fay", "part/one.py", COHORT["ada"])
    for name in ("dan", "eve"):
        shutil.rmtree(graded / "handed-in" / name)
    done = run("grade", graded / "handed-in", "--each", "--json", "--seed", "8")
    (graded / "later.json").write_text(done.stdout, encoding="utf-8")
    done = run("classmap", graded / "result.json", graded / "later.json")
    assert done.exit_code == 0, done.output
    assert "not compared: the verdicts have different seeds (7 and 8)" in done.stdout
    assert "answer alike" not in done.stdout


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_no_text_of_a_submission_is_acted_on(text: str, tmp_path: Path) -> None:
    _, whole = result(
        verdict("ada", outcome("adds", "aa"), diagnoses=[known("m", "ends")]),
        verdict("ben", outcome("adds", "aa")),
    )
    bad = poisoned(whole, text)
    made = build_class_map([(Path("r"), msgspec.structs.replace(bad, seed=7))])
    with (tmp_path / "map.html").open("w", encoding="utf-8", newline="") as out:
        html.write(made, out)
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert "<iframe" not in page
    with (tmp_path / "map.txt").open("w", encoding="utf-8", newline="") as out:
        write_class_map(FileWriter(out), made)
    screen = (tmp_path / "map.txt").read_bytes()
    for acted_on in (b"\x1b", b"\r", b"\x07", b"\x00", b"\xe2\x80\xae"):
        assert acted_on not in screen


class Softmax:
    """A copy of the kata softmax that does not know one of its mistakes."""

    unknown = "adds-the-max.py"

    def __init__(self, root: Path, read: Callable[[Path, Path], Course]) -> None:
        self.folder = root / "course" / "forward" / "softmax"
        shutil.copytree(SOFTMAX, self.folder, ignore=shutil.ignore_patterns("__pycache__"))
        self.reference = root / "reference"
        for name in ("__init__.py", "forward/__init__.py", "forward/softmax.py"):
            (self.reference / name).parent.mkdir(exist_ok=True, parents=True)
            shutil.copy(Path(refnn.__file__).parent / name, self.reference / name)
        (self.folder / "mistakes" / self.unknown).unlink()
        toml = (self.folder / "kata.toml").read_text(encoding="utf-8")
        lines = [x for x in toml.splitlines() if not x.startswith("adds-the-max")]
        (self.folder / "kata.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (root / "course" / "course.toml").write_text(
            'format = 1\nname = "one_kata"\ntitle = "One kata"\npackage = "net"\n'
            'reference = "refnn"\ngiven = ["__init__.py", "forward/__init__.py"]\n'
            '[[tracks]]\nname = "forward"\ntitle = "Forward"\nkatas = ["softmax"]\n',
            encoding="utf-8",
        )
        self.root = root / "course"
        self.read = read

    def course(self) -> Course:
        return self.read(self.root, self.reference)


def test_verify_accepts_a_draft_once_its_docstring_is_written(
    lab: Any, tmp_path: Path, read_course: Callable[[Path, Path], Course], pool: WorkerPool
) -> None:
    """Three people add the maximum, each in their own words; no mistake of the kata says so."""
    softmax = Softmax(tmp_path, read_course)
    lab.install(softmax.root)
    right = (softmax.reference / "forward" / "softmax.py").read_text(encoding="utf-8")
    line = "    exponentials: _Floats = np.exp(_shifted(_floats(z), axis))\n"
    for name, wrong in {
        "ada": "    z = _floats(z)\n"
        "    exponentials = np.exp(z + z.max(axis=axis, keepdims=True))\n",
        "ben": "    exponentials = np.exp(_raise(_floats(z), axis))\n",
        "cyn": "    x = _floats(z)\n    top = np.max(x, axis=axis, keepdims=True)\n"
        "    exponentials = np.exp(top + x)\n",
    }.items():
        assert line in right
        text = right.replace(line, wrong)
        if name == "ben":
            text += "\n\ndef _raise(z, axis):\n    return z + z.max(axis=axis, keepdims=True)\n"
        hand_in(tmp_path / "handed-in", name, "forward/softmax.py", text)
    done = run("grade", tmp_path / "handed-in", "--each", "--jobs", "1", "--json", "--seed", "7")
    assert done.exit_code == 0, done.output
    (tmp_path / "result.json").write_text(done.stdout, encoding="utf-8")
    done = run("classmap", tmp_path / "result.json", "--submissions", tmp_path / "handed-in",
               "--draft", "softmax", tmp_path / "drafts")  # fmt: skip
    assert "   3 answer alike and match no known mistake (group 1): ada, ben, cyn" in done.stdout
    mistake = softmax.folder / "mistakes" / "adds-the-maximum.py"
    shutil.copy(tmp_path / "drafts" / "draft-1.py", mistake)
    text = mistake.read_text(encoding="utf-8")
    assert TO_WRITE in text  # verify refuses a TODO
    words = "softmax adds the maximum. Subtract it: exp(1000) is too large for a float."
    mistake.write_text(text.replace(TO_WRITE, words), encoding="utf-8")
    (report,) = verify_all(softmax.course(), ["softmax"], pool, 1, VerifyOptions(seeds=2))
    assert report.findings == []
    assert report.done
