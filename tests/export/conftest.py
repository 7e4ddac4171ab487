"""Exports that are made once, and a replica of the places that they are made for."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from msgspec import Struct

ROOT = Path(__file__).parents[2]
KATA = Path(sys.executable).with_name("kata")
REFERENCE = ROOT / "reference" / "refnn"
SOFTMAX = "forward/softmax.py"

WRONG = """
import numpy as np

def softmax(z, axis=-1):
    e = np.exp(z - np.max(z))
    return e / e.sum(axis=axis, keepdims=True)

def log_softmax(z, axis=-1):
    return np.log(softmax(z, axis))

def logsumexp(z, axis=-1, keepdims=False):
    return np.log(np.exp(z).sum(axis=axis, keepdims=keepdims))
"""


def run(
    *command: str | Path, cwd: Path, code: int | None = 0, **variables: str | Path
) -> subprocess.CompletedProcess[str]:
    """Run a program with a clean environment; expect an exit code, and never a traceback."""
    kept = ("LD_LIBRARY_PATH", "OPENBLAS_CORETYPE", "SSL_CERT_FILE")
    environment = {k: v for k, v in os.environ.items() if k.startswith("PIP_") or k in kept}
    environment |= {"PATH": os.environ["PATH"], "HOME": str(cwd), "LANG": "C.UTF-8"}
    environment.setdefault("PIP_CACHE_DIR", str(Path.home() / ".cache" / "pip"))
    environment |= {"PIP_NO_COMPILE": "1"}  # a fresh environment is ready seconds sooner
    environment |= {name: str(value) for name, value in variables.items()}
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL, timeout=240, encoding="utf-8",
    )  # fmt: skip
    said = f"{command}: {done.returncode}\n{done.stdout}{done.stderr}"
    assert code is None or done.returncode == code, said
    assert "Traceback" not in done.stdout + done.stderr, said
    return done


def submit(folder: Path, text: str, module: str = SOFTMAX) -> None:
    """Put one module into a submission."""
    path = folder / "mynn" / module
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


class Learner(Struct, frozen=True):
    """A virtual environment with nothing in it but a learner's wheel and what it needs."""

    folder: Path
    wheel: Path

    @property
    def site(self) -> Path:
        return next((self.folder / "lib").glob("python*/site-packages"))

    def kata(
        self, *arguments: str, cwd: Path, code: int = 0, **variables: str | Path
    ) -> subprocess.CompletedProcess[str]:
        """Run `kata`; a PYTHONPATH names another installation that goes before this one."""
        python = self.folder / "bin" / "python"
        return run(python, "-m", "nnkata", *arguments, cwd=cwd, code=code, **variables)


@pytest.fixture(scope="session")
def learner(tmp_path_factory: pytest.TempPathFactory) -> Learner:
    folder = tmp_path_factory.mktemp("learner")
    run(KATA, "export", "learner", "--out", "wheels", cwd=folder)
    (wheel,) = (folder / "wheels").iterdir()
    made = Learner(folder / "venv", wheel)
    venv.create(made.folder, with_pip=False)
    pip = (sys.executable, "-m", "pip", "--python", str(made.folder / "bin" / "python"))
    run(*pip, "install", "--quiet", "--disable-pip-version-check", wheel, cwd=folder)
    return made


class Gradescope(Struct, frozen=True):
    """A replica of the folders of a Gradescope container."""

    root: Path
    zip: Path

    @property
    def submission(self) -> Path:
        return self.root / "submission"

    @property
    def results(self) -> Path:
        return self.root / "results" / "results.json"


@pytest.fixture(scope="session")
def gradescope(tmp_path_factory: pytest.TempPathFactory) -> Gradescope:
    """The image as Gradescope builds it: the zip in source/, run_autograder above, setup.sh run."""
    folder = tmp_path_factory.mktemp("gradescope")
    made = Gradescope(folder / "autograder", folder / "autograder.zip")
    options = ("--kata", "softmax", "--seed", "7")
    run(KATA, "export", "gradescope", *options, "--out", made.zip, cwd=folder)
    for name in ("source", "submission", "results"):
        (made.root / name).mkdir(parents=True)
    with zipfile.ZipFile(made.zip) as archive:
        for entry in archive.infolist():
            path = Path(archive.extract(entry, made.root / "source"))
            path.chmod(entry.external_attr >> 16)
    (made.root / "source" / "run_autograder").rename(made.root / "run_autograder")
    run(made.root / "source" / "setup.sh", cwd=folder, AUTOGRADER_ROOT=made.root)
    return made
