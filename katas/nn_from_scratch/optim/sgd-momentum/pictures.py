"""Draw the way through a narrow valley, with and without momentum."""

import numpy as np

from nnkata.pictures import Axes, Canvas, Chart, Frame, Picture, draw_lines

CURVATURES = np.array([1.0, 100.0])
START = np.array([1.0, 0.2])
STEPS = 125
FIRST = 30
RUNS = (
    ("the best fixed lr", 2 / 101, 0.0),
    ("the best momentum", (2 / 11) ** 2, (9 / 11) ** 2),
)


def right_path(lr, momentum):
    """Return the points of the right way."""
    point, velocity, path = START, np.zeros(2), [START]
    for _ in range(STEPS):
        velocity = momentum * velocity + CURVATURES * point
        point = point - lr * velocity
        path.append(point)
    return np.array(path)


def picture_valley(solution):
    """Draw the learner's way from (1, 1), and the distance to the minimum over the steps."""
    frames, numbers, told = [], {}, []
    for name, lr, momentum in RUNS:
        optimizer = solution.SGD(lr, momentum=momentum)
        got = np.array(solution.probe.walk_in_a_valley(optimizer, START, CURVATURES, STEPS), float)
        right = right_path(lr, momentum)
        words, fine = _judge(got, right)
        canvas = Canvas(640, 420)
        _draw_way(canvas, got, right, momentum)
        distances = {
            "yours": np.abs(got).max(axis=1).tolist(),
            "right": np.abs(right).max(axis=1).tolist(),
        }
        chart = Chart("steps", "distance", y_range=(1e-9, 10.0), log=True)
        kinds = {"yours": "yours", "right": "right dashed"}
        draw_lines(canvas, distances, (64, 214, 620, 384), chart, kinds)
        canvas.text(620, 226, words, "strong" if fine else "strong wrong", "end")
        end = distances["yours"][-1]
        far = f"{end:.2g}" if np.isfinite(end) else "not finite"
        frames.append(
            Frame(
                canvas,
                f"With {name} (lr {lr:.4f}, momentum {momentum:.2f}), the distance is {far} "
                f"after {STEPS} steps; right is {distances['right'][-1]:.2g}.",
            )
        )
        told.append(f"With {name}: {far} away after {STEPS} steps. {words}")
        numbers[name] = got
    return Picture(
        "A narrow valley, with and without momentum",
        "The function x²/2 + 100 y²/2 from (1, 0.2). Plain descent jumps between the walls and is "
        f"slow along the floor; momentum is fast. {' '.join(told)}",
        frames,
        numbers,
        shown=1,
    )


def _draw_way(canvas, got, right, momentum):
    """Draw the first steps on the plane."""
    axes = Axes(canvas, (-1.1, 1.1), (-1.0, 1.0), (64, 26, 620, 176))
    for height in (0.05, 0.5, 5.0, 30.0):
        turn = np.linspace(0, 2 * np.pi, 721)
        x, y = np.sqrt(2 * height) * np.cos(turn), np.sqrt(height / 50) * np.sin(turn)
        inside = (np.abs(x) <= 1.1) & (np.abs(y) <= 1.0)
        axes.curve(x, np.where(inside, y, np.nan), "grid")
    for path, kind in ((right, "right dashed"), (got, "yours")):
        shown = path[: FIRST + 1]
        inside = (np.abs(shown) <= (1.1, 1.0)).all(axis=1)
        axes.curve(shown[:, 0], np.where(inside, shown[:, 1], np.nan), kind)
    canvas.marker(axes.x(0.0), axes.y(0.0), "circle", "ink filled", 4)
    canvas.text(64, 16, f"the first {FIRST} steps, momentum {momentum:.2f}", "strong")


def _judge(got, right):
    """Return a sentence on a way, and whether it is right."""
    if got.shape != right.shape or not np.isfinite(got).all():
        return "Yours is not finite.", False
    if np.array_equal(got[-1], START):
        return "Yours does not move.", False
    off = ~np.isclose(got, right, rtol=1e-6, atol=1e-9).all(axis=1)
    if off.any():
        return f"Yours is wrong from step {int(np.argmax(off))} on.", False
    return "Yours is right.", True
