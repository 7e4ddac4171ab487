"""A network of neurons: its layers, weights and biases, and the outputs of its neurons."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from .canvas import Canvas, signed_shade
from .picture import Frame, Picture

MOST = 8
"""The maximum number of neurons that are drawn per layer: the first ones."""
LEFT, RIGHT, TOP, BOTTOM = 70.0, 560.0, 64.0, 360.0


class NetworkState:
    """The numbers of a network, read from an object with `layers` of `neurons` with `w` and `b`."""

    def __init__(self, model: Any, x: Sequence[float]) -> None:
        """Read a network, and compute the output of every neuron for x: tanh(w · x + b).

        The output of a neuron with a wrong number of weights is nan.
        """
        neurons = [list(layer.neurons) for layer in model.layers]
        self.weights = [[[_data(w) for w in n.w] for n in layer] for layer in neurons]
        self.biases = [[_data(n.b) for n in layer] for layer in neurons]
        self.objects = len({id(n) for layer in neurons for n in layer})
        self.outputs: list[list[float]] = [[float(number) for number in x]]
        for rows, biases in zip(self.weights, self.biases, strict=True):
            self.outputs.append(
                [_output(w, b, self.outputs[-1]) for w, b in zip(rows, biases, strict=True)]
            )

    @property
    def sizes(self) -> list[int]:
        """The number of inputs, and of neurons per layer."""
        return [len(outputs) for outputs in self.outputs]

    @property
    def parameters(self) -> int:
        """The number of weights and biases."""
        return sum(len(w) + 1 for layer in self.weights for w in layer)

    def misfits(self) -> list[int]:
        """Return the layers, counted from 1, that have a neuron with a wrong number of weights."""
        return [
            number
            for number, rows in enumerate(self.weights, 1)
            if any(len(w) != len(self.outputs[number - 1]) for w in rows)
        ]


def network_diagram(
    model: Any, x: Sequence[float], title: str = "The network and the outputs of its neurons"
) -> Picture:
    """Draw a network of neurons: circles with their outputs for x, lines as thick as the weights.

    Args:
        model: an object whose `layers` have `neurons` with weights `w` and a bias `b`, as an MLP.
        x: the inputs.
        title: the picture's title.
    """
    network = NetworkState(model, x)
    canvas = Canvas(640, 400)
    draw_network(canvas, network)
    sizes = ", ".join(str(size) for size in network.sizes[1:])
    last = ", ".join(f"{v:.3f}" for v in network.outputs[-1])
    wrong = "".join(
        f" Layer {n} does not fit the layer before it." for n in network.misfits()
    )  # fmt: skip
    return Picture(
        title,
        f"{network.sizes[0]} inputs, then layers of {sizes} neurons: {network.parameters} weights "
        f"and biases. For the inputs {', '.join(f'{v:g}' for v in x)} its output is {last}.{wrong}",
        [Frame(canvas)],
        numbers={
            "sizes": network.sizes, "weights": network.weights, "biases": network.biases,
            "outputs": network.outputs, "parameters": network.parameters,
        },
    )  # fmt: skip


def draw_network(canvas: Canvas, network: NetworkState) -> None:
    """Draw a network between LEFT and RIGHT, TOP and BOTTOM."""
    columns = len(network.sizes)
    across = [LEFT + (RIGHT - LEFT) * n / max(1, columns - 1) for n in range(columns)]
    places = [_ups(size) for size in network.sizes]
    largest = max((abs(w) for rows in network.weights for ws in rows for w in ws
                   if math.isfinite(w)), default=1.0) or 1.0  # fmt: skip
    for number, rows in enumerate(network.weights):
        for up, ws in zip(places[number + 1], rows, strict=False):
            for source, w in zip(places[number], ws, strict=False):
                _weight(canvas, (across[number], source), (across[number + 1], up), w / largest)
    for number, outputs in enumerate(network.outputs):
        for up, output in zip(places[number], outputs, strict=False):
            _neuron(canvas, across[number], up, output)
        _heading(canvas, network, number, across[number])
    _key(canvas, largest)


def _weight(
    canvas: Canvas, start: tuple[float, float], end: tuple[float, float], share: float
) -> None:
    if not math.isfinite(share):
        canvas.line(*start, *end, "wrong dotted")
        return
    width = f"wide-{max(1, round(6 * abs(share)))}"
    canvas.line(*start, *end, f"{'first' if share >= 0 else 'second'} {width}")


def _neuron(canvas: Canvas, across: float, up: float, output: float) -> None:
    canvas.circle(across, up, 22, "paper filled")
    if math.isfinite(output):
        canvas.circle(across, up, 22, signed_shade(0.6 * max(-1.0, min(1.0, output))))
        canvas.circle(across, up, 22, "ink thin")
        canvas.text(across, up + 4, _short(output), "small", "middle")
    else:
        canvas.circle(across, up, 22, "wrong thick dashed")
        canvas.text(across, up + 4, "no fit", "small wrong halo", "middle")


def _heading(canvas: Canvas, network: NetworkState, number: int, across: float) -> None:
    size = network.sizes[number]
    last = len(network.sizes) - 1
    words = "inputs" if number == 0 else "output" if number == last else f"layer {number}"
    canvas.text(across, 22, words, "strong", "middle")
    many = f"{size}" if size <= MOST else f"{MOST} of {size}"
    if number == 0:
        canvas.text(across, 40, many, "small muted", "middle")
        return
    weights = sorted({len(w) for w in network.weights[number - 1]})
    each = " or ".join(map(str, weights))
    canvas.text(across, 40, f"{many}, {each} weights each", "small muted", "middle")


def _key(canvas: Canvas, largest: float) -> None:
    up = canvas.height - 14
    canvas.line(30, up - 4, 62, up - 4, "first wide-4")
    canvas.text(70, up, "weight above 0", "small")
    canvas.line(190, up - 4, 222, up - 4, "second wide-4")
    canvas.text(230, up, "below 0", "small")
    canvas.text(300, up, f"thickest: {largest:.2g}", "small")
    canvas.text(430, up, "in the circles: the outputs", "small")


def _ups(size: int) -> list[float]:
    shown = min(size, MOST)
    step = min(64.0, (BOTTOM - TOP - 40) / max(1, shown - 1))
    middle = (TOP + BOTTOM) / 2
    return [middle + step * (n - (shown - 1) / 2) for n in range(shown)]


def _output(weights: Sequence[float], bias: float, inputs: Sequence[float]) -> float:
    if len(weights) != len(inputs):
        return math.nan
    return math.tanh(sum(w * v for w, v in zip(weights, inputs, strict=True)) + bias)


def _data(thing: Any) -> float:
    """Return the data of a Value, or a number itself."""
    return float(thing) if isinstance(thing, int | float) else float(thing.data)


def _short(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
