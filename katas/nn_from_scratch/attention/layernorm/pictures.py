"""Draw what the layer makes of tokens, its gradients, and the positions beside the right ones."""

import numpy as np

from nnkata.pictures import (
    Axes,
    Canvas,
    Chart,
    Frame,
    Picture,
    describe_errors,
    draw_gradient_check,
    draw_lines,
)

FEATURES = 16
MEANS = np.array([-4.0, 0.0, 3.0, 6.0])
SPREADS = np.array([0.3, 2.0, 1.0, 0.1])


def picture_tokens(solution):
    """Draw the features of four tokens before the layer, after yours and after the right one."""
    x = np.random.default_rng(2).normal(size=(len(MEANS), FEATURES))
    x = MEANS[:, np.newaxis] + SPREADS[:, np.newaxis] * x
    yours = np.asarray(solution.LayerNorm(FEATURES).forward(x), float).reshape(x.shape)
    mean, var = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
    panels = {"x": x, "yours": yours, "right": (x - mean) / np.sqrt(var + 1e-5)}
    canvas = Canvas(640, 316)
    for place, (name, values) in enumerate(panels.items()):
        _draw_tokens(canvas, 36 + 208 * place, name, values)
    words = "; ".join(
        f"{name}, means {_list(v.mean(axis=1))} and deviations {_list(v.std(axis=1))}"
        for name, v in panels.items()
        if name != "right"
    )
    fine = bool(np.allclose(yours, panels["right"], atol=1e-6))
    words = f"{words}. Yours are {'right' if fine else 'wrong'}."
    return Picture(
        "Four tokens before and after the layer",
        f"Each token has {FEATURES} features, and should have the mean 0 and the deviation 1 "
        f"after the layer. {words}",
        [Frame(canvas, words)],
        panels,
    )


def _draw_tokens(canvas, left, name, values):
    axes = Axes(canvas, (-0.5, len(values) - 0.5), (-8.0, 8.0), (left, 30, left + 168, 270))
    canvas.text(left, 18, name, "strong")
    for y in (-8, -4, 0, 4, 8):
        canvas.line(axes.left, axes.y(y), axes.right, axes.y(y), "grid")
        canvas.text(left - 6, axes.y(y) + 4, f"{y}".replace("-", "−"), "muted small", "end")
    canvas.text(left + 84, 308, "token", "muted small", "middle")
    for token, row in enumerate(values):
        canvas.text(axes.x(token), 290, f"{token}", "muted small", "middle")
        for number, value in enumerate(np.clip(row, -8.3, 8.3)):
            across = axes.x(token) + 18 * (number / (len(row) - 1) - 0.5)
            canvas.marker(across, axes.y(value), "circle", "first filled", 2.5)


def _list(values):
    return "(" + ", ".join(f"{v + 0.0:.1f}".replace("-", "−") for v in np.round(values, 1)) + ")"


def picture_gradients(solution):
    """Draw the relative errors of all gradients for a batch of sequences."""
    rng = np.random.default_rng(4)
    shape, eps = (2, 4, 5), 1e-5
    x, dout = rng.normal(2.0, 3.0, shape), rng.normal(size=shape)
    gamma = rng.uniform(0.5, 2.0, shape[-1])
    deviation = np.sqrt(x.var(axis=-1, keepdims=True) + eps)
    x_hat = (x - x.mean(axis=-1, keepdims=True)) / deviation
    layer = solution.LayerNorm(shape[-1])
    solution.probe.write_params(layer, gamma, np.zeros(shape[-1]))
    layer.forward(x, training=True)
    dx = np.asarray(layer.backward(dout), float).reshape(shape)
    grads = layer.grads
    g = dout * gamma
    along = (g * x_hat).mean(axis=-1, keepdims=True)
    right = {
        "dx": (g - g.mean(axis=-1, keepdims=True) - x_hat * along) / deviation,
        "d_gamma": (dout * x_hat).sum(axis=(0, 1)),
        "d_beta": dout.sum(axis=(0, 1)),
    }
    got = {"dx": dx, "d_gamma": grads["gamma"], "d_beta": grads["beta"]}
    rows = (-1, shape[-1])
    canvas = Canvas(640, 310)
    errors = draw_gradient_check(
        canvas, {**got, "dx": dx.reshape(rows)}, {**right, "dx": right["dx"].reshape(rows)}
    )
    words = describe_errors(errors)
    return Picture(
        "The gradients of layer normalization",
        "The gradients of x, gamma and beta for two sequences of four tokens, compared with the "
        f"right ones. {words}",
        [Frame(canvas, words)],
        errors,
    )


T, COLUMNS, AT = 32, 16, 12


def picture_positions(solution):
    """Draw the table of positions, and the product of one position with all others."""
    yours = np.asarray(solution.sinusoidal_positions(T, COLUMNS), float).reshape(T, COLUMNS)
    angles = np.arange(T)[:, np.newaxis] * 10000 ** (-np.arange(0, COLUMNS, 2) / COLUMNS)
    right = np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(T, COLUMNS)
    table = Canvas(640, 330)
    for left, name, values in ((40, "yours", yours), (356, "right", right)):
        _draw_table(table, left, name, values)
    fine = bool(np.allclose(yours, right, atol=1e-9))
    told = f"{T} positions with {COLUMNS} columns. Yours are {'right' if fine else 'wrong'}."
    products = {
        "yours": (yours @ yours[AT]).tolist(),
        "right": (right @ right[AT]).tolist(),
    }
    lines = Canvas(640, 330)
    chart = Chart("position", f"product with position {AT}")
    draw_lines(
        lines, products, (52, 6, 620, 290), chart, {"yours": "yours", "right": "right dashed"}
    )
    near, far = products["yours"][AT - 5], products["yours"][AT + 5]
    words = (
        f"The product of position {AT} with the one 5 before it is {near:.3f}, and with the one 5 "
        f"after it {far:.3f}; both should be {products['right'][AT + 5]:.3f}."
    )
    return Picture(
        "Positions as sines and cosines",
        f"{told} The columns turn more slowly from left to right. {words}",
        [Frame(table, told), Frame(lines, words)],
        {"yours": yours, "right": right, "products": products},
    )


def _draw_table(canvas, left, name, values):
    top, wide, high = 44, 15.0, 8.0
    shares = np.clip(np.nan_to_num(values), -1, 1)
    kinds = [[f"{'minus' if s < 0 else 'plus'}-{round(9 * abs(s))}" for s in row] for row in shares]
    canvas.cells(left, top, wide, high, kinds)
    marks = []
    for row, column in zip(*np.nonzero(shares < -0.15), strict=True):
        y = top + (row + 0.5) * high
        marks += [(left + (column + 0.25) * wide, y), (left + (column + 0.75) * wide, y)]
        marks.append((np.nan, np.nan))
    canvas.path(marks, "ink thin")
    canvas.rectangle((left, top), (wide * COLUMNS, high * T), "frame")
    canvas.text(left, 20, name, "strong")
    canvas.text(left + wide * COLUMNS, 20, "− below 0", "small muted", "end")
    for column in (0, 5, 10, 15):
        across = left + wide * (column + 0.5)
        canvas.text(across, 38, str(column), "small muted", "middle")
    for row in (0, 10, 20, 30):
        canvas.text(left - 6, top + high * (row + 0.5) + 4, str(row), "small muted", "end")
    canvas.text(left, 320, "a row for each position", "small muted")
