"""The hashes that are stored with a pass, and the seeds that are derived from them."""

from __future__ import annotations

import hashlib

from ..model import Kata


def checks_sha256(kata: Kata) -> str:
    """Return the hash of a kata's checks and probes; an empty string without checks."""
    if not kata.checks.is_file():
        return ""
    data = kata.checks.read_bytes()
    if kata.probes.is_file():
        data += b"\0" + kata.probes.read_bytes()
    return hashlib.sha256(data).hexdigest()


def text_sha256(text: str) -> str:
    """Return the hash of a module's text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def worker_seed(kata: Kata, seed: int) -> int:
    """Return the seed of a worker's global random generators, for checks that run with `seed`.

    A module can read this number. It must not learn `seed` from it, because the inputs of the
    checks are drawn from `seed`. So the hash is keyed with the checks, which no worker receives.
    """
    key = hashlib.sha256(f"{kata.name} {checks_sha256(kata)}".encode()).digest()
    digest = hashlib.blake2b(str(seed).encode(), key=key, digest_size=4).digest()
    return int.from_bytes(digest, "big")


def default_seed(kata: Kata) -> int:
    """Return the seed that `kata check` uses for this version of a kata's checks."""
    return int(checks_sha256(kata)[:8], 16) & 0x7FFFFFFF
