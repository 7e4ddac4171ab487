"""A cohort on a cluster: the Slurm files run with a stand-in for sbatch, the Job by its schema."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from .conftest import KATA, REFERENCE, SOFTMAX, WRONG, run, submit

SBATCH = """#!/usr/bin/env python3
# A stand-in for Slurm's sbatch: it runs the job at once. A node is lost in the middle of part 2,
# and Slurm starts the part again, as it does with --requeue.
import os, pathlib, signal, subprocess, sys, time

log = pathlib.Path(os.environ["STAND_IN"])
options = dict(word[2:].partition("=")[::2] for word in sys.argv[1:] if word.startswith("--"))
script = sys.argv[-1]
number = str(100 + len(log.read_text().splitlines()) if log.exists() else 100)
with log.open("a") as file:
    file.write(" ".join(sys.argv[1:]) + "\\n")
first, _, last = options.get("array", "0-0").partition("-")
for task in range(int(first), int(last) + 1):
    output = options["output"].replace("%a", str(task))
    known = {**os.environ, "SLURM_ARRAY_TASK_ID": str(task), "SLURM_CPUS_PER_TASK": "1"}
    with open(output, "a") as file:
        start = lambda: subprocess.Popen(
            ["bash", script], env=known, stdout=file, stderr=file, start_new_session=True)
        job = start()
        journal = pathlib.Path(os.environ["KATA_RESULTS"]) / f"part-{task}.jsonl"
        if task == 2 and "LOSE_A_NODE" in os.environ:
            while job.poll() is None and not (journal.exists() and journal.stat().st_size > 200):
                time.sleep(0.01)
            os.killpg(job.pid, signal.SIGKILL)
            job.wait()
            file.write("lost\\n")
            file.flush()
            job = start()
        job.wait()
        file.write(f"exit code {job.returncode}\\n")
print(number)
"""


@pytest.fixture(scope="module")
def slurm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("slurm")
    words = ("--kata", "softmax", "--shards", "3", "--cpus", "1", "--require", "0")
    run(KATA, "export", "slurm", folder / "jobs", *words, cwd=folder)
    (folder / "bin").mkdir()
    (folder / "bin" / "sbatch").write_text(SBATCH, encoding="utf-8")
    (folder / "bin" / "sbatch").chmod(0o755)
    return folder


def submit_cohort(folder: Path) -> Path:
    """Make a cohort of nine: right, wrong, and one that a person has to look at."""
    all_of_them = folder / "handed in"
    right = (REFERENCE / SOFTMAX).read_text(encoding="utf-8")
    for number in range(8):
        text = WRONG if number % 3 == 0 else right
        submit(all_of_them / f"student-{number}", f"{text}\n# {number}\n")
    (all_of_them / "empty").mkdir()
    return all_of_them


def read_marks(path: Path) -> dict[str, Any]:
    result = json.loads(path.read_text(encoding="utf-8"))
    marks = {v["submission"]: v["points"] for v in result["verdicts"]}
    return marks | {n["submission"]: n["reason"] for n in result["needs_person"]}


def test_an_array_grades_in_parts_and_loses_nothing_with_a_node(slurm: Path) -> None:
    cohort = submit_cohort(slurm)
    variables: dict[str, Any] = {
        "PATH": f"{slurm / 'bin'}:{os.environ['PATH']}", "KATA": str(KATA),
        "STAND_IN": str(slurm / "sbatch.log"), "LOSE_A_NODE": "1",
    }  # fmt: skip
    told = run(slurm / "jobs" / "submit.sh", cohort, "results", cwd=slurm, **variables).stdout
    results = slurm / "results"
    assert told == (
        f"array job 100 grades in 3 parts; job 101 merges them into {results}/all.json\n"
    )
    array, merge = (slurm / "sbatch.log").read_text(encoding="utf-8").splitlines()
    assert "--array=1-3" in array
    assert "--dependency=afterany:100" in merge
    logs = {n: (results / f"part-{n}.log").read_text(encoding="utf-8") for n in (1, 2, 3)}
    assert "lost" in logs[2]
    assert all(log.endswith("exit code 0\n") for log in logs.values()), logs
    seed = (results / "seed").read_text(encoding="utf-8")
    assert stat.S_IMODE((results / "seed").stat().st_mode) == 0o600
    words = ("--each", "--kata", "softmax", "--no-borrow", "--require", "0", "--seed", seed)
    run(KATA, "grade", cohort, *words, "--report", "json=whole.json", cwd=slurm, code=6)
    assert read_marks(results / "all.json") == read_marks(slurm / "whole.json")
    assert len(read_marks(results / "all.json")) == 9

    graded = count_graded(results)
    assert graded == 8
    del variables["LOSE_A_NODE"]
    run(slurm / "jobs" / "submit.sh", cohort, "results", cwd=slurm, **variables)
    assert count_graded(results) == graded, "what is known is not graded again"
    assert read_marks(results / "all.json") == read_marks(slurm / "whole.json")


def count_graded(results: Path) -> int:
    """Return how many verdicts the journals of all parts hold."""
    lines = [line for path in results.glob("*.jsonl") for line in path.read_bytes().splitlines()]
    return sum(len(json.loads(line).get("verdicts", [])) for line in lines)


def test_a_part_without_a_result_is_named_and_nothing_is_merged(slurm: Path) -> None:
    (slurm / "half").mkdir()
    (slurm / "half" / "part-1.json").write_text("{}", encoding="utf-8")
    done = run(
        "bash", slurm / "jobs" / "merge.sbatch", cwd=slurm, code=5,
        KATA=str(KATA), KATA_RESULTS=str(slurm / "half"),
    )  # fmt: skip
    assert "part 2 has no result: read part-2.log, then run submit.sh again" in done.stderr


def test_submit_says_how_it_is_used(slurm: Path) -> None:
    done = run(slurm / "jobs" / "submit.sh", "nowhere", "results", cwd=slurm, code=2)
    assert "SUBMISSIONS must exist" in done.stderr


def test_the_job_of_kubernetes_is_valid_and_gives_nothing_away(tmp_path: Path) -> None:
    words = ("--kata", "softmax", "--shards", "5", "--image", "registry.example.org/nets:1")
    run(KATA, "export", "kubernetes", tmp_path / "jobs", *words, cwd=tmp_path)
    job = yaml.safe_load((tmp_path / "jobs" / "job.yaml").read_text(encoding="utf-8"))
    kubernetes_validate.validate(job, "1.31", strict=True)
    assert job["spec"]["completions"] == 5
    pod = job["spec"]["template"]["spec"]
    assert pod["automountServiceAccountToken"] is False
    (container,) = pod["containers"]
    assert container["image"] == "registry.example.org/nets:1"
    assert container["securityContext"]["allowPrivilegeEscalation"] is False


def test_the_program_of_a_pod_grades_its_part(tmp_path: Path) -> None:
    run(KATA, "export", "kubernetes", tmp_path / "jobs", "--kata", "softmax", "--shards", "2",
        "--require", "0", cwd=tmp_path)  # fmt: skip
    job = yaml.safe_load((tmp_path / "jobs" / "job.yaml").read_text(encoding="utf-8"))
    (container,) = job["spec"]["template"]["spec"]["containers"]
    cohort, results = submit_cohort(tmp_path), tmp_path / "results"
    results.mkdir()
    (text,) = container["args"]
    text = text.replace("/submissions", f"'{cohort}'").replace("/results", str(results))
    for index in range(2):
        run(
            *container["command"], text, cwd=tmp_path, JOB_COMPLETION_INDEX=str(index),
            KATA_GRADE_SEED="11", PATH=f"{KATA.parent}:{os.environ['PATH']}",
        )  # fmt: skip
    parts = [results / f"part-{n}.json" for n in (1, 2)]
    run(KATA, "grade", "merge", *parts, "--report", "json=all.json", cwd=tmp_path, code=6)
    assert len(read_marks(tmp_path / "all.json")) == 9


def test_an_image_that_is_none_is_refused(tmp_path: Path) -> None:
    words = ("--kata", "softmax", "--image", "a b; rm")
    done = run(KATA, "export", "kubernetes", "jobs", *words, cwd=tmp_path, code=2)
    assert "is not the name of an image" in done.stderr
    assert not (tmp_path / "jobs").exists()
