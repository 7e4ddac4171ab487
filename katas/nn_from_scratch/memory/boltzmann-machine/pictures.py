"""Draw how often each state comes up in the learner's walk, beside its probability."""

import itertools
import math

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture, ticks

WEIGHTS = np.array([[0.0, 2.0, -1.5], [2.0, 0.0, 1.0], [-1.5, 1.0, 0.0]])
BIASES = np.array([-0.5, -1.0, 0.5])
STATES = list(itertools.product((0, 1), repeat=3))
SWEEPS, TRACK = 1200, 120


def right_probabilities():
    """Return the probability of each of the eight states."""
    units = np.array(STATES, float)
    powers = np.exp(0.5 * (units @ WEIGHTS * units).sum(axis=1) + units @ BIASES)
    return powers / powers.sum()


def picture_frequencies(solution):
    """Draw for each state its probability and its share of the walk, yours and right."""
    right = right_probabilities()
    yours = np.asarray(solution.bm_probabilities(WEIGHTS, BIASES), float).reshape(8)
    walk = np.asarray(solution.sample(WEIGHTS, BIASES, SWEEPS, 20, solution.rng(11)), float)
    places = (walk.reshape(-1, 3) @ [4, 2, 1]).astype(int)
    shares = np.bincount(np.clip(places, 0, 7), minlength=8) / max(1, len(places))
    canvas = Canvas(640, 330)
    finite = [number for number in (*yours, *shares, *right) if math.isfinite(number)]
    top = 0.1 * math.ceil(10 * min(max(finite), 1.0) + 0.2)
    axes = Axes(canvas, (-0.6, 7.6), (0.0, top), (60, 52, 620, 270))
    for value in ticks(0.0, top):
        canvas.line(60, axes.y(value), 620, axes.y(value), "grid")
        canvas.text(54, axes.y(value) + 4, f"{value:.1f}", "small muted", "end")
    for place, state in enumerate(STATES):
        name = "".join(map(str, state))
        canvas.text(axes.x(place), 292, name, "mono", "middle")
        for left, number, kind in (
            (-0.34, yours[place], "plus-5"),
            (0.04, shares[place], "plus-2"),
        ):
            if math.isfinite(number):
                high = axes.y(0.0) - axes.y(min(max(float(number), 0.0), top))
                wide = axes.x(0.3) - axes.x(0.0)
                corner = (axes.x(place + left), axes.y(0.0) - high)
                canvas.rectangle(corner, (wide, high), kind)
                canvas.rectangle(corner, (wide, high), "frame")
        line = axes.y(float(right[place]))
        canvas.line(axes.x(place - 0.4), line, axes.x(place + 0.4), line, "right thick")
    canvas.rectangle((60, 12), (14, 14), "plus-5")
    canvas.text(80, 24, "probability, yours", "small")
    canvas.rectangle((220, 12), (14, 14), "plus-2")
    canvas.rectangle((220, 12), (14, 14), "frame")
    canvas.text(240, 24, f"share of {SWEEPS} sweeps, yours", "small")
    canvas.line(440, 19, 460, 19, "right thick")
    canvas.text(466, 24, "right", "small")
    canvas.text(340, 318, "state of the three units", "small muted", "middle")
    gap = float(np.abs(shares - right).sum() / 2)
    most = int(np.argmax(shares))
    fine = bool(np.allclose(yours, right, atol=1e-6))
    words = "".join(map(str, STATES[most]))
    return Picture(
        "How often each state comes up",
        "A machine of three units. Your probabilities are "
        f"{'right' if fine else 'not the right ones'}. In your walk of {SWEEPS} sweeps, the state "
        f"{words} comes up most often, in {shares[most]:.1%}; its probability is "
        f"{right[most]:.1%}. All in all, the walk and the probabilities differ in {gap:.1%} of "
        "the sweeps; with right draws, about 3 % are usual.",
        [Frame(canvas)],
        {"probabilities": yours, "shares": shares, "right": right},
    )


def picture_walk(solution):
    """Draw the first sweeps of the walk of two units that want to be equal, one row per state."""
    W, b = np.array([[0.0, 4.0], [4.0, 0.0]]), np.array([-2.0, -2.0])
    walk = np.asarray(solution.sample(W, b, TRACK, 0, solution.rng(5)), float).reshape(-1, 2)
    places = (walk @ [2, 1]).astype(int)
    canvas = Canvas(640, 214)
    shares, pieces = [], 560 / max(1, len(places))
    for row, name in enumerate(("00", "01", "10", "11")):
        y = 40.0 + 32 * row
        here = places == row
        shares.append(float(np.mean(here)) if len(here) else 0.0)
        canvas.text(8, y + 16, name, "mono")
        canvas.line(36, y + 12, 596, y + 12, "grid")
        for sweep in np.flatnonzero(here):
            canvas.rectangle((36 + pieces * float(sweep), y), (pieces, 24), "shade-7")
        canvas.text(604, y + 16, f"{shares[-1]:.0%}", "small")
    canvas.text(36, 20, f"{len(places)} sweeps, from left to right", "small muted")
    canvas.text(36, 196, "right in the long run: 44 %, 6 %, 6 % and 44 %", "small")
    told = ", ".join(f"{share:.0%}" for share in shares)
    return Picture(
        "A walk of two units",
        "Two units that want to be equal: 00 and 11 have the probability 0.44 each. In your walk, "
        f"the states 00, 01, 10 and 11 come up in {told} of {len(places)} sweeps.",
        [Frame(canvas)],
        {"states": places, "shares": shares},
    )
