"""With a lock, everything that an exported grader installs is pinned by hash."""

from __future__ import annotations

import re
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nnkata.cli.group import kata
from nnkata.export.targets import UNHASHED

EXPORTS = {
    "gradescope": "--out {0}/autograder.zip",
    "github": "{0}/made",
    "gitlab": "{0}/made",
    "slurm": "{0}/made",
    "kubernetes": "{0}/made",
}
CLUSTERS = ("slurm", "kubernetes")


def export(host: str, folder: Path, lock: Path | None = None) -> Result:
    words = ["export", host, *EXPORTS[host].format(folder).split()]
    words += [] if lock is None else ["--lock", str(lock)]
    return CliRunner().invoke(kata, words, prog_name="kata")


def write_lock(folder: Path, left_out: str = "") -> Path:
    """Write a lock of all that is installed, with two made-up hashes each."""
    lines = ["version = 1\n"]
    for number, part in enumerate(metadata.distributions()):
        name = part.metadata["Name"]
        if name.lower() != left_out:
            hashes = (f"sha256:{2 * number + n:064x}" for n in range(2))
            wheels = ", ".join(f'{{ url = "x", hash = "{h}" }}' for h in hashes)
            lines.append(
                f'[[package]]\nname = "{name}"\nversion = "{part.version}"\nwheels = [{wheels}]\n'
            )
    path = folder / "uv.lock"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("host", EXPORTS)
def test_every_pin_has_the_hashes_of_the_lock(host: str, tmp_path: Path) -> None:
    done = export(host, tmp_path, write_lock(tmp_path))
    assert done.exit_code == 0, done.output
    assert UNHASHED not in done.output
    if host == "gradescope":
        with zipfile.ZipFile(tmp_path / "autograder.zip") as archive:
            text = archive.read("requirements.txt").decode()
    else:
        names = "requirements.txt" if host in CLUSTERS else "**/*.yml"
        paths = [*tmp_path.glob(f"made/{names}")]
        text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
        readme = (tmp_path / "made/README.md").read_text(encoding="utf-8")
        assert re.search("(?i)packages (are pinned )?by hash", readme)
    pins = [line.strip() for line in text.splitlines() if re.match(r" *[a-z0-9-]+==", line)]
    assert "numpy" in {pin.partition("==")[0] for pin in pins}
    for pin in pins:
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( --hash=sha256:[0-9a-f]{64}){2}", pin)


@pytest.mark.parametrize("host", CLUSTERS)
def test_a_cluster_installs_what_is_pinned_and_nothing_else(host: str, tmp_path: Path) -> None:
    """Without `--no-deps`, pip would fetch whatever version is the newest on that day."""
    assert export(host, tmp_path).exit_code == 0
    file = "README.md" if host == "slurm" else "Dockerfile"
    text = (tmp_path / "made" / file).read_text(encoding="utf-8")
    pinned, ours = re.findall(r"pip install ([^\n&]+)", text)
    assert "--only-binary=:all: --requirement" in pinned
    assert "--no-deps --no-index" in ours
    pins = (tmp_path / "made/requirements.txt").read_text(encoding="utf-8").splitlines()
    assert "numpy" in {pin.partition("==")[0] for pin in pins}
    assert all(re.fullmatch(r"[a-z0-9-]+==[\w.]+", pin) for pin in pins)


def test_a_version_that_the_lock_lacks_is_named(tmp_path: Path) -> None:
    done = export("github", tmp_path, write_lock(tmp_path, left_out="numpy"))
    assert done.exit_code == 2
    assert f"no hash of numpy {metadata.version('numpy')}" in done.stderr
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("text", [None, "", "package = 1", "not toml ="])
def test_what_is_no_lock_is_said(text: str | None, tmp_path: Path) -> None:
    lock = tmp_path / "uv.lock"
    if text is not None:
        lock.write_text(text, encoding="utf-8")
    done = export("gitlab", tmp_path, lock)
    assert done.exit_code == 2
    assert f"{lock} cannot be read as a uv.lock" in done.stderr
