"""Nothing in the environment, the working folder or the workspace changes a verdict."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from nnkata.cli.context import pick_course
from nnkata.course.mistakes import read_mistake

NAMES = """numpy math random json re typing pytest _pytest click pluggy msgspec rich jinja2
nn_from_scratch refnn __future__ ast tomllib sqlite3 hashlib conftest
sitecustomize usercustomize mynn checks""".split()
HOSTILE = "raise RuntimeError('a hostile ' + __name__)\n"
CONFTEST = """
import pytest
@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item): return True
def pytest_pyfunc_call(pyfuncitem): return True
def pytest_collection_modifyitems(items): items.clear()
"""
INI = "[pytest]\naddopts = --collect-only -k nothing -p conftest\npython_files = nothing\n"
PYPROJECT = (
    '[tool.pytest.ini_options]\naddopts = "--collect-only -p conftest"\n[tool.nnkata]\nx = 1\n'
)
ENVIRONMENTS: dict[str, dict[str, str]] = {
    "pytest's": {
        "PYTEST_ADDOPTS": "--collect-only -k nothing", "PYTEST_PLUGINS": "conftest",
        "PYTEST_CURRENT_TEST": "x", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "", "PYTEST_DEBUG": "1",
        "PYTEST_THEME": "x",
    },
    "Python's": {
        "PYTHONPATH": "{here}", "PYTHONHASHSEED": "17", "PYTHONSTARTUP": "{here}/conftest.py",
        "PYTHONWARNINGS": "error", "PYTHONOPTIMIZE": "1", "PYTHONINTMAXSTRDIGITS": "640",
        "PYTHONUSERBASE": "{here}",
    },
    "Python's without documentation": {"PYTHONOPTIMIZE": "2", "PYTHONPATH": ".:{here}/.."},
    "other": {
        "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "HOME": "/nowhere", "TMPDIR": "{here}/tmp",
        "NUMPY_EXPERIMENTAL_ARRAY_FUNCTION": "0", "OMP_NUM_THREADS": "7", "KATA_REVEAL": "all",
        "COLUMNS": "3", "CI": "1",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile") / "a workspace"


HONEST: dict[str, Any] = {}
"""The verdicts while the place is clean."""


@pytest.fixture
def honest(lab: Any, place: Path) -> dict[str, Any]:
    """Give the verdicts of the clean place, and make it hostile once they are known."""
    if not HONEST:
        place.mkdir()
        assert lab.kata("init", ".", cwd=place).returncode == 0
        HONEST.update({which: verdict(lab, place, which) for which in MODULES})
        furnish(place)
    return HONEST


MODULES: dict[str, Any] = {
    "right": lambda kata: kata.reference.read_text(encoding="utf-8"),
    "wrong": lambda kata: read_mistake(kata, "global-max").module,
}


def verdict(lab: Any, place: Path, which: str, *options: Any, **more: Any) -> Any:
    kata = pick_course()[0].katas["softmax"]
    (place / "mynn" / kata.module).write_text(MODULES[which](kata), encoding="utf-8")
    done = lab.kata("check", "softmax", "--json", *options, cwd=more.pop("cwd", place), **more)
    assert done.returncode == (0 if which == "right" else 1), done.stderr
    told = json.loads(done.stdout)
    for outcome in told["verdicts"][0]["outcomes"]:
        del outcome["seconds"]
    return told


def furnish(place: Path) -> None:
    """Put everything hostile into the workspace."""
    for folder in (place, place / "mynn", place / "mynn" / "forward"):
        for name in NAMES:
            if not (folder / name).exists():
                (folder / f"{name}.py").write_text(HOSTILE)
        (folder / "conftest.py").write_text(CONFTEST)
        (folder / "pytest.ini").write_text(INI)
        (folder / "pyproject.toml").write_text(f"[tool.{INI[1:]}")
        (folder / "setup.cfg").write_text(INI.replace("[pytest]", "[tool:pytest]"))
        (folder / "tox.ini").write_text(INI)
    (place / "mynn" / "nnkata").mkdir(exist_ok=True)
    (place / "mynn" / "nnkata" / "__init__.py").write_text(HOSTILE)
    (place / "evil-1.0.dist-info").mkdir(exist_ok=True)
    entry = "[pytest11]\nevil = conftest\n[nnkata]\nevil = conftest\n"
    (place / "evil-1.0.dist-info" / "entry_points.txt").write_text(entry)
    (place / "evil-1.0.dist-info" / "METADATA").write_text("Name: evil\nVersion: 1.0\n")
    (place / "tmp").mkdir(exist_ok=True)


def test_the_verdicts_of_a_clean_place(honest: dict[str, Any]) -> None:
    right, wrong = (honest[which]["verdicts"][0] for which in ("right", "wrong"))
    assert (right["passed"], right["diagnoses"]) == (True, [])
    assert wrong["passed"] is False
    assert [d["mistake"] for d in wrong["diagnoses"]] == ["global-max"]


@pytest.mark.parametrize("which", MODULES)
@pytest.mark.parametrize("environment", ["none", *ENVIRONMENTS])
def test_hostile_files_and_variables_change_nothing(
    environment: str, which: str, lab: Any, place: Path, honest: dict[str, Any]
) -> None:
    furnish(place)
    variables = ENVIRONMENTS.get(environment, {})
    filled = {name: value.format(here=place) for name, value in variables.items()}
    assert verdict(lab, place, which, env=filled) == honest[which]


@pytest.mark.parametrize("folder", ["mynn", "mynn/forward"])
def test_the_working_folder_is_not_on_the_path(
    folder: str, lab: Any, place: Path, honest: dict[str, Any]
) -> None:
    """Neither for `kata`, nor for `python -m nnkata`, for which Python itself puts it there."""
    assert verdict(lab, place, "right", cwd=place / folder) == honest["right"]
    if not (place / folder / "nnkata").exists():  # which Python would run in our place
        again = verdict(
            lab, place, "wrong", cwd=place / folder, command=(sys.executable, "-m", "nnkata"),
            env={"PYTHONPATH": f"{place}:"},
        )  # fmt: skip
        assert again == honest["wrong"]


def test_a_folder_that_was_removed_is_said_to_be_gone(lab: Any, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    shell = (
        "/bin/sh",
        "-c",
        'rmdir "$PWD" && exec "$0" "$@"',
        str(Path(sys.executable).with_name("kata")),
    )
    done = lab.kata("next", cwd=gone, command=shell)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "folder" in done.stderr


def test_two_checks_of_one_workspace_at_once_agree(
    lab: Any, place: Path, honest: dict[str, Any]
) -> None:
    import subprocess

    kata = pick_course()[0].katas["softmax"]
    (place / "mynn" / kata.module).write_bytes(kata.reference.read_bytes())
    command = [str(Path(sys.executable).with_name("kata")), "check", "softmax", "--json"]
    both = [subprocess.Popen(command, cwd=place, stdout=subprocess.PIPE) for _ in range(2)]
    for process in both:
        out, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        assert json.loads(out)["verdicts"][0]["passed"] is True
