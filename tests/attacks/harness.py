"""Submissions that attack the grader, run as a grader runs them, and what came of each.

python tests/attacks/harness.py LEVEL NAME …   prints what came of some, as JSON
"""

from __future__ import annotations

import ast
import contextlib
import functools
import gc
import html
import io
import json
import os
import re
import resource
import secrets
import shutil
import socket
import sys
import tempfile
import threading
import time
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from tests.processes import children_of, descendants

import nn_from_scratch
import nnkata
import refnn
from nnkata.checking.assessor import Assessor, describe_protection
from nnkata.checking.pytest_session import Checks
from nnkata.course.loading import assemble, read_pack
from nnkata.errors import KataError
from nnkata.grading import grader
from nnkata.grading.cohort import Cohort
from nnkata.grading.executors import SerialExecutor
from nnkata.grading.scoring import GradingResult, ScoringOptions, score_entries
from nnkata.grading.submissions import OpenSubmission, open_submission
from nnkata.grading.tasks import TaskResult
from nnkata.model import Course, Verdict, Verdicts
from nnkata.plugins import installed_plugins
from nnkata.sandbox.fork_server import ForkServer
from nnkata.sandbox.pool import WorkerPool

from .archives import TRAPS, Trap

HERE = Path(__file__).parent
SUBMISSIONS = HERE / "submissions"
SEED = 20_240_607
KATAS = ("softmax", "value", "gradient-descent")
LIMITS = {"seconds": 20.0, "slow_seconds": 30.0, "total_seconds": 60.0, "memory_mb": 512}
HASTY = LIMITS | {"seconds": 0.3, "slow_seconds": 0.3, "total_seconds": 0.6}
MOST_MB = 1500
"""Memory that the grader may have taken at most, whatever it was sent."""
MARGIN = 30.0
"""Seconds beyond a kata's own that a run may take on a machine that does other things too."""
PLACES = ("checks", "reference", "beside", "temp", "grader", "port", "site")
REFERENCE = "planted_reference"
LEFT = "nnkata-attack"
"""How the name of everything begins that an attack tries to leave behind."""
HANDED_IN = "handed in"
"""Where folders and archives are among the katas."""
_INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")


@dataclass(frozen=True)
class Attack:
    """One submission of ours, and what its docstring says of it."""

    kata: str
    name: str
    tries: str
    correct: str
    expect: frozenset[str]
    facts: dict[str, str]
    text: str

    @property
    def key(self) -> str:
        return f"{self.kata}/{self.name}"

    @property
    def kind(self) -> str:
        """The class of attacks that it belongs to."""
        return self.name.partition("_")[0]

    @property
    def hasty(self) -> bool:
        return self.facts.get("hasty") == "yes"

    @property
    def unsafe(self) -> bool:
        """Whether it may run only under protection."""
        return self.facts.get("level 0", "").startswith("not run")


def attacks() -> list[Attack]:
    """Return every submission, the controls that are the reference itself included."""
    found = [
        _attack(kata, path) for kata in KATAS for path in sorted((SUBMISSIONS / kata).glob("*.py"))
    ]
    for kata in KATAS[1:]:
        tries = "Nothing: the reference itself."
        facts = {"marks": "all"}
        found.append(
            Attack(kata, "control_reference", tries, "gives it every point.",
                   frozenset({"passed"}), facts, "")
        )  # fmt: skip
    return sorted(found, key=lambda a: (KATAS.index(a.kata), a.name))


def _attack(kata: str, path: Path) -> Attack:
    text = path.read_text(encoding="utf-8")
    quoted = re.match(r'"""(.*?)\n"""\n', text, re.DOTALL)
    assert quoted, path
    tries, _, rest = quoted[1].partition("\n\n")
    facts = dict(line.split(": ", 1) for line in rest.splitlines())
    facts = {key.lower(): value for key, value in facts.items()}
    return Attack(
        kata, path.stem, tries, facts.pop("a correct grader"),
        frozenset(facts.pop("expect").split()), facts, text,
    )  # fmt: skip


@dataclass
class Came:
    """What came of one attack."""

    points: int
    max_points: int
    outcomes: list[str]
    """The kinds of outcome of its checks, or why it was not loaded."""
    worked: str
    """What it says it could do."""
    leaks: list[str]
    """Which planted secrets are in a report."""
    left: list[str]
    """What it left behind."""
    seconds: float
    wrong: list[str] = field(default_factory=list)
    """What no report may be or hold, on any level."""

    def cell(self, attack: Attack | None) -> str:
        """Write it for the table: nothing that changes from run to run."""
        if self.outcomes == ["needs_person"]:
            return "needs a person"
        varies = attack.facts.get("varies") if attack else None
        if varies and set(self.outcomes) <= set(varies.split()):
            words = " or ".join(varies.split())
        else:
            words = ", ".join(self.outcomes)
        if attack and varies and attack.facts.get("marks") == "idle":
            said = f"at most what zeros earn; {words}"
        else:
            said = f"{self.points}/{self.max_points} {words}"
        if self.worked not in ("", "nothing"):
            said += f"; could: {self.worked}"
        if self.leaks:
            said += f"; shows: {', '.join(self.leaks)}"
        if self.left:
            said += f"; leaves: {', '.join(self.left)}"
        return said


class Ground:
    """A course with secrets planted in it, in a folder of its own, and workers of one level."""

    def __init__(
        self, level: int, katas: Sequence[str] = KATAS, cache: Path | None = None,
        token: str = "",
    ) -> None:  # fmt: skip
        """Copy the course, plant secrets that end in `token`, and start workers.

        The answers of known mistakes are kept in `cache`, for grounds with the same token, because
        they depend on the texts with the secrets. Without it, they are found anew.
        """
        self.katas = katas
        self.folder = Path(tempfile.mkdtemp(prefix="attacked-"))
        self.folder.chmod(0o755)
        self.temp = self.folder / "temp"
        self.temp.mkdir()
        self.temp.chmod(0o777)
        self.secrets = {
            name: f"planted-{name}-{token or secrets.token_hex(8)}"
            for name in ("environment", "checks", "reference", "beside")
        }
        self.cache = cache or self.folder / "cache"
        self.secrets["environment"] = os.environ.setdefault(
            "NNKATA_ATTACK_TOKEN", self.secrets["environment"]
        )
        self.listener = _Listener()
        self.pool = WorkerPool(ForkServer(level=level))
        self.protection = describe_protection(self.pool, {})
        self.level = min(level, self.protection.level)
        """What holds; a system may offer less than was asked for."""
        if level and not self.level:
            self.pool.close()
            raise RuntimeError(f"nothing protects here: {self.protection}")
        self.courses = {hasty: self._course(hasty) for hasty in (False, True)}
        self.assessors = {hasty: self._assessor(course) for hasty, course in self.courses.items()}
        self.lines = {
            kata: _source_lines(self.courses[False].katas[kata].checks.read_text("utf-8"))
            for kata in katas
        }
        self.reporters = installed_plugins().reporters()
        self.idle = 0
        """The points that wrong answers earn with checks that any answer passes."""

    def close(self) -> None:
        self.pool.close()
        self.listener.close()
        os.environ.pop("NNKATA_ATTACK_TOKEN", None)
        sys.path[:] = [p for p in sys.path if not p.startswith(str(self.folder))]
        shutil.rmtree(self.folder, ignore_errors=True)

    def _course(self, hasty: bool) -> Course:
        """Copy our course with secrets in checks and reference, and with limits of a test's own."""
        root = self.folder / f"course{hasty:d}"
        ignore = shutil.ignore_patterns("__pycache__", "*.pyc")
        shutil.copytree(Path(str(nn_from_scratch.__file__)).parent, root, ignore=ignore)
        site = self.folder / "site"
        if not site.exists():
            shutil.copytree(Path(refnn.__file__).parent, site / REFERENCE, ignore=ignore)
            sys.path.insert(0, str(site))
        text = (root / "course.toml").read_text("utf-8")
        text = text.replace('reference = "refnn"', f'reference = "{REFERENCE}"')
        (root / "course.toml").write_text(text, "utf-8")
        limits = "\n".join(f"{k} = {v}" for k, v in (HASTY if hasty else LIMITS).items())
        for kata in self.katas:
            folder = next(root.glob(f"*/{kata}"))
            table = (folder / "kata.toml").read_text("utf-8").partition("\n[limits]")[0]
            (folder / "kata.toml").write_text(f"{table}\n[limits]\n{limits}\n", "utf-8")
            with (folder / "checks.py").open("a", encoding="utf-8") as file:
                file.write(f'\nPLANTED = "{self.secrets["checks"]}"\n')
        courses, broken = assemble([read_pack(root)])
        assert not broken, broken
        (course,) = courses.values()
        lent = {name for kata in self.katas for name in course.all_needs(kata)}
        for kata in set(self.katas) - lent:  # what is lent may be read
            reference = course.katas[kata].reference
            if self.secrets["reference"] not in reference.read_text("utf-8"):
                with reference.open("a", encoding="utf-8") as file:
                    file.write(f'\n_PLANTED = "{self.secrets["reference"]}"\n')
        return course

    def _assessor(self, course: Course) -> Assessor:
        wanted = {n for kata in self.katas for n in (*course.all_needs(kata), kata)}
        checks = Checks([k for name, k in course.katas.items() if name in wanted])
        return Assessor(course, checks, self.pool, self.cache)

    def text(self, attack: Attack) -> str:
        """Return a submission's text, with the places that it may know filled in."""
        kata = self.courses[attack.hasty].katas[attack.kata]
        text = attack.text or kata.reference.read_text("utf-8")
        places = {
            "checks": kata.checks, "reference": kata.reference, "temp": self.temp,
            "beside": self.folder / "submission" / "beside.txt", "grader": os.getpid(),
            "port": self.listener.port, "site": Path(np.__file__).parents[1],
        }  # fmt: skip
        for name, value in places.items():
            text = text.replace(f"@{name}@", str(value))
        return text

    def run(self, attack: Attack) -> Came:
        """Grade one submission; say what came of it."""
        folder = self.folder / "submission"
        shutil.rmtree(folder, ignore_errors=True)
        course = self.courses[attack.hasty]
        module = folder / course.package / course.katas[attack.kata].module
        module.parent.mkdir(parents=True)
        beside = folder / "beside.txt"
        beside.write_text(self.secrets["beside"], "utf-8")
        module.write_text(self.text(attack), "utf-8", errors="surrogatepass")
        stamp = beside.stat()
        before, reached = traces(), self.listener.reached
        start = time.monotonic()
        graded = self.graded(folder, attack.kata, attack.hasty)
        seconds = time.monotonic() - start
        left = self._left(before, self.listener.reached != reached)
        now = beside.stat() if beside.exists() else None
        if now is None or (now.st_mode, now.st_mtime, now.st_ino) != (
            stamp.st_mode, stamp.st_mtime, stamp.st_ino,
        ):  # fmt: skip
            left.append("a changed file")
        (verdict,) = graded.verdicts
        if attack.name.startswith("lies_changed"):
            reference = course.katas[attack.kata].reference.read_text("utf-8")
            module.write_text(reference, "utf-8")
            if not all(v.passed for v in self.graded(folder, attack.kata, attack.hasty).verdicts):
                left.append("checks that judge the next submission wrongly")
        reports = self.reports(graded, course)
        if attack.name in ("control_idle", "control_zeros"):
            self.idle = max(self.idle, verdict.points)
        came = Came(
            verdict.points, verdict.max_points, _kinds(verdict), _worked(verdict),
            self._leaks(reports), left, seconds, self.wrong(reports, attack.kata),
        )  # fmt: skip
        if seconds > (most := longest_seconds(attack)):
            came.wrong.append(f"it took {seconds:.0f} s, and {most:.0f} s are the most")
        return came

    def run_trap(self, trap: Trap) -> tuple[Came, list[str]]:
        """Grade a folder or archive that attacks whoever opens it; say what came, and is wrong."""
        folder = self.folder / "traps"
        folder.mkdir()
        path = folder / "ada"
        course = self.courses[False]
        right = (SUBMISSIONS / "softmax" / "control_right.py").read_text("utf-8")
        trap.build(path, right, course.katas["softmax"].reference)
        before, start = traces(), time.monotonic()
        graded = self.graded(path, "softmax")
        seconds = time.monotonic() - start
        reports = self.reports(graded, course)
        came = Came(
            sum(v.points for v in graded.verdicts), sum(v.max_points for v in graded.verdicts),
            [kind for v in graded.verdicts for kind in _kinds(v)], "", self._leaks(reports),
            self._left(before, False), seconds, self.wrong(reports, "softmax"),
        )  # fmt: skip
        if graded.needs_person:
            came.outcomes.append("needs_person")
        told = came.wrong + came.leaks + came.left
        said = [words for r in graded.refused for words in (r.why, r.name)]
        said += [v.load.message for v in graded.verdicts if v.load is not None]
        said += [entry.reason for entry in graded.needs_person]
        if trap.words and not any(part in words for part in trap.words for words in said):
            told.append(f"{' or '.join(trap.words)} is not said: {said[:5]}")
        if len(graded.refused) > 21:  # twenty, and how many more there are
            told.append(f"{len(graded.refused)} refusals are listed")
        if came.outcomes.count("needs_person") != (trap.marks == "person"):
            told.append(f"{came.outcomes} and not {trap.marks}")
        if not _earned(trap.marks, came, self.idle):
            told.append(f"{came.points} points and not {trap.marks}")
        if seconds > MARGIN:
            told.append(f"it took {seconds:.0f} s")
        for locked in path.glob("locked"):
            locked.chmod(0o700)
        shutil.rmtree(folder)
        return came, told

    def graded(self, path: Path, kata: str, hasty: bool = False) -> GradingResult:
        """Grade one kata of what lies at a path, as `kata grade` does."""
        assessor = self.assessors[hasty]
        katas = [self.courses[hasty].katas[kata]]

        def task(submission: OpenSubmission) -> TaskResult:
            return TaskResult(list(grader.grade_one(submission, katas, assessor, SEED)))

        cohort = Cohort(SerialExecutor, task, lambda submission: submission.name, jobs=1)
        opener = functools.partial(open_submission, course=assessor.course, pool=assessor.pool)
        return score_entries(list(cohort.run([path], opener)), ScoringOptions())

    def reports(self, graded: GradingResult, course: Course) -> dict[str, str]:
        """Return every report that can be made of verdicts."""
        result = Verdicts(
            engine=nnkata.__version__, course=course.name, seed=SEED, protection=self.protection,
            verdicts=graded.verdicts, refused=graded.refused, needs_person=graded.needs_person,
            package=course.package, environment=grader.environment(),
        )  # fmt: skip
        written = {}
        for name, reporter in self.reporters.items():
            out = io.StringIO()
            with contextlib.suppress(KataError):  # some formats know one submission only
                reporter(result, out)
                written[name] = out.getvalue()
        assert {"json", "terminal"} <= set(written)
        return written

    def _leaks(self, reports: dict[str, str]) -> list[str]:
        return [
            n for n, secret in self.secrets.items() if any(secret in r for r in reports.values())
        ]

    def wrong(self, reports: dict[str, str], kata: str) -> list[str]:
        """Say what of a report no submission may bring about."""
        told = []
        for name, report in reports.items():
            try:
                report.encode("utf-8")
            except UnicodeEncodeError:
                told.append(f"{name} cannot be written")
            plain = html.unescape(report)
            shown = [line for line in self.lines[kata] if line in report or line in plain]
            told += [f"{name} shows a check's line: {line}" for line in shown]
            if "<script>alert" in report and name in ("html", "junit"):
                told.append(f"{name} holds markup of the submission")
            if len(report) > 2_000_000:
                told.append(f"{name} has {len(report)} characters")
        if re.search(r"^\s*::[a-z]|##\[", reports["terminal"], re.MULTILINE):
            told.append("terminal holds a command for the log of a CI system")
        acted_on = {c for c in set(reports["terminal"]) - {"\n", "\t"} if _is_acted_on(c)}
        if acted_on:
            told.append(f"terminal holds {sorted(acted_on)}")
        return told

    def _left(self, before: Traces, reached: bool) -> list[str]:
        """Say what is there that was not before; what may go takes a moment to be gone."""
        server = {self.pool.server.pid} | children_of(self.pool.server.pid)
        deadline = time.monotonic() + 10
        while True:
            now = traces()
            more = now.processes - before.processes - server
            if not (more or now.descriptors > before.descriptors) or time.monotonic() > deadline:
                break
            gc.collect()  # it may only be held by a cycle
            time.sleep(0.01)
        left = ["a process"] if more else []
        if now.descriptors > before.descriptors:
            left.append("a descriptor")
        given = Path(self.pool.server.folder) / "given"  # the server's own; nothing may stay in it
        files = _attack_files(self.temp, given.parent, given)
        files = [file for file in files if file != given]
        if files:
            left.append("a file")
        for file in files:
            shutil.rmtree(file) if file.is_dir() else file.unlink()
        if reached:
            left.append("a message on the network")
        return left


@dataclass(frozen=True)
class Traces:
    """What a run could leave behind in the grader."""

    processes: set[int]
    descriptors: int


def traces() -> Traces:
    return Traces(set(descendants()), len(os.listdir("/proc/self/fd")))  # noqa: PTH208


def _attack_files(*more: Path) -> list[Path]:
    places = [Path(p) for p in ("/tmp", "/dev/shm", "/var/tmp", "/root")]
    found = [p for place in places if os.access(place, os.R_OK) for p in place.glob(f"{LEFT}*")]
    return found + [p for place in more if place.is_dir() for p in place.iterdir()]


def _kinds(verdict: Verdict) -> list[str]:
    if verdict.load is not None:
        return [verdict.load.kind]
    return sorted({o.outcome for o in verdict.outcomes} - {"not_run"})


def _worked(verdict: Verdict) -> str:
    said = [o.message or "" for o in verdict.outcomes]
    found = [m[1] for text in said if (m := re.search(r"worked: ([^.]*)\.", text))]
    return max(found, key=len, default="")


def _source_lines(text: str) -> list[str]:
    """Return the lines of checks that nobody may see: all long ones but docstrings and messages."""
    tree = ast.parse(text)
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = enumerate(text.splitlines(), 1)
    long = {s for n, line in lines if n not in skipped and len(s := line.strip()) > 24}
    return sorted(s for s in long if not re.fullmatch(r'f?"[^"]*",?', s))


def _is_acted_on(character: str) -> bool:
    joiners = "‌‍"
    return unicodedata.category(character) in _INVISIBLE and character not in joiners


class _Listener:
    """Waits on a port of this machine for what an attack may send."""

    def __init__(self) -> None:
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.tcp.getsockname()[1])
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", self.port))
        self.reached = 0
        for wait in (self._accept, self._receive):
            threading.Thread(target=wait, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                self.tcp.accept()[0].close()
                self.reached += 1

    def _receive(self) -> None:
        with contextlib.suppress(OSError):
            while self.udp.recv(100):
                self.reached += 1

    def close(self) -> None:
        for one in (self.tcp, self.udp):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


def longest_seconds(attack: Attack) -> float:
    """Return the seconds after which grading an attack counts as a hang."""
    return 2 * (HASTY if attack.hasty else LIMITS)["total_seconds"] + MARGIN


def problems(attack: Attack, came: Came, level: int, idle: int) -> list[str]:
    """Say what a protected grader should not have let happen.

    `idle` are the points that honest zeros earn.
    """
    told = list(came.wrong)
    told += [f"{secret} is in a report" for secret in came.leaks]
    told += [f"{thing} is left" for thing in came.left]
    if not set(came.outcomes) <= attack.expect:
        told.append(f"{came.outcomes} and not {sorted(attack.expect)}")
    lets = attack.facts.get(f"level {level} lets", "nothing")
    if came.worked not in ("", lets):
        told.append(f"it could do this: {came.worked}")
    marks = attack.facts.get("marks", "0")
    if not _earned(marks, came, idle):
        told.append(f"{came.points} points and not {marks}")
    return told


def _earned(marks: str, came: Came, idle: int) -> bool:
    """Whether the points are what was worked for: 0, all, most, some, or what zeros earn.

    With `person` there are none, because a person has to look at the submission.
    """
    most = came.max_points
    return {
        "all": came.points == most, "most": most // 2 < came.points <= most,
        "some": 0 < came.points < most, "idle": came.points <= idle,
    }.get(marks, came.points == 0)  # fmt: skip


def results(ground: Ground, names: Iterable[str] = ()) -> Iterator[dict[str, Any]]:
    """Run all that is safe on a level, or what is named; yield what came, and what is wrong."""
    wanted, level = set(names), ground.level
    for attack in attacks():
        if (attack.key in wanted or not wanted) and not (level == 0 and attack.unsafe):
            came = ground.run(attack)
            told = problems(attack, came, level, ground.idle)
            yield _result(attack.key, came, came.cell(attack), told)
    for trap in TRAPS if not wanted or "traps" in wanted else []:
        came, told = ground.run_trap(trap)
        yield _result(f"{HANDED_IN}/{trap.name}", came, came.cell(None), told)


def _result(key: str, came: Came, cell: str, told: list[str]) -> dict[str, Any]:
    return {"attack": key, "came": cell, "problems": told, "seconds": round(came.seconds, 2)}


def left_by(ground: Ground) -> list[str]:
    """Close everything; say what is there all the same, and whether too much memory was taken."""
    folder = Path(ground.pool.server.folder)
    ground.close()
    patience = time.monotonic() + 10  # the system takes what was killed away when it comes to it
    while len(descendants()) > 1 and time.monotonic() < patience:
        time.sleep(0.01)
    left = ["the server's folder"] * folder.exists() + ["a process"] * (len(descendants()) > 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return left + [f"{peak:.0f} MB taken by the grader"] * (peak > MOST_MB)


def main() -> None:
    level, *names = sys.argv[1:]
    ground = Ground(int(level))
    shown = []
    try:
        for result in results(ground, names):
            shown.append(result)
            if os.environ.get("ATTACKS") == "verbose":
                print(*result.values(), file=sys.stderr)
    finally:
        left = left_by(ground)
    out = {"uid": os.getuid(), "level": ground.level, "left": left, "results": shown}
    print(json.dumps(out))


if __name__ == "__main__":
    main()
