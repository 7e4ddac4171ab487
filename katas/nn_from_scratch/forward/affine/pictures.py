"""Draw what a stack of affine layers computes, without and with an activation between them."""

from itertools import pairwise

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture

XS = np.linspace(-2.0, 2.0, 41)
WIDTH = 4


def layers_of(depth):
    """Return layers from one number to one number, with WIDTH numbers in between."""
    rng = np.random.default_rng(21)
    sizes = [1, *[WIDTH] * (depth - 1), 1]
    return [
        (rng.normal(0.0, 1.0 / np.sqrt(i), (i, o)) * 1.2, rng.normal(0.0, 0.5, o))
        for i, o in pairwise(sizes)
    ]


def outputs(affine, layers, relu):
    """Pass all XS through the layers, with or without ReLU between them."""
    a = XS[:, np.newaxis]
    for number, (W, b) in enumerate(layers):
        a = np.asarray(affine(a, W, b), float)
        if relu and number < len(layers) - 1:
            a = np.maximum(a, 0.0)
    return a.reshape(len(XS))


def picture_layers(solution):
    """Draw the output of 1, 2 and 5 layers, beside the one layer that they collapse to."""
    frames, numbers, told = [], {"x": XS}, []
    for depth in (1, 2, 5):
        layers = layers_of(depth)
        plain = outputs(solution.affine, layers, False)
        bent = outputs(solution.affine, layers, True)
        W, b = solution.collapse_linear(layers)
        weight, bias = (np.asarray(part, float).reshape(-1)[0] for part in (W, b))
        one = weight * XS + bias
        fits = bool(np.allclose(plain, one, atol=1e-9))
        said = f"{depth} layer{'s'[: depth > 1]}: collapsed to {_line(weight, bias)}"
        said += ", the same line." if fits else ", which is not what the layers compute."
        canvas = Canvas(640, 330)
        _draw(canvas, plain, bent if depth > 1 else None, one, fits)
        canvas.text(52, 18, f"{depth} layer{'s'[: depth > 1]}", "strong")
        frames.append(Frame(canvas, said))
        numbers[f"{depth} layers"] = np.array([plain, bent, one])
        told.append(said)
    return Picture(
        title="Layers without an activation are one layer",
        description=(
            "One number goes in and one comes out. Without an activation, the output is a "
            f"straight line for any number of layers. {' '.join(told)} With ReLU between the "
            "layers, the line has corners."
        ),
        frames=frames,
        numbers=numbers,
        shown=2,
    )


def _line(weight, bias):
    """Return the formula of a straight line."""
    sign = "−" if bias < 0 else "+"
    return f"{weight:.2f} x {sign} {abs(bias):.2f}".replace("-", "−")


def _draw(canvas, plain, bent, one, fits):
    drawn = [values for values in (plain, bent, one) if values is not None]
    finite = np.concatenate(drawn)[np.isfinite(np.concatenate(drawn))]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (-1.0, 1.0)
    margin = 0.1 * (high - low) or 1.0
    axes = Axes(canvas, (-2.0, 2.0), (low - margin, high + margin), (52, 30, 620, 258))
    for x in (-2, -1, 0, 1, 2):
        canvas.line(axes.x(x), axes.top, axes.x(x), axes.bottom, "grid")
        canvas.text(axes.x(x), 276, f"{x}".replace("-", "−"), "muted small", "middle")
    for y in (low, high):
        canvas.line(axes.left, axes.y(y), axes.right, axes.y(y), "grid")
        canvas.text(
            axes.left - 6, axes.y(y) + 4, f"{y:.1f}".replace("-", "−"), "muted small", "end"
        )
    if bent is not None:
        axes.curve(XS, bent, "second thick")
    axes.curve(XS, plain, "first thick")
    axes.curve(XS, one, "right thick dashed" if fits else "wrong thick dashed")
    legend = [(52, "first thick", "no activation")]
    if bent is not None:
        legend.append((226, "second thick", "ReLU between"))
    name = "collapsed" if fits else "collapsed: wrong"
    legend.append((400, "right thick dashed" if fits else "wrong thick dashed", name))
    for left, kind, words in legend:
        canvas.line(left, 306, left + 26, 306, kind)
        canvas.text(left + 32, 310, words, "small")
