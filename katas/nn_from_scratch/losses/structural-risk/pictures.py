"""Draw curves through noisy points, trained with the module's gradients for several lam."""

import math

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture

N = 10
WAVES = np.arange(1, N)
X = (np.arange(N) + 0.5) / N
NOISE = np.array([0.4, -0.5, 0.3, 0.5, -0.6, 0.2, 0.5, -0.4, -0.3, 0.5])
Y = np.sin(4.5 * X) + NOISE
LAMS = (0.0, 0.001, 0.01, 0.1, 1.0)
STEPS = 1500
LINE = np.linspace(0.0, 1.0, 121)


def waves(x):
    """Return one column per wave; the high frequencies need large weights."""
    return np.cos(math.pi * x[:, np.newaxis] * WAVES) / WAVES


def picture_curves(solution):
    """Train one curve per lam, and draw it beside the one with the smallest structural risk."""
    samples, targets = waves(X), (Y - Y.mean())[:, np.newaxis]
    second = samples.T @ samples / N
    top = float(np.linalg.eigvalsh(second)[-1])
    frames, told, numbers = [], [], {"x": X, "y": Y}
    for lam in LAMS:
        got = solution.probe.descend(samples, targets, lam, 1.0 / (top + lam), STEPS)
        weights = np.asarray(got, float).reshape(len(WAVES))
        right = np.linalg.solve(second + lam * np.eye(len(WAVES)), samples.T @ targets / N)[:, 0]
        fine = np.allclose(weights, right, rtol=1e-2, atol=1e-2)
        frame, words = _frame(lam, weights, right, fine)
        frames.append(frame)
        told.append(words)
        numbers[f"lam {lam:g}"] = weights
    return Picture(
        title="One curve through noisy points, for several λ",
        description=(
            "Ten noisy points and a curve of nine waves, trained with your gradients of the "
            "penalty. For λ = 0 the curve goes through every point; the larger λ is, the smaller "
            f"are the weights and the smoother is the curve. {' '.join(told)}"
        ),
        frames=frames,
        numbers=numbers,
        shown=2,
    )


def _frame(lam, weights, right, fine):
    """Draw the curve for one lam; return the frame and a sentence."""
    canvas = Canvas(640, 380)
    axes = Axes(canvas, (0.0, 1.0), (-2.0, 2.5), (52, 50, 616, 340))
    axes.frame("x", "y")
    mean = float(Y.mean())
    features = waves(LINE)
    for found, kind in ((weights, "first thick"), (right, "right dashed")):
        if np.isfinite(found).all():
            axes.curve(LINE, np.clip(features @ found + mean, -2.0, 2.5), kind)
    for x, y in zip(X, Y, strict=True):
        canvas.marker(axes.x(x), axes.y(y), "circle", "ink filled", 4)
    for left, kind, words in (
        (52, "first thick", "trained with your gradients"),
        (300, "right dashed", "smallest structural risk"),
    ):
        canvas.line(left, 16, left + 30, 16, kind)
        canvas.text(left + 38, 20, words, "small")
    norm = float(np.sqrt((weights**2).sum()))
    end = "" if fine else f" (right: {np.sqrt((right**2).sum()):.3g})"
    words = f"λ = {lam:g}: the norm of the weights is {norm:.3g}{end}"
    canvas.text(616, 42, words, "strong" if fine else "strong wrong", "end")
    return Frame(canvas, words + "."), words + "."
