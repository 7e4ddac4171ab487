"""Draw the gradients of the network beside measured ones, and its loss over a few steps."""

import numpy as np

from nnkata.pictures import (
    Canvas,
    Chart,
    Frame,
    Picture,
    describe_errors,
    draw_gradient_check,
    draw_lines,
)

D, H, C, N = 6, 5, 4, 8
NAMES = ("W1", "b1", "W2", "b2")
STEPS, RATE = 40, 0.5


def problem(seed=3):
    """Return samples, labels and initial weights of a small network."""
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(N, D)), rng.integers(0, C, N)
    sizes = {"W1": (D, H), "b1": (H,), "W2": (H, C), "b2": (C,)}
    return X, y, {name: rng.normal(scale=0.7, size=size) for name, size in sizes.items()}


def right_loss(weights, X, y, hidden):
    """Return the mean cross-entropy of the network with these weights."""
    z = X @ weights["W1"] + weights["b1"]
    a = np.tanh(z) if hidden == "tanh" else np.maximum(z, 0.0)
    logits = a @ weights["W2"] + weights["b2"]
    top = logits.max(axis=1, keepdims=True)
    log_sum = top[:, 0] + np.log(np.exp(logits - top).sum(axis=1))
    return float((log_sum - logits[np.arange(len(y)), y]).mean())


def measured(weights, X, y, hidden, h=1e-5):
    """Return the gradient of the loss for each parameter, by central differences."""
    gradients = {}
    for name, array in weights.items():
        gradient = np.zeros_like(array)
        for at in np.ndindex(array.shape):
            losses = []
            for step in (h, -h):
                moved = array.copy()
                moved[at] += step
                losses.append(right_loss(weights | {name: moved}, X, y, hidden))
            gradient[at] = (losses[0] - losses[1]) / (2 * h)
        gradients[name] = gradient
    return gradients


def picture_gradient_check(solution):
    """Draw the relative error of every gradient, with tanh and with ReLU."""
    X, y, weights = problem()
    frames, numbers, told = [], {}, []
    for hidden in ("tanh", "relu"):
        found = solution.probe.gradients_at(weights, X, y, hidden)
        right = measured(weights, X, y, hidden)
        canvas = Canvas(640, 300)
        got = {name: found.get(name) for name in NAMES} if isinstance(found, dict) else {}
        errors = draw_gradient_check(canvas, got, right)
        canvas.text(624, 18, f'hidden="{hidden}"', "mono strong", "end")
        words = describe_errors(errors)
        told.append(f"With {hidden}: {words}")
        frames.append(Frame(canvas, f"The hidden layer is {hidden}. {words}"))
        numbers[hidden] = errors
    return Picture(
        "Its gradients and the measured ones",
        f"Every gradient is compared with a central difference of the loss. {' '.join(told)}",
        frames,
        numbers,
    )


def right_losses(weights, X, y, hidden, steps, rate):
    """Return the loss before each of some steps along the right gradients, and after the last."""
    theta = dict(weights)
    losses = [right_loss(theta, X, y, hidden)]
    for _ in range(steps):
        z = X @ theta["W1"] + theta["b1"]
        a = np.tanh(z) if hidden == "tanh" else np.maximum(z, 0.0)
        logits = a @ theta["W2"] + theta["b2"]
        p = np.exp(logits - logits.max(axis=1, keepdims=True))
        delta = (p / p.sum(axis=1, keepdims=True) - np.eye(C)[y]) / len(y)
        back = (delta @ theta["W2"].T) * (1 - a**2 if hidden == "tanh" else z > 0)
        gradients = {
            "W1": X.T @ back, "b1": back.sum(axis=0), "W2": a.T @ delta, "b2": delta.sum(axis=0),
        }  # fmt: skip
        theta = {name: theta[name] - rate * gradients[name] for name in NAMES}
        losses.append(right_loss(theta, X, y, hidden))
    return losses


def picture_steps(solution):
    """Draw the loss while `backward` takes its steps, beside the right one."""
    X, y, weights = problem()
    frames, numbers, told = [], {}, []
    for hidden in ("tanh", "relu"):
        losses = solution.probe.losses_of_steps(weights, X, y, hidden, STEPS, RATE)
        losses = [float(loss) for loss in losses]
        right = right_losses(weights, X, y, hidden, STEPS, RATE)
        gap = float(np.abs(np.subtract(losses, right)).max())
        canvas = Canvas(640, 330)
        lines = {"yours": losses, "right": right}
        draw_lines(canvas, lines, (52, 6, 620, 288), Chart("steps taken", "loss"),
                   kinds={"yours": "yours", "right": "right dashed"})  # fmt: skip
        words = "Yours is right." if gap < 1e-9 else f"Yours is off by up to {gap:.3g}."
        if not np.isfinite(losses).all():
            words = "Yours is not finite."
        kind = "strong" if gap < 1e-9 else "strong wrong"
        canvas.text(620, 18, f"{hidden}. {words}", kind, "end")
        sentence = (
            f"With {hidden} it goes from {losses[0]:.3f} to {losses[-1]:.3f}; "
            f"right is {right[0]:.3f} to {right[-1]:.3f}. {words}"
        )
        told.append(sentence)
        frames.append(Frame(canvas, sentence))
        numbers[hidden] = lines
    return Picture(
        "Its loss over a few steps",
        f"{STEPS} steps with learning rate {RATE} on all {N} samples. {' '.join(told)} A loss that "
        "falls does not prove that the gradients are right.",
        frames,
        numbers,
    )
