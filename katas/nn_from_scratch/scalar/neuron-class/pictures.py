"""The output of one neuron on the plane of its two inputs, and how its bias moves the line."""

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture, draw_plane, draw_zero, grid

WEIGHTS = [1.5, -1.0]
BIASES = [-1.5, -0.75, 0.0, 0.75, 1.5]
PLANE = (-2.0, 2.0)
COUNT = 21
BOX = (60, 12, 440, 392)


def right(points, bias):
    """Return tanh(w · x + b) for points (..., 2)."""
    return np.tanh(points @ np.array(WEIGHTS) + bias)


def picture_plane(solution):
    """Draw the outputs of a neuron with weights (1.5, -1) at five biases."""
    points = grid(PLANE, PLANE, COUNT)
    rows = solution.probe.planes(WEIGHTS, BIASES, points.reshape(-1, 2))
    planes = np.array(rows, float).reshape(len(BIASES), COUNT, COUNT)
    frames, gaps = [], []
    for bias, plane in zip(BIASES, planes, strict=True):
        expected = right(points, bias)
        gap = float(np.abs(plane - expected).max())
        gaps.append(gap)
        canvas = Canvas(640, 440)
        axes = Axes(canvas, PLANE, PLANE, BOX)
        draw_plane(
            axes, plane, "first input x₁", "second input x₂", "yours thick",
            avoid=[(0.45, -0.3), (0.95, -0.7)],
        )  # fmt: skip
        if gap > 1e-9:
            draw_zero(axes, expected, "right thick dashed")
        tip = (axes.x(0.6 * WEIGHTS[0]), axes.y(0.6 * WEIGHTS[1]))
        canvas.arrow(axes.x(0), axes.y(0), *tip, "ink")
        canvas.text(tip[0] + 6, tip[1] + 12, "w", "strong halo")
        _key(canvas, bias, gap)
        frames.append(Frame(canvas, f"The bias is {bias:g}. {_message(gap)}"))
    worst = max(gaps)
    return Picture(
        "The output of one neuron",
        "A neuron with the weights 1.5 and −1 outputs tanh(1.5 x₁ − x₂ + b). On one side of a "
        "straight line the output is above 0, on the other side below 0. The arrow shows the "
        "weights; the line is at a right angle to it. A larger bias moves the line back. "
        + _message(worst),
        frames,
        numbers={"outputs": planes, "gaps": gaps},
        shown=1,
    )


def _message(gap):
    if gap <= 1e-9:
        return "All outputs are right."
    return f"The outputs differ from tanh(w · x + b) by up to {gap:.3g}."


def _key(canvas, bias, gap):
    left = 464
    canvas.text(left, 36, f"b = {bias:g}".replace("-", "−"), "large strong")
    canvas.text(left, 58, "w = (1.5, −1)", "small")
    for number, (sign, words) in enumerate((("+", "output above 0"), ("−", "output below 0"))):
        top = 80 + 26 * number
        canvas.rectangle((left, top), (22, 18), "plus-5" if sign == "+" else "minus-5")
        canvas.text(left + 11, top + 15, sign, "large strong", "middle")
        canvas.text(left + 32, top + 14, words, "small")
    canvas.line(left, 146, left + 22, 146, "yours thick")
    canvas.text(left + 32, 150, "output 0", "small")
    if gap > 1e-9:
        canvas.line(left, 172, left + 22, 172, "right thick dashed")
        canvas.text(left + 32, 176, "should be 0", "small")
        canvas.text(left, 214, "wrong", "strong wrong")
        canvas.text(left, 234, f"by up to {gap:.3g}", "small wrong")
    else:
        canvas.text(left, 214, "all right", "strong")
