"""Start the command line: clean the import path, set one thread, start the fork server early."""

# Import only modules that Python has already loaded or that are built in: see
# `remove_working_folder`.
import atexit
import gc
import os
import sys

ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
EARLY = frozenset({"check", "test", "watch", "verify", "grade"})
"""Commands that check modules: their fork server starts before other imports."""

LEARNERS = frozenset({"run", "train"})
"""Commands that run the learner's program in this process, without changes to its interpreter."""

MACHINERY = 5
"""The same as `errors.MACHINERY`; errors.py is not imported yet."""

COLLECT_EVERY = 100_000
"""Number of new containers that starts a garbage collection.

With Python's default of 700, imports take 10% longer.
"""


def main() -> None:
    """Run the command line."""
    secure_streams()
    remove_working_folder()
    for name in ONE_THREAD:  # matrices are small; more threads only take start-up time
        os.environ.setdefault(name, "1")
    quick = LEARNERS.isdisjoint(sys.argv)
    if quick:
        gc.set_threshold(COLLECT_EVERY)
    if len(sys.argv) > 1 and sys.argv[1] in EARLY and "--help" not in sys.argv:
        from . import early_start

        early_start.start()
    from .group import kata

    try:
        kata.main(prog_name="kata")
    except SystemExit as end:
        if quick:
            leave(end.code)
        raise


def secure_streams() -> None:
    """Open the null device at each of the file descriptors 0 to 2 that is closed.

    Otherwise the next file or connection that is opened, for example to a worker, gets that
    number, and output is written into it. If stdout is closed, exit with code 5.
    """
    closed = []
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(
                os.open(os.devnull, os.O_RDWR), True
            )  # it gets the lowest free number
            closed.append(number)
    if 0 in closed:
        sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115
    if 2 in closed:
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace")  # noqa: SIM115
    if 1 in closed:
        sys.stderr.write("Error: stdout is closed, so nothing can be shown\n")
        sys.stderr.write("  → run the command again with stdout open: kata … > FILE\n")
        raise SystemExit(MACHINERY)


def remove_working_folder() -> None:
    """Remove the working folder and workspaces from the start of the import path.

    `python -m` and PYTHONPATH add them there, and a learner's math.py would be imported instead of
    Python's. Entries from the standard library onward are kept.
    """
    real, join, is_folder = os.path.realpath, os.path.join, os.path.isdir
    try:
        here = real(os.curdir)
    except OSError:  # it has been removed
        return
    library = os.path.dirname(os.__file__)  # noqa: PTH120
    end = sys.path.index(library) if library in sys.path else 0
    stay = [p for p in sys.path[:end] if real(p) != here and not is_folder(join(p, ".kata"))]
    sys.path[:end] = stay


def leave(code: object) -> None:
    """Exit the process at once if `code` is an integer and no other thread runs.

    Shutting down an interpreter with numpy and pytest takes a tenth of the time of a check.
    """
    threading = sys.modules.get("threading")
    if type(code) is not int or (threading is not None and threading.active_count() > 1):
        return
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # closed already; Python reports it
        return
    os._exit(code)
