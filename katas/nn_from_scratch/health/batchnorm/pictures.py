"""Draw what the layer makes of two drifting features, and its gradients beside the right ones."""

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture, describe_errors, draw_gradient_check

N, FEATURES = 24, 4
MEANS = np.array([-4.0, 0.0, 3.0, 6.0])
SPREADS = np.array([0.3, 2.0, 1.0, 0.1])
SHOWN = (1, 4, 16, 64)
"""After how many batches the use of the layer is drawn."""


def picture_features(solution):
    """Draw four features before the layer, in training, and in use after 1 to 64 batches."""
    rng = np.random.default_rng(2)
    layer = solution.BatchNorm(FEATURES)
    frames, told, numbers = [], [], {}
    x = MEANS + SPREADS * rng.normal(size=(N, FEATURES))
    for batch in range(1, SHOWN[-1] + 1):
        trained = np.asarray(layer.forward(x, training=True), float)
        if batch in SHOWN:
            used = np.asarray(layer.forward(x), float)
            panels = {"x": x, "in training": trained, "in use": used}
            canvas = Canvas(640, 300)
            for place, (name, values) in enumerate(panels.items()):
                _panel(canvas, 36 + 208 * place, name, values)
            words = f"After {batch} batch{'es' if batch > 1 else ''}: " + "; ".join(
                f"{name}, means {_list(v.mean(axis=0))} and deviations {_list(v.std(axis=0))}"
                for name, v in panels.items()
                if name != "x" or batch == 1
            )
            told.append(f"{words}.")
            frames.append(Frame(canvas, f"{words}."))
            numbers[f"after {batch}"] = panels
        x = MEANS + SPREADS * rng.normal(size=(N, FEATURES))
    return Picture(
        "Four features before and after the layer",
        f"A batch of {N} samples. In training, each feature should have the mean 0 and the "
        f"deviation 1 at once; in use, it comes near them after many batches. {' '.join(told)}",
        frames,
        numbers,
        shown=0,
    )


def _panel(canvas, left, name, values):
    axes = Axes(canvas, (-0.5, FEATURES - 0.5), (-8.0, 8.0), (left, 30, left + 168, 270))
    canvas.text(left, 18, name, "strong")
    for y in (-8, -4, 0, 4, 8):
        canvas.line(axes.left, axes.y(y), axes.right, axes.y(y), "grid")
        canvas.text(left - 6, axes.y(y) + 4, f"{y}".replace("-", "−"), "muted small", "end")
    for feature, column in enumerate(values.T):
        canvas.text(axes.x(feature), 290, f"{feature}", "muted small", "middle")
        for number, value in enumerate(np.clip(column, -8.3, 8.3)):
            across = axes.x(feature) + 18 * (number / (len(column) - 1) - 0.5)
            canvas.marker(across, axes.y(value), "circle", "first filled", 2.5)


def _list(values):
    return "(" + ", ".join(f"{v + 0.0:.1f}".replace("-", "−") for v in np.round(values, 1)) + ")"


def picture_gradients(solution):
    """Draw the relative errors of all gradients, with ones and with random numbers upstream."""
    rng = np.random.default_rng(4)
    n, d, eps = 7, 4, 1e-5
    x, gamma = rng.normal(2.0, 3.0, (n, d)), rng.uniform(0.5, 2.0, d)
    deviation = np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) / deviation
    frames, numbers, told = [], {}, []
    for name, dout in (
        ("upstream gradient of ones", np.ones((n, d))),
        ("random upstream gradient", rng.normal(size=(n, d))),
    ):
        layer = solution.BatchNorm(d)
        solution.probe.write_params(layer, gamma, np.zeros(d))
        layer.forward(x, training=True)
        dx = layer.backward(dout)
        grads = layer.grads
        g = dout * gamma
        right = {
            "dx": (g - g.mean(axis=0) - x_hat * (g * x_hat).mean(axis=0)) / deviation,
            "d_gamma": (dout * x_hat).sum(axis=0),
            "d_beta": dout.sum(axis=0),
        }
        got = {"dx": dx, "d_gamma": grads["gamma"], "d_beta": grads["beta"]}
        canvas = Canvas(640, 290)
        errors = draw_gradient_check(canvas, got, right)
        canvas.text(624, 18, name, "strong", "end")
        words = describe_errors(errors)
        told.append(f"With an {name}: {words}" if "ones" in name else f"With a {name}: {words}")
        frames.append(Frame(canvas, f"{name.capitalize()}. {words}"))
        numbers[name] = errors
    return Picture(
        "The gradients of batch normalization",
        f"The gradients of x, gamma and beta, compared with the right ones. {' '.join(told)} With "
        "an upstream gradient of ones, the right dx is 0.",
        frames,
        numbers,
        shown=1,
    )
