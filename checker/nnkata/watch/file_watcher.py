"""Notice that modules were saved: by the system's announcements, or by looking again and again."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from ..model import LoadFailure

STEP_MS, IDLE_STEP_MS = 1, 10
"""How often announcements are asked for, and how long a burst of them must have been quiet.

Shorter is quicker and keeps a processor awake: a second of waiting costs 24 to 32 milliseconds
of it at 1, and 3.5 at 10, which is for when nobody has saved for a while.
"""
IDLE_SECONDS = 300.0
GROUP_MS = 20
LOOK_SECONDS = 0.25
"""Announcements make it quick, and looking this often makes it sure."""
POLL_SECONDS = 0.5
SETTLE_SECONDS = 0.2
"""A file that is gone or empty may be one that is being replaced: it is given this long."""
RACY_SECONDS = 2.0
"""Two saves within a file system's clock tick look alike; only the text tells them apart."""
UNANNOUNCED = re.compile(
    r"nfs.*|cifs|smb.*|9p|virtiofs|drvfs|lxfs|wslfs|fuse|fuse\..*|vboxsf|vmhgfs|prl_fs|osxfs|"
    r"grpcfuse|fakeowner|ncpfs|coda|"
    r"afs|ceph|glusterfs|lustre|gpfs|beegfs|ocfs2|gfs2|orangefs"
)
"""File systems on which somebody else may change a file without this system hearing of it."""

OPENED = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
"""A pipe in a module's place must not make anybody wait."""

Stamp = tuple[int, int, int]


class Looker:
    """Knows what the modules were like, and which of them have been saved since."""

    def __init__(
        self, folder: Path, modules: Iterable[str], read: Callable[[str], str | LoadFailure]
    ) -> None:
        """Look at the modules below `folder`; `read` returns the text of one."""
        self.folder = folder
        self.read = read
        self.doubtful: dict[str, float] = {}
        self.seen = {module: self._seen(module) for module in modules}

    def look(self, names: Collection[str] = ()) -> list[str]:
        """Return the modules that were saved or removed since the last look, the latest last.

        With `names`, of files, only modules of those names are looked at.
        """
        saved = []
        for module, (before, digest, looked) in self.seen.items():
            if names and module.rpartition("/")[2] not in names:
                continue
            stamp = self._stamp(module)
            if stamp == before and (stamp is None or looked - stamp[0] / 1e9 > RACY_SECONDS):
                continue
            now = self._seen(module)
            if not now[1] and digest and not self._settled(module):
                continue
            self.doubtful.pop(module, None)
            self.seen[module] = now
            if (now[0], now[1]) != (before, digest):
                saved.append(module)
        return sorted(saved, key=lambda module: (self.seen[module][0] or (0, 0, 0))[0])

    def _settled(self, module: str) -> bool:
        since = self.doubtful.setdefault(module, time.monotonic())
        return time.monotonic() - since >= SETTLE_SECONDS

    def _seen(self, module: str) -> tuple[Stamp | None, str, float]:
        """Return what a module is like, the hash of its text if it has any, and when we looked."""
        looked = time.time()
        stamp = self._stamp(module)
        text = self.read(module)
        if isinstance(text, LoadFailure):
            digest = "" if text.kind == "missing" else f"{text.kind} {text.message}"
        else:
            digest = text and hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return stamp, digest, looked

    def _stamp(self, module: str) -> Stamp | None:
        """Return time, size and number of a file; opening it makes a network file system ask."""
        try:
            opened = os.open(self.folder / module, OPENED)
        except OSError:
            return None
        try:
            known = os.fstat(opened)
        finally:
            os.close(opened)
        if not stat.S_ISREG(known.st_mode):
            return None
        return known.st_mtime_ns, known.st_size, known.st_ino


class Watcher:
    """Tells of saved modules from a thread of its own, until it is stopped."""

    def __init__(self, looker: Looker, saved: Callable[[list[str]], None], why_poll: str) -> None:
        """Call `saved` with modules; `why_poll` says why to look again and again, or is empty."""
        self.looker = looker
        self.saved = saved
        self.why_poll = why_poll
        self.active = time.monotonic()
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._run, name="changes", daemon=True)

    def start(self) -> None:
        """Begin."""
        self.thread.start()

    def close(self) -> None:
        """End, and wait for the end."""
        self.stop.set()
        if self.thread.is_alive():
            self.thread.join()

    def _run(self) -> None:
        looked = time.monotonic()
        while not self.stop.is_set():
            for names in self._polled() if self.why_poll else self._announced():
                if not names or time.monotonic() - looked >= LOOK_SECONDS:
                    names, looked = set(), time.monotonic()
                saved = self.looker.look(names)
                if saved:
                    self.saved(saved)

    def _step(self) -> int:
        return STEP_MS if time.monotonic() - self.active < IDLE_SECONDS else IDLE_STEP_MS

    def _polled(self) -> Iterator[set[str]]:
        while not self.stop.wait(POLL_SECONDS):
            yield set()

    def _announced(self) -> Iterator[set[str]]:
        """Yield the names of files that are announced, and none when it is time to look at all.

        Ends when the folder is another one, which has to be watched anew, and when it is time to
        ask more or less often.
        """
        folder = self.looker.folder
        same, step = _identity(folder), self._step()
        if same is None:
            self.stop.wait(LOOK_SECONDS)
            yield set()
            return
        try:
            from watchfiles import watch

            for announced in watch(
                folder, watch_filter=None, debounce=GROUP_MS, step=step, stop_event=self.stop,
                rust_timeout=int(LOOK_SECONDS * 1000), yield_on_timeout=True,
                raise_interrupt=False, force_polling=False, ignore_permission_denied=True,
            ):  # fmt: skip
                if announced:
                    self.active = time.monotonic()
                yield {path.rpartition(os.sep)[2] for _, path in announced}
                if _identity(folder) != same or self._step() != step:
                    return
        except (ImportError, OSError, RuntimeError) as error:
            if _identity(folder) == same:
                self.why_poll = f"the system does not announce changes here ({error})"
                self.saved([])


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        known = folder.stat()
    except OSError:
        return None
    return known.st_dev, known.st_ino


def why_poll(folder: Path, mounts: Path = Path("/proc/self/mountinfo")) -> str:
    """Return why announcements cannot be trusted in a folder; nothing where they can."""
    try:
        table = mounts.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
    here = folder.resolve()
    best, kind = Path("/"), ""
    for line in table.splitlines():
        mount, _, rest = line.partition(" - ")
        fields = mount.split()
        if len(fields) < 5 or not rest:
            continue
        point = Path(re.sub(r"\\(\d{3})", lambda found: chr(int(found[1], 8)), fields[4]))
        if here.is_relative_to(point) and len(point.parts) >= len(best.parts):
            best, kind = point, rest.split()[0]
    if UNANNOUNCED.fullmatch(kind):
        return f"{best} is of the kind {kind}, where others change files unannounced"
    return ""
