"""Draw letters that are recalled from damaged ones, and how many patterns can be recalled."""

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture

LETTERS = {
    "T": "######## ######## ...##... ...##... ...##... ...##... ...##... ...##...",
    "X": "##....## ###..### .######. ..####.. ..####.. .######. ###..### ##....##",
    "L": "##...... ##...... ##...... ##...... ##...... ##...... ######## ########",
}
WRONG, CELL = (16, 48), 12
NEURONS, DAMAGED, TRIALS = 100, 10, 12
COUNTS = (1, 5, 10, 14, 20, 30)
RIGHT = (1.0, 1.0, 0.95, 0.78, 0.34, 0.013)
"""Shares of trials in which at least 99 of 100 neurons come out right, measured in 1000 trials."""


def draw_letters():
    """Return the stored letters."""
    return np.array(
        [[1 if dot == "#" else -1 for dot in text.replace(" ", "")] for text in LETTERS.values()]
    )


def picture_letters(solution):
    """Draw three letters, two damaged copies of each, and what is recalled, with the energies."""
    stored, rng = draw_letters(), np.random.default_rng(5)
    W = solution.hebbian(stored)
    canvas = Canvas(640, 50 + 146 * len(LETTERS))
    few, many = WRONG
    for column, words in enumerate(
        ("stored", f"{few} wrong", "recalled", f"{many} wrong", "recalled")
    ):
        canvas.text(56 + 126 * column, 18, words, "small", "middle")
    told, numbers = [], {}
    for row, (name, letter) in enumerate(zip(LETTERS, stored, strict=True)):
        states, goals = [letter], [letter, letter, letter, -letter, -letter]
        for wrong in WRONG:
            damaged = letter.copy()
            damaged[rng.permutation(64)[:wrong]] *= -1
            found = solution.recall(W, damaged, solution.rng(100 * row + wrong))
            states += [damaged, np.asarray(found)]
        energies = [float(solution.energy(W, s)) for s in states]
        for column, (s, goal) in enumerate(zip(states, goals, strict=True)):
            left, top = 8.0 + 126 * column, 28.0 + 146 * row
            _draw_state(canvas, s, goal, left, top)
            words = f"E = {energies[column]:.1f}".replace("-", "−")
            canvas.text(left + 48, top + 114, words, "small", "middle")
        at = [f"{e:.1f}".replace("-", "−") for e in energies]
        told.append(
            f"{name}, from {few} wrong: {_compare(states[2], letter)}, energy {at[1]} to {at[2]}; "
            f"from {many} wrong: {_compare(states[4], letter)}, energy {at[3]} to {at[4]}"
        )
        numbers[name] = {"states": states, "energies": energies}
    words = "dark: 1, light: −1; crosses: not as in the letter, on the right not as in its negative"
    canvas.text(8, 42 + 146 * len(LETTERS), words, "small")
    return Picture(
        "Three letters, recalled from damaged ones",
        f"T, X and L are stored in 64 neurons. {'. '.join(told)}. With most neurons wrong, the "
        "negative of the letter is nearer.",
        [Frame(canvas)],
        numbers,
    )


def _compare(state, letter):
    """Say in words what was recalled."""
    wrong = int(np.sum(state != letter))
    same = {0: "the letter", 64: "its negative"}
    return same.get(wrong, f"a state that differs in {wrong}")


def _draw_state(canvas, state, goal, left, top):
    """Draw one state as 8 x 8 cells, with a cross on each that is not as in the goal."""
    values = state.reshape(8, 8)
    kinds = [["shade-7" if v > 0 else "" for v in row] for row in values.tolist()]
    canvas.rectangle((left - 1, top - 1), (8 * CELL + 2, 8 * CELL + 2), "frame")
    canvas.cells(left, top, CELL, CELL, kinds)
    for place in np.flatnonzero(state != goal):
        x, y = left + CELL * (place % 8 + 0.5), top + CELL * (place // 8 + 0.5)
        canvas.marker(float(x), float(y), "cross", "wrong thick", 3)


def picture_capacity(solution):
    """Draw how often a damaged pattern is recalled, for more and more stored patterns."""
    found = solution.probe.recalled_shares(NEURONS, list(COUNTS), TRIALS, DAMAGED, 2)
    shares = [float(np.mean(np.asarray(row, float) > 0.98)) for row in found]
    canvas = Canvas(640, 320)
    axes = Axes(canvas, (0, 31), (0, 1.05), (60, 52, 620, 270))
    axes.frame("patterns stored in 100 neurons", "share recalled")
    axes.curve(COUNTS, RIGHT, "right dashed")
    axes.curve(COUNTS, shares, "yours thick")
    for count, share in zip(COUNTS, shares, strict=True):
        canvas.marker(axes.x(count), axes.y(share), "circle", "yours filled", 5)
    axes.legend([("yours thick", f"yours, {TRIALS} trials each"),
                 ("right dashed", "right, 1000 trials each")], 60, 16)  # fmt: skip
    told = ", ".join(f"{share:.0%} of {count}" for count, share in zip(COUNTS, shares, strict=True))
    return Picture(
        "How many patterns fit into 100 neurons",
        f"Random patterns, recalled with {DAMAGED} neurons wrong. It counts if at least 99 are "
        f"right at the end. With so many patterns, yours are recalled in this share of "
        f"{TRIALS} trials: {told.replace(' of ', ' with ')}. The limit is near 14 patterns.",
        [Frame(canvas)],
        {"patterns": list(COUNTS), "shares": shares, "right": list(RIGHT)},
    )
