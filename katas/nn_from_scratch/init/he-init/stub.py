"""Draw the initial weights of a layer so that signals keep their size from layer to layer.

A neuron adds up ``fan_in`` products, so the variance of its output is ``fan_in`` times the variance
of one product. Each scheme chooses the variance of the weights to compensate for this, for one kind
of activation. All return float64 arrays of shape (fan_in, fan_out) whose entries are independent
with mean 0, and all draw from ``rng`` only.
"""

import numpy as np
from numpy.typing import NDArray


def lecun_normal(fan_in: int, fan_out: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return normal weights of variance 1/fan_in, which keep the variance in a linear layer.

    Source: Y. LeCun, L. Bottou, G. Orr, K.-R. Müller, Efficient BackProp, 1998.
    """
    raise NotImplementedError("kata he-init: lecun_normal is not written yet")


def xavier_normal(fan_in: int, fan_out: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return normal weights of variance 2/(fan_in + fan_out).

    This is a compromise between the signal on its way forward (1/fan_in) and the gradient on its
    way back (1/fan_out), for activations that are nearly linear around 0, such as tanh.

    Source: X. Glorot and Y. Bengio, Understanding the difficulty of training deep feedforward
    neural networks, 2010.
    """
    raise NotImplementedError("kata he-init: xavier_normal is not written yet")


def xavier_uniform(fan_in: int, fan_out: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return uniform weights between ±√(6/(fan_in + fan_out)).

    A uniform distribution between -a and a has a variance of a²/3, so this is the variance of
    ``xavier_normal``. Source: as for ``xavier_normal``.
    """
    raise NotImplementedError("kata he-init: xavier_uniform is not written yet")


def he_normal(fan_in: int, fan_out: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return normal weights of variance 2/fan_in, for layers followed by ReLU.

    ReLU sets half of its inputs to 0, which halves the mean square. The 2 compensates for this.

    Source: K. He, X. Zhang, S. Ren, J. Sun, Delving deep into rectifiers, 2015.
    """
    raise NotImplementedError("kata he-init: he_normal is not written yet")


def he_uniform(fan_in: int, fan_out: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return uniform weights between ±√(6/fan_in), with the variance of ``he_normal``.

    Source: as for ``he_normal``.
    """
    raise NotImplementedError("kata he-init: he_uniform is not written yet")
