"""What step answers from -2 to 2, and at 0 for both conventions."""

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture

PLACES = np.array([-2.0, -1.5, -1.0, -0.5, -0.1, 0.0, 0.1, 0.5, 1.0, 1.5, 2.0])


def picture_step(solution):
    """Draw the answers at eleven places, one frame for each convention at 0."""
    frames, answers, told = [], {}, []
    for at_zero in (0, 1):
        got = np.asarray(solution.step(PLACES, at_zero=at_zero), float).reshape(len(PLACES))
        right = np.where(PLACES == 0, at_zero, PLACES > 0)
        answers[f"at_zero={at_zero}"] = got
        wrong = int((got != right).sum())
        words = f"{wrong} of {len(PLACES)} answers are wrong" if wrong else "all answers are right"
        told.append(f"With at_zero={at_zero}, {words}.")
        canvas = Canvas(640, 300)
        _draw(canvas, got, right, at_zero)
        frames.append(Frame(canvas, f"step(x, at_zero={at_zero}): {words}."))
    return Picture(
        "The step function, and its two conventions at 0",
        "step(x) is 0 to the left of 0 and 1 to the right. Exactly at 0 the parameter at_zero "
        f"decides. {' '.join(told)}",
        frames,
        numbers=answers,
    )


def _draw(canvas, got, right, at_zero):
    axes = Axes(canvas, (-2.2, 2.2), (-0.25, 1.25), (52, 30, 616, 250))
    for value in (0, 1):
        canvas.line(axes.left, axes.y(value), axes.right, axes.y(value), "grid")
        canvas.text(axes.left - 8, axes.y(value) + 4, str(value), "muted small", "end")
    for value in (-2, -1, 0, 1, 2):
        canvas.text(axes.x(value), 272, f"{value}".replace("-", "−"), "muted small", "middle")
    canvas.text((axes.left + axes.right) / 2, 292, "x", "small", "middle")
    canvas.line(axes.left, axes.y(0), axes.x(0), axes.y(0), "muted thick")
    canvas.line(axes.x(0), axes.y(1), axes.right, axes.y(1), "muted thick")
    canvas.text(axes.left, 20, f"step(x, at_zero={at_zero})", "strong")
    canvas.marker(axes.x(0), axes.y(1 - at_zero), "circle", "paper filled", 6)
    canvas.marker(axes.x(0), axes.y(1 - at_zero), "circle", "muted", 6)
    for place, answer, best in zip(PLACES, got, right, strict=True):
        if answer == best:
            canvas.marker(axes.x(place), axes.y(answer), "circle", "yours filled", 5)
            continue
        canvas.marker(axes.x(place), axes.y(best), "square", "right", 6)
        if np.isfinite(answer):
            height = axes.y(min(max(answer, -0.2), 1.2))
            canvas.marker(axes.x(place), height, "cross", "wrong thick", 6)
    if (got != right).any():
        canvas.text(616, 20, "× wrong answer   □ right answer", "small wrong", "end")
