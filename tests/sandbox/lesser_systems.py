"""Grade on lesser systems: without Landlock, without namespaces, from packages in a closed folder.

    python -m tests.sandbox.lesser_systems

A seccomp filter takes the calls away, so everything runs as it would on a kernel without them.
Prints one row per system, as JSON. An ordinary user gets the rows of an ordinary user only.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import sysconfig
import tempfile
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Any

from tests.attacks.nobody import NOBODY, ROOT, uncover

import refnn
from nnkata.sandbox.child import syscalls

TAKEN = {
    "landlock": {"x86_64": 444, "aarch64": 444},
    "namespaces": {"x86_64": 272, "aarch64": 97},
}
"""The number of the call that makes a Landlock ruleset, and of the one that makes namespaces."""
LOAD, JUMP_EQUAL, RETURN, ALLOW, REFUSE = 0x20, 0x15, 0x06, 0x7FFF0000, 0x00050026
USERS = ("root", "user")
PACKAGES = ("open", "closed")
HONEST = "import decimal, json, numpy.fft, numpy.linalg, numpy.testing, unicodedata, wave\n"
SPYING = """
import os, socket

def _works(act):
    try:
        act()
    except OSError:
        return False
    return True

_ACTS = [
    lambda: open("/etc/passwd").read(),
    lambda: open("/tmp/nnkata-spied", "w"),
    lambda: open("/dev/shm/nnkata-spied", "w"),
    lambda: os.listdir("/proc/1"),
    lambda: socket.create_connection(("127.0.0.1", PORT), 1),
    lambda: open(CLOSED).read(),
]
if any(map(_works, _ACTS)):
    raise RuntimeError("reached something")
"""


@dataclass(frozen=True)
class Row:
    """What is there on one system, and what came of grading on it."""

    landlock: bool
    namespaces: bool
    user: str
    packages: str
    level: int
    exit_codes: list[int]
    """Of `kata grade`, of it with `--require 2`, and of it with `--require 0`."""
    honest: bool
    """Whether a correct module that imports much gets all its points."""
    confined: bool
    """Whether a correct module that first tries to reach what it may not gets all its points."""


def take_away(names: list[str]) -> None:
    """Let the kernel refuse these calls to this process and all that it starts."""
    syscalls.no_new_privileges()
    code = [struct.pack("=HBBI", LOAD, 0, 0, 0)]
    for name in names:
        number = TAKEN[name][syscalls.machine()]
        code += [
            struct.pack("=HBBI", JUMP_EQUAL, 0, 1, number),
            struct.pack("=HBBI", RETURN, 0, 0, REFUSE),
        ]
    code.append(struct.pack("=HBBI", RETURN, 0, 0, ALLOW))
    text = b"".join(code)
    kept = ctypes.create_string_buffer(text)
    program = struct.pack("HxxxxxxP", len(code), ctypes.addressof(kept))
    syscalls.call("seccomp", 1, 0, program)


def install(folder: Path, owner: int, mode: int) -> dict[str, str]:
    """Put nnkata and its packages into a folder of that mode; return the environment to use it."""
    parts = {name: ROOT / name for name in ("checker", "katas", "reference", "templates")}
    parts["site"] = Path(sysconfig.get_path("platlib"))
    home = folder / "home"
    if not folder.exists():
        folder.mkdir()
        for name, source in parts.items():
            (folder / name).symlink_to(source)
        home.mkdir()
        for path in (folder, home):
            os.chown(path, owner, owner)
        folder.chmod(mode)
    return {
        "PATH": os.environ["PATH"], "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": ":".join(str(folder / name) for name in parts),
    }  # fmt: skip


def write_submission(folder: Path, port: int, closed: Path) -> None:
    """Write two correct modules: an honest one, and one that raises if it reaches anything."""
    reference = Path(refnn.__file__).parent
    for module, start in (
        ("forward/softmax.py", HONEST),
        (
            "autograd/gradcheck.py",
            SPYING.replace("PORT", str(port)).replace("CLOSED", repr(str(closed))),
        ),
    ):
        target = folder / "mynn" / module
        target.parent.mkdir(parents=True)
        text = (reference / module).read_text(encoding="utf-8")
        head, _, rest = text.partition("from typing import Any\n")
        target.write_text(f"{head}from typing import Any\n{start}{rest}", encoding="utf-8")


def grade(
    submission: Path, required: int, taken: list[str], user: str, environment: dict[str, str]
) -> tuple[int, dict[str, Any]]:
    """Return the exit code of `kata grade` and its result, empty where it refused to grade."""
    katas = ("--kata", "softmax", "--kata", "numerical-gradient")
    command = [
        sys.executable, "-m", "nnkata", "grade", str(submission), *katas, "--json",
        "--seed", "7", "--require", str(required),
    ]  # fmt: skip
    switch: dict[str, Any] = {}
    if user == "user" and os.geteuid() == 0:
        switch = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    done = subprocess.run(
        command, cwd="/", env=environment, capture_output=True, text=True, check=False,
        preexec_fn=lambda: take_away(taken), **switch,
    )  # fmt: skip
    if done.returncode not in (0, 4):
        raise SystemExit(f"{taken} {user} {environment['PYTHONPATH']}: {done.stderr}")
    return done.returncode, json.loads(done.stdout) if done.returncode == 0 else {}


def try_system(folder: Path, taken: list[str], user: str, packages: str) -> Row:
    """Return what comes of grading on one system."""
    owner = NOBODY if user == "user" and os.geteuid() == 0 else os.geteuid()
    place = folder / f"{user}-{packages}"
    environment = install(place, owner, 0o700 if packages == "closed" else 0o755)
    codes: dict[int, int] = {}
    for required in (2, 1, 0):
        codes[required], result = grade(folder / "ada", required, taken, user, environment)
        if codes[required] == 0:
            break
    for lower in range(required):
        codes[lower] = 0  # what a higher level accepts, a lower one does
    points = {v["kata"]: v["points"] == v["max_points"] for v in result["verdicts"]}
    return Row(
        "landlock" not in taken, "namespaces" not in taken, user, packages,
        result["protection"]["level"], [codes[1], codes[2], codes[0]],
        points["softmax"], points["numerical-gradient"],
    )  # fmt: skip


def main() -> None:
    """Try every system that this user can stand for, and print the rows."""
    is_root = os.geteuid() == 0
    if is_root:
        uncover([Path(sys.base_prefix), Path(sys.prefix), ROOT])
    folder = Path(tempfile.mkdtemp(prefix="lesser-"))
    folder.chmod(0o755)
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            write_submission(folder / "ada", server.getsockname()[1], folder / "other")
            (folder / "other").write_text("another submission")
            rows = [
                asdict(
                    try_system(
                        folder, [n for n, there in zip(TAKEN, has, strict=True) if not there], *who
                    )
                )
                for who in product(USERS if is_root else USERS[1:], PACKAGES)
                for has in product((True, False), repeat=len(TAKEN))
            ]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
