"""`kata verify` on copies of the kata softmax that are damaged in one way each."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import nn_from_scratch
import refnn
from nnkata.cli.group import kata as command_line
from nnkata.errors import CourseError, MachineryError
from nnkata.model import Course
from nnkata.sandbox.pool import WorkerPool
from nnkata.verify.forked_processes import run_in_processes
from nnkata.verify.verifier import KataReport, VerifyOptions, report_lines, verify_all

SOFTMAX = Path(nn_from_scratch.__file__).parent / "forward" / "softmax"
REFERENCE = Path(refnn.__file__).parent
TABLE = """
format = 1
name = "damaged"
title = "One kata, damaged"
package = "mynn"
reference = "refnn"
given = ["__init__.py", "forward/__init__.py"]

[[tracks]]
name = "forward"
title = "Forward"
katas = ["softmax"]
"""
KEPT = ("no-shift.py", "global-max.py", "ignores-axis.py", "changes-its-argument.py")
"""As many mistakes as a kata must have; fewer are faster."""

Read = Callable[[Path, Path], Course]


class Copy:
    """A copy of the kata softmax and of its reference, to be damaged and verified."""

    def __init__(self, root: Path, read: Read, pool: WorkerPool) -> None:
        self.root, self.read, self.pool = root, read, pool
        self.folder = root / "forward" / "softmax"
        self.reference = root / "reference" / "forward" / "softmax.py"
        shutil.copytree(SOFTMAX, self.folder, ignore=shutil.ignore_patterns("__pycache__"))
        for mistake in (self.folder / "mistakes").iterdir():
            if mistake.name not in KEPT:
                mistake.unlink()
        toml = (self.folder / "kata.toml").read_text(encoding="utf-8")
        hinted = [line for line in toml.partition("[hint_for]\n")[2].splitlines() if line]
        for line in hinted:  # those of the mistakes that are gone
            if f"{line.partition(' ')[0]}.py" not in KEPT:
                self.edit("kata.toml", line + "\n", "")
        (self.folder / "variants" / "row-by-row.py").unlink()
        for name in ("__init__.py", "forward/__init__.py", "forward/softmax.py"):
            (root / "reference" / name).parent.mkdir(exist_ok=True, parents=True)
            shutil.copy(REFERENCE / name, root / "reference" / name)
        (root / "course.toml").write_text(TABLE, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.reference if name == "reference" else self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def points(self) -> int:
        table = tomllib.loads((self.folder / "kata.toml").read_text(encoding="utf-8"))
        return int(table["points"])

    def report(self) -> KataReport:
        course = self.read(self.root, self.root / "reference")
        return verify_all(course, ["softmax"], self.pool, 1, VerifyOptions(seeds=2))[0]

    def findings(self) -> list[tuple[str, str, str]]:
        """What is found: what, where inside the copy, what to do."""
        return [
            (f.what, os.path.relpath(f.where, self.folder), f.next_step)
            for f in self.report().findings
        ]


@pytest.fixture
def copy(tmp_path: Path, read_course: Read, pool: WorkerPool) -> Copy:
    return Copy(tmp_path, read_course, pool)


def line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(i for i, line in enumerate(lines, 1) if text in line)


def test_an_undamaged_copy_is_done(copy: Copy) -> None:
    report = copy.report()
    assert report.findings == []
    assert report.done
    assert (report.mistakes, report.variants) == (4, 3)
    assert (report.mutants, report.killed, report.survived) == (None, None, None)


def test_a_reference_that_fails_is_found_and_nothing_is_judged_by_it(copy: Copy) -> None:
    copy.edit("reference", "scores.astype(np.float64)", "scores.astype(np.float16)")
    [(what, where, next_step)] = copy.findings()
    assert what.startswith("the check keeps_the_precision_it_is_given does not pass (failed: ")
    assert where == "../../reference/forward/softmax.py"
    assert next_step == "fix the solution, or a check that accepts only one right answer"


def test_a_reference_that_is_not_there_is_found(copy: Copy) -> None:
    copy.reference.unlink()
    assert copy.findings() == [
        (
            "there is no reference solution",
            "../../reference/forward/softmax.py",
            "write it, or correct `module` in kata.toml",
        )
    ]


def test_a_check_that_the_untouched_stub_passes_is_found(copy: Copy) -> None:
    idle = '\n\ndef test_is_idle(solution):\n    """There is a solution."""\n'
    copy.write("checks.py", (copy.folder / "checks.py").read_text(encoding="utf-8") + idle)
    points = copy.points()
    copy.edit("kata.toml", f"points = {points}", f"points = {points + 1}")
    finding = (
        "the unchanged stub passes the check is_idle",
        "checks.py",
        "make the check call the module and compare the result",
    )
    assert finding in copy.findings()


def test_a_mistake_that_passes_is_found(copy: Copy) -> None:
    right = (copy.folder / "variants" / "by-logsumexp.py").read_text(encoding="utf-8")
    text = right if right.startswith('"""') else '"""It is right."""\n' + right
    copy.write("mistakes/right.py", text)
    assert copy.findings() == [
        (
            "the mistake passes every check",
            "mistakes/right.py",
            "write a check that it fails",
        )
    ]


def test_two_mistakes_that_answer_alike_are_found(copy: Copy) -> None:
    shutil.copy(copy.folder / "mistakes/no-shift.py", copy.folder / "mistakes/without-shift.py")
    next_step = "add a check that only one of them fails"
    assert copy.findings() == [
        ("the mistake is also diagnosed as without-shift", "mistakes/no-shift.py", next_step),
        ("the mistake is also diagnosed as no-shift", "mistakes/without-shift.py", next_step),
    ]


def test_a_mistake_that_answers_by_chance_is_not_named_as_itself(copy: Copy) -> None:
    copy.edit(
        "mistakes/no-shift.py",
        "    return e / e.sum",
        "    e = e * np.random.default_rng().uniform(1, 2)\n    return e + e / e.sum",
    )
    assert copy.findings() == [
        (
            "the mistake is not diagnosed as itself",
            "mistakes/no-shift.py",
            "its answers must be the same in every run, and at least one call must return",
        )
    ]


def test_a_limit_that_is_too_small_is_found(copy: Copy) -> None:
    start = "    z = np.array([[0.0, -np.inf"
    copy.edit("checks.py", start, "    __import__('time').sleep(0.05)\n" + start)
    copy.edit("kata.toml", "hints = [", "limits = { seconds = 0.49 }\nhints = [")
    [(what, where, next_step)] = copy.findings()
    assert re.fullmatch(r"limits\.seconds is 0\.49, but the reference takes 0\.\d+ s", what)
    assert where == "kata.toml"
    assert next_step == "allow at least 10 times as much, or make the checks faster"


def test_missing_hints_are_found(copy: Copy) -> None:
    copy.edit("kata.toml", "hints = [", 'hints = ["Why?", "Subtract the row\'s maximum."]\nold = [')
    toml = (copy.folder / "kata.toml").read_text(encoding="utf-8")
    toml = re.sub(r"old = \[.*?\n\]\n", "", toml, flags=re.DOTALL)
    copy.write("kata.toml", re.sub(r"log\w+ = 3\n", "", toml))  # the third hint is gone
    assert copy.findings() == [
        ("2 hints", "kata.toml", "write at least 3, each saying more"),
    ]


def test_a_formula_that_cannot_be_read_is_found_at_its_line(copy: Copy) -> None:
    copy.edit("README.md", "exp(z_i) /", "exp(z_i /")
    line = line_of(copy.folder / "README.md", "exp(z_i /")
    assert copy.findings() == [
        (
            (
                "a formula cannot be read: `(` is never closed, at character 10 of "
                "`p_i = exp(z_i / Σ_j exp(z_j)`"
            ),
            f"README.md:{line}",
            "write it as docs/instructor/authoring.md says, or fence it as code",
        ),
    ]


def test_a_hint_for_what_is_no_mistake_or_no_hint_is_found(copy: Copy) -> None:
    copy.edit("kata.toml", "global-max = 2", "globel-max = 2\nglobal-max = 9")
    assert copy.findings() == [
        (
            f"hint_for {name} = {level} does not name a mistake and a hint of this kata",
            "kata.toml",
            "write a mistake's name and the number of a hint",
        )
        for name, level in (("globel-max", 2), ("global-max", 9))
    ]


def test_a_hint_for_what_is_no_check_or_no_hint_is_found(copy: Copy) -> None:
    copy.edit(
        "kata.toml",
        "[hint_for_check]",
        "[hint_for_check]\nno_such_check = 1\ngives_probabilities = 9",
    )
    assert copy.findings() == [
        (
            f"hint_for_check {name} = {level} does not name a check and a hint of this kata",
            "kata.toml",
            "write a check's name and the number of a hint",
        )
        for name, level in (("no_such_check", 1), ("gives_probabilities", 9))
    ]


def test_hints_that_are_not_graduated_are_found(copy: Copy) -> None:
    toml = (copy.folder / "kata.toml").read_text(encoding="utf-8")
    copy.write(
        "kata.toml",
        re.sub(
            r"hints = \[.*?\n\]\n",
            'hints = ["Subtract the maximum of the row.", "Which one?", "Why?"]\n',
            toml,
            flags=re.DOTALL,
        ),
    )
    assert copy.findings() == [
        ("the hints do not become more specific", "kata.toml", "end with nearly the answer"),
    ]


def test_a_docstring_that_differs_is_found(copy: Copy) -> None:
    copy.edit("stub.py", "a soft version of the maximum", "a soft maximum")
    assert copy.findings() == [
        (
            "the docstring of `logsumexp` differs between stub and reference",
            "stub.py",
            "copy it from the reference",
        )
    ]


def test_a_signature_that_differs_is_found(copy: Copy) -> None:
    copy.edit("stub.py", "keepdims: bool = False", "keepdims: bool = True")
    assert copy.findings() == [
        (
            "the signature of `logsumexp` differs between stub and reference",
            "stub.py",
            "copy it from the reference",
        )
    ]


def test_an_import_outside_needs_is_found(copy: Copy) -> None:
    variant = copy.folder / "variants" / "by-logsumexp.py"
    text = variant.read_text(encoding="utf-8") + "\n\ndef _unused():\n    import scipy\n"
    variant.write_text(text, encoding="utf-8")
    assert copy.findings() == [
        (
            "it imports `scipy`, which is not in `needs`",
            f"variants/by-logsumexp.py:{line_of(variant, 'import scipy')}",
            "use numpy and the standard library",
        )
    ]


def test_a_stray_file_is_found(copy: Copy) -> None:
    copy.write("notes.txt", "")
    assert copy.findings() == [("a file that is not part of a kata", "notes.txt", "remove it")]


@pytest.mark.parametrize("name", ["README.md", "mistakes/no-shift.py", "variants/logaddexp.py"])
def test_what_is_not_finished_is_found(copy: Copy, name: str) -> None:
    with (copy.folder / name).open("a", encoding="utf-8") as file:
        file.write("\n# TODO: more\n")
    assert copy.findings() == [
        (
            "there is still a TODO",
            f"{name}:{line_of(copy.folder / name, 'TODO')}",
            "finish it and remove the mark",
        )
    ]


def test_a_check_without_a_docstring_breaks_the_course(copy: Copy) -> None:
    sentence = "A score of -inf gets a probability of exactly 0, and the others share the rest."
    copy.edit("checks.py", f'    """{sentence}"""\n', "")
    with pytest.raises(CourseError) as caught:
        copy.report()
    path = copy.folder / "checks.py"
    assert (
        caught.value.message
        == f"{path}: the check test_gives_zero_for_minus_infinity has no docstring"
    )
    assert "write one" in caught.value.next_step


def test_a_mistake_without_a_docstring_is_found(copy: Copy) -> None:
    text = (copy.folder / "mistakes" / "no-shift.py").read_text(encoding="utf-8")
    copy.write("mistakes/no-shift.py", re.sub(r'\A""".*?"""', "", text, flags=re.DOTALL))
    assert copy.findings() == [
        (
            "a mistake without a docstring",
            "mistakes/no-shift.py",
            "write it: it is the diagnosis that a learner reads",
        )
    ]


def test_too_few_mistakes_are_found(copy: Copy) -> None:
    (copy.folder / "mistakes" / "no-shift.py").unlink()
    assert copy.findings() == [("3 mistakes, but 4 are required", "mistakes", "write 1 more")]


def test_a_solution_that_answers_by_chance_is_found(copy: Copy) -> None:
    """The checks cannot see what this one leaves behind in an argument that nobody keeps."""
    variant = copy.folder / "variants" / "by-logsumexp.py"
    text = variant.read_text(encoding="utf-8").replace("def logsumexp(", "def _logsumexp(", 1)
    text = text.replace(" logsumexp(", " _logsumexp(")
    text += (
        "\n\ndef logsumexp(z, axis=-1, keepdims=False):\n"
        "    result = _logsumexp(z, axis, keepdims)\n"
        "    if isinstance(z, np.ndarray) and z.dtype == np.float32:\n"
        "        z += np.random.default_rng().normal(size=z.shape).astype(np.float32)\n"
        "    return result\n"
    )
    variant.write_text(text, encoding="utf-8")
    assert copy.findings() == [
        (
            "two runs of the check keeps_the_precision_it_is_given got different answers",
            "variants/by-logsumexp.py",
            "take all randomness from generators with a seed",
        )
    ]


def test_points_that_do_not_add_up_are_found(copy: Copy) -> None:
    points = copy.points()
    copy.edit("kata.toml", f"points = {points}", "points = 3")
    assert copy.findings() == [
        (
            f"points = 3, but the checks add up to {points}",
            "kata.toml",
            f"write points = {points}",
        )
    ]


def test_a_fault_of_a_repair_kata_without_a_diagnosis_is_found(copy: Copy) -> None:
    copy.edit(
        "kata.toml", "hints = [", 'repair = true\nfaults = ["global-max", "no-shift"]\nhints = ['
    )
    copy.write("stub.py", copy.reference.read_text(encoding="utf-8"))
    copy.edit("stub.py", "z - z.max(axis=axis, keepdims=True)", "z - z.max()")
    undiagnosed, paid = copy.findings()
    assert undiagnosed == (
        "the unchanged stub is not diagnosed with the mistake no-shift",
        "stub.py",
        "add a check that only this fault fails",
    )
    assert re.fullmatch(r"the unchanged stub earns \d+ points", paid[0])
    assert paid[1:] == ("stub.py", "write @points(0) above each check that it passes")


def test_a_report_reads_as_lines(copy: Copy) -> None:
    copy.write("notes.txt", "")
    lines: list[str] = []
    report_lines(copy.report(), lines.append)
    assert re.fullmatch(
        r"softmax: not done · \d+ checks, 4 mistakes, 3 variants"
        r" · a replay earns \d+ of \d+ · \d+\.\d\d s",
        lines[0],
    )
    assert lines[1:] == [
        "  - a file that is not part of a kata",
        f"    {copy.folder / 'notes.txt'}",
        "    → remove it",
    ]


def test_several_processes_find_what_one_finds() -> None:
    names = ["tanh-backward", "softmax"]
    result = CliRunner().invoke(command_line, ["verify", *names, "--jobs", "2", "--json"])
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert [kata["kata"] for kata in report["katas"]] == names
    assert all(kata["done"] and kata["mistakes"] >= 4 for kata in report["katas"])


def test_tasks_are_handed_out_once_each() -> None:
    results = run_in_processes(20, 3, lambda slot, tasks: bytes([slot, *tasks]))
    assert [result[0] for result in results] == [0, 1, 2]
    assert sorted(task for result in results for task in result[1:]) == list(range(20))


def test_a_process_that_dies_is_no_result(capfd: pytest.CaptureFixture[str]) -> None:
    def work(slot: int, tasks: object) -> bytes:
        if slot == 1:
            os._exit(9)
        return b""

    with pytest.raises(MachineryError, match="ended early"):
        run_in_processes(2, 2, work)


def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    def work(slot: int, tasks: Iterator[int]) -> bytes:
        (tmp_path / f"{slot}.part").write_text(str(os.getpid()))
        (tmp_path / f"{slot}.part").replace(tmp_path / str(slot))
        time.sleep(60)
        return b""

    driver = os.fork()
    if driver == 0:
        run_in_processes(2, 2, work)
        os._exit(0)
    paths = [tmp_path / "0", tmp_path / "1"]
    wait_until(lambda: all(path.exists() for path in paths))
    pids = [int(path.read_text()) for path in paths]
    os.kill(driver, signal.SIGTERM)
    os.waitpid(driver, 0)
    wait_until(lambda: not any(is_running(pid) for pid in pids))


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    """Whether a process exists and is not a zombie that nobody has waited for yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
