"""A network with one hidden layer that follows a given function, built without training.

A sigmoid with a large weight is a step. Steps at the edges of n boxes, each as high as the function
changes from box to box, add up to a staircase that follows it.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..activations.logistic import sigmoid
from ..forward.affine import affine

_Floats = NDArray[np.floating[Any]]
Network = tuple[_Floats, _Floats, _Floats, _Floats]


def step_neuron(s: float, w: float) -> tuple[float, float]:
    """Return weight and bias of a neuron whose sigmoid jumps at s.

    ``sigmoid(weight * x + bias)`` is 1/2 at x = s, and its slope there is w/4. Farther from s than
    20 / w it differs from 0 and 1 by less than 1e-8.

    Args:
        s: where it jumps.
        w: the weight. The step rises if it is positive.

    Returns:
        The weight and the bias, two floats. The weight is w.
    """
    return float(w), float(-w * s)


def bump_network(
    f: Callable[[float], float], a: float, b: float, n: int, sharpness: float
) -> Network:
    """Return a network with one hidden layer of sigmoids whose output follows f on [a, b].

    [a, b] is divided into n boxes of the same width. Inside a box the output is the value of f at
    the middle of the box. At the edge between two boxes it changes from one value to the other,
    as the sigmoid of a step neuron with this weight does. There is no step at a and at b.

    Write H for the number of hidden neurons, at most 2 n + 2.

    Args:
        f: a function of one float. It is called once per box, n times.
        a, b: the ends of the interval.
        n: the number of boxes, at least 2.
        sharpness: the size of each weight in the first layer.

    Returns:
        ``(W1, b1, W2, b2)`` of the shapes (1, H), (H,), (H, 1) and (1,), in float64. Each weight
        in W1 is ``sharpness`` or ``-sharpness``.

    Raises:
        ValueError: a is not below b, or sharpness is not positive.

    Source: the picture proof in M. Nielsen, "Neural Networks and Deep Learning" (2015), chapter 4.
    """
    if not a < b:
        raise ValueError(f"a must be below b, got {a} and {b}")
    if not sharpness > 0:
        raise ValueError(f"sharpness must be positive, got {sharpness}")
    edges = np.linspace(a, b, n + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    heights = np.array([f(float(middle)) for middle in middles], dtype=np.float64)
    neurons = np.array([step_neuron(float(s), sharpness) for s in edges[1:-1]])
    # Each step is as high as the change from the box before it, so that the steps add up.
    W1, b1 = neurons.T[:1], neurons.T[1]
    return W1, b1, np.diff(heights)[:, np.newaxis], heights[:1]


def run_network(network: Network, x: ArrayLike) -> _Floats:
    """Return the outputs of a network with one hidden layer: ``sigmoid(x @ W1 + b1) @ W2 + b2``.

    The output layer is linear. No exponential overflows, whatever x and the weights are.

    Args:
        network: ``(W1, b1, W2, b2)`` as ``bump_network`` returns it, perhaps with different
            numbers.
        x: N numbers, (N,). N may be 0.

    Returns:
        A new array of N floats, (N,), in float64.

    Raises:
        ValueError: x is not (N,).
    """
    inputs = np.asarray(x, dtype=np.float64)
    if inputs.ndim != 1:
        raise ValueError(f"x must be (N,), got shape {inputs.shape}")
    W1, b1, W2, b2 = network
    hidden = sigmoid(affine(inputs[:, np.newaxis], W1, b1))
    return affine(hidden, W2, b2).reshape(inputs.shape)


def tower(x: ArrayLike, box: tuple[float, float, float, float], w: float) -> _Floats:
    """Return 1 for points inside a rectangle and 0 for points outside, by two hidden layers.

    The first layer has four step neurons, two per coordinate: their sum is 2 inside, 1 in the arms
    of a cross, and 0 elsewhere. The second is one neuron with a threshold of 1.5, which leaves only
    the inside. On a side of the rectangle, away from its corners, the result is 1/2.

    Args:
        x: points, one per row, (N, 2). N may be 0.
        box: the ranges of both coordinates, ``(low_0, high_0, low_1, high_1)``.
        w: the weight of each step neuron, and that of the second layer. Farther from all four
            lines than 20 / w, the result is 0 or 1 up to 1e-6, if w is at least 40.

    Returns:
        A new array of N floats between 0 and 1, (N,), in float64.

    Raises:
        ValueError: x is not (N, 2), or a range is empty: low is not below high.
    """
    points = np.asarray(x, dtype=np.float64)
    if points.ndim != 2:
        raise ValueError(f"x must be (N, 2), got shape {points.shape}")
    low_0, high_0, low_1, high_1 = box
    if not (low_0 < high_0 and low_1 < high_1):
        raise ValueError(f"each range must have low below high, got {box}")
    W1, b1 = np.zeros((2, 4)), np.zeros(4)
    for place, s in enumerate((low_0, high_0, low_1, high_1)):
        W1[place // 2, place], b1[place] = step_neuron(s, w)
    steps = sigmoid(affine(points, W1, b1))
    W2 = np.array([[w], [-w], [w], [-w]])
    return sigmoid(affine(steps, W2, np.array([-1.5 * w]))).reshape(len(points))
