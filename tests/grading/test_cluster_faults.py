"""Faults of a Dask cluster: a submission that kills its workers, a scheduler that is gone."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import dask.config
import pytest

from nnkata.errors import MACHINERY, KataError
from nnkata.grading import executors
from nnkata.grading.cohort import Cohort
from nnkata.grading.executors import dask as dask_executor
from nnkata.grading.submissions import OpenSubmission
from nnkata.grading.tasks import TaskResult

CLUSTER = """
import sys
import dask, distributed
if __name__ == "__main__":
    dask.config.set({"distributed.scheduler.allowed-failures": 0})
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    )
    print(cluster.scheduler_address, flush=True)
    if sys.stdin.readline():
        cluster.scale(0)
        sys.stdin.read()
"""


TASK = """
import os, time
from nnkata.grading.tasks import TaskResult
from nnkata.model import Verdict

def grade(submission):
    if submission.name.startswith("poison"):
        os._exit(9)
    time.sleep(0.1)
    made = Verdict(submission=submission.name, kata="one", module="part/one.py", passed=True,
                   points=1, max_points=1)
    return TaskResult([made])
"""
"""A module of its own, so that workers can import it."""


class Cluster(NamedTuple):
    """A cluster in a process of its own, and the task that its workers do."""

    process: subprocess.Popen[str]
    address: str
    grade: Callable[[OpenSubmission], TaskResult]

    def cohort(self) -> Cohort:
        return Cohort(lambda: dask_executor(2, self.address), self.grade, key, jobs=2)


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """A cluster in which no task survives the death of its worker."""
    (tmp_path / "cluster.py").write_text(CLUSTER)
    (tmp_path / "cluster_task.py").write_text(TASK)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.delitem(sys.modules, "cluster_task", raising=False)
    process = subprocess.Popen(
        [sys.executable, "cluster.py"], cwd=tmp_path, stdin=subprocess.PIPE, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        yield Cluster(process, address, importlib.import_module("cluster_task").grade)
    finally:
        process.communicate()  # it ends when its stdin does


def opened(path: Path) -> OpenSubmission:
    return OpenSubmission(path.name, {"part/one.py": path.name}, [])


def key(submission: OpenSubmission) -> str:
    return submission.name


def test_a_submission_that_kills_its_workers_costs_no_other_one(cluster: Cluster) -> None:
    names = [f"s{number}" for number in range(6)]
    paths = [Path(name) for name in (*names[:2], "poison", *names[2:])]
    entries = list(cluster.cohort().run(paths, opened))
    assert sorted(entry.submission for entry in entries) == sorted([*names, "poison"])
    (person,) = [entry.needs_person for entry in entries if entry.needs_person]
    assert person.submission == "poison"
    assert person.reason == "grading it failed: its process died"
    assert sum(len(entry.verdicts) for entry in entries) == len(names)


def test_a_cluster_without_workers_is_not_awaited_for_ever(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its only process is stopped, so that no worker is started again."""
    monkeypatch.setattr(executors, "WORKER_SECONDS", 3.0)
    run = cluster.cohort()

    def go() -> None:
        for _ in run.run([Path(f"s{number:02}") for number in range(30)], opened):
            if len(run.places) == 4:
                (cluster.process.stdin or sys.stdin).write("no workers\n")
                (cluster.process.stdin or sys.stdin).flush()

    with pytest.raises(KataError, match="has no worker") as raised:
        go()
    assert raised.value.exit_code == MACHINERY
    assert 4 <= len(run.places) < 30
    assert all(run.read(name).verdicts for name in run.places)


def test_a_scheduler_that_is_gone_ends_the_run_and_what_was_known_is_kept(
    cluster: Cluster,
) -> None:
    run = cluster.cohort()

    def go() -> None:
        for _ in run.run([Path(f"s{number:02}") for number in range(30)], opened):
            if len(run.places) == 4:
                os.killpg(cluster.process.pid, signal.SIGKILL)

    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        pytest.raises(KataError, match="there is no scheduler at") as raised,
    ):
        go()
    assert raised.value.exit_code == MACHINERY
    assert "--resume" in raised.value.next_step
    assert 4 <= len(run.places) < 30
    assert all(run.read(name).verdicts for name in run.places)
