"""Draw how one sample goes through the three layers."""

import numpy as np

from nnkata.pictures import Canvas, Frame, Picture

X = np.array([1.0, 0.5])
ACROSS = (70.0, 230.0, 390.0, 550.0)
NAMES = ("x", "A1", "A2", "output")


def picture_signal_flow(solution):
    """Draw the weights of the network, and the numbers of each layer for one sample."""
    network = {name: np.asarray(a, float) for name, a in dict(solution.init_network()).items()}
    got = np.asarray(solution.forward(network, X), float).reshape(-1)
    layers = [X]
    for number in (1, 2, 3):
        z = layers[-1] @ network[f"W{number}"] + network[f"b{number}"]
        layers.append(z if number == 3 else 1.0 / (1.0 + np.exp(-z)))
    right = got.shape == layers[-1].shape and bool(np.allclose(got, layers[-1], atol=1e-9))
    canvas = Canvas(640, 330)
    for number in (1, 2, 3):
        _weights(canvas, number, network[f"W{number}"])
    for number, values in enumerate(layers):
        column = got if number == 3 else values
        canvas.text(ACROSS[number], 24, NAMES[number], "strong", "middle")
        for value, up in zip(column, _ups(len(column)), strict=True):
            kind = "wrong" if number == 3 and not right else "ink"
            canvas.circle(ACROSS[number], up, 27, "paper filled")
            canvas.circle(ACROSS[number], up, 27, kind)
            canvas.text(ACROSS[number], up + 4, f"{value:.3f}".replace("-", "−"), kind, "middle")
    for left, words in ((150, "sigmoid"), (310, "sigmoid"), (470, "identity")):
        canvas.text(left, 296, words, "small", "middle")
    told = "thicker lines: larger weights"
    if not right:
        told = "right: " + ", ".join(f"{v:.3f}" for v in layers[-1])
    canvas.text(320, 322, told, "small" if right else "strong wrong", "middle")
    numbers = ", ".join(f"{v:.4f}" for v in got).replace("-", "−")
    verdict = "as it should be" if right else "which is not what the layers compute"
    return Picture(
        title="One sample on its way through three layers",
        description=(
            f"The sample (1, 0.5) becomes {len(layers[1])} numbers, then {len(layers[2])}, each "
            f"between 0 and 1 after the sigmoid. The network gives {numbers}, {verdict}."
        ),
        frames=[Frame(canvas)],
        numbers={"hidden 1": layers[1], "hidden 2": layers[2], "output": got},
    )


def _ups(count):
    return [160.0 + 90.0 * (n - (count - 1) / 2) for n in range(count)]


def _weights(canvas, number, W):
    """Draw each weight as one line or several lines side by side."""
    for source, row in zip(_ups(len(W)), W, strict=True):
        for target, w in zip(_ups(W.shape[1]), row, strict=True):
            kind = "thick" if w > 0.35 else "" if w > 0.15 else "dashed"
            canvas.line(ACROSS[number - 1], source, ACROSS[number], target, f"muted {kind}")
