"""Start the command line: a clean import path, one thread, and the fork server ahead of all."""

# Nothing may be imported here that Python has not loaded or built in: see `forget_here`.
import atexit
import gc
import os
import sys

ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
EARLY = frozenset({"check", "watch", "verify", "grade"})
"""Commands that run modules: their server starts before anything else is imported."""

LEARNERS = frozenset({"run", "train"})
"""Commands that run the learner's own program in this process: they find it as Python makes it."""

MACHINERY = 5
"""`errors.MACHINERY`, which nothing has imported yet."""

COLLECT_EVERY = 100_000
"""Containers between two garbage collections; at Python's 700, imports spend a tenth on them."""


def main() -> None:
    """Run the command line."""
    secure_streams()
    forget_here()
    for name in ONE_THREAD:  # small matrices; more threads only cost start-up time
        os.environ.setdefault(name, "1")
    ours = LEARNERS.isdisjoint(sys.argv)
    if ours:
        gc.set_threshold(COLLECT_EVERY)
    if len(sys.argv) > 1 and sys.argv[1] in EARLY and "--help" not in sys.argv:
        from . import early_start

        early_start.start()
    from .group import kata

    try:
        kata.main(prog_name="kata")
    except SystemExit as end:
        if ours:
            leave(end.code)
        raise


def secure_streams() -> None:
    """Open the null device at each of the descriptors 0 to 2 that is closed.

    Whatever is opened next would get that number: a worker's wire, say, which its own output would
    then be written into. Without stdout there is nobody to tell: that ends here, with exit code 5.
    """
    closed = []
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # it gets the lowest number
            closed.append(number)
    if 0 in closed:
        sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115
    if 2 in closed:
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace")  # noqa: SIM115
    if 1 in closed:
        sys.stderr.write("Error: stdout is closed, so nothing can be shown\n")
        sys.stderr.write("  → run the command again with stdout open: kata … > FILE\n")
        raise SystemExit(MACHINERY)


def forget_here() -> None:
    """Take the working folder and workspaces off the import path, however they came there.

    `python -m` and PYTHONPATH put them first, where a learner's math.py would be taken for
    Python's. What was installed there, from the standard library's place on, stays.
    """
    real, join, is_folder = os.path.realpath, os.path.join, os.path.isdir
    try:
        here = real(os.curdir)
    except OSError:  # it has been removed
        return
    library = os.path.dirname(os.__file__)  # noqa: PTH120
    end = sys.path.index(library) if library in sys.path else 0
    first = [p for p in sys.path[:end] if real(p) != here and not is_folder(join(p, ".kata"))]
    sys.path[:end] = first


def leave(code: object) -> None:
    """End the process at once; return where that would lose something.

    Taking an interpreter with numpy and pytest apart takes a tenth of a check.
    """
    threading = sys.modules.get("threading")
    if type(code) is not int or (threading is not None and threading.active_count() > 1):
        return
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # closed already; Python says it in its own words
        return
    os._exit(code)
