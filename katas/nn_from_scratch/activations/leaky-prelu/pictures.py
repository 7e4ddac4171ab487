"""Leaky ReLU with an ordinary slope, and PReLU with a slope that maximum gets wrong."""

import numpy as np

from nnkata.pictures import Curve, Point, functions_and_slopes

XS = [-5.0, -4.0, -3.0, -2.0, -1.0, 1.0, 2.0, 3.0, 4.0, 5.0]


def picture_half_lines(solution):
    """Draw leaky ReLU for gamma = 0.2, and PReLU for the slopes 2 and -0.5."""
    x = np.array(XS)
    values = [solution.leaky_relu(x, 0.2)]
    slopes = [solution.leaky_relu_grad(x, 0.2)]
    columns, alpha = np.stack([x, x], axis=1), np.array([2.0, -0.5])
    out = np.asarray(solution.prelu(columns, alpha), float).reshape(len(XS), 2)
    dx = np.asarray(solution.prelu_backward(np.ones((len(XS), 2)), columns, alpha)[0], float)
    values += [out[:, 0], out[:, 1]]
    slopes += [dx.reshape(len(XS), 2)[:, 0], dx.reshape(len(XS), 2)[:, 1]]
    curves = [
        curve(name, slope, numbers(value), numbers(local))
        for name, slope, value, local in zip(
            ("leaky_relu(x), gamma 0.2", "prelu(x), alpha 2", "prelu(x), alpha −0.5"),
            (0.2, 2.0, -0.5), values, slopes, strict=True,
        )
    ]  # fmt: skip
    return functions_and_slopes(curves, "Leaky and parametric ReLU with their derivatives", 130)


def curve(name, slope, values, slopes):
    """Return a curve with the module's points on it."""
    points = [Point(*three) for three in zip(XS, values, slopes, strict=True)]
    return Curve(
        name,
        lambda x: x if x > 0 else slope * x,
        lambda x: 1.0 if x > 0 else slope,
        -5.0,
        5.0,
        points,
    )


def numbers(array):
    """Return an array as floats, one per place."""
    return [float(number) for number in np.asarray(array, float).reshape(len(XS))]
