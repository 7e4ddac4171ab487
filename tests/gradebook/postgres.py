"""A PostgreSQL server of the tests: real, in a temporary folder, on a socket that only they know.

PostgreSQL refuses to be root, so where the tests are, it runs as `postgres` or `nobody`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Any

USER = "nnkata"
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",  # a process that is killed loses nothing, only a machine without power would
    "shared_buffers": "16MB",
    "max_connections": "20",
}


class PostgresServer:
    """A server that can be started, stopped and killed."""

    def __init__(self) -> None:
        """Make its folder and its databases; `start` starts it."""
        self._programs = find_programs()
        self._as: dict[str, Any] = {}
        self.folder = Path(tempfile.mkdtemp(prefix="nnkata-pg-", dir="/tmp"))
        if os.getuid() == 0:
            owner = find_user()
            self._as = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self.data = self.folder / "data"
        self._made = 0
        self._run("initdb", "-D", self.data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync",
                  "--locale=C")  # fmt: skip

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        options = " ".join(f"-c {name}={value!r}" for name, value in SETTINGS.items())
        self._run(
            "pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "-o",
            f"-k {self.folder} {options}", "start",
        )  # fmt: skip

    def stop(self) -> None:
        """Stop the server, if it is running, and remove everything."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop", check=False)
        shutil.rmtree(self.folder)

    def kill(self) -> None:
        """Kill the server as a machine without memory does; connections break at once."""
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
        ).stdout.split()
        for one in (pid, *map(int, children)):
            with_signal(one, signal.SIGKILL)
        for _ in range(200):
            if not any(Path(f"/proc/{one}").exists() for one in (pid, *map(int, children))):
                return
            subprocess.run(["sleep", "0.05"], check=True)

    def make_database(self) -> str:
        """Return the URL of a new database."""
        self._made += 1
        name = f"cohort{self._made}"
        self._run("createdb", "-h", self.folder, "-U", USER, name)
        return f"postgresql://{USER}@/{name}?host={self.folder}"

    def sql(self, database: str, statement: str) -> str:
        """Return what a statement prints."""
        done = self._run(
            "psql", "-h", self.folder, "-U", USER, "-At", "-d", database, "-c", statement
        )
        return done.stdout

    def _run(
        self, program: str, *arguments: object, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        # the server inherits the streams, so they are files that do not end with it
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                [self._programs / program, *map(str, arguments)], cwd=self.folder, check=False,
                stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C"}, **self._as,
            )  # fmt: skip
            output.seek(0)
            done.stdout = output.read()
        assert not check or done.returncode == 0, done.stdout
        return done


def with_signal(pid: int, number: int) -> None:
    """Send a signal to a process, unless it has ended."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def find_programs() -> Path:
    """Return the folder of the server's programs, of which Debian puts few into the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    path = shutil.which("initdb")
    assert path is not None, "install PostgreSQL: apt-get install postgresql"
    return Path(path).resolve().parent


def find_user() -> pwd.struct_passwd:
    """Return a user that is not root."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise AssertionError("PostgreSQL needs a user that is not root: postgres or nobody")
