"""The line of a perceptron after each epoch: AND, which it learns, beside XOR, which it cannot."""

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
TABLES = {"AND": np.array([0, 0, 0, 1]), "XOR": np.array([0, 1, 1, 0])}
EPOCHS = 8
PLANE = (-0.6, 1.6)
RIGHT = {"AND": [2, 3, 3, 2, 1, 0], "XOR": [3, 3, 4, 4, 4, 4, 4, 4]}


def picture_line_after_each_epoch(solution):
    """Draw w · x + b = 0 after 1, 2, ... 8 epochs, with the mistakes of each epoch."""
    lines, counts = {}, {}
    for name, labels in TABLES.items():
        lines[name], counts[name] = [], []
        for epochs in range(1, EPOCHS + 1):
            w, b, history = solution.fit_perceptron(CORNERS, labels, epochs=epochs)
            lines[name].append([*np.asarray(w, float).reshape(2).tolist(), float(b)])
            counts[name].append([int(n) for n in history])
    frames = []
    for epoch in range(1, EPOCHS + 1):
        canvas, told = Canvas(640, 380), []
        for number, name in enumerate(TABLES):
            done = counts[name][epoch - 1]
            line = lines[name][epoch - 1]
            right = _panel(canvas, 44 + 316 * number, name, line, done)
            told.append(f"{name}: {_mistakes(done, epoch)}, {right} of 4 corners right")
        canvas.text(620, 20, f"epoch {epoch}", "strong", "end")
        frames.append(Frame(canvas, f"After epoch {epoch}. {'; '.join(told)}."))
    wrong = [name for name in TABLES if counts[name][-1] != RIGHT[name]]
    verdict = "".join(
        f" The mistakes for {name} are wrong; right are {', '.join(map(str, RIGHT[name]))}."
        for name in wrong
    )
    learned = ", ".join(map(str, counts["AND"][-1]))
    never = ", ".join(map(str, counts["XOR"][-1]))
    return Picture(
        "A perceptron learns AND, and does not learn XOR",
        "The line of the perceptron after each epoch. The mistakes per epoch are "
        f"{learned} for AND and {never} for XOR. AND ends with a line through the "
        f"corner (1, 1), where the answer is 1. For XOR there is no line, so the mistakes go "
        f"on.{verdict}",
        frames,
        numbers={"lines": lines, "history": {n: c[-1] for n, c in counts.items()}},
        shown=5,
    )


def _mistakes(history, epoch):
    if epoch > len(history):
        return "learned"
    count = history[epoch - 1]
    return f"{count} mistake{'' if count == 1 else 's'}"


def _panel(canvas, left, name, line, history):
    """Draw one table with its line and the mistakes so far; return how many corners are right."""
    axes = Axes(canvas, PLANE, PLANE, (left, 34, left + 260, 294))
    w, b = np.array(line[:2]), line[2]
    places = np.linspace(*PLANE, 41)
    middles = (places[:-1] + places[1:]) / 2
    above = w[0] * middles[None, :] + w[1] * middles[::-1, None] + b >= 0
    kinds = [["plus-2" if one else "" for one in row] for row in above]
    canvas.cells(left, 34, 260 / 40, 260 / 40, kinds)
    canvas.rectangle((left, 34), (260, 260), "frame")
    canvas.text(left, 22, name, "large strong")
    ends = _ends(w, b)
    if len(ends) == 2:
        canvas.path([(axes.x(x), axes.y(y)) for x, y in ends], "yours thick")
    right = 0
    for corner, label in zip(CORNERS, TABLES[name], strict=True):
        across, up = axes.x(corner[0]), axes.y(corner[1])
        fine = int(corner @ w + b >= 0) == label
        right += fine
        canvas.circle(across, up, 13, "ink filled" if label else "paper filled")
        canvas.circle(across, up, 13, "ink")
        if not label:
            canvas.text(across, up + 5, "0", "strong", "middle")
        if not fine:
            canvas.circle(across, up, 18, "wrong thick")
            canvas.text(across, up + 34, "wrong", "small wrong halo", "middle")
    canvas.text(left, 318, f"{right} of 4 corners right", "strong")
    words = " ".join(map(str, history)) or "none"
    canvas.text(left, 340, f"mistakes per epoch: {words}", "small")
    if len(w) and not w.any():
        canvas.text(left, 360, "both weights are 0: no line", "small")
    else:
        words = f"w = ({w[0]:g}, {w[1]:g}), b = {b:g}".replace("-", "−")
        canvas.text(left, 360, words, "small")
    return right


def _ends(w, b):
    """Return where the line enters and leaves the plane."""
    low, high = PLANE
    ends = [(x, -(b + w[0] * x) / w[1]) for x in PLANE if w[1]]
    ends += [(-(b + w[1] * y) / w[0], y) for y in PLANE if w[0]]
    inside = {(round(x, 9), round(y, 9)) for x, y in ends}
    return sorted(e for e in inside if low <= e[0] <= high and low <= e[1] <= high)[:2]
