"""Run the attacks as nobody: an ordinary user, who has no rights to give up.

    python -m tests.attacks.nobody LEVEL NAME …
    python -m tests.attacks.nobody MODULE LEVEL …    runs another module of tests.attacks

Where nobody could not reach Python, as below /root, the folders above it are covered in a mount
namespace of this process's own, and Python appears there under its own name.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from nnkata.sandbox.child import syscalls

NOBODY = 65534
ROOT = Path(__file__).parents[2]
NEW_MOUNTS, BIND, RECURSIVE, PRIVATE = 0x20000, 4096, 16384, 1 << 18


def closed_above(path: Path) -> Path | None:
    """Return the first folder on the way to a path that others may not walk through."""
    for folder in reversed(path.parents):
        if not folder.stat().st_mode & 0o001:
            return folder
    return None


def mount(source: str, target: Path, kind: str, flags: int, data: str = "") -> None:
    parts = source.encode(), os.fsencode(target), kind.encode() or None
    syscalls.libc_call("mount", *parts, ctypes.c_ulong(flags), data.encode() or None)


def uncover(paths: list[Path]) -> None:
    """Let everybody reach these folders, in this process and what it starts."""
    hidden = {path: folder for path in paths if (folder := closed_above(path)) is not None}
    if not hidden:
        return
    syscalls.libc_call("unshare", NEW_MOUNTS)
    mount("", Path("/"), "", RECURSIVE | PRIVATE)
    opened = {path: os.open(path, os.O_PATH) for path in hidden}
    for folder in set(hidden.values()):
        mount("nnkata", folder, "tmpfs", 0, "size=1m,mode=755")
    for path, number in opened.items():
        path.mkdir(parents=True, exist_ok=True)
        mount(f"/proc/self/fd/{number}", path, "", BIND | RECURSIVE)
        os.close(number)


def main() -> None:
    arguments = sys.argv[1:]
    module = "harness" if arguments[0].isdigit() else arguments.pop(0)
    command = [sys.executable, "-B", "-W", "error", "-m", f"tests.attacks.{module}", *arguments]
    if os.geteuid() != 0:
        os.chdir(ROOT)
        os.execv(sys.executable, command)
    uncover([Path(sys.base_prefix), Path(sys.prefix), ROOT])
    with tempfile.TemporaryDirectory(prefix="attacked-") as folder:
        os.chown(folder, NOBODY, NOBODY)
        environment = os.environ | {"TMPDIR": folder, "HOME": folder}
        done = subprocess.run(
            command, cwd=ROOT, env=environment, user=NOBODY, group=NOBODY, extra_groups=[],
            check=False,
        )  # fmt: skip
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
