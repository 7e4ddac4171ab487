"""One worker for many runs that give no points."""

from __future__ import annotations

from ..checking.runner import KataRun, KataRunner, RunPlan
from ..checking.runtime import Bundle, WorkerSlot


class SharedWorker:
    """Runs modules of one kata in the same worker, which starts with the first run."""

    def __init__(self) -> None:
        """Start no worker yet."""
        self._slot: WorkerSlot | None = None

    def run(self, runner: KataRunner, bundle: Bundle, plan: RunPlan) -> KataRun:
        """Run a runner's checks on the module in `bundle`; each check loads it again."""
        if self._slot is None:
            self._slot = runner.slot(bundle)
        return runner.run(bundle, plan, self._slot)

    def close(self) -> None:
        """End the worker; a later run starts another one."""
        if self._slot is not None:
            self._slot.close()
            self._slot = None
