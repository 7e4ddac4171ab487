"""Draw the size of the gradient in each of thirty layers, and what slopes alone would say."""

import math

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture

LAYERS, WIDTH, SAMPLES = 30, 16, 6
CASES = (
    ("tanh, 0.5/√n", "tanh", 0.5, "first"),
    ("tanh, 1/√n", "tanh", 1.0, "second"),
    ("tanh, 2/√n", "tanh", 2.0, "third"),
    ("sigmoid, 1/√n", "sigmoid", 1.0, "first dotted"),
    ("ReLU, √(2/n)", "relu", 2**0.5, "second dotted"),
)
"""The words, the activation, the deviation of the weights times √n, and how it is drawn."""
LOW, HIGH = 1e-22, 1e6

FUNCTIONS = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z: 1 / (2 + np.exp(z) + np.exp(-z))),
    "relu": (lambda z: np.maximum(z, 0), lambda z: 1.0 * (z > 0)),
}


def draw(gain):
    """Draw weights, samples and a cotangent."""
    rng = np.random.default_rng(5)
    Ws = [rng.normal(0, gain / WIDTH**0.5, (WIDTH, WIDTH)) for _ in range(LAYERS)]
    return Ws, rng.normal(size=(SAMPLES, WIDTH)), rng.normal(size=(SAMPLES, WIDTH))


def expected(Ws, act, X, cotangent):
    """Return the norms of δ, the norm of the Jacobian at the first sample, and the mean slopes."""
    f, slope = FUNCTIONS[act]
    slopes, h = [], X
    for W in Ws:
        slopes.append(slope(h @ W))
        h = f(h @ W)
    norms, gradient, J = np.empty(len(Ws)), cotangent, np.eye(WIDTH)
    for layer in range(len(Ws) - 1, -1, -1):
        delta = gradient * slopes[layer]
        norms[layer] = np.sqrt((delta**2).sum())
        gradient = delta @ Ws[layer].T
        J = (J * slopes[layer][0]) @ Ws[layer].T
    return norms, float(np.linalg.norm(J, 2)), float(np.prod([s[0] for s in slopes], axis=0).mean())


def picture_thirty_layers(solution):
    """Draw the norm of δ in each layer for five ways to choose activation and weights."""
    canvas = Canvas(640, 360)
    axes = Axes(canvas, (1, LAYERS), (LOW, HIGH), (64, 34, 420, 316), log="y")
    axes.frame("layer", "size of δ")
    canvas.text(64, 18, f"{LAYERS} layers of n = {WIDTH} units", "strong")
    numbers, told = {}, []
    for row, (words, act, gain, kind) in enumerate(CASES):
        case = draw(gain)
        got = np.asarray(solution.layer_stats(case[0], act, *case[1:])["delta_norm"], float)
        right = expected(case[0], act, *case[1:])[0]
        if got.shape != right.shape:
            raise ValueError(f"{LAYERS} numbers were expected, the shape is {got.shape}")
        fine = bool(np.allclose(got, right, rtol=1e-6, atol=0))
        layers = range(1, LAYERS + 1)
        axes.curve(layers, _shown(got), f"{kind} thick")
        if not fine:
            axes.curve(layers, _shown(right), "right dashed")
        up = 56 + 54 * row
        canvas.line(434, up - 4, 460, up - 4, f"{kind} thick")
        canvas.text(466, up, words, "small strong")
        said = f"layer 1: {_number(got[0])}"
        canvas.text(466, up + 18, said, "small" if fine else "small strong wrong")
        if not fine:
            canvas.text(466, up + 34, f"right: {_number(right[0])}", "small")
        numbers[words] = {"yours": got, "right": right}
        told.append(
            f"{words}: {_number(got[-1])} in layer {LAYERS}, {_number(got[0])} in layer 1"
            + ("" if fine else f", right {_number(right[0])}")
        )
    return Picture(
        "Gradients on their way back through thirty layers",
        f"The norm of δ in each layer, by the activation and the deviation of the weights. "
        f"{'; '.join(told)}.",
        [Frame(canvas)],
        numbers,
    )


def picture_two_factors(solution):
    """Draw the norm of the Jacobian beside the product of the slopes, for weights of any size."""
    gains = [0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0]
    canvas = Canvas(640, 340)
    axes = Axes(canvas, (0, 3.2), (1e-20, 1e8), (64, 34, 420, 296), log="y")
    axes.frame("deviation of the weights times √n", "factor")
    canvas.text(64, 18, f"{LAYERS} tanh layers of n = {WIDTH} units", "strong")
    found, right, slopes = [], [], []
    for gain in gains:
        case = draw(gain)
        _, norm, product = expected(case[0], "tanh", *case[1:])
        found.append(float(solution.jacobian_norm(case[0], "tanh", case[1][0])))
        right.append(norm)
        slopes.append(product)
    fine = bool(np.allclose(found, right, rtol=0.02, atol=0))
    lines = [(found, "norm, yours", "first thick"), (slopes, "slopes alone", "second dotted thick")]
    if not fine:
        lines.append((right, "norm, right", "right dashed"))
    for row, (line, words, kind) in enumerate(lines):
        axes.curve(gains, _shown(line, 1e-20, 1e8), kind)
        up = 60 + 70 * row
        canvas.line(434, up - 4, 460, up - 4, kind)
        canvas.text(466, up, words, "small strong" if fine or row else "small strong wrong")
        canvas.text(466, up + 20, f"at 0.5: {_number(line[1])}", "small")
        canvas.text(466, up + 38, f"at 2: {_number(line[5])}", "small")
    told = "; ".join(f"{w}: {_number(v[1])} at 0.5, {_number(v[5])} at 2" for v, w, _ in lines)
    return Picture(
        "Slopes alone give the opposite verdict",
        f"The norm of the Jacobian and the mean product of the slopes, by the deviation of the "
        f"weights times √n. {told}.",
        [Frame(canvas)],
        {"yours": found, "right": right, "slopes": slopes},
    )


def _shown(values, low=LOW, high=HIGH):
    return [min(max(v, low), high) if math.isfinite(v) and v > 0 else math.nan for v in values]


def _number(value):
    """Write a number as a power of ten, or plainly where it is near 1."""
    if not math.isfinite(value):
        return "not finite"
    if value <= 0 or 0.01 <= value < 1000:
        return f"{value:.2g}".replace("-", "−")
    raised = str(math.floor(math.log10(value)))
    return f"10{raised.translate(str.maketrans('-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'))}"
