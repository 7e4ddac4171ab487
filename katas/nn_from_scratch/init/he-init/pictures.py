"""Draw the size of a signal after each of thirty layers, and the distribution of the weights."""

import math

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture

LAYERS, WIDTH = 30, 64
SCHEMES = {
    "he_normal": "first", "he_uniform": "sixth", "xavier_normal": "second",
    "xavier_uniform": "fifth", "lecun_normal": "third",
}  # fmt: skip
LOW, HIGH = 1e-36, 1e36
FIXED = {"0.02": 0.02, "1": 1.0}
"""Standard deviations that do not depend on the size of a layer."""
LUCK = 1.0
"""How much the end may differ by chance, in powers of ten."""


def variance(scheme, fan_in, fan_out):
    """Return the variance that a scheme should have."""
    if scheme.startswith("he"):
        return 2 / fan_in
    return 1 / fan_in if scheme.startswith("lecun") else 2 / (fan_in + fan_out)


def expected(spread, activation):
    """Return the size of the signal after each layer for weights of this standard deviation."""
    gain = WIDTH * spread**2 * (0.5 if activation == "relu" else 1.0)
    return [gain ** (layer / 2) for layer in range(LAYERS + 1)]


def picture_thirty_layers(solution):
    """Draw the size of a signal, layer by layer, under each scheme."""
    frames, numbers, told = [], {}, []
    for activation, words in (("relu", "ReLU after every layer"), ("linear", "no activation")):
        lines, wrong = {}, []
        for scheme in SCHEMES:
            sizes = solution.probe.sizes(scheme, activation, LAYERS, WIDTH, solution.rng(0))
            lines[scheme] = [float(size) for size in sizes]
            right = expected(math.sqrt(variance(scheme, WIDTH, WIDTH)), activation)
            if not _near(lines[scheme][-1], right[-1]):
                wrong.append((scheme, right))
        for name, spread in FIXED.items():
            lines[f"spread {name}"] = expected(spread, activation)
        canvas = Canvas(640, 380)
        _draw_lines(canvas, lines, wrong)
        canvas.text(64, 16, words, "strong")
        ends = ", ".join(f"{name} {_power(line[-1])}" for name, line in lines.items())
        said = f"With {words}, after {LAYERS} layers the size is: {ends}."
        if wrong:
            said += f" Wrong: {', '.join(f'{s} should end at {_power(r[-1])}' for s, r in wrong)}."
        told.append(said)
        frames.append(Frame(canvas, said))
        numbers[activation] = lines
    return Picture(
        "A signal on its way through thirty layers",
        f"Numbers of size 1 go through {LAYERS} layers of width {WIDTH}; the size is the root of "
        f"their mean square. {' '.join(told)}",
        frames,
        numbers,
        shown=0,
    )


def _draw_lines(canvas, lines, wrong):
    axes = Axes(canvas, (0, LAYERS), (LOW, HIGH), (64, 30, 440, 336), log="y")
    axes.frame("layers passed", "size of the signal")
    kinds = SCHEMES | {f"spread {name}": "muted dotted" for name in FIXED}
    for name, line in reversed(lines.items()):
        shown = [min(max(v, LOW), HIGH) if math.isfinite(v) and v > 0 else math.nan for v in line]
        axes.curve(range(LAYERS + 1), shown, f"{kinds[name]} thick")
    for _, right in wrong:
        axes.curve(range(LAYERS + 1), right, "right dashed")
    labels = [(line[-1], name, kinds[name], "") for name, line in lines.items()]
    labels += [(right[-1], f"right: {scheme}", "right dashed", "right") for scheme, right in wrong]
    bad = {scheme for scheme, _ in wrong}
    for up, (value, name, kind, _) in _spread(axes, labels):
        canvas.line(446, up - 4, 474, up - 4, f"{kind} thick")
        said = f"{name}: {_power(value)}"
        canvas.text(480, up, said, "small strong wrong" if name in bad else "small")


def _spread(axes, labels):
    """Give each label a height of its own, near the end of its line."""

    def height(value):
        return axes.y(min(max(value, LOW), HIGH)) if value > 0 else axes.bottom

    ordered = sorted(labels, key=lambda entry: height(entry[0]))
    ups = []
    for entry in ordered:
        up = height(entry[0]) + 4
        ups.append(max(up, ups[-1] + 17) if ups else max(up, 40))
    # Labels below the lower edge move up again, and so do those above them.
    limit = axes.bottom + 24
    for n in range(len(ups) - 1, -1, -1):
        ups[n] = min(ups[n], limit)
        limit = ups[n] - 17
    return zip(ups, ordered, strict=True)


def _near(size, right):
    if not (math.isfinite(size) and size > 0):
        return False
    return abs(math.log10(size / right)) < LUCK


def _power(value):
    """Write a number as a power of ten, or plainly where it is near 1."""
    if not math.isfinite(value):
        return "not finite"
    if value == 0 or 0.01 <= value < 1000:
        return f"{value:.2g}"
    raised = str(math.floor(math.log10(value))).translate(
        str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
    )
    return f"10{raised}"


FAN_IN, FAN_OUT = 150, 50
BINS = 48


def picture_weights(solution):
    """Draw how the weights of each scheme are distributed, and how they should be."""
    canvas = Canvas(640, 466)
    edge = 0.42
    edges = np.linspace(-edge, edge, BINS + 1)
    numbers, told = {}, []
    for row, (scheme, kind) in enumerate(SCHEMES.items()):
        weights = solution.probe.weights(scheme, FAN_IN, FAN_OUT, solution.rng(1))
        flat = np.asarray(weights, float).ravel()
        density = np.histogram(flat, edges)[0] / (flat.size * (edges[1] - edges[0]))
        spread = math.sqrt(variance(scheme, FAN_IN, FAN_OUT))
        right = _density(scheme, spread, edges)
        gap = float(np.abs(density - right).sum() * (edges[1] - edges[0]) / 2)
        fine = gap < 0.06 and np.shape(weights) == (FAN_IN, FAN_OUT)
        found = float(flat.std())
        numbers[scheme] = {"density": density, "right": right, "spread": found, "astray": gap}
        top = 8 + 84 * row
        axes = Axes(canvas, (-edge, edge), (0, 8.5), (150, top, 440, top + 72))
        middles = (edges[1:] + edges[:-1]) / 2
        canvas.line(150, top + 72, 440, top + 72, "muted")
        axes.curve(*_stairs(edges, density), f"{kind} thick")
        axes.curve(middles, right, "right dashed" if not fine else "ink dotted")
        canvas.text(8, top + 30, scheme, "mono small strong")
        said = f"spread {found:.3f}" + ("" if fine else f", right {spread:.3f}")
        canvas.text(8, top + 50, said if fine else f"spread {found:.3f}", "small")
        if fine:
            words = "right"
        elif np.shape(weights) != (FAN_IN, FAN_OUT):
            words = f"wrong shape: {np.shape(weights)}"
        else:
            words = f"wrong: {gap:.0%} misplaced"
        canvas.text(456, top + 30, words, "small" if fine else "strong small wrong")
        if not fine:
            canvas.text(456, top + 50, f"right spread: {spread:.3f}", "small")
        told.append(f"{scheme}: {said}, {words}.")
    for value in (-0.4, -0.2, 0.0, 0.2, 0.4):
        across = 150 + (value + edge) / (2 * edge) * 290
        canvas.text(across, 436, f"{value:g}".replace("-", "−"), "muted small", "middle")
    canvas.text(295, 456, "weight", "small", "middle")
    canvas.line(456, 432, 484, 432, "ink dotted")
    canvas.text(490, 436, "the formula", "small")
    return Picture(
        f"The weights that each scheme draws, for a layer from {FAN_IN} to {FAN_OUT}",
        f"How often weights of each size are drawn, in {FAN_IN * FAN_OUT} draws, beside the "
        f"formula. {' '.join(told)}",
        [Frame(canvas)],
        numbers,
    )


def _density(scheme, spread, edges):
    """Return the mean density in each bin that the formula asks for."""
    if scheme.endswith("uniform"):
        limit = math.sqrt(3) * spread
        share = np.clip(edges, -limit, limit) / (2 * limit)
    else:
        share = np.array([math.erf(e / (spread * math.sqrt(2))) / 2 for e in edges])
    return np.diff(share) / np.diff(edges)


def _stairs(edges, density):
    """Return the corners of a histogram's outline."""
    return np.repeat(edges, 2)[1:-1], np.minimum(np.repeat(density, 2), 8.5)
