"""Draw the losses of a training run, the right ones, and those of a model with softmax twice."""

import numpy as np

from nnkata.pictures import Canvas, Chart, Frame, Picture, draw_lines

CLASSES, PIXELS, SAMPLES, EPOCHS, LR = 10, 12, 60, 60, 1.0


def picture_losses(solution):
    """Draw the history of fit, computed apart as well, and once with softmax twice."""
    rng = np.random.default_rng(2)
    y = np.arange(SAMPLES) % CLASSES
    X = 2.0 * rng.normal(size=(CLASSES, PIXELS))[y] + rng.normal(size=(SAMPLES, PIXELS))
    layer = solution.need("dense-layer").Dense(PIXELS, CLASSES, solution.rng(1))
    W = np.array(layer.params["W"], float)
    model = solution.Sequential([layer, solution.need("activation-layers").Softmax()])
    model.compile("categorical_crossentropy", solution.need("sgd-momentum").SGD(LR))
    history = model.fit(X, y, epochs=EPOCHS, batch_size=SAMPLES)
    yours = [float(loss) for loss in history["loss"]]
    right, twice = descend(W, X, y, False), descend(W, X, y, True)
    lowest = float(np.log(1 + (CLASSES - 1) / np.e))
    canvas = Canvas(640, 340)
    axes = draw_lines(
        canvas, {"your fit": yours, "right": right, "softmax twice": twice}, (52, 6, 620, 296),
        Chart("epochs before", "loss"),
        {"your fit": "yours", "right": "right dashed", "softmax twice": "third"},
    )  # fmt: skip
    canvas.line(axes.x(0), axes.y(lowest), axes.x(EPOCHS - 1), axes.y(lowest), "muted dotted")
    canvas.text(620, axes.y(lowest) + 16, f"ln(1 + 9/e) = {lowest:.3f}", "small halo", "end")
    same = len(yours) == len(right) and bool(np.allclose(yours, right, rtol=1e-6))
    words = "right in each epoch" if same else f"at the end {right[-1]:.3f} would be right"
    return Picture(
        title="The loss of a model with ten classes, epoch by epoch",
        description=(
            f"Your history goes from {told(yours[:1])} to {told(yours[-1:])}: {words}. "
            f"With softmax twice, the loss ends at {twice[-1]:.3f} and never falls below "
            f"{lowest:.3f}."
        ),
        frames=[Frame(canvas)],
        numbers={"yours": yours, "right": right, "softmax twice": twice},
    )


def told(numbers):
    """Return the only number as words."""
    return f"{numbers[0]:.3f}" if numbers else "no number"


def softmax(z):
    """Return the probabilities of each row."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def descend(W, X, y, twice):
    """Return the loss before each step of gradient descent on one dense layer."""
    b, Y, losses = np.zeros(CLASSES), np.eye(CLASSES)[y], []
    for _ in range(EPOCHS):
        p = softmax(X @ W + b)
        q = softmax(p) if twice else p
        losses.append(float(-np.log(q[np.arange(len(y)), y]).mean()))
        d = (q - Y) / len(y)
        if twice:
            d = p * (d - (p * d).sum(axis=1, keepdims=True))
        W, b = W - LR * X.T @ d, b - LR * d.sum(axis=0)
    return losses
