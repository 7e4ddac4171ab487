"""autograder.zip, tried in a replica of Gradescope's folders."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

from .conftest import KATA, REFERENCE, SOFTMAX, WRONG, Gradescope, run, submit

HOSTILE = """
import os, sys
for path in ("/autograder/results/results.json", {results!r}, {checks!r}):
    try:
        with open(path, "r+") as file:
            print(file.read())
            file.write('{{"score": 1000}}')
    except BaseException as error:
        print(type(error).__name__)
def softmax(z, axis=-1):
    os._exit(0)
def log_softmax(z, axis=-1):
    sys.exit(0)
def logsumexp(z, axis=-1, keepdims=False):
    raise KeyboardInterrupt
"""
TEXTS = {"text", "simple_format", "html", "md", "ansi"}
SEEN = {"hidden", "after_due_date", "after_published", "visible"}


def graded(gradescope: Gradescope) -> dict[str, Any]:
    """Run run_autograder as Gradescope does, and check what it left against the format."""
    gradescope.results.unlink(missing_ok=True)
    run(gradescope.root / "run_autograder", cwd=gradescope.root, AUTOGRADER_ROOT=gradescope.root)
    assert [p.name for p in gradescope.results.parent.iterdir()] == ["results.json"]
    result: dict[str, Any] = json.loads(gradescope.results.read_text(encoding="utf-8"))
    check_format(result)
    return result


def check_format(result: dict[str, Any]) -> None:
    """Hold a result against what Gradescope documents of results.json."""
    assert "score" in result or any("score" in test for test in result["tests"])
    assert result["stdout_visibility"] == "hidden"
    assert result["visibility"] in SEEN
    assert type(result["output"]) is str
    assert {result.get(k, "text") for k in ("output_format", "test_output_format")} <= TEXTS
    for test in result["tests"]:
        assert test["status"] in ("passed", "failed")
        assert test["visibility"] in SEEN
        assert test["output_format"] in TEXTS
        assert type(test["name"]) is str
        assert all(isinstance(test[k], int | float) for k in ("score", "max_score"))
        assert type(test["tags"]) is list


def marks(result: dict[str, Any]) -> tuple[int, int]:
    return (
        sum(test["score"] for test in result["tests"]),
        sum(test["max_score"] for test in result["tests"]),
    )


def empty(gradescope: Gradescope) -> None:
    shutil.rmtree(gradescope.submission)
    gradescope.submission.mkdir()


def test_the_zip_has_setup_and_run_autograder_at_its_root_and_pins_what_it_installs(
    gradescope: Gradescope,
) -> None:
    with zipfile.ZipFile(gradescope.zip) as archive:
        modes = {e.filename: (e.external_attr >> 16) & 0o777 for e in archive.infolist()}
        pins = archive.read("requirements.txt").decode().splitlines()
    assert modes["setup.sh"] == modes["run_autograder"] == 0o755
    assert [name for name in modes if name.endswith(".whl")] == [
        "wheels/nnkata-0.1.0-py3-none-any.whl"
    ]
    assert "numpy" in {pin.partition("==")[0] for pin in pins}
    assert all(re.fullmatch(r"[a-z0-9-]+==[\w.]+", pin) for pin in pins)


def test_the_installed_grader_exports_the_very_same_zip(
    gradescope: Gradescope, tmp_path: Path
) -> None:
    kata = gradescope.root / "nnkata" / "bin" / "kata"
    options = ("--kata", "softmax", "--seed", "7")
    run(kata, "export", "gradescope", *options, cwd=tmp_path)
    assert (tmp_path / "autograder.zip").read_bytes() == gradescope.zip.read_bytes()


def test_a_right_submission_gets_every_point(gradescope: Gradescope) -> None:
    empty(gradescope)
    submit(gradescope.submission, (REFERENCE / SOFTMAX).read_text(encoding="utf-8"))
    result = graded(gradescope)
    score, most = marks(result)
    assert score == most > 0
    assert "seed 7" in result["output"]


def test_a_wrong_submission_is_told_what_failed_and_what_it_looks_like(
    gradescope: Gradescope,
) -> None:
    empty(gradescope)
    submit(gradescope.submission, WRONG)
    result = graded(gradescope)
    score, most = marks(result)
    assert 0 < score < most
    assert "likely cause: " in result["output"]
    assert any("1000." in test["output"] for test in result["tests"])


def test_an_empty_submission_gets_no_mark_and_is_told_that_nothing_of_the_course_is_there(
    gradescope: Gradescope,
) -> None:
    """Gradescope takes no result without a score, so its 0 is said to be none."""
    empty(gradescope)
    result = graded(gradescope)
    assert (result["score"], result["tests"]) == (0, [])
    assert "the score 0 is not a mark" in result["output"]
    assert "it contains no file of the course nn_from_scratch" in result["output"]


def test_a_hostile_submission_writes_no_result_and_reads_no_check(gradescope: Gradescope) -> None:
    empty(gradescope)
    (checks,) = (gradescope.root / "nnkata").rglob("softmax/checks.py")
    before = checks.read_bytes()
    text = HOSTILE.format(results=str(gradescope.results), checks=str(checks))
    submit(gradescope.submission, text)
    trap = "import os\nos.environ['TRAPPED'] = '1'\nraise SystemExit('trapped')\n"
    for name in ("conftest.py", "sitecustomize.py", "numpy.py", "nnkata.py", "mynn/__init__.py"):
        (gradescope.submission / name).write_text(trap, encoding="utf-8")
    (gradescope.submission / "pytest.ini").write_text("[pytest]\naddopts = -p trap\n")
    for name in ("run_autograder", "setup.sh"):
        (gradescope.submission / name).write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    result = graded(gradescope)
    assert marks(result)[0] == 0
    assert "score" not in result
    assert "def test_" not in json.dumps(result)
    assert "trapped" not in json.dumps(result)
    assert checks.read_bytes() == before


def test_a_submission_that_is_a_link_is_not_followed(gradescope: Gradescope) -> None:
    empty(gradescope)
    (gradescope.submission / "mynn").symlink_to(REFERENCE)
    assert marks(graded(gradescope))[0] == 0


def test_where_grading_fails_the_result_is_valid_and_no_mark(
    gradescope: Gradescope, tmp_path: Path
) -> None:
    bare = Gradescope(tmp_path / "autograder", gradescope.zip)
    bare.submission.mkdir(parents=True)
    shutil.copy(gradescope.root / "run_autograder", bare.root)
    result = graded(bare)
    assert (result["score"], result["tests"]) == (0, [])
    assert "could not be graded (exit code 127). This is not a mark" in result["output"]


def test_setup_says_which_python_is_missing(gradescope: Gradescope, tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("bash", "dirname"):
        (programs / name).symlink_to(str(shutil.which(name)))
    setup = gradescope.root / "source" / "setup.sh"
    done = run(
        programs / "bash", setup, cwd=tmp_path, code=1, PATH=programs, AUTOGRADER_ROOT=tmp_path
    )
    assert "there is no Python 3.11 or newer with venv: choose a base image with one" in done.stderr


def test_nothing_is_overwritten(gradescope: Gradescope, tmp_path: Path) -> None:
    before = gradescope.zip.read_bytes()
    done = run(KATA, "export", "gradescope", "--out", gradescope.zip, cwd=tmp_path, code=2)
    assert f"{gradescope.zip} already exists, so nothing was written" in done.stderr
    assert "→ choose another name, or move that file away" in done.stderr
    assert gradescope.zip.read_bytes() == before


def test_a_kata_that_does_not_exist_is_named(tmp_path: Path) -> None:
    done = run(KATA, "export", "gradescope", "--kata", "softmux", cwd=tmp_path, code=2)
    assert "did you mean softmax?" in done.stderr
    assert list(tmp_path.iterdir()) == []
