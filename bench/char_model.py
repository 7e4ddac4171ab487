"""Train the reference's language model on sums and test it on sums that it has not seen.

    python bench/char_model.py [--steps 5000] [--size 32]

A text of sums such as `37+58=95` is drawn from 7600 of the 8100 pairs of two-digit numbers. The
other 500 sums are asked at the end, with temperature 0. numpy uses one thread, since several
threads are slower for arrays as small as these.
"""

from __future__ import annotations

import argparse
import os
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from refnn.language.char_model import CharModel

VOCABULARY = "0123456789+=\n"
HELD_OUT = 500
CONTEXT = 18
"""The length of two lines: a row that begins anywhere in the text contains a complete sum."""


def line(a: int, b: int) -> str:
    """Return the line of text for a sum."""
    return f"{a}+{b}={a + b}\n"


def trigram_loss(text: str, new: str) -> float:
    """Return the mean loss on new text of a trigram table with add-one smoothing."""
    counts = np.ones((len(VOCABULARY),) * 3)
    known, ids = (np.array([VOCABULARY.index(c) for c in t]) for t in (text, new))
    np.add.at(counts, (known[:-2], known[1:-1], known[2:]), 1)
    chances = counts / counts.sum(axis=2, keepdims=True)
    return -float(np.log(chances[ids[:-2], ids[1:-1], ids[2:]]).mean())


def answer(model: CharModel, a: int, b: int) -> str:
    """Return the text that the model writes after the equals sign, up to the end of the line."""
    text = model.sample(f"\n{a}+{b}=", 4, np.random.default_rng(0), temperature=0)
    return text.partition("\n")[0]


def main() -> None:
    """Train the model and print the losses, the share of right answers, and samples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    rng = np.random.default_rng(chosen.seed)
    pairs = [(int(p) // 90 + 10, int(p) % 90 + 10) for p in rng.permutation(8100)]
    held_out, known = pairs[:HELD_OUT], pairs[HELD_OUT:]
    text = "".join(line(*known[p]) for p in rng.integers(0, len(known), 30_000))
    new = "".join(line(*pair) for pair in held_out)
    model = CharModel(VOCABULARY, chosen.size, 4, chosen.layers, CONTEXT, rng)
    count = sum(array.size for array in model.params.values())
    ids = model.encode(new)
    rows = np.array([ids[k : k + CONTEXT + 1] for k in range(0, len(ids) - CONTEXT, CONTEXT)])
    print(f"{count} parameters, {chosen.steps} steps; trigram table: {trigram_loss(text, new):.3f}")
    start, taken = time.perf_counter(), 0
    for rate in (6e-3, 4e-3, 2e-3, 1e-3, 3e-4):
        steps = chosen.steps // 5
        model.train(text, steps, rng, batch_size=64, learning_rate=rate)
        taken += steps
        right = np.mean([answer(model, a, b) == str(a + b) for a, b in held_out[:100]])
        seconds = time.perf_counter() - start
        print(f"{taken:5d} steps, {seconds:4.0f} s: loss of new sums {model.loss(rows):.3f}, "
              f"{right:.0%} of 100 right", flush=True)  # fmt: skip
    answers = [(a, b, answer(model, a, b)) for a, b in held_out]
    right = np.mean([found == str(a + b) for a, b, found in answers])
    print(f"{right:.1%} of {HELD_OUT} sums that are not in the text are answered correctly")
    for a, b, found in answers[:8]:
        print(f"  {a}+{b}={found}" + ("" if found == str(a + b) else f"   (right is {a + b})"))
    print("it writes:", repr(model.sample("\n", 60, rng)))


if __name__ == "__main__":
    main()
