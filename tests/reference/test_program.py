"""The network as a program, as a package under another name, and as text with rules."""

import ast
import importlib
import importlib.abc
import importlib.util
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import pytest

import refnn

ROOT = Path(refnn.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))

ONLY_NUMPY = """
import runpy, sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in {*sys.stdlib_module_names, "numpy", "refnn"}:
            raise ModuleNotFoundError(f"{name} is not to be had", name=name)
sys.meta_path.insert(0, Refuse())
before = set(sys.modules)
try:
    runpy.run_module("refnn", run_name="__main__", alter_sys=True)
except SystemExit as end:
    assert end.code == 0, end.code
gained = {name.partition(".")[0] for name in set(sys.modules) - before}
assert "numpy" in gained, gained
assert not gained & {"scipy", "sklearn", "nnkata"}, gained
"""


def test_the_program_needs_only_numpy_and_prints_its_accuracy() -> None:
    run = subprocess.run([sys.executable, "-c", ONLY_NUMPY], capture_output=True, text=True)
    assert run.stderr == ""
    assert run.returncode == 0
    for line in (
        "XOR on scalars",
        "the same network",
        "epoch 60",
        "accuracy on images it has not seen: 9",
        "trained without block 13",
        "High accuracy does not prove that the gradients are right",
    ):
        assert line in run.stdout
    assert "\x1b" not in run.stdout


def start() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "refnn"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_program_ends_quietly_when_the_pipe_is_closed() -> None:
    with start() as program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert program.stdout.readline().startswith("XOR")
        program.stdout.close()
        assert program.stderr.read() == ""
    assert program.returncode == 0


def test_the_program_ends_quietly_on_an_interrupt() -> None:
    with start() as program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert program.stdout.readline().startswith("XOR")
        program.send_signal(signal.SIGINT)
        assert program.stderr.read() == ""
        assert "High accuracy does not prove" not in program.stdout.read()
    assert program.returncode == 130


class FromMemory(importlib.abc.MetaPathFinder, importlib.abc.SourceLoader):  # type: ignore[misc]
    """Serve the reference's files under another name, from a dict of path to bytes."""

    def __init__(self, package: str) -> None:
        self.package = package
        self.files = {
            "/".join((package, *path.relative_to(ROOT).parts)): path.read_bytes()
            for path in ROOT.rglob("*")
            if path.suffix in (".py", ".gz")
        }

    def get_filename(self, fullname: str) -> str:
        path = fullname.replace(".", "/")
        return f"{path}/__init__.py" if f"{path}/__init__.py" in self.files else f"{path}.py"

    def get_data(self, path: str | bytes) -> bytes:
        try:
            return self.files[str(path)]
        except KeyError:
            raise FileNotFoundError(path) from None

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] != self.package:
            return None
        return importlib.util.spec_from_loader(fullname, self)


def test_the_same_texts_work_under_another_name_and_without_a_folder(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "meta_path", [FromMemory("elsewhere"), *sys.meta_path])
    before = set(sys.modules)
    try:
        program = importlib.import_module("elsewhere.__main__")
        program.show_gradients(program.PrintLog())
        split = program.frozen_split()
        names = {name for name in set(sys.modules) - before if name.startswith("refnn")}
    finally:
        for name in set(sys.modules) - before:
            if name.startswith("elsewhere"):
                del sys.modules[name]
    assert "the same network" in capsys.readouterr().out
    assert split.X_train.shape == (1438, 64)
    assert type(split).__module__ == "elsewhere.digits.data"
    assert not names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_import_only_numpy_the_standard_library_and_each_other(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "kata" not in text
    for statement in ast.walk(ast.parse(text)):
        if isinstance(statement, ast.Import):
            names = [alias.name for alias in statement.names]
        elif isinstance(statement, ast.ImportFrom) and statement.level == 0:
            names = [statement.module or ""]
        else:
            continue
        for name in names:
            assert name.partition(".")[0] in {*sys.stdlib_module_names, "numpy"}


@pytest.mark.parametrize(
    ("factor", "lines"),
    [
        (1.0, ["{} gradients, by arrays and by scalars, differ by ...: the same network"]),
        (
            1.5,
            [
                "{} gradients, by arrays and by scalars, differ by ...",
                "  They should be equal: at least one of the two computations is not right yet.",
            ],
        ),
    ],
)
def test_gradients_that_differ_are_said_to_calmly(
    factor: float, lines: list[str], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    program = importlib.import_module("refnn.__main__")
    right = program.scalar_gradients
    monkeypatch.setattr(
        program,
        "scalar_gradients",
        lambda *given: {name: factor * gradient for name, gradient in right(*given).items()},
    )
    program.show_gradients(program.PrintLog())
    text = re.sub(r"\d\.\de[+-]\d\d", "...", capsys.readouterr().out).strip("\n")
    assert text == "\n".join(lines).format(1210)
    assert max(map(len, text.replace("...", "1.1e-16").splitlines())) <= 80
