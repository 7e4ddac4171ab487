"""What an export pins by hash is installed with exactly these hashes, and the export's job grades.

The lock is written from what pip would download for the installed versions, so it fits whatever
versions the tests run with.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from .conftest import KATA, REFERENCE, SOFTMAX, WRONG, run, submit
from .test_clusters import SBATCH, read_marks
from .test_workflows import GITHUB, blocks, exported, pins, pushed, step


def write_lock(folder: Path) -> Path:
    """Write a uv.lock with the hashes of the files that pip takes for the installed versions."""
    run(KATA, "export", "slurm", folder / "pinned", "--kata", "softmax", cwd=folder)
    report = folder / "report.json"
    run(
        sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed",
        "--only-binary=:all:", "--report", report, "--requirement",
        folder / "pinned" / "requirements.txt", cwd=folder,
    )  # fmt: skip
    lines = ["version = 1\n"]
    for item in json.loads(report.read_text(encoding="utf-8"))["install"]:
        about, digest = item["metadata"], item["download_info"]["archive_info"]["hashes"]["sha256"]
        lines.append(
            f'[[package]]\nname = "{about["name"]}"\nversion = "{about["version"]}"\n'
            f'wheels = [{{ url = "x", hash = "sha256:{digest}" }}]\n'
        )
    lock = folder / "uv.lock"
    lock.write_text("\n".join(lines), encoding="utf-8")
    return lock


@pytest.fixture(scope="module")
def lock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lock(tmp_path_factory.mktemp("lock"))


def test_a_cluster_installs_by_hash_as_its_readme_says_and_grades(
    lock: Path, tmp_path: Path
) -> None:
    words = ("--kata", "softmax", "--shards", "2", "--cpus", "1", "--lock", str(lock))
    run(KATA, "export", "slurm", tmp_path / "jobs", *words, cwd=tmp_path)
    (commands,) = re.findall(r"```sh\n(.*?)```", (tmp_path / "jobs/README.md").read_text(), re.S)
    assert commands.count("pip install") == 2
    grader = tmp_path / "grader"
    text = commands.replace("/shared/nnkata", str(grader))
    variables: dict[str, Any] = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    run("bash", "-euc", text, cwd=tmp_path / "jobs", **variables)

    submit(tmp_path / "cohort" / "ada", (REFERENCE / SOFTMAX).read_text(encoding="utf-8"))
    submit(tmp_path / "cohort" / "ben", WRONG)
    (tmp_path / "sbatch").write_text(SBATCH, encoding="utf-8")
    (tmp_path / "sbatch").chmod(0o755)
    variables = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "KATA": str(grader / "bin" / "kata"),
                 "STAND_IN": str(tmp_path / "sbatch.log")}  # fmt: skip
    run(tmp_path / "jobs" / "submit.sh", "cohort", "results", cwd=tmp_path, **variables)
    marks = read_marks(tmp_path / "results" / "all.json")
    assert marks.keys() == {"ada", "ben"}
    assert marks["ada"] > marks["ben"]


def test_another_file_of_the_same_version_is_not_installed(lock: Path, tmp_path: Path) -> None:
    changed = tmp_path / "uv.lock"
    text = lock.read_text(encoding="utf-8")
    found = re.search(r'name = "pluggy"\n.*\n.*sha256:([0-9a-f]{64})', text)
    assert found is not None
    changed.write_text(text.replace(found[1], "0" * 64), encoding="utf-8")
    run(KATA, "export", "slurm", tmp_path / "jobs", "--kata", "softmax", "--lock", changed,
        cwd=tmp_path)  # fmt: skip
    done = run(
        sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed",
        "--only-binary=:all:", "--requirement", tmp_path / "jobs" / "requirements.txt",
        cwd=tmp_path, code=None,
    )  # fmt: skip
    assert done.returncode != 0
    assert "HASHES" in done.stderr
    assert "pluggy" in done.stderr


def test_a_workflow_installs_by_hash_and_grades(lock: Path, tmp_path: Path) -> None:
    made = exported("github", tmp_path, "--lock", str(lock))
    assert all("sha256" in pin for pin in pins(made / GITHUB))
    (tmp_path / "temp").mkdir()
    step(blocks(made / GITHUB)[0], tmp_path, tmp_path / "temp", PIP_REQUIRE_HASHES="1")
    submission = tmp_path / "submission"
    submission.mkdir()
    submit(submission, (REFERENCE / SOFTMAX).read_text(encoding="utf-8"))
    _, summary, _ = pushed(made, submission, code=0)
    assert "1 of them with every kata passed" in summary
