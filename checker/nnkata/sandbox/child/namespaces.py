"""Namespaces: no network, no other processes, and only the files that Python needs.

The fork server enters them once, when it starts, and every worker is forked inside them.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
from collections.abc import Iterable

from . import syscalls

NEW_USER, NEW_NET, NEW_IPC = 0x10000000, 0x40000000, 0x08000000
NEW_MOUNT, NEW_PID, NEW_UTS = 0x00020000, 0x20000000, 0x04000000
BIND, RECURSIVE, PRIVATE, REMOUNT, READ_ONLY = 4096, 16384, 1 << 18, 32, 1
NO_SETUID, NO_DEVICES = 2, 4
DETACH = 2
GIVEN = "/given"
"""The folder of the new file system that shows the data files of a course."""
GIVEN_FILES = f"{GIVEN}/files"
"""A worker's own folder of these files, inside the folder for which Landlock has a rule."""


def enter(root: str, visible: Iterable[str], covered: Iterable[str]) -> str:
    """Enter new namespaces for network, IPC, mounts and processes; return their names as text.

    `root` is an empty folder in which the new file system is built. `visible` are the files and
    folders that appear in it, read-only, under their own names. `covered` are folders below them
    that appear empty. This call returns in a child, which is process 1 of the new process
    namespace; the calling process waits for that child and exits with its status.

    Raises `syscalls.SyscallError` if namespaces cannot be created.
    """
    uid, gid = os.geteuid(), os.getegid()
    flags = NEW_NET | NEW_IPC | NEW_MOUNT | NEW_PID | NEW_UTS
    try:
        if uid != 0:
            raise syscalls.SyscallError("only root can do without a user namespace")
        syscalls.libc_call("unshare", flags)
        how = "net, ipc, pid, mount"
    except syscalls.SyscallError:
        syscalls.libc_call("unshare", flags | NEW_USER)
        _map_identity(uid, gid)
        how = "user, net, ipc, pid, mount"
    try:
        _switch_root(root, visible, covered)
    except OSError as error:
        how = how.replace(", mount", f" (no file system of their own: {error})")
    _continue_as_first_process()
    return how


def _map_identity(uid: int, gid: int) -> None:
    for name, text in (
        ("uid_map", f"{uid} {uid} 1"),
        ("setgroups", "deny"),
        ("gid_map", f"{gid} {gid} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def _switch_root(root: str, visible: Iterable[str], covered: Iterable[str]) -> None:
    _mount("", "/", "", RECURSIVE | PRIVATE)
    hidden = list(covered)
    _mount_empty_folder(root)
    inside_hidden = [path for path in visible if path.startswith(tuple(hidden))]
    for path in visible:
        if path not in inside_hidden:
            _show_read_only(path, root + path)
    for path in hidden:
        if os.path.isdir(root + path):
            _mount_empty_folder(root + path)
    for path in inside_hidden:  # numpy, if it is installed in a covered folder
        _show_read_only(path, root + path)
    for path in hidden:  # its owner could write there, and the next worker would see it
        if os.path.isdir(root + path):
            _mount("", root + path, "", REMOUNT | READ_ONLY | NO_SETUID | NO_DEVICES)
    os.makedirs(root + GIVEN_FILES)
    old = root + "/.old"
    os.mkdir(old)
    syscalls.call("pivot_root", root.encode(), old.encode())
    os.chdir("/")
    syscalls.libc_call("umount2", b"/.old", DETACH)
    os.rmdir("/.old")
    with contextlib.suppress(syscalls.SyscallError):
        _mount("", "/", "", REMOUNT | READ_ONLY | NO_SETUID | NO_DEVICES)


def open_given_folder() -> None:
    """Let this process write to `GIVEN_FILES`, a folder that no other process sees."""
    syscalls.libc_call("unshare", NEW_MOUNT)
    _mount_empty_folder(GIVEN_FILES, "size=1g,mode=755")


def close_given_folder() -> None:
    """Make `GIVEN_FILES` read-only, permanently."""
    _mount("", GIVEN_FILES, "", REMOUNT | READ_ONLY | NO_SETUID | NO_DEVICES)


def _mount_empty_folder(target: str, options: str = "size=1m,mode=755") -> None:
    _mount("nnkata", target, "tmpfs", NO_SETUID | NO_DEVICES, options)


def _show_read_only(path: str, target: str) -> None:
    """Bind-mount a file or folder, read-only, at `target` in the new root."""
    if os.path.islink(path):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.symlink(os.readlink(path), target)
        return
    if os.path.isdir(path):
        os.makedirs(target, exist_ok=True)
    elif os.path.exists(path):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY))
    else:
        return
    _mount(path, target, "", BIND | RECURSIVE)
    with contextlib.suppress(syscalls.SyscallError):  # flags of the outer mount may be locked
        _mount("", target, "", BIND | REMOUNT | READ_ONLY | NO_SETUID)


def _continue_as_first_process() -> None:
    """Return in a child, which is process 1 of the new process namespace.

    The calling process closes its descriptors, waits for the child, and exits with its status.
    """
    child = os.fork()
    if child == 0:
        return
    for number in range(3, 256):  # the control socket must close when the child exits
        with contextlib.suppress(OSError):
            os.close(number)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    os._exit(code if code >= 0 else 128 - code)


def _mount(source: str, target: str, kind: str, flags: int, data: str = "") -> None:
    syscalls.libc_call(
        "mount",
        source.encode(),
        target.encode(),
        kind.encode() or None,
        ctypes.c_ulong(flags),
        data.encode() or None,
    )
