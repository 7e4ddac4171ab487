"""Signals that an event loop waits for."""

from __future__ import annotations

import os
import select
import signal
from types import FrameType

import pytest

from nnkata.cli.terminal.keyboard import Signals


def test_a_signal_ends_a_wait_before_its_handler_in_python_has_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def handler(number: int, frame: FrameType | None) -> None:
        """Do nothing, as if the signal had come when the wait was about to begin."""

    signals = Signals()
    monkeypatch.setattr(signals, "_on_signal", handler)
    with signals.catch():
        os.kill(os.getpid(), signal.SIGTERM)
        assert select.select([signals.fileno()], [], [], 10.0)[0]


def test_signals_are_taken_once_and_the_handlers_restored() -> None:
    before = signal.getsignal(signal.SIGTERM)
    descriptor = signal.set_wakeup_fd(-1)
    signal.set_wakeup_fd(descriptor)
    signals = Signals()
    with signals.catch():
        os.kill(os.getpid(), signal.SIGTERM)
        assert select.select([signals.fileno()], [], [], 10.0)[0]
        assert signals.take() == [signal.SIGTERM]
        assert signals.take() == []
        assert select.select([signals.fileno()], [], [], 0.0)[0] == []
    assert signal.getsignal(signal.SIGTERM) is before
    assert signal.set_wakeup_fd(descriptor) == descriptor
