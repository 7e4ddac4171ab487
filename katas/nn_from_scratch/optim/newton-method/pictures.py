"""Draw Newton's steps: on the surface of a logistic regression, and at a saddle."""

import numpy as np

from nnkata.pictures import Axes, Canvas, Chart, Frame, Picture, draw_lines

X = np.array([[1.0, -2.0], [1.0, -1.0], [1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
Y = np.array([0.0, 0.0, 1.0, 0.0, 1.0])
LAM, STEPS, LR = 0.01, 6, 2.0
SADDLE, START = np.diag([2.0, -2.0]), np.array([1.0, 0.1])
DAMPINGS = (0.0, 3.0, 8.0)


def gradient(w):
    """Return the gradient of the regression."""
    return X.T @ (1 / (1 + np.exp(-(X @ w))) - Y) / len(X) + LAM * w


def right_step(w):
    """Return the point after one right step."""
    p = 1 / (1 + np.exp(-(X @ w)))
    hess = (X.T * (p * (1 - p))) @ X / len(X) + LAM * np.eye(2)
    return w - np.linalg.solve(hess, gradient(w))


def picture_steps(solution):
    """Draw the slope that is left after each step, and where steps lead at a saddle."""
    got = [
        np.asarray(solution.logistic_newton(X, Y, LAM, tol=0.0, max_iter=n)[0], float)
        for n in range(STEPS + 1)
    ]
    newton, descent = [np.zeros(2)], [np.zeros(2)]
    for _ in range(STEPS):
        newton.append(right_step(newton[-1]))
        descent.append(descent[-1] - LR * gradient(descent[-1]))
    slopes = {
        "yours": _slopes(got),
        "right": _slopes(newton),
        "gradient descent, lr 2": _slopes(descent),
    }
    kinds = {"yours": "yours", "right": "right dashed", "gradient descent, lr 2": "second"}
    first = Canvas(640, 340)
    chart = Chart("steps", "largest slope", y_range=(1e-18, 1e3), log=True)
    draw_lines(first, slopes, (64, 6, 620, 292), chart, kinds)
    fine = bool(np.allclose(got, newton, rtol=1e-6, atol=1e-9))
    verdict = "Yours are right." if fine else "Yours are wrong."
    first.text(620, 330, verdict, "strong" if fine else "strong wrong", "end")
    left = slopes["yours"][5]
    words = f"{left:.1e}" if np.isfinite(left) else "not finite"
    caption = f"A regression with two weights. After five steps, your largest slope is {words}."
    second, saddle_words, ends = _draw_saddle(solution)
    return Picture(
        "Newton's method on a regression and at a saddle",
        f"{caption} {verdict} For gradient descent it is "
        f"{slopes['gradient descent, lr 2'][5]:.1e}. {saddle_words}",
        [Frame(first, f"{caption} {verdict}"), Frame(second, saddle_words)],
        {"weights": np.array(got), "saddle": ends},
    )


def _slopes(path):
    return [float(np.abs(gradient(w)).max()) for w in path]


def _draw_saddle(solution):
    """Draw where a step from (1, 0.1) on x² - y² leads; return canvas, words, and places."""
    canvas = Canvas(640, 340)
    axes = Axes(canvas, (-0.4, 1.2), (-0.1, 0.5), (52, 30, 616, 292))
    axes.frame("x", "y")
    told, ends = [], []
    for damping, kind in zip(DAMPINGS, ("yours", "second", "fourth"), strict=True):
        end = np.asarray(solution.newton_step(START, SADDLE @ START, SADDLE, damping), float)
        right = START - np.linalg.solve(SADDLE + damping * np.eye(2), SADDLE @ START)
        ends.append(end)
        canvas.marker(axes.x(right[0]), axes.y(right[1]), "square", "right", 7)
        if np.isfinite(end).all() and (np.abs(end - (0.4, 0.2)) < (0.8, 0.3)).all():
            start = axes.x(START[0]), axes.y(START[1])
            canvas.line(*start, axes.x(end[0]), axes.y(end[1]), kind)
            canvas.marker(axes.x(end[0]), axes.y(end[1]), "circle", "ink filled", 4)
        x, y = axes.x(right[0]), axes.y(right[1])
        canvas.text(x - 12, y + 4, f"damping {damping:g}", "small", "end")
        told.append(f"({end[0]:.2f}, {end[1]:.2f}) with damping {damping:g}")
    canvas.text(axes.x(START[0]) + 8, axes.y(START[1]) + 16, "start", "small")
    canvas.text(52, 18, "x² − y²: one step from (1, 0.1); squares: where it should lead", "small")
    return canvas, f"At the saddle x² − y², your step leads to {', '.join(told)}.", np.array(ends)
