"""Draw how the log-likelihood of bars and stripes rises, and what the machine dreams."""

import itertools
import math

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture

UPDATES, EVERY, LR, HIDDEN = 300, 15, 1.0, 16
BEST, EVEN = -math.log(14), -9 * math.log(2)
RIGHT = (
    -6.28, -6.41, -6.21, -6.03, -5.86, -5.65, -5.42, -5.18, -4.96, -4.75, -4.57, -4.38, -4.23,
    -4.09, -4.03, -3.93, -3.87, -3.83, -3.77, -3.73, -3.7,
)  # fmt: skip
"""The mean of 200 machines."""
DREAMS, STEPS = 20, 30


def draw_bars_and_stripes():
    """Return the 14 images of 3 x 3 pixels in which all rows, or all columns, have one colour."""
    lines = np.array(list(itertools.product((0.0, 1.0), repeat=3)))
    bars = np.repeat(lines, 3, axis=0).reshape(8, 9)
    return np.unique(np.concatenate([bars, np.repeat(lines, 3, axis=1)]), axis=0)


def picture_learning(solution):
    """Draw the mean log-likelihood of the 14 images over the updates."""
    machine = solution.RBM(9, HIDDEN, solution.rng(2))
    found = solution.probe.progress(machine, draw_bars_and_stripes(), UPDATES, LR, EVERY)
    yours, updates = [float(number) for number in found], [EVERY * k for k in range(len(RIGHT))]
    canvas = Canvas(640, 320)
    finite = [number for number in yours if math.isfinite(number)]
    low = max(min([-7.0, *finite]), -12.0)
    axes = Axes(canvas, (0, UPDATES), (low, -2.0), (60, 52, 620, 270))
    axes.frame("updates", "mean log-likelihood")
    for level, words in ((BEST, "best: −2.64"), (EVEN, "all images alike: −6.24")):
        canvas.line(60, axes.y(level), 620, axes.y(level), "muted dotted")
        canvas.text(616, axes.y(level) - 6, words, "small muted", "end")
    axes.curve(updates, RIGHT, "right dashed")
    shown = [number if math.isfinite(number) and number > low else math.nan for number in yours]
    axes.curve(updates, shown, "yours thick")
    axes.legend([("yours thick", "yours"), ("right dashed", "right, mean of 200 machines")], 60, 16)
    words = f"from {yours[0]:.2f} to {yours[-1]:.2f}"
    return Picture(
        "Learning bars and stripes",
        f"A machine with {HIDDEN} hidden units learns 14 of the 512 images with 3 × 3 pixels. In "
        f"{UPDATES} updates, the mean log-likelihood of yours goes {words}. Right is from −6.28 to "
        "about −3.7, and no machine can do better than −2.64.",
        [Frame(canvas)],
        {"updates": updates, "yours": yours, "right": list(RIGHT)},
    )


def picture_dreams(solution):
    """Draw what the machine dreams, from random images, before and after learning."""
    data = draw_bars_and_stripes()
    known = {tuple(row) for row in data.tolist()}
    start = np.random.default_rng(7).integers(0, 2, (DREAMS, 9)).astype(float)
    machine = solution.RBM(9, HIDDEN, solution.rng(2))
    canvas, counts, numbers = Canvas(640, 290), [], {}
    for half, name in enumerate(("before learning", f"after {UPDATES} updates")):
        if half:
            solution.probe.learned(machine, data, UPDATES, LR, 11)
        dreams = np.asarray(solution.probe.dreamed(machine, start, STEPS, 9), float)
        dreams = dreams.reshape(DREAMS, 9)
        right = [tuple(row) in known for row in dreams.tolist()]
        counts.append(sum(right))
        top = 26.0 + 138 * half
        canvas.text(8, top - 8, f"{name}: {counts[-1]} of {DREAMS} are bars or stripes", "strong")
        for place, (image, fine) in enumerate(zip(dreams, right, strict=True)):
            left, y = 10.0 + 62 * (place % 10), top + 4 + 54 * (place // 10)
            rows = (image > 0.5).reshape(3, 3)
            shades = [["shade-7" if pixel else "" for pixel in row] for row in rows]
            canvas.cells(left, y, 14, 14, shades)
            canvas.rectangle((left, y), (42, 42), "right thick" if fine else "frame")
        numbers[name] = dreams
    canvas.text(8, 282, "thick frame: a bar or a stripe", "small")
    return Picture(
        "What the machine dreams",
        f"{DREAMS} random images, and what is left of them after {STEPS} steps of a walk. Before "
        f"learning, {counts[0]} of yours are bars or stripes, and after {UPDATES} updates "
        f"{counts[1]}. Of random images, 1 in 37 is one; after learning, about 14 of 20 should be.",
        [Frame(canvas)],
        numbers,
    )
