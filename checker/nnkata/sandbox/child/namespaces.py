"""Namespaces: no network, no other processes, no files but the few that Python needs.

The server enters them once, before it loads anything, and every worker is born there.
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


def enter(root: str, visible: Iterable[str], covered: Iterable[str]) -> str:
    """Leave the network, other processes and the file system behind; return what holds.

    `root` is an empty folder to build the new file system in; `visible` are the files and folders
    that appear in it, read-only, under their own names, and `covered` folders below them that are
    empty in it. The process goes on as the first one of
    its own process namespace; the one that called waits for it and ends as it does.

    Raises `syscalls.RefusedError` where no namespace can be had.
    """
    uid, gid = os.geteuid(), os.getegid()
    flags = NEW_NET | NEW_IPC | NEW_MOUNT | NEW_PID | NEW_UTS
    try:
        if uid != 0:
            raise syscalls.RefusedError("only root needs no user namespace")
        syscalls.libc_call("unshare", flags)
        how = "net, ipc, pid, mount"
    except syscalls.RefusedError:
        syscalls.libc_call("unshare", flags | NEW_USER)
        _map_identity(uid, gid)
        how = "user, net, ipc, pid, mount"
    try:
        _new_root(root, visible, covered)
    except OSError as error:
        how = how.replace(", mount", f" (no new root: {error})")
    _become_first()
    return how


def _map_identity(uid: int, gid: int) -> None:
    for name, text in (
        ("uid_map", f"{uid} {uid} 1"),
        ("setgroups", "deny"),
        ("gid_map", f"{gid} {gid} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def _new_root(root: str, visible: Iterable[str], covered: Iterable[str]) -> None:
    _mount("", "/", "", RECURSIVE | PRIVATE)
    hidden = list(covered)
    _empty(root)
    later = [path for path in visible if path.startswith(tuple(hidden))]
    for path in visible:
        if path not in later:
            _show(path, root + path)
    for path in hidden:
        if os.path.isdir(root + path):
            _empty(root + path)
    for path in later:  # numpy, where it is installed among what is covered
        _show(path, root + path)
    old = root + "/.old"
    os.mkdir(old)
    syscalls.call("pivot_root", root.encode(), old.encode())
    os.chdir("/")
    syscalls.libc_call("umount2", b"/.old", DETACH)
    os.rmdir("/.old")
    with contextlib.suppress(syscalls.RefusedError):
        _mount("", "/", "", REMOUNT | READ_ONLY | NO_SETUID | NO_DEVICES)


def _empty(target: str) -> None:
    _mount("nnkata", target, "tmpfs", NO_SETUID | NO_DEVICES, "size=1m,mode=755")


def _show(path: str, target: str) -> None:
    """Make a file or folder appear in the new root, as a read-only mount of itself."""
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
    with contextlib.suppress(syscalls.RefusedError):  # flags of the outer mount may be locked
        _mount("", target, "", BIND | REMOUNT | READ_ONLY | NO_SETUID)


def _become_first() -> None:
    """Go on in a child, the first process of the new process namespace."""
    child = os.fork()
    if child == 0:
        return
    for number in range(3, 256):  # the control socket must close when the child is gone
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
