"""Packs of other distributions, installed beside the nnkata wheel where the clone is not."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from msgspec import Struct

ROOT = Path(__file__).parents[2]
PACKS = ROOT / "tests" / "packs"
BROKEN = ("cannot_import", "wrong_table", "twin_one", "twin_two")


class PackEnvironment(Struct, frozen=True):
    """A virtual environment with nnkata and two packs, and a folder with broken plugins."""

    folder: Path
    broken: Path

    def run(
        self, *command: str | Path, cwd: Path | None = None, broken: bool = False
    ) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment; with `broken`, the broken plugins are there too."""
        bin_folder = self.folder / "bin"
        environment = {
            "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
        }
        environment |= {k: v for k, v in os.environ.items() if k.startswith("PIP_")}
        if broken:
            environment["PYTHONPATH"] = str(self.broken)
        return subprocess.run(
            command,
            cwd=cwd or self.folder,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def printed(self, *command: str | Path, cwd: Path | None = None, code: int = 0) -> Any:
        """Run a program that prints JSON and nothing on stderr."""
        done = self.run(*command, cwd=cwd)
        assert (done.returncode, done.stderr) == (code, ""), done.stdout + done.stderr
        return json.loads(done.stdout)

    def mistake(self, course: str, kata: str, mistake: str) -> str:
        """Return the whole module of a mistake."""
        done = self.run("kata", "verify", kata, "--course", course, "--show", mistake)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
        return done.stdout

    def workspace(self, folder: Path, *options: str) -> Path:
        """Make a workspace."""
        done = self.run("kata", "init", folder, *options)
        assert done.returncode == 0, done.stderr
        return folder


def build_wheel(project: Path, folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=project,
        capture_output=True,
        check=True,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> PackEnvironment:
    folder = tmp_path_factory.mktemp("site")
    site = PackEnvironment(folder / "venv", folder / "broken")
    venv.create(site.folder, with_pip=True)
    for project in (ROOT, PACKS / "standalone", PACKS / "extending"):
        build_wheel(project, folder / "wheels")
    for name in BROKEN:
        build_wheel(PACKS / "broken" / name, folder / "broken-wheels")
    done = site.run("pip", "install", "-q", *(folder / "wheels").iterdir())
    assert done.returncode == 0, done.stderr
    wheels = (folder / "broken-wheels").iterdir()
    done = site.run("pip", "install", "-q", "--no-deps", "--target", site.broken, *wheels)
    assert done.returncode == 0, done.stderr
    return site


def validate(value: Any, schema: str) -> None:
    text = (ROOT / "docs" / "schemas" / f"{schema}.json").read_text(encoding="utf-8")
    jsonschema.validate(value, json.loads(text), cls=jsonschema.Draft202012Validator)


def soften(workspace: Path, text: str) -> None:
    """Write the module of the kata that a pack adds to our course."""
    (workspace / "mynn" / "forward" / "temperature.py").write_text(text, encoding="utf-8")


def test_nothing_comes_from_the_clone(site: PackEnvironment) -> None:
    names = "nnkata, nn_from_scratch, refnn, nnkata_templates, scorekeeping, softer"
    code = f"import sys, {names}; print(*sys.path, *(m.__file__ for m in ({names},)), sep='\\n')"
    paths = site.run("python", "-c", code).stdout.split()
    assert len(paths) > 6
    assert not [path for path in paths if path.startswith(str(ROOT))]


def test_a_course_of_its_own_is_listed_and_next(site: PackEnvironment, tmp_path: Path) -> None:
    workspace = site.workspace(tmp_path / "score", "--course", "scorekeeping")
    listing = site.printed("kata", "list", "--json", cwd=workspace)
    validate(listing, "list")
    assert [(row["kata"], row["module"]) for row in listing["katas"]] == [
        ("confusion-matrix", "basics/confusion.py")
    ]
    shown = site.run("kata", "--plain", "next", cwd=workspace).stdout
    assert "confusion-matrix" in shown
    assert "my_scorekeeping/basics/confusion.py" in shown


def test_a_kata_of_a_course_of_its_own_is_checked(site: PackEnvironment, tmp_path: Path) -> None:
    workspace = site.workspace(tmp_path / "score", "--course", "scorekeeping")
    pack = PACKS / "standalone"
    module = workspace / "my_scorekeeping" / "basics" / "confusion.py"
    text = site.mistake("scorekeeping", "confusion-matrix", "each-pair-once")
    module.write_text(text, encoding="utf-8")
    wrong = site.printed("kata", "check", "confusion-matrix", "--json", cwd=workspace, code=1)
    validate(wrong, "verdicts")
    assert [d["mistake"] for d in wrong["verdicts"][0]["diagnoses"]] == ["each-pair-once"]
    module.write_bytes((pack / "ref_scorekeeping" / "basics" / "confusion.py").read_bytes())
    right = site.printed("kata", "check", "confusion-matrix", "--json", cwd=workspace)
    validate(right, "verdicts")
    assert right["course"] == "scorekeeping"
    assert right["verdicts"][0]["points"] == right["verdicts"][0]["max_points"] == 7


def test_a_kata_for_our_course_is_listed_in_its_track(
    site: PackEnvironment, tmp_path: Path
) -> None:
    listing = site.printed("kata", "list", "--json", cwd=site.workspace(tmp_path / "nn"))
    validate(listing, "list")
    rows = {row["kata"]: row for row in listing["katas"]}
    assert rows["temperature"] == {
        "kata": "temperature",
        "track": "forward",
        "module": "forward/temperature.py",
        "title": "Softer and sharper probabilities",
        "state": "open",
        "needs": ["softmax"],
        "points": 8,
    }
    assert list(rows).index("softmax") < list(rows).index("temperature")


def test_a_kata_for_our_course_is_next_once_it_is_begun(
    site: PackEnvironment, tmp_path: Path
) -> None:
    workspace = site.workspace(tmp_path / "nn")
    assert (workspace / "mynn" / "forward" / "temperature.py").is_file()
    soften(workspace, site.mistake("nn_from_scratch", "temperature", "multiplies"))
    shown = site.run("kata", "--plain", "next", cwd=workspace).stdout
    assert "mynn/forward/temperature.py" in shown
    assert "softmax" in shown


def test_a_kata_for_our_course_borrows_what_it_needs(site: PackEnvironment, tmp_path: Path) -> None:
    workspace = site.workspace(tmp_path / "nn")
    reference = PACKS / "extending" / "ref_softer" / "forward" / "temperature.py"
    soften(workspace, reference.read_text(encoding="utf-8"))
    verdicts = site.printed("kata", "check", "temperature", "--json", cwd=workspace)
    validate(verdicts, "verdicts")
    (verdict,) = verdicts["verdicts"]
    assert verdict["passed"]
    assert verdict["borrowed"] == ["softmax"]
    listing = site.printed("kata", "list", "--json", cwd=workspace)
    states = {row["kata"]: row["state"] for row in listing["katas"]}
    assert (states["temperature"], states["softmax"]) == ("passed", "open")


def test_a_mistake_of_a_pack_is_named(site: PackEnvironment, tmp_path: Path) -> None:
    workspace = site.workspace(tmp_path / "nn")
    text = site.mistake("nn_from_scratch", "temperature", "power-of-probabilities")
    soften(workspace, text)
    verdicts = site.printed("kata", "check", "temperature", "--json", cwd=workspace, code=1)
    named = [d["mistake"] for d in verdicts["verdicts"][0]["diagnoses"]]
    assert named == ["power-of-probabilities"]


@pytest.mark.parametrize(
    ("course", "kata"), [("scorekeeping", "confusion-matrix"), ("nn_from_scratch", "temperature")]
)
def test_the_katas_of_packs_are_done(site: PackEnvironment, course: str, kata: str) -> None:
    report = site.printed("kata", "verify", "--course", course, kata, "--json")
    validate(report, "verify")
    assert report["done"]
    assert report["katas"][0]["kata"] == kata


def test_broken_plugins_are_named_and_take_nobody_down(
    site: PackEnvironment, tmp_path: Path
) -> None:
    workspace = tmp_path / "nn"
    assert site.run("kata", "init", workspace, broken=True).returncode == 0
    reference = PACKS / "extending" / "ref_softer" / "forward" / "temperature.py"
    soften(workspace, reference.read_text(encoding="utf-8"))
    for command in (("list", "--json"), ("check", "temperature", "--json")):
        done = site.run("kata", *command, cwd=workspace, broken=True)
        assert done.returncode == 0, done.stderr
        assert "temperature" in done.stdout
        assert "cannot_import (cannot-import)" in done.stderr
        assert "the pack of Ada needs a licence" in done.stderr
        table = Path("wrong_table") / "course.toml"
        assert f"{table}:5: unknown key `refrence`; did you mean `reference`?" in done.stderr
        assert "Traceback" not in done.stderr


def test_of_two_plugins_that_claim_one_kata_both_are_named(site: PackEnvironment) -> None:
    done = site.run("kata", "verify", "twins", broken=True)
    assert re.search("the kata twins is claimed by twin_(one|two) and by twin_(?!\\1)", done.stderr)
    assert "twins: draft" in done.stdout


def test_the_page_on_plugins_shows_what_really_happens(
    site: PackEnvironment, tmp_path: Path
) -> None:
    spec = importlib.util.spec_from_file_location("blocks", ROOT / "tests" / "readme_blocks.py")
    assert spec is not None
    assert spec.loader is not None
    blocks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(blocks)
    text = (ROOT / "docs" / "instructor" / "plugins.md").read_text(encoding="utf-8")
    wanted = blocks.commands(text.splitlines())
    assert wanted
    script = "\n".join(f"echo {blocks.MARK}\n{{ {command.text}\n}} 2>&1" for command in wanted)
    done = site.run("bash", "-c", script, cwd=tmp_path)
    parts = done.stdout.split(blocks.MARK + "\n")[1:]
    for command, part in zip(wanted, parts, strict=True):
        expected = command.printed[:-1] if command.printed[-1:] == [""] else command.printed
        assert blocks.same(expected, part.splitlines()), f"`{command.text}` prints\n{part}"

    # What the page has installed can be used, and verify names whatever the examples lack.
    katas = (("nn_from_scratch", "more-losses-example"), ("graph_nets", "example"))
    for course, kata in katas:
        workspace = site.workspace(tmp_path / course, "--course", course)
        listing = site.printed("kata", "list", "--json", cwd=workspace)
        assert kata in [row["kata"] for row in listing["katas"]]
        report = site.printed("kata", "verify", "--course", course, kata, "--json", code=1)
        findings = {(Path(f["where"]).name, f["what"]) for f in report["katas"][0]["findings"]}
        assert findings >= {
            ("README.md:3", "there is still a TODO"),
            ("checks.py:7", "there is still a TODO"),
            ("stub.py:1", "there is still a TODO"),
            ("example.py:1", "there is still a TODO"),
            ("mistakes", "1 mistakes, but 4 are required"),
            ("variants", "1 variants, but 2 are required"),
        }
    assert site.run("pip", "uninstall", "-q", "-y", "more-losses", "graph-nets").returncode == 0
