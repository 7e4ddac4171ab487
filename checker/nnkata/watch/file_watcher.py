"""Notice that modules were saved: by notifications of the system, or by polling."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..model import LoadFailure

STEP_MS, IDLE_STEP_MS = 1, 10
"""Milliseconds between two queries for notifications, after a recent save and later.

A shorter step reacts sooner and costs processor time: 24 to 32 milliseconds per second with a step
of 1, and 3.5 with a step of 10.
"""
IDLE_SECONDS = 300.0
"""After this time without a save, IDLE_STEP_MS applies."""
GROUP_MS = 20
"""Notifications within this time are reported together."""
SCAN_SECONDS = 0.25
"""The time between two scans of all modules, in case a notification was lost."""
POLL_SECONDS = 0.5
SETTLE_SECONDS = 0.2
"""A missing or empty file may be in the middle of a save: it is reported after this time."""
RACY_SECONDS = 2.0
"""A text is compared if its file was this new: two saves in one clock tick have equal times."""
WITHOUT_NOTIFICATIONS = re.compile(
    r"nfs.*|cifs|smb.*|9p|virtiofs|drvfs|lxfs|wslfs|fuse|fuse\..*|vboxsf|vmhgfs|prl_fs|osxfs|"
    r"grpcfuse|fakeowner|ncpfs|coda|"
    r"afs|ceph|glusterfs|lustre|gpfs|beegfs|ocfs2|gfs2|orangefs"
)
"""File systems on which another machine can change a file without a notification here."""

OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
"""O_NONBLOCK, because a named pipe in place of a module must not block."""

Stamp = tuple[int, int, int]
"""The time of the last change in nanoseconds, the size in bytes, and the inode of a file."""


class ModuleFingerprint(NamedTuple):
    """The state of a module at a scan."""

    stamp: Stamp | None
    digest: str
    """The hash of its text, why it cannot be read, or "" if it is missing or empty."""
    scanned_at: float


class ModuleScanner:
    """Stores the states of modules, and finds those that have changed since the last scan."""

    def __init__(
        self, folder: Path, modules: Iterable[str], read: Callable[[str], str | LoadFailure]
    ) -> None:
        """Scan the modules below `folder` once; `read` returns the text of a module."""
        self.folder = folder
        self.read = read
        self.unsettled: dict[str, float] = {}
        """The modules that became missing or empty, and when that was noticed."""
        self.fingerprints = {module: self._fingerprint(module) for module in modules}

    def scan(self, names: Collection[str] = ()) -> list[str]:
        """Return the modules that were saved or removed since the last scan, the latest last.

        With `names`, which are file names, only modules of those names are scanned.
        """
        saved = []
        for module, before in self.fingerprints.items():
            if names and module.rpartition("/")[2] not in names:
                continue
            stamp = self._stamp(module)
            is_old = stamp is None or before.scanned_at - stamp[0] / 1e9 > RACY_SECONDS
            if stamp == before.stamp and is_old:
                continue
            now = self._fingerprint(module)
            if not now.digest and before.digest and not self._is_settled(module):
                continue
            self.unsettled.pop(module, None)
            self.fingerprints[module] = now
            if (now.stamp, now.digest) != (before.stamp, before.digest):
                saved.append(module)
        return sorted(saved, key=self._time_of_change)

    def _time_of_change(self, module: str) -> int:
        stamp = self.fingerprints[module].stamp
        return stamp[0] if stamp is not None else 0

    def _is_settled(self, module: str) -> bool:
        """Return whether a module has been missing or empty for so long that this is not a save."""
        since = self.unsettled.setdefault(module, time.monotonic())
        return time.monotonic() - since >= SETTLE_SECONDS

    def _fingerprint(self, module: str) -> ModuleFingerprint:
        now = time.time()
        stamp = self._stamp(module)
        text = self.read(module)
        if isinstance(text, LoadFailure):
            digest = "" if text.kind == "missing" else f"{text.kind} {text.message}"
        else:
            digest = text and hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return ModuleFingerprint(stamp, digest, now)

    def _stamp(self, module: str) -> Stamp | None:
        """Return a file's stamp, or None; opening it makes a network file system ask its server."""
        try:
            descriptor = os.open(self.folder / module, OPEN_FLAGS)
        except OSError:
            return None
        try:
            status = os.fstat(descriptor)
        finally:
            os.close(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino


class Watcher:
    """Reports saved modules from a separate thread."""

    def __init__(
        self, scanner: ModuleScanner, on_save: Callable[[list[str]], None], polling_reason: str
    ) -> None:
        """Call `on_save` with saved modules; poll if `polling_reason` is not empty."""
        self.scanner = scanner
        self.on_save = on_save
        self.polling_reason = polling_reason
        self.last_notified = time.monotonic()
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._run, name="changes", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self.thread.start()

    def close(self) -> None:
        """End the thread, and wait until it has ended."""
        self.stop.set()
        if self.thread.is_alive():
            self.thread.join()

    def _run(self) -> None:
        scanned = time.monotonic()
        while not self.stop.is_set():
            for names in self._polls() if self.polling_reason else self._notifications():
                if not names or time.monotonic() - scanned >= SCAN_SECONDS:
                    names, scanned = set(), time.monotonic()  # an empty set means all modules
                saved = self.scanner.scan(names)
                if saved:
                    self.on_save(saved)

    def _step(self) -> int:
        return STEP_MS if time.monotonic() - self.last_notified < IDLE_SECONDS else IDLE_STEP_MS

    def _polls(self) -> Iterator[set[str]]:
        """Yield an empty set, which means all modules, whenever it is time to poll."""
        while not self.stop.wait(POLL_SECONDS):
            yield set()

    def _notifications(self) -> Iterator[set[str]]:
        """Yield the names of changed files, or an empty set when all modules must be scanned.

        Ends when the folder was replaced by another one, which must be watched again, and when the
        step changes.
        """
        folder = self.scanner.folder
        same, step = _identity(folder), self._step()
        if same is None:
            self.stop.wait(SCAN_SECONDS)
            yield set()
            return
        try:
            from watchfiles import watch

            for changes in watch(
                folder, watch_filter=None, debounce=GROUP_MS, step=step, stop_event=self.stop,
                rust_timeout=int(SCAN_SECONDS * 1000), yield_on_timeout=True,
                raise_interrupt=False, force_polling=False, ignore_permission_denied=True,
            ):  # fmt: skip
                if changes:
                    self.last_notified = time.monotonic()
                yield {path.rpartition(os.sep)[2] for _, path in changes}
                if _identity(folder) != same or self._step() != step:
                    return
        except (ImportError, OSError, RuntimeError) as error:
            if _identity(folder) == same:
                self.polling_reason = f"the system does not notify of changes here ({error})"
                self.on_save([])  # wakes the session, which then shows the reason


def _identity(folder: Path) -> tuple[int, int] | None:
    """Return the device and the inode of a folder, or None if there is no folder."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def find_polling_reason(folder: Path, mounts: Path = Path("/proc/self/mountinfo")) -> str:
    """Return why notifications are not reliable in a folder, or "" if they are."""
    try:
        table = mounts.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
    target = folder.resolve()
    best, kind = Path("/"), ""
    for line in table.splitlines():
        mount, _, rest = line.partition(" - ")
        fields = mount.split()
        if len(fields) < 5 or not rest:
            continue
        point = Path(re.sub(r"\\(\d{3})", lambda match: chr(int(match[1], 8)), fields[4]))
        if target.is_relative_to(point) and len(point.parts) >= len(best.parts):
            best, kind = point, rest.split()[0]
    if WITHOUT_NOTIFICATIONS.fullmatch(kind):
        return f"{best} is a {kind} file system, which does not notify of every change"
    return ""
