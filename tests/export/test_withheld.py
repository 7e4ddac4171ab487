"""What an export for strangers withholds: the text of references, and all that is hidden."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from nnkata.cli.context import pick_course
from nnkata.cli.group import kata
from nnkata.export import targets
from nnkata.export.targets import PRIVATE
from nnkata.export.wheels import Wheel

HOSTS = ("gradescope", "github", "gitlab", "slurm", "kubernetes")
WHEEL = Wheel("nnkata-0-py3-none-any.whl", b"what is hidden")


def export(host: str, folder: Path, *options: str) -> tuple[str, dict[str, str]]:
    """Return what `kata export` says, and the files that it writes, as text, by their names."""
    made = folder / "made.zip" if host == "gradescope" else folder / "made"
    where = ("--out", str(made)) if host == "gradescope" else (str(made),)
    done = CliRunner().invoke(kata, ["export", host, *where, *options], prog_name="kata")
    assert done.exit_code == 0, done.output
    if host == "gradescope":
        with zipfile.ZipFile(made) as archive:
            files = {name: archive.read(name).decode() for name in archive.namelist()}
    else:
        paths = [path for path in made.rglob("*") if path.is_file()]
        files = {p.relative_to(made).as_posix(): p.read_text(encoding="utf-8") for p in paths}
    return " ".join(done.output.split()), files


@pytest.fixture(autouse=True)
def wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build no wheels, which takes seconds."""
    monkeypatch.setattr("nnkata.export.targets.build_wheel", lambda _: WHEEL)
    monkeypatch.setattr("nnkata.export.clusters.build_wheel", lambda _: WHEEL)


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("borrow", [False, True])
def test_nothing_is_borrowed_unless_that_is_chosen_and_it_is_said(
    host: str, borrow: bool, tmp_path: Path
) -> None:
    """A submission can print the text of what it borrows, so strangers get none by default."""
    said, files = export(host, tmp_path, *(["--borrow"] if borrow else []))
    program = r"(?:kata|\{KATA:-kata\})\"?(?: --plain)? grade \"?[$/].*\\\n.*"
    commands = [match[0] for text in files.values() for match in re.finditer(program, text)]
    assert len(commands) == 1, files
    assert ("--no-borrow" in commands[0]) is not borrow
    words = "so a submission can read them" if borrow else "no reference reaches a submission"
    assert words in said
    assert targets.UNHASHED in said
    readme = files.get("README.md", words)
    assert ("can read them" if borrow else "no reference reaches a submission") in readme


@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_what_is_published_contains_nothing_that_is_hidden(host: str, tmp_path: Path) -> None:
    """Only the folder that must not be published has checks, references, mistakes and variants."""
    _, files = export(host, tmp_path)
    private = {name for name in files if name.startswith(f"{PRIVATE}/")}
    assert private == {f"{PRIVATE}/{WHEEL.name}"}
    public = {name: text for name, text in files.items() if name not in private}
    assert public.keys() == targets.FILES[host].keys()
    assert all(name.endswith((".yml", "README.md")) for name in public)
    everything = "\n".join(public.values())
    for one in pick_course("nn_from_scratch")[0].katas.values():
        hidden = [one.checks, one.reference, *one.variants(), *one.folder.glob("mistakes/*.py")]
        for path in hidden:
            lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
            assert not [line for line in lines if len(line) > 40 and line in everything], path


@pytest.mark.parametrize("seed", [(), ("--seed", "4711")])
@pytest.mark.parametrize("host", ["slurm", "kubernetes"])
def test_the_seed_of_a_cluster_is_in_no_command_line(
    host: str, seed: tuple[str, ...], tmp_path: Path
) -> None:
    """Every user of a node can read the command line of a process, but not its environment."""
    _, files = export(host, tmp_path, *seed)
    text = "\n".join(files.values())
    assert "--seed" not in text
    assert "--from-literal" not in text
    assert "KATA_GRADE_SEED" in text
    lines = [line.strip() for line in text.splitlines() if "4711" in line]
    # `printf` is a part of the shell, not a process
    assert all(re.match(r"(\(umask 077 && )?printf '%s' 4711 [|>]", line) for line in lines), lines
    assert len(lines) == (1 if seed else 0)
    if not seed:
        assert "/dev/urandom" in text


@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_a_seed_that_everybody_can_read_is_said_to_be_one(host: str, tmp_path: Path) -> None:
    words = "which anybody can read who can read the workflow"
    assert words not in export(host, tmp_path / "drawn")[1]["README.md"]
    assert words in export(host, tmp_path / "fixed", "--seed", "4711")[1]["README.md"]
