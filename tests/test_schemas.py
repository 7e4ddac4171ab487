"""The committed schemas are those of the code, and what we read and print is valid by them."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

import nn_from_scratch
from nnkata.course.loading import read_courses
from nnkata.course.mistakes import read_mistake
from nnkata.plugins import installed_plugins
from nnkata.schemas import schema_texts, schemas

ROOT = Path(__file__).parents[1]
COMMITTED = ROOT / "docs" / "schemas"
COURSE = Path(nn_from_scratch.__file__).parent
KATA = Path(sysconfig.get_path("scripts")) / "kata"


def validate(value: Any, name: str) -> None:
    schema = json.loads((COMMITTED / f"{name}.json").read_text(encoding="utf-8"))
    jsonschema.validate(value, schema, cls=jsonschema.Draft202012Validator)


def printed(*arguments: str, cwd: Path, code: int) -> Any:
    done = subprocess.run([KATA, *arguments], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workspace")
    subprocess.run([KATA, "init", folder], capture_output=True, check=True)
    return folder


def write_softmax(workspace: Path, source: Path) -> None:
    write_text(workspace, source.read_text(encoding="utf-8"))


def write_text(workspace: Path, text: str) -> None:
    (workspace / "mynn" / "forward" / "softmax.py").write_text(text, encoding="utf-8")


def test_the_committed_schemas_are_those_of_the_code() -> None:
    made = dict(schema_texts())
    committed = {p.name: p.read_text(encoding="utf-8") for p in COMMITTED.iterdir()}
    assert committed == made, "→ python -m nnkata.schemas docs/schemas"


def test_the_command_that_the_test_names_writes_them(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "nnkata.schemas", str(tmp_path / "schemas")]
    subprocess.run(command, check=True)
    written = {p.name: p.read_text(encoding="utf-8") for p in (tmp_path / "schemas").iterdir()}
    assert written == dict(schema_texts())


@pytest.mark.parametrize("name", list(schemas()))
def test_every_schema_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schemas()[name])


@pytest.mark.parametrize(
    "path",
    sorted([*COURSE.rglob("kata.toml"), *(ROOT / "tests" / "packs").rglob("kata.toml")]),
    ids=lambda path: path.parent.name,
)
def test_every_kata_toml_is_valid(path: Path) -> None:
    validate(tomllib.loads(path.read_text(encoding="utf-8")), "kata")


def test_every_course_toml_is_valid_but_the_one_that_is_wrong_on_purpose() -> None:
    for path in (COURSE, *(ROOT / "tests" / "packs").glob("*/*")):
        if (path / "course.toml").is_file():
            validate(tomllib.loads((path / "course.toml").read_text(encoding="utf-8")), "course")
    wrong = ROOT / "tests" / "packs" / "broken" / "wrong_table" / "wrong_table" / "course.toml"
    with pytest.raises(jsonschema.ValidationError, match="refrence"):
        validate(tomllib.loads(wrong.read_text(encoding="utf-8")), "course")


def test_the_list_is_valid_and_lists_every_kata(workspace: Path) -> None:
    listing = printed("list", "--json", cwd=workspace, code=0)
    validate(listing, "list")
    course = read_courses(installed_plugins().course_roots())[0]["nn_from_scratch"]
    assert [row["kata"] for row in listing["katas"]] == list(course.katas)


def test_the_verdict_on_a_stub_is_valid(workspace: Path) -> None:
    write_softmax(workspace, COURSE / "forward" / "softmax" / "stub.py")
    verdicts = printed("check", "softmax", "--json", cwd=workspace, code=1)
    validate(verdicts, "verdicts")
    assert not verdicts["verdicts"][0]["passed"]


def test_the_verdict_on_a_mistake_is_valid_and_holds_its_diagnosis(workspace: Path) -> None:
    course = read_courses(installed_plugins().course_roots())[0]["nn_from_scratch"]
    write_text(workspace, read_mistake(course.katas["softmax"], "global-max").module)
    verdicts = printed("check", "softmax", "--json", cwd=workspace, code=1)
    validate(verdicts, "verdicts")
    assert [d["mistake"] for d in verdicts["verdicts"][0]["diagnoses"]] == ["global-max"]


def test_the_verdict_on_a_module_that_cannot_be_loaded_is_valid(
    workspace: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text("def softmax(:\n", encoding="utf-8")
    write_softmax(workspace, broken)
    verdicts = printed("check", "softmax", "--json", cwd=workspace, code=1)
    validate(verdicts, "verdicts")
    assert verdicts["verdicts"][0]["load"]["kind"] == "syntax"


def test_the_verdict_on_a_right_module_is_valid(workspace: Path) -> None:
    variant = COURSE / "forward" / "softmax" / "variants" / "by-logsumexp.py"
    write_softmax(workspace, variant)
    verdicts = printed("check", "softmax", "--json", cwd=workspace, code=0)
    validate(verdicts, "verdicts")
    assert verdicts["verdicts"][0]["passed"]


def test_the_report_of_verify_is_valid(workspace: Path) -> None:
    report = printed("verify", "softmax", "--seeds", "1", "--json", cwd=workspace, code=0)
    validate(report, "verify")
    assert report["done"]
