"""A learner's wheel: what is not in it, and that everything works without that."""

from __future__ import annotations

import ast
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from nnkata.cli.context import pick_course
from nnkata.export.wheels import label_metadata
from nnkata.model import Course
from nnkata.workspace.workspace import Workspace

from .conftest import KATA, REFERENCE, SOFTMAX, WRONG, Learner, run, submit


@pytest.fixture(scope="module")
def course() -> Course:
    return pick_course()[0]


@pytest.fixture
def workspace(learner: Learner, tmp_path: Path) -> Path:
    learner.kata("init", "nn", cwd=tmp_path)
    return tmp_path / "nn"


def exported(folder: Path, *options: str) -> tuple[Path, str]:
    """Export a learner's wheel; return it and what was said."""
    done = run(KATA, "export", "learner", "--out", "wheels", *options, cwd=folder)
    (wheel,) = (folder / "wheels").iterdir()
    return wheel, " ".join(done.stdout.split())


def unpacked(wheel: Path, folder: Path) -> Path:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def squeezed(text: str) -> str:
    return "".join(text.split())


def bodies(source: str) -> Iterator[str]:
    """Yield the body of every function, methods and inner ones too, without its docstring."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            if body:
                yield squeezed(ast.unparse(ast.Module(body, [])))


def secrets(course: Course) -> dict[str, str]:
    """Return every text that a learner must not find, and what it is.

    What a kata's own stub hands out is not a secret: it is what learners start from.
    """
    found = {}
    for kata in course.katas.values():
        handed_out = set(bodies(kata.stub.read_text(encoding="utf-8")))
        for body in set(bodies(kata.reference.read_text(encoding="utf-8"))) - handed_out:
            found[body] = f"reference of {kata.name}: {body[:60]}"
        for path in kata.mistakes():
            text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            assert text
            found[squeezed(text)] = f"mistake {kata.name}/{path.name}"
    return found


def contents(wheel: Path) -> dict[str, str]:
    """Return all that is in a wheel, as it is and as Python would write it."""
    found = {}
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            assert not name.endswith((".pyc", ".pyo")), f"{name} cannot be searched"
            text = archive.read(name).decode("utf-8", "replace")
            written = ast.unparse(ast.parse(text)) if name.endswith(".py") else ""
            found[name] = squeezed(text) + "\0" + squeezed(written)
    return found


def test_no_file_of_the_wheel_holds_a_reference_body_or_a_mistake(
    learner: Learner, course: Course
) -> None:
    hidden = secrets(course)
    assert len(hidden) > 150
    told = [
        f"{name}: {what}"
        for name, text in contents(learner.wheel).items()
        for secret, what in hidden.items()
        if secret in text
    ]
    assert not told, "\n".join(told)


def test_the_same_search_finds_every_one_of_them_where_they_are_kept(
    course: Course, tmp_path: Path
) -> None:
    whole = "\0".join(contents(exported(tmp_path, "--with-reference")[0]).values())
    assert not [what for secret, what in secrets(course).items() if secret not in whole]


def test_what_is_installed_is_what_was_searched(learner: Learner, workspace: Path) -> None:
    with zipfile.ZipFile(learner.wheel) as archive:
        shipped = set(archive.namelist())
    for package in ("nnkata", "nn_from_scratch", "refnn", "nnkata_templates"):
        for path in (learner.site / package).rglob("*"):
            if path.is_file():
                name = path.relative_to(learner.site).as_posix()
                source = re.sub(r"__pycache__/(\w+)\.[\w.-]+\.pyc$", r"\1.py", name)
                assert source in shipped, name


def test_neither_variants_nor_mutants_nor_the_readme_come_along(learner: Learner) -> None:
    with zipfile.ZipFile(learner.wheel) as archive:
        names = archive.namelist()
        about = next(archive.read(n).decode() for n in names if n.endswith("/METADATA"))
    assert not [n for n in names if re.search("mutants.toml|/(variants|mistakes)/", n)]
    assert "\nVersion: 0.1.0+learner\n" in about
    assert "\n\n" not in about
    described = (
        "Name: x\nVersion: 1.0+learner\nDescription-Content-Type: text/markdown\n\nHow to.\n"
    )
    assert label_metadata(described, "+learner") == "Name: x\nVersion: 1.0+learner\n"


def test_every_katas_pictures_come_along(learner: Learner, course: Course) -> None:
    with zipfile.ZipFile(learner.wheel) as archive:
        names = set(archive.namelist())
    for kata in course.katas.values():
        assert f"nn_from_scratch/{kata.track}/{kata.name}/pictures.py" in names


def test_the_given_files_are_in_it_and_a_workspace_has_all_its_files(
    workspace: Path, course: Course, tmp_path: Path
) -> None:
    run(KATA, "init", "whole", cwd=tmp_path)
    assert course.given
    for path in (tmp_path / "whole" / "mynn").rglob("*"):
        if path.is_file():
            same = workspace / path.relative_to(tmp_path / "whole")
            assert same.read_bytes() == path.read_bytes()


def test_a_learner_finds_their_way(learner: Learner, workspace: Path, course: Course) -> None:
    first = next(iter(course.katas))
    assert f"kata show {first}" in learner.kata("next", cwd=workspace).stdout
    none = f"0 of {len(course.katas)} modules are yours"
    assert none in learner.kata("list", cwd=workspace).stdout
    assert "hint 1 of" in learner.kata("hint", cwd=workspace).stdout
    assert "## " in learner.kata("show", "softmax", cwd=workspace).stdout
    assert "Nothing is written" in learner.kata("check", cwd=workspace, code=1).stdout
    told = learner.kata("doctor", cwd=workspace).stdout
    assert "no reference modules: nothing can be borrowed" in told
    assert "no mistakes" in told


def test_a_kata_waits_for_its_needs_and_says_for_which(learner: Learner, workspace: Path) -> None:
    done = learner.kata("check", "value-backward", cwd=workspace, code=1)
    assert "these katas must pass first: value, topological-sort" in done.stdout
    assert done.stdout.endswith("→ kata show value\n")
    stub = workspace / "mynn" / "autograd" / "backward.py"
    stub.write_text(stub.read_text(encoding="utf-8") + "\n# begun\n", encoding="utf-8")
    done = learner.kata("next", cwd=workspace)
    assert "Needs these katas, not passed yet: value, topological-sort" in done.stdout


def test_train_names_the_first_module_that_is_missing(
    learner: Learner, workspace: Path, course: Course
) -> None:
    first = next(iter(course.katas.values()))
    done = learner.kata("train", cwd=workspace, code=2)
    assert f"mynn/{first.module} is not solved yet" in done.stderr
    assert "this installation has no reference modules" in done.stderr
    assert f"→ kata show {first.name}" in done.stderr
    assert done.stdout == ""


def test_train_runs_when_every_module_is_theirs(
    learner: Learner, workspace: Path, course: Course
) -> None:
    progress = Workspace(workspace, course).progress
    for kata in course.katas.values():
        shutil.copy(kata.reference, workspace / "mynn" / kata.module)
        progress.record_pass(kata.name, "", "", 7)
    program = "from .layers.two_layer import NeuralNetwork\nprint(NeuralNetwork.__module__)\n"
    (workspace / "mynn" / "__main__.py").write_text(program, encoding="utf-8")
    done = learner.kata("train", cwd=workspace)
    count = len(course.katas)
    assert f"{count} of {count} modules of the network are yours" in done.stdout
    assert done.stdout.endswith("mynn.layers.two_layer\n")
    (workspace / "mynn" / SOFTMAX).unlink()
    done = learner.kata("train", cwd=workspace, code=2)
    assert "mynn/forward/softmax.py is missing" in done.stderr
    assert "→ `kata init` writes its stub" in done.stderr


def test_run_uses_what_is_there_solved_or_not(learner: Learner, workspace: Path) -> None:
    program = workspace / "mine.py"
    program.write_text(
        "from mynn.forward.softmax import softmax\n"
        "try:\n    softmax([0.0])\nexcept NotImplementedError as error:\n    print(error)\n",
        encoding="utf-8",
    )
    done = learner.kata("run", "mine.py", cwd=workspace)
    assert done.stdout == "kata softmax: softmax is not written yet\n"


def test_a_wrong_module_is_told_what_failed_and_gets_no_diagnosis(
    learner: Learner, workspace: Path
) -> None:
    submit(workspace, WRONG)
    done = learner.kata("check", "softmax", "--json", cwd=workspace, code=1)
    (verdict,) = json.loads(done.stdout)["verdicts"]
    assert (verdict["diagnoses"], verdict["blame"], verdict["borrowed"]) == ([], None, [])
    assert any(o["expected"] for o in verdict["outcomes"] if o["outcome"] == "failed")
    assert (
        "hint 2 of 4, chosen for the first failing check"
        in learner.kata("hint", "softmax", cwd=workspace).stdout
    )


def test_what_passes_is_used_by_the_next_kata_of_the_same_run(
    learner: Learner, workspace: Path, course: Course
) -> None:
    names = ("softmax", "he-init", "two-layer-net")
    for name in names:
        submit(
            workspace, course.katas[name].reference.read_text("utf-8"), course.katas[name].module
        )
    done = learner.kata("check", *names, cwd=workspace)
    assert "3 of 3 katas pass" in done.stdout


def test_solution_says_that_there_is_none_and_notes_no_giving_up(
    learner: Learner, workspace: Path, course: Course
) -> None:
    done = learner.kata("solution", "softmax", "--give-up", cwd=workspace, code=2)
    assert "this installation has no reference solution of softmax" in done.stderr
    assert "→ `kata hint softmax` helps" in done.stderr
    assert not Workspace(workspace, course).progress.given_up()


def test_a_grader_is_not_exported_from_it(learner: Learner, tmp_path: Path, course: Course) -> None:
    first = next(iter(course.katas))
    for options in (["gradescope"], ["github", "x"], ["learner", "--with-reference", "--out", "x"]):
        done = learner.kata("export", *options, cwd=tmp_path, code=2)
        assert f"the reference solution of {first}" in " ".join(done.stderr.split())
        assert "→ export where the complete course is installed" in done.stderr
    assert not list(tmp_path.iterdir())


def test_verify_names_what_is_not_there(learner: Learner, tmp_path: Path) -> None:
    done = learner.kata("verify", "softmax", cwd=tmp_path, code=1)
    assert "there is no reference solution" in done.stdout


def test_a_learners_wheel_makes_the_same_wheel_again(learner: Learner, tmp_path: Path) -> None:
    learner.kata("export", "learner", "--out", ".", cwd=tmp_path)
    assert (tmp_path / learner.wheel.name).read_bytes() == learner.wheel.read_bytes()


def test_without_checks_nothing_is_checked_and_every_command_says_so(
    learner: Learner, workspace: Path, course: Course, tmp_path: Path
) -> None:
    wheel, said = exported(tmp_path, "--without-checks")
    assert "No checks: `kata check` checks nothing and says so" in said
    site = unpacked(wheel, tmp_path / "site")
    assert not list(site.rglob("checks.py"))
    for command in (
        ["check"],
        ["check", "--every"],
        ["check", "--debug"],
        ["grade", "."],
        ["verify"],
    ):
        done = learner.kata(*command, cwd=workspace, code=2, PYTHONPATH=site)
        assert "this installation contains no checks" in done.stderr
        assert "→ submit your modules where they are graded" in done.stderr
    assert "3. hand it in" in learner.kata("next", cwd=workspace, PYTHONPATH=site).stdout
    assert "hint 1 of" in learner.kata("hint", cwd=workspace, PYTHONPATH=site).stdout
    listed = learner.kata("list", cwd=workspace, PYTHONPATH=site).stdout
    assert f"0 of {len(course.katas)}" in listed
    done = learner.kata("train", cwd=workspace, code=2, PYTHONPATH=site)
    assert "→ nothing can be checked here; python -m mynn runs" in done.stderr
    learner.kata("reset", "softmax", cwd=workspace, PYTHONPATH=site)


def test_a_pass_counts_in_an_installation_without_checks(
    learner: Learner, workspace: Path, tmp_path: Path
) -> None:
    submit(workspace, (REFERENCE / SOFTMAX).read_text(encoding="utf-8"))
    learner.kata("check", "softmax", cwd=workspace)
    site = unpacked(exported(tmp_path, "--without-checks")[0], tmp_path / "site")
    listed = json.loads(learner.kata("list", "--json", cwd=workspace, PYTHONPATH=site).stdout)
    assert {k["kata"]: k["state"] for k in listed["katas"]}["softmax"] == "passed"


def test_with_reference_everything_is_borrowed_again(
    learner: Learner, workspace: Path, tmp_path: Path
) -> None:
    wheel, said = exported(tmp_path, "--with-reference")
    assert "nothing is borrowed" not in said
    assert wheel.name == "nnkata-0.1.0+learner.reference-py3-none-any.whl"
    site = unpacked(wheel, tmp_path / "site")
    done = learner.kata("check", "value-backward", cwd=workspace, code=1, PYTHONPATH=site)
    assert "Nothing is written" in done.stdout
    submit(workspace, WRONG)
    done = learner.kata("check", "softmax", cwd=workspace, code=1, PYTHONPATH=site)
    assert "Likely cause:" in done.stdout


def test_the_export_says_what_is_missing_and_what_follows(tmp_path: Path) -> None:
    _, said = exported(tmp_path)
    assert "No reference solutions: nothing is borrowed." in said
    assert "No mistakes: `kata check` says what fails" in said
    assert "`--without-checks` leaves them out" in said
    assert "`--with-reference` adds reference solutions and mistakes" in said
