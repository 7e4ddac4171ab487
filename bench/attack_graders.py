"""The grader processes of `python -m bench.attack_matrix`."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from tests.attacks.matrix import Task

ROOT = Path(__file__).parents[1]
USERS = {"root": ["matrix"], "nobody": ["nobody", "matrix"]}
"""The module of tests.attacks that starts a grader as a user, and its first argument."""
SILENCE = 600.0
"""Seconds without a line from a grader after which its current attack counts as a hang."""
ENDING = 60.0
"""Seconds that a grader may take to end after its last line."""


class Grader:
    """A process that grades attacks at one level as one user."""

    def __init__(self, user: str, level: int, task: Task, folder: Path) -> None:
        """Start the process with its temporary files in `folder`, and give it its task."""
        self.was_silent = False
        self.errors = ""
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the process)
        self._folder = Path(tempfile.mkdtemp(dir=folder))
        self._folder.chmod(0o755)  # another user may grade
        token = {"NNKATA_ATTACK_TOKEN": f"planted-environment-{secrets.token_hex(8)}"}
        self.process = subprocess.Popen(
            grader_command(user, level), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self._errors, start_new_session=True,
            env=os.environ | token | {"TMPDIR": str(self._folder)},
        )  # fmt: skip
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError), self.process.stdin as pipe:
            pipe.write(msgspec.json.encode(task))

    def events(self) -> Iterator[dict[str, Any]]:
        """Yield what the grader says, until it ends or says nothing for too long."""
        assert self.process.stdout is not None
        timer = self._start_timer()
        for line in self.process.stdout:
            timer.cancel()
            timer = self._start_timer()
            if line.endswith(b"\n"):  # a grader that is killed may write half a line
                yield json.loads(line)
        timer.cancel()

    def _start_timer(self) -> threading.Timer:
        timer = threading.Timer(SILENCE, self._stop)
        timer.daemon = True
        timer.start()
        return timer

    def _stop(self) -> None:
        self.was_silent = True
        self.kill()

    def kill(self) -> None:
        """Kill the grader and all its processes."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def _read_errors(self) -> str:
        self._errors.seek(0)
        return self._errors.read().decode(errors="replace")

    def __enter__(self) -> Grader:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(ENDING)
        self.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.errors = self._read_errors()
        self._errors.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def grader_command(user: str, level: int) -> list[str]:
    """Return the command that starts a grader."""
    module, *arguments = USERS[user]
    python = [sys.executable, "-W", "error", "-m", f"tests.attacks.{module}"]
    return [*python, *arguments, str(level)]
