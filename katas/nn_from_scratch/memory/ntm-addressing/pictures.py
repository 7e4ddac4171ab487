"""Draw the four stages of an address, and a weight that is moved on with and without sharpening."""

import math

import numpy as np

from nnkata.pictures import Canvas, Frame, Picture

ROWS, MOVES, CELL = 12, 16, 16
SHARES = np.array([0.1, 0.2, 0.7])
MEMORY = np.array([[3.0, 0.0], [0.0, 2.0], [4.0, 4.0], [-1.0, 0.5], [2.0, -2.0]])
BEFORE = np.array([0.0, 0.0, 0.0, 0.0, 1.0])
STAGES = ("by content, β = 4", "after the gate, g = 0.9", "moved by one row", "sharpened, γ = 3")


def right_stages():
    """Return the four weightings of the example."""
    lengths = np.sqrt((MEMORY**2).sum(axis=1))
    powers = np.exp(4.0 * MEMORY[:, 0] / lengths)
    by_content = powers / powers.sum()
    gated = 0.9 * by_content + 0.1 * BEFORE
    moved = np.roll(gated, 1)
    return [by_content, gated, moved, moved**3 / (moved**3).sum()]


def picture_stages(solution):
    """Draw the weights of five rows after each stage, as bars, with the right ones as outlines."""
    key, on = np.array([1.0, 0.0]), np.array([0.0, 0.0, 1.0])
    found = [solution.content_weights(MEMORY, key, 4.0)]
    found.append(solution.interpolate(found[0], BEFORE, 0.9))
    found.append(solution.shift(found[1], on))
    found.append(solution.sharpen(found[2], 3.0))
    yours, right = [np.asarray(w, float).reshape(5) for w in found], right_stages()
    canvas, told = Canvas(640, 330), []
    canvas.text(8, 20, "row", "small muted")
    for row, numbers in enumerate(MEMORY):
        words = f"({numbers[0]:g}, {numbers[1]:g})".replace("-", "−")
        canvas.text(8, 78 + 44 * row, f"{row}: {words}", "ink")
    for column, (name, got, wanted) in enumerate(zip(STAGES, yours, right, strict=True)):
        left = 118.0 + 132 * column
        canvas.text(left, 20, name.partition(",")[0], "small")
        canvas.text(left, 38, name.partition(",")[2].strip(), "small muted")
        for row in range(5):
            _draw_bar(canvas, left, 56 + 44 * row, float(got[row]), float(wanted[row]))
        fine = bool(np.allclose(got, wanted, atol=1e-6))
        canvas.text(left, 292, "right" if fine else "wrong", "small" if fine else "small wrong")
        told.append(f"{name}: row {int(np.argmax(got))} has the most, {np.max(got):.3f}")
    canvas.rectangle((118, 306), (14, 12), "plus-5")
    canvas.text(138, 317, "yours", "small")
    canvas.rectangle((190, 306), (14, 12), "right dashed")
    canvas.text(210, 317, "right", "small")
    return Picture(
        "From a key to a place",
        "Five rows, the key (1, 0), and a weighting that was at row 4 before. Your weights "
        f"{'; '.join(told)}. The rows form a circle.",
        [Frame(canvas)],
        {"yours": yours, "right": right},
    )


def _draw_bar(canvas, left, top, got, wanted):
    """Draw one weight as a bar of up to 76 units, and its number."""
    if math.isfinite(got):
        canvas.rectangle((left, top), (76 * min(max(got, 0.0), 1.0), 30), "plus-5")
    canvas.rectangle((left, top), (76 * wanted, 30), "right dashed")
    canvas.text(left + 82, top + 20, f"{got:.2f}", "small")


def picture_moves(solution):
    """Draw a weight that is moved on again and again, with and without sharpening."""
    canvas = Canvas(640, 304)
    told, numbers = [], {}
    for place, gamma in enumerate((1.0, 3.0)):
        track = [np.eye(ROWS)[1]]
        for _ in range(MOVES):
            moved = solution.shift(track[-1], SHARES)
            track.append(np.asarray(solution.sharpen(moved, gamma), float).reshape(ROWS))
        left, top = 40.0 + 312 * place, 62.0
        canvas.text(left, 20, f"γ = {gamma:g}", "strong")
        canvas.text(left, 40, "16 moves", "small muted")
        shades = np.clip(np.nan_to_num(np.array(track).T), 0, 1)
        kinds = [[f"shade-{math.ceil(9 * share - 0.3)}" for share in line] for line in shades]
        canvas.cells(left, top, CELL, CELL, kinds)
        canvas.rectangle((left, top), (CELL * len(track), CELL * ROWS), "frame")
        for row in (0, ROWS - 1):
            canvas.text(left - 6, top + CELL * (row + 0.75), str(row), "small muted", "end")
        largest, total = float(np.max(track[-1])), float(np.sum(track[-1]))
        canvas.text(left, top + CELL * ROWS + 20, f"at the end: largest {largest:.2f}", "small")
        told.append(
            f"with a gamma of {gamma:g}, the largest weight after 16 moves is {largest:.2f}, "
            f"and the sum is {total:.3g}"
        )
        numbers[f"gamma {gamma:g}"] = track
    canvas.upward_text(14, 62 + CELL * ROWS / 2, "row", "small muted", "middle")
    canvas.text(
        40, 296, "the darker, the more weight; each move: −1 10 %, 0 20 %, +1 70 %", "small"
    )
    return Picture(
        "A weight on its way",
        f"A weight of 1 at row 1 is moved again and again in the shares 0.1, 0.2 and 0.7. Yours: "
        f"{'; '.join(told)}. Right would be 0.15 and 0.97, with sums of 1.",
        [Frame(canvas)],
        numbers,
    )
