"""Cohorts: many at once, stopped and resumed, in shards, with graders that die."""

from __future__ import annotations

import functools
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import executorlib
import msgspec
import pytest
from click.testing import CliRunner, Result

from nnkata import hookspecs, plugins, reporters
from nnkata.cli.group import kata
from nnkata.cli.terminal.grade_progress import GradeProgress
from nnkata.errors import NEEDS_PERSON, STOPPED, USAGE, KataError
from nnkata.grading.cohort import Cohort, content_key
from nnkata.grading.executors import LocalExecutor, SerialExecutor, dask
from nnkata.grading.journal import JournalEntry, open_journal
from nnkata.grading.merge import in_shard, parse_shard
from nnkata.grading.submissions import OpenSubmission
from nnkata.grading.tasks import GradingJob, TaskResult, grade_packed
from nnkata.grading.times import read_times
from nnkata.model import Course, Verdict

RIGHT = "def f(x): return 2 * x\n"
WRONG = "def f(x): return x\n"
SLOW = "import time\ndef f(x):\n    time.sleep(0.4)\n    return 2 * x\n"
KATA = {
    "reference": RIGHT, "exports": ["f"],
    "checks": (
        "def test_doubles(solution, rng):\n"
        '    """f doubles."""\n'
        "    x = int(rng.integers(1, 1000))\n"
        "    assert solution.f(x) == 2 * x\n"
    ),
}  # fmt: skip
Run = Callable[..., Result]


@pytest.fixture
def run(lab: Any, tmp_path: Path) -> Run:
    """Run the command line with the course tiny, in a folder of its own."""
    lab.install(lab.write_course({"one": KATA, "two": KATA}))
    plugins.installed_plugins().register(reporters, "reporters")
    lab.patch.chdir(tmp_path)

    def run(*arguments: str | Path) -> Result:
        words = [str(argument) for argument in arguments]
        return CliRunner().invoke(kata, ["grade", *words], prog_name="kata")

    return run


def hand_in(folder: Path, text: str = RIGHT) -> None:
    module = folder / "net" / "part" / "one.py"
    module.parent.mkdir(parents=True)
    module.write_text(text, encoding="utf-8")


def cohort(folder: Path, count: int) -> None:
    """Write submissions of two kinds, each of them with a module of its own."""
    for number in range(count):
        hand_in(folder / f"s{number:02d}", f"# {number}\n{(RIGHT, WRONG)[number % 3 == 0]}")


def marks(text: str) -> list[tuple[object, ...]]:
    """Return what must not depend on where and in which order a result was made."""
    result = json.loads(text)
    return [
        (v["submission"], v["kata"], v["points"], v["seed"], v["sha256"],
         [(o["check"], o["outcome"], o["call"]) for o in v["outcomes"]])
        for v in result["verdicts"]
    ]  # fmt: skip


def test_several_at_once_get_the_marks_of_one_after_the_other(run: Run, tmp_path: Path) -> None:
    cohort(tmp_path / "all", 7)
    words = ("all", "--each", "--kata", "one", "--seed", "5", "--json")
    alone, together = run(*words, "--jobs", "1"), run(*words, "--jobs", "2")
    assert (alone.exit_code, together.exit_code) == (0, 0), together.output
    assert marks(together.stdout) == marks(alone.stdout)
    assert [m[2] for m in marks(alone.stdout)] == [0, 1, 1, 0, 1, 1, 0]
    assert json.loads(together.stdout)["protection"] == json.loads(alone.stdout)["protection"]


def test_shards_merge_to_the_result_of_one_run(run: Run, tmp_path: Path) -> None:
    cohort(tmp_path / "all", 8)
    words = ("all", "--each", "--kata", "one", "--seed", "5", "--jobs", "1")
    whole = run(*words, "--json")
    files = []
    for number in (1, 2, 3):
        files.append(f"{number}.json")
        done = run(*words, "--shard", f"{number}/3", "--report", f"json={files[-1]}")
        assert done.exit_code == 0, done.output
    merged = run("merge", *reversed(files), "--json")
    assert merged.exit_code == 0, merged.output
    assert marks(merged.stdout) == marks(whole.stdout)


def test_results_of_two_runs_do_not_merge(run: Run, tmp_path: Path) -> None:
    hand_in(tmp_path / "all" / "ada")
    for seed in ("1", "2"):
        run("all", "--each", "--kata", "one", "--seed", seed, "--report", f"json={seed}.json")
    merged = run("merge", "1.json", "2.json")
    assert merged.exit_code == USAGE
    assert "1.json and 2.json are not from one run: seed is 1 and 2" in merged.stderr


def test_results_that_disagree_do_not_merge(run: Run, tmp_path: Path) -> None:
    hand_in(tmp_path / "all" / "ada")
    words = ("all", "--each", "--kata", "one", "--seed", "1", "--report")
    run(*words, "json=1.json")
    (tmp_path / "all/ada/net/part/one.py").write_text(WRONG)
    run(*words, "json=2.json")
    merged = run("merge", "1.json", "2.json")
    assert merged.exit_code == USAGE
    assert "1.json and 2.json disagree on ada, one: 1 and 0 points" in merged.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--shard", "1/2", "--each"), "--shard needs --each and --seed"),
        (("--shard", "3/2", "--each", "--seed", "1"), "`3/2` is not a shard"),
        (("--shard", "half", "--each", "--seed", "1"), "`half` is not a shard"),
        (("--resume",), "--resume needs --journal"),
        (("--executor", "cloud"), "there is no executor `cloud`"),
        (("more",), "takes one PATH, not 2"),
        (("--times", "none.csv"), "the times in none.csv cannot be used"),
    ],
)
def test_an_option_that_cannot_be_used_is_named(
    words: tuple[str, ...], says: str, run: Run, tmp_path: Path
) -> None:
    hand_in(tmp_path / "all" / "ada")
    result = run("all", *words)
    assert result.exit_code == USAGE
    assert says in result.stderr


def test_each_submission_is_in_exactly_one_shard() -> None:
    names = [f"student {n}" for n in range(200)]
    for shards in (1, 2, 7):
        found = [[n for n in names if in_shard(n, i, shards)] for i in range(1, shards + 1)]
        assert sorted(itertools.chain(*found)) == sorted(names)
    assert parse_shard("2/4") == (2, 4)


# The steps below run with a task of their own, so that they can count, die and wait.


def opened(path: Path) -> OpenSubmission:
    return OpenSubmission(path.name, {"part/one.py": path.name.partition("-")[0]}, [])


def key(submission: OpenSubmission) -> str:
    return str(submission.modules["part/one.py"])


def verdict(name: str) -> Verdict:
    return Verdict(
        submission=name, kata="one", module="part/one.py", passed=True, points=1, max_points=1
    )


def graded(submission: OpenSubmission) -> TaskResult:
    if submission.name.startswith("poison"):
        os._exit(9)
    if submission.name.startswith("bug"):
        raise ZeroDivisionError("of the engine")
    return TaskResult([verdict(submission.name)])


def count(seen: list[str], submission: OpenSubmission) -> TaskResult:
    seen.append(submission.name)
    return graded(submission)


def by_name(entries: Iterator[JournalEntry]) -> dict[str, JournalEntry]:
    found = {}
    for entry in entries:
        assert entry.submission not in found, "counted twice"
        found[entry.submission] = entry
    return found


def test_submissions_with_the_same_modules_are_graded_once() -> None:
    seen: list[str] = []
    paths = [Path(n) for n in ("a-1", "b-1", "a-2", "a-3", "b-2")]
    run = Cohort(SerialExecutor, functools.partial(count, seen), key, jobs=1)
    entries = by_name(run.run(paths, opened))
    assert seen == ["a-1", "b-1"]
    assert {n: e.verdicts[0].submission for n, e in entries.items()} == {
        p.name: p.name for p in paths
    }


def test_equal_submissions_in_flight_wait_for_the_first() -> None:
    seen: list[str] = []

    def slowly(submission: OpenSubmission) -> TaskResult:
        time.sleep(0.05)
        return count(seen, submission)

    paths = [Path(f"{'ab'[n % 2]}-{n}") for n in range(12)]
    run = Cohort(lambda: ThreadPoolExecutor(4), slowly, key, jobs=4)
    assert sorted(by_name(run.run(paths, opened))) == sorted(p.name for p in paths)
    assert sorted(s[0] for s in seen) == ["a", "b"]


def test_a_submission_that_kills_its_grader_costs_no_other_one() -> None:
    names = [f"s{n}" for n in range(8)]
    paths = [Path(n) for n in (*names[:3], "poison", *names[3:], "poison-2")]
    run = Cohort(lambda: LocalExecutor(2), graded, key, jobs=2)
    entries = by_name(run.run(paths, opened))
    assert sorted(entries) == sorted(p.name for p in paths)
    assert all(entries[n].verdicts for n in names)
    for poisoned in ("poison", "poison-2"):
        person = entries[poisoned].needs_person
        assert person is not None
        assert person.reason == "grading it failed: its process died"
        assert entries[poisoned].verdicts == []


def test_what_fails_in_a_grader_is_never_a_mark() -> None:
    run = Cohort(lambda: LocalExecutor(2), graded, key, jobs=2)
    entries = by_name(run.run([Path("s1"), Path("bug"), Path("s2")], opened))
    person = entries["bug"].needs_person
    assert person is not None
    assert "ZeroDivisionError: of the engine" in person.reason
    assert len(entries["s1"].verdicts) == len(entries["s2"].verdicts) == 1


def test_a_journal_holds_each_entry_at_once_and_is_resumed(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    seen: list[str] = []
    task = functools.partial(count, seen)
    paths = [Path(f"s{n}") for n in range(6)]
    book = open_journal(path, None, False, drawn=7)
    entries = Cohort(SerialExecutor, task, key, 1, book).run(paths, opened)
    for lines in (2, 3):
        next(entries)
        assert len(path.read_bytes().splitlines()) == lines
    entries.close()
    book.close()
    (kept,) = [
        msgspec.json.decode(line, type=JournalEntry).submission
        for line in path.read_bytes().splitlines()[1:2]
    ]
    path.write_bytes(path.read_bytes()[:-20])  # killed while it wrote the second entry
    begun = len(seen)

    with pytest.raises(KataError, match="exists: an earlier run wrote it"):
        open_journal(path, None, False, drawn=8)
    again = open_journal(path, None, True, drawn=8)
    assert again.seed == 7
    found = by_name(Cohort(SerialExecutor, task, key, 1, again).run(paths, opened))
    again.close()
    assert sorted(found) == [p.name for p in paths]
    assert seen[begun:] == [p.name for p in paths if p.name != kept]
    lines_now = path.read_bytes().splitlines()[1:]
    whole = [line for line in lines_now if line.endswith(b"}")]
    assert {msgspec.json.decode(line, type=JournalEntry).submission for line in whole} == set(found)


def test_a_module_that_changed_is_graded_again(tmp_path: Path) -> None:
    path, seen = tmp_path / "journal.jsonl", list[str]()
    task = functools.partial(count, seen)
    for version in ("first", "second", "second"):

        def read(path: Path, version: str = version) -> OpenSubmission:
            return OpenSubmission(path.name, {"part/one.py": version}, [])

        book = open_journal(path, None, True, drawn=7)
        by_name(Cohort(SerialExecutor, task, key, 1, book).run([Path("ada")], read))
        book.close()
    assert seen == ["ada", "ada"]


def test_whatever_a_verdict_depends_on_is_in_its_key(lab: Any) -> None:
    course: Course = lab.course({"one": KATA})
    ada = OpenSubmission("ada", {"part/one.py": RIGHT}, [])

    def now(course: Course = course, seed: int = 1) -> str:
        return content_key(course, ["one"], seed)(ada)

    keys = [now(), now(seed=2), now(msgspec.structs.replace(course, borrow=False))]
    assert now() == keys[0]
    for file in (course.katas["one"].folder / "checks.py", course.katas["one"].reference):
        file.write_text(file.read_text() + "# changed\n")
        keys.append(now())
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_that_is_stopped_keeps_what_it_knows_and_goes_on(
    jobs: str, lab: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = lab.write_course({"one": KATA})
    for number in range(12):
        hand_in(tmp_path / "all" / f"s{number:02d}", f"# {number}\n{SLOW}")
    script = tmp_path / "grade.py"
    script.write_text(PROGRAM.format(course=str(course)))
    words = ["all", "--each", "--seed", "3", "--jobs", jobs, "--journal", "j.jsonl"]
    command = [sys.executable, str(script), "grade", *words, "--report", "json=out.json"]
    site = os.pathsep.join(part for part in sys.path if part.startswith(str(tmp_path)))
    monkeypatch.setenv("PYTHONPATH", site)
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    journal = tmp_path / "j.jsonl"
    deadline = time.monotonic() + 60
    while not (journal.is_file() and len(journal.read_bytes().splitlines()) >= 3):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == STOPPED, errors
    assert "of 12 submissions were graded" in errors
    assert "--journal j.jsonl --resume" in errors
    first = json.loads((tmp_path / "out.json").read_text())
    judged = {v["submission"] for v in first["verdicts"]}
    assert 2 <= len(judged) < 12
    assert sorted(judged | set(first["not_graded"])) == [f"s{n:02d}" for n in range(12)]

    again = subprocess.run([*command, "--resume"], cwd=tmp_path, check=False, capture_output=True)
    assert again.returncode == 0, again.stderr
    lines = [json.loads(line) for line in journal.read_text().splitlines()[1:]]
    assert len(lines) == 12, "a submission that was known is not graded again"
    whole = subprocess.run(
        [sys.executable, str(script), "grade", *words[:4], "--jobs", "1", "--json"],
        cwd=tmp_path, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert marks((tmp_path / "out.json").read_text()) == marks(whole.stdout)


PROGRAM = """
from pathlib import Path
from types import SimpleNamespace

from nnkata import hookspecs, plugins
from nnkata.cli import context
from nnkata.cli.group import kata

if __name__ == "__main__":
    known = plugins.Plugins()
    hook = hookspecs.hookimpl(lambda: [Path({course!r})], specname="nnkata_courses")
    known.register(SimpleNamespace(nnkata_courses=hook), "lab")
    from nnkata import reporters
    known.register(reporters, "reporters")
    for module in (plugins, context):
        module.installed_plugins = lambda: known
    kata(prog_name="kata")
"""
"""The command line with a course of the lab; processes that start from it import it only."""


def test_a_plugin_offers_an_executor(lab: Any, run: Run, tmp_path: Path) -> None:
    asked: list[tuple[int, str | None]] = []

    def make(jobs: int, scheduler: str | None) -> Executor:
        asked.append((jobs, scheduler))
        return ThreadPoolExecutor(1)

    hook = hookspecs.hookimpl(lambda: {"cloud": make}, specname="nnkata_executors")
    plugins.installed_plugins().register(SimpleNamespace(nnkata_executors=hook), "cloudy")
    cohort(tmp_path / "all", 3)
    words = ("all", "--each", "--kata", "one", "--seed", "5", "--json")
    done = run(*words, "--executor", "cloud", "--scheduler", "tcp://there:1", "--jobs", "3")
    assert done.exit_code == 0, done.output
    assert asked == [(3, "tcp://there:1")]
    assert marks(done.stdout) == marks(run(*words, "--jobs", "1").stdout)


def test_a_second_engine_serves_as_it_is(lab: Any, run: Run, tmp_path: Path) -> None:
    """The seam is `concurrent.futures.Executor`: executorlib's pool knows nothing about nnkata."""

    def make(jobs: int, scheduler: str | None) -> Executor:
        pool: Executor = executorlib.SingleNodeExecutor(max_workers=jobs, block_allocation=True)
        return pool

    hook = hookspecs.hookimpl(lambda: {"executorlib": make}, specname="nnkata_executors")
    plugins.installed_plugins().register(SimpleNamespace(nnkata_executors=hook), "second")
    cohort(tmp_path / "all", 6)
    words = ("all", "--each", "--kata", "one", "--seed", "5", "--json")
    done = run(*words, "--executor", "executorlib", "--jobs", "2")
    assert done.exit_code == 0, done.output
    assert marks(done.stdout) == marks(run(*words, "--jobs", "1").stdout)


def test_times_come_from_a_file_and_never_from_a_folder(run: Run, tmp_path: Path) -> None:
    for name in ("ada", "ben", "eve"):
        hand_in(tmp_path / "all" / name)
        os.utime(tmp_path / "all" / name, (2e9, 2e9))
    (tmp_path / "times.csv").write_text(
        "submission,time\nada,2026-12-01T12:00+01:00\nben,2026-12-02T13:00+01:00\n"
    )
    words = ("all", "--each", "--kata", "one", "--deadline", "2026-12-01T11:00+00:00", "--json")
    done = run(*words, "--times", "times.csv", "--late-per-day", "0.5")
    assert done.exit_code == 0, done.output
    assert "times.csv has no time for eve: they count as on time" in done.stderr
    scores = {v["submission"]: v["score"] for v in json.loads(done.stdout)["verdicts"]}
    assert scores == {"ada": 1.0, "ben": 0.0, "eve": 1.0}
    unknown = json.loads(run(*words).stdout)["verdicts"][0]
    assert unknown["score"] == 1.0
    assert "unknown" in unknown["score_reason"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name,when\nada,2026-12-01\n", "name the columns submission and time"),
        ("submission,time\nada,yesterday\n", "line 2: `yesterday` is not a time"),
        ("submission,time\nada,2026-12-01\nada,2026-12-02\n", "line 3: ada is in the file twice"),
        ("submission,time\nada\n", "line 2 has no submission or no time"),
    ],
)
def test_times_that_cannot_be_read_are_named_with_their_line(
    text: str, why: str, tmp_path: Path
) -> None:
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(KataError, match=why):
        read_times(tmp_path / "t.csv")


def test_the_metadata_of_gradescope_says_when_its_submission_came(tmp_path: Path) -> None:
    file = tmp_path / "submission_metadata.json"
    file.write_text('{"created_at": "2026-11-01T11:30:05.123456-08:00"}')
    time = read_times(file).of("whatever")
    assert time is not None
    assert time.isoformat() == "2026-11-01T11:30:05.123456-08:00"
    file.write_text("{}")
    with pytest.raises(KataError, match="created_at"):
        read_times(file)


def test_a_part_of_the_katas_is_rechecked(run: Run, tmp_path: Path) -> None:
    hand_in(tmp_path / "ada")
    (tmp_path / "ada/net/part/two.py").write_text(RIGHT)
    run("ada", "--report", "json=r.json")
    (tmp_path / "ada/net/part/two.py").write_text(WRONG)
    same = run("ada", "--recheck", "r.json", "--kata", "one")
    assert (same.exit_code, "confirmed" in same.stdout) == (0, True), same.output
    assert run("ada", "--recheck", "r.json").exit_code == 1


def test_a_shard_without_submissions_is_a_result_too(run: Run, tmp_path: Path) -> None:
    hand_in(tmp_path / "all" / "ada")
    words = ("all", "--each", "--kata", "one", "--seed", "5", "--json", "--shard")
    counts = [len(json.loads(run(*words, f"{i}/2").stdout)["verdicts"]) for i in (1, 2)]
    assert sorted(counts) == [0, 1]


def test_one_that_needs_a_person_is_in_the_journal_too(run: Run, tmp_path: Path) -> None:
    hand_in(tmp_path / "all" / "ada")
    (tmp_path / "all" / "eve").mkdir()
    done = run("all", "--each", "--kata", "one", "--journal", "j.jsonl", "--jobs", "1")
    assert done.exit_code == NEEDS_PERSON
    entries = [json.loads(line) for line in (tmp_path / "j.jsonl").read_text().splitlines()[1:]]
    assert [e["submission"] for e in entries if e.get("needs_person")] == ["eve"]


class Stream:
    def __init__(self, live: bool) -> None:
        self.live = live
        self.text = ""

    def isatty(self) -> bool:
        return self.live

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None: ...


def test_progress_is_one_line_on_a_terminal_and_few_in_a_log(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [0.0]
    monkeypatch.setattr("nnkata.cli.terminal.grade_progress.time.monotonic", lambda: now[0])
    for live in (True, False):
        stream = Stream(live)
        progress = GradeProgress(10, stream)  # type: ignore[arg-type]
        for number in range(10):
            now[0] += 6.0
            progress.count(f"s{number}")
        progress.end()
        if live:
            assert "\n" not in stream.text
            assert "\r3 of 10 submissions, about 42 s left" in stream.text
            assert stream.text.endswith(" \r")
        else:
            assert stream.text.splitlines()[0] == "3 of 10 submissions, about 42 s left (last: s2)"
            assert len(stream.text.splitlines()) == 3


def test_a_dask_cluster_gives_the_same_marks_also_when_a_worker_is_killed(
    lab: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import distributed

    course: Course = lab.course({"one": KATA})
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    job = GradingJob(course, ("one",), seed=5, required_level=1)
    task = functools.partial(grade_packed, job.pack())
    submissions = {
        f"s{n}": OpenSubmission(f"s{n}", {"part/one.py": f"# {n}\n{SLOW}"}, []) for n in range(12)
    }
    paths = [Path(name) for name in submissions]
    own = content_key(course, ["one"], 5)
    make: Any = distributed.LocalCluster
    with make(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        run = Cohort(lambda: dask(2, cluster.scheduler_address), task, own, jobs=4)
        found: dict[str, JournalEntry] = {}
        for entry in run.run(paths, lambda path: submissions[path.name]):
            assert entry.submission not in found
            found[entry.submission] = entry
            if len(found) == 3:
                worker = next(iter(cluster.workers.values()))
                os.kill(worker.pid, signal.SIGKILL)
    assert sorted(found) == sorted(submissions)
    points = {n: [v.points for v in e.verdicts] for n, e in found.items()}
    assert points == {name: [1] for name in submissions}
