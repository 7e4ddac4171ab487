"""Draw how often units are active, and how large steps kill the units of a small network."""

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture

BIASES = (-3.0, -2.0, -1.0, 0.0, 1.0, 2.0)
UNITS, SAMPLES, STEPS = 24, 60, 40
RATES = {"0.05": "first", "0.5": "second", "2": "third"}


def picture_active_share(solution):
    """Draw the share of active samples for units with different biases, and which are dead."""
    z = np.random.default_rng(6).normal(size=(200, 1)) + np.array(BIASES)
    z[:, 0] -= 0.5
    right, dead = (z > 0).mean(axis=0), (z <= 0).all(axis=0)
    got = np.asarray(solution.active_share(z), float)
    found = np.asarray(solution.dead_units(z))
    if got.shape != right.shape or found.shape != right.shape:
        raise ValueError(f"six units were expected, the shapes are {got.shape} and {found.shape}")
    canvas = Canvas(600, 320)
    bottom, height = 240.0, 200.0
    canvas.line(30, bottom, 590, bottom, "muted")
    said = []
    for unit in range(len(BIASES)):
        left = 40.0 + 92 * unit
        near = bool(abs(got[unit] - right[unit]) < 1e-6)
        tall = height * float(np.clip(np.nan_to_num(got[unit]), 0.0, 1.0))
        canvas.rectangle((left, bottom - tall), (56, tall), "plus-5" if near else "wrong")
        if not near:
            up = bottom - height * right[unit]
            canvas.line(left - 4, up, left + 60, up, "right dashed")
        kind = "strong" if near else "strong wrong"
        canvas.text(left + 28, bottom - tall - 8, f"{got[unit]:.1%}", kind, "middle")
        mean = f"mean {z[:, unit].mean():.1f}".replace("-", "−")
        canvas.text(left + 28, bottom + 20, mean, "small muted", "middle")
        words = "dead" if bool(found[unit]) else "alive"
        fine = bool(found[unit]) == bool(dead[unit])
        words += "" if fine else ": wrong"
        kind = "small" if fine else "small strong wrong"
        canvas.text(left + 28, bottom + 42, words, kind, "middle")
        said.append(f"{mean}: {got[unit]:.1%}, {words}")
    canvas.text(30, 18, "share of the samples with z > 0", "strong")
    canvas.text(30, bottom + 68, "six units, and the mean of their z over 200 samples", "small")
    return Picture(
        title="How often units with different biases are active",
        description=f"Share of 200 samples on which each of 6 units is active. {'; '.join(said)}.",
        frames=[Frame(canvas)],
        numbers={"share": got, "right": right, "dead": found},
    )


def picture_large_steps(solution):
    """Draw how many of 24 units are dead while a network is trained with three learning rates."""
    canvas = Canvas(600, 340)
    axes = Axes(canvas, (0, STEPS), (0, UNITS), (56, 34, 450, 290))
    axes.frame("steps taken", "dead units")
    numbers, said = {}, []
    ends = []
    for rate, kind in RATES.items():
        zs = _train(float(rate))
        right = [int((z <= 0).all(axis=0).sum()) for z in zs]
        got = [float(np.sum(solution.dead_units(z))) for z in zs]
        wrong = not np.allclose(got, right)
        steps = range(0, STEPS + 1, 2)
        axes.curve(steps, np.clip(np.nan_to_num(got), 0, UNITS), f"{kind} thick")
        if wrong:
            axes.curve(steps, right, "right dashed")
        words = f"rate {rate}: {got[-1]:.0f} dead"
        words += f", right: {right[-1]}" if wrong else ""
        ends.append((axes.y(min(max(got[-1], 0.0), UNITS)) + 4, words, kind, wrong))
        numbers[rate] = got
        numbers[f"right {rate}"] = right
        said.append(words)
    up = 0.0
    for place, words, kind, wrong in sorted(ends):
        up = max(place, up + 18)
        canvas.line(454, up - 4, 470, up - 4, f"{kind} thick")
        canvas.text(474, up, words, "small strong wrong" if wrong else "small")
    canvas.text(56, 18, f"one hidden layer of {UNITS} ReLU units", "strong")
    return Picture(
        title="Large steps kill units",
        description=(
            f"A network with {UNITS} hidden units is trained for {STEPS} steps with three learning "
            f"rates. At the end: {'; '.join(said)}. Right means counted from the formula."
        ),
        frames=[Frame(canvas)],
        numbers=numbers,
    )


def _train(rate):
    """Fit a wave by gradient descent; return the pre-activations after every second step."""
    rng = np.random.default_rng(2)
    x = np.linspace(-1.0, 1.0, SAMPLES)[:, np.newaxis]
    y = np.sin(3.0 * x) + 0.5
    W, b = rng.normal(0.0, 2.0**0.5, (1, UNITS)), np.zeros(UNITS)
    V, c = rng.normal(0.0, (2.0 / UNITS) ** 0.5, (UNITS, 1)), np.zeros(1)
    zs = []
    for step in range(STEPS + 1):
        z = x @ W + b
        if step % 2 == 0:
            zs.append(z)
        h = np.maximum(z, 0.0)
        delta = 2.0 * np.clip(h @ V + c - y, -10.0, 10.0) / SAMPLES
        back = (delta @ V.T) * (z > 0)
        V, c = V - rate * h.T @ delta, c - rate * delta.sum(axis=0)
        W, b = W - rate * x.T @ back, b - rate * back.sum(axis=0)
    return zs
