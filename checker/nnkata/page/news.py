"""Tell listening pages that something has changed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator

HEARTBEAT_SECONDS = 10.0
"""The time between two heartbeats to a listening page."""


class NewsFeed:
    """A numbered feed of events: a listener waits for a number that is higher than its last."""

    def __init__(self) -> None:
        """Start with an empty event 0."""
        self.number = 0
        self.closed = False
        self._text = json.dumps({"number": 0, "kata": "", "message": ""})
        self._changed = threading.Condition()

    def publish(self, kata: str = "", message: str = "") -> None:
        """Publish that the pages have changed, and the message that they announce."""
        with self._changed:
            self.number += 1
            self._text = json.dumps({"number": self.number, "kata": kata, "message": message})
            self._changed.notify_all()

    def close(self) -> None:
        """Wake all listeners and let them end."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def latest(self) -> str:
        """Return the latest event as JSON."""
        with self._changed:
            return self._text

    def wait(self, known: int, seconds: float) -> tuple[int, str] | None:
        """Return (number, JSON) of an event after `known`, or None if none comes in time."""
        with self._changed:
            self._changed.wait_for(lambda: self.closed or self.number > known, seconds)
            return (self.number, self._text) if self.number > known else None


def event_stream(news: NewsFeed, known: int) -> Iterator[str]:
    """Yield the events for one listener, with heartbeats between them."""
    yield "retry: 1000\n\n"
    while not news.closed:
        event = news.wait(known, HEARTBEAT_SECONDS)
        if event is None:
            yield ": nothing new\n\n"
        else:
            known, text = event
            yield f"id: {known}\ndata: {text}\n\n"
    yield "event: end\ndata: \n\n"
