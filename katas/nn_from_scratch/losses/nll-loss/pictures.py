"""Draw lines through points of different precision, fitted with and without their variances."""

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture

A, B = 0.5, 1.0
"""The line that the points come from."""
X = np.arange(1.0, 11.0)
SIGMA = 0.02 * X**2
Y = A * X + B + SIGMA * np.array([0.9, -0.8, 0.4, -0.6, 1.1, 1.2, -0.7, 1.5, 0.8, 1.3])


def picture_lines(solution):
    """Fit one line with equal variances, the same with larger ones, and one with those known."""
    fits = {
        "variance 1 for all": (1.0, "first thick"),
        "variance 100 for all": (100.0, "second thick"),
        "each point its own variance": (SIGMA**2, "third thick"),
    }
    canvas = Canvas(640, 440)
    axes = Axes(canvas, (0.0, 11.0), (0.0, 11.0), (52, 104, 616, 400))
    axes.frame("x", "y")
    for x, y, sigma in zip(X, Y, SIGMA, strict=True):
        canvas.line(axes.x(x), axes.y(y - sigma), axes.x(x), axes.y(y + sigma), "muted")
        canvas.marker(axes.x(x), axes.y(y), "circle", "ink filled", 4)
    told, numbers = [], {"x": X, "y": Y, "sigma": SIGMA}
    for i, (name, (var, kind)) in enumerate(fits.items()):
        a, b = (float(number) for number in solution.fit_line(X, Y, var))
        ends = np.array([0.0, 11.0])
        canvas.line(52, 12 + 20 * i, 82, 12 + 20 * i, kind)
        fine = np.allclose((a, b), right_line(var), rtol=1e-5, atol=1e-5)
        words = f"{name}: slope {a:.3f}" + ("" if fine else f", right {right_line(var)[0]:.3f}")
        canvas.text(90, 16 + 20 * i, words, "small" if fine else "small strong wrong")
        if np.isfinite((a, b)).all():
            axes.curve(np.linspace(*ends, 60), a * np.linspace(*ends, 60) + b, kind)
        told.append(f"{name}: slope {a:.3f}, " + ("as it should be." if fine else "wrong."))
        numbers[name] = (a, b)
    canvas.line(52, 72, 82, 72, "right dashed")
    canvas.text(90, 76, f"the line that the points come from: slope {A:g}", "small")
    axes.curve([0.0, 11.0], [B, B + 11 * A], "right dashed")
    canvas.text(616, 96, "bars: one standard deviation σ up and down", "muted small", "end")
    return Picture(
        title="Lines through exact and uncertain points",
        description=(
            "Ten points whose noise grows with x, and three fitted lines. Variances of 1 and of "
            "100 for all points give one line; the known variances give another one, which is "
            f"nearer to the line that the points come from. {' '.join(told)}"
        ),
        frames=[Frame(canvas)],
        numbers=numbers,
    )


def right_line(var):
    """Return slope and intercept of the weighted least-squares line."""
    w = 1 / np.broadcast_to(var, X.shape)
    middle, height = (w * X).sum() / w.sum(), (w * Y).sum() / w.sum()
    a = (w * (X - middle) * (Y - height)).sum() / (w * (X - middle) ** 2).sum()
    return float(a), float(height - a * middle)
