"""Grading on push: what the workflow files say, and their steps run in a replica of a runner."""

from __future__ import annotations

import json
import re
import shutil
import sys
import textwrap
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from .conftest import KATA, REFERENCE, SOFTMAX, WRONG, run, submit

GITHUB = "course/.github/workflows/grade.yml"
CALLER = "submission/.github/workflows/grade.yml"
GITLAB = "course/grade.yml"
HOSTILE = (
    "print('::error::owned')\nprint('##[error]owned')\nimport os\nos._exit(0)\n"
    "def softmax(z, axis=-1): return z\n"
)
TRAP = "raise SystemExit('trapped')\n"


def exported(host: str, folder: Path, *options: str) -> Path:
    """Export for a host, with the wheel to be fetched from the export itself."""
    made = folder / host
    wheels = (made / "private-wheels").as_uri()
    words = ("--kata", "softmax", "--seed", "7", "--repository", "nets/grading")
    run(KATA, "export", host, made, *words, "--wheels", wheels, *options, cwd=folder)
    return made


@pytest.fixture(scope="module")
def github(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export for GitHub, and beside it a runner whose install step has been run."""
    folder = tmp_path_factory.mktemp("github")
    made = exported("github", folder)
    (folder / "temp").mkdir()
    step(blocks(made / GITHUB)[0], folder, folder / "temp")
    return made


@pytest.fixture(scope="module")
def gitlab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported("gitlab", tmp_path_factory.mktemp("gitlab"))


def blocks(path: Path) -> list[str]:
    """Return the shell texts of a YAML file, those that follow a `|`."""
    found, lines = [], path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if line.endswith("|"):
            outer = len(line) - len(line.lstrip(" "))
            rest = lines[number + 1 :]
            ends = (n for n, li in enumerate(rest) if li and len(li) - len(li.lstrip(" ")) <= outer)
            found.append(textwrap.dedent("\n".join(rest[: next(ends, len(rest))])) + "\n")
    return found


def pins(path: Path) -> list[str]:
    """Return the requirements that a workflow installs."""
    return blocks(path)[0].partition("<< 'END'\n")[2].partition("\nEND\n")[0].splitlines()


def step(text: str, cwd: Path, temp: Path, code: int = 0, **variables: str | Path) -> str:
    """Run shell text as a runner does; return what it printed."""
    path = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
    done = run(
        "bash", "-e", "-o", "pipefail", "-c", text, cwd=cwd, code=code, PATH=path,
        RUNNER_TEMP=temp, TMPDIR=temp, **variables,
    )  # fmt: skip
    return done.stdout + done.stderr


def pushed(github: Path, submission: Path, code: int) -> tuple[str, str, Path]:
    """Run the grading step on a submission: its log, its summary, its results."""
    temp, workspace = github.parent / "temp", submission.parent
    shutil.rmtree(temp / "results", ignore_errors=True)
    summary = workspace / "summary.md"
    variables = {"GITHUB_WORKSPACE": workspace, "GITHUB_STEP_SUMMARY": summary}
    said = step(blocks(github / GITHUB)[1], submission, temp, code, **variables)
    return said, summary.read_text(encoding="utf-8"), temp / "results"


def cases(path: Path) -> dict[str, int]:
    root = ET.parse(path).getroot()
    return {key: int(root.get(key, "0")) for key in ("tests", "failures", "errors")}


@pytest.fixture
def submission(tmp_path: Path) -> Path:
    (tmp_path / "submission").mkdir()
    return tmp_path / "submission"


def test_the_workflow_is_the_courses_and_has_neither_secrets_nor_rights(github: Path) -> None:
    for name in (GITHUB, CALLER):
        text = (github / name).read_text(encoding="utf-8")
        assert "\npermissions:\n  contents: read\njobs:\n" in text
        assert not re.search(r"secrets|write|pull_request|inherit|github\.event|\t", text)
    called = (github / GITHUB).read_text(encoding="utf-8")
    assert "\non:\n  workflow_call:\n" in called
    assert "persist-credentials: false" in called
    assert re.findall(r"uses: (\S+?)@", called) == [
        "actions/checkout", "actions/setup-python", "actions/upload-artifact",
    ]  # fmt: skip
    assert len(re.findall(r"uses: \S+@[0-9a-f]{40} # v", called)) == 3
    assert "${{" not in "".join(blocks(github / GITHUB))
    caller = (github / CALLER).read_text(encoding="utf-8")
    assert "\non: push\n" in caller
    assert "uses: nets/grading/.github/workflows/grade.yml@main\n" in caller
    assert "run:" not in caller


def test_everything_that_is_installed_is_pinned_and_nothing_of_the_submission_is(
    github: Path, gitlab: Path
) -> None:
    for path in (github / GITHUB, gitlab / GITLAB):
        install = blocks(path)[0]
        ours, *others = pins(path)
        assert re.fullmatch(r"nnkata @ file://\S+\.whl#sha256=[0-9a-f]{64}", ours)
        assert all(re.fullmatch(r"[a-z0-9-]+==[\w.]+", pin) for pin in others)
        assert install.count("pip install") == 1
        assert "--requirement requirements.txt" in install
        assert "GITHUB_WORKSPACE" not in install
        assert "CI_PROJECT_DIR" not in install


def test_the_pipeline_is_the_courses_and_fetches_the_submission_only(gitlab: Path) -> None:
    text = (gitlab / GITLAB).read_text(encoding="utf-8")
    assert '- if: $CI_PIPELINE_SOURCE == "push"' in text
    assert "GIT_SUBMODULE_STRATEGY: none" in text
    assert "junit: nnkata-results/junit.xml" in text
    assert "codequality: nnkata-results/code-quality.json" in text
    assert not re.search(r"\t|TOKEN|cache|include|trigger", text)
    assert "`grade.yml@nets/grading`" in (gitlab / "README.md").read_text(encoding="utf-8")


def test_a_right_push_is_green_with_a_summary_and_junit(github: Path, submission: Path) -> None:
    submit(submission, (REFERENCE / SOFTMAX).read_text(encoding="utf-8"))
    _, summary, results = pushed(github, submission, code=0)
    assert "1 of them with every kata passed" in summary
    found = cases(results / "junit.xml")
    assert found["tests"] > 0
    assert found["failures"] == found["errors"] == 0
    assert json.loads((results / "verdicts.json").read_text("utf-8"))["seed"] == 7
    assert sorted(p.name for p in results.iterdir()) == [
        "junit.xml",
        "report.html",
        "verdicts.json",
    ]


def test_a_wrong_push_is_red_with_annotations(github: Path, submission: Path) -> None:
    submit(submission, WRONG)
    said, summary, results = pushed(github, submission, code=1)
    assert re.search(r"(?m)^::error ", said)
    assert "Likely cause: " in said
    assert "**Likely cause:** " in summary
    assert cases(results / "junit.xml")["failures"] > 0


def test_a_hostile_push_neither_runs_nor_speaks_to_the_runner(
    github: Path, submission: Path
) -> None:
    submit(submission, HOSTILE)
    for name in ("conftest.py", "sitecustomize.py", "numpy.py", "nnkata.py", "setup.py", "venv.py"):
        (submission / name).write_text(TRAP, encoding="utf-8")
    (submission / "pyproject.toml").write_text("[tool.pytest.ini_options]\naddopts = '-p x'\n")
    (submission / "requirements.txt").write_text("./\n", encoding="utf-8")
    said, _, results = pushed(github, submission, code=1)
    commands = said.partition("::stop-commands::")[0]
    assert not re.search(r"(?m)^\s*::error::owned|##\[error\]owned", commands)
    assert "trapped" not in said
    assert cases(results / "junit.xml")["failures"] + cases(results / "junit.xml")["errors"] > 0


def test_a_wheel_that_was_changed_is_not_installed(tmp_path: Path) -> None:
    made = exported("github", tmp_path)
    (wheel,) = (made / "private-wheels").iterdir()
    fetch = (sys.executable, "-m", "pip", "download", "--no-deps", pins(made / GITHUB)[0])
    run(*fetch, "--dest", "first", cwd=tmp_path)
    wheel.write_bytes(wheel.read_bytes() + b"\0")
    assert "DO NOT MATCH THE HASHES" in run(*fetch, "--dest", "second", cwd=tmp_path, code=1).stderr


def test_both_hosts_install_the_grader_in_the_same_way(github: Path, gitlab: Path) -> None:
    ours, solved = (
        re.sub(r"nnkata @ \S+", "nnkata", blocks(path)[0]).partition("cat >")[2]
        for path in (github / GITHUB, gitlab / GITLAB)
    )
    assert ours == solved != ""


def test_a_pipeline_grades_what_was_pushed_and_leaves_reports(
    github: Path, gitlab: Path, submission: Path, tmp_path: Path
) -> None:
    submit(submission, WRONG)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (submission / "nnkata-results").symlink_to(elsewhere)
    temp = tmp_path / "temp"
    temp.mkdir()
    (temp / "nnkata").symlink_to(github.parent / "temp" / "nnkata")  # installed in the same way
    said = step(blocks(gitlab / GITLAB)[1], temp, temp, code=1, CI_PROJECT_DIR=submission)
    assert "softmax" in said
    results = submission / "nnkata-results"
    assert not results.is_symlink()
    assert list(elsewhere.iterdir()) == []
    assert cases(results / "junit.xml")["failures"] > 0
    findings: list[dict[str, Any]] = json.loads((results / "code-quality.json").read_text("utf-8"))
    assert {f["location"]["path"] for f in findings} == {"mynn/forward/softmax.py"}


@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_the_readme_says_what_to_do_and_what_does_not_hold(host: str, tmp_path: Path) -> None:
    run(KATA, "export", host, "out", cwd=tmp_path)
    text = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "is a placeholder for the course's" in text
    assert "For marks, grade the submissions yourself" in text
    assert "kata grade --each" in text
    assert "Nothing is borrowed" in text
    assert "Do not publish `private-wheels/`" in text
    public = [p for p in (tmp_path / "out" / "course").rglob("*") if p.is_file()]
    assert [p.suffix for p in public] == [".yml"]
    done = run(KATA, "export", host, "out", cwd=tmp_path, code=2)
    assert "already exists, so nothing was written" in done.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--repository", "grading"], "`grading` is not a name of a repository"),
        (["--repository", "a/b\nrun: x"], "is not a name of a repository"),
        (["--wheels", "http://x"], "is not an address for wheels"),
        (["--wheels", "https://me:pw@x.org/w"], "would show the password to every submission"),
    ],
)
def test_what_cannot_stand_in_a_workflow_is_refused(
    options: list[str], said: str, tmp_path: Path
) -> None:
    done = run(KATA, "export", "github", "out", *options, cwd=tmp_path, code=2)
    assert said in done.stderr
    assert "→" in done.stderr
    assert not (tmp_path / "out").exists()
