"""Draw the first weights of a layer so that signals neither fade nor blow up on their way.

A layer adds up ``fan_in`` products, so its output varies ``fan_in`` times as much as one of them.
Each scheme below chooses the variance of the weights to undo that, for one kind of activation.
All return float64 arrays of shape (fan_in, fan_out), with mean 0, and draw only from ``rng``.
"""

import numpy as np
from numpy.typing import NDArray


def lecun_normal(fan_in: int, fan_out: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw from a normal distribution of variance 1/fan_in, which keeps a linear layer's variance.

    Source: Y. LeCun, L. Bottou, G. Orr, K.-R. Müller, Efficient BackProp, 1998.
    """
    raise NotImplementedError("kata he-init: lecun_normal is yours to write")


def xavier_normal(fan_in: int, fan_out: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw from a normal distribution of variance 2/(fan_in + fan_out).

    This compromises between the signal on its way forward (1/fan_in) and the gradient on its way
    back (1/fan_out), for activations that are nearly linear around 0, such as tanh.

    Source: X. Glorot and Y. Bengio, Understanding the difficulty of training deep feedforward
    neural networks, 2010.
    """
    raise NotImplementedError("kata he-init: xavier_normal is yours to write")


def xavier_uniform(fan_in: int, fan_out: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw uniformly between ±√(6/(fan_in + fan_out)), with the variance of ``xavier_normal``.

    A uniform distribution between ±a has variance a²/3, hence the 6. Source: as there.
    """
    raise NotImplementedError("kata he-init: xavier_uniform is yours to write")


def he_normal(fan_in: int, fan_out: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw from a normal distribution of variance 2/fan_in, for layers followed by ReLU.

    ReLU sets half of its inputs to 0, which halves the mean square; the 2 makes up for it.

    Source: K. He, X. Zhang, S. Ren, J. Sun, Delving deep into rectifiers, 2015.
    """
    raise NotImplementedError("kata he-init: he_normal is yours to write")


def he_uniform(fan_in: int, fan_out: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw uniformly between ±√(6/fan_in), with the variance of ``he_normal``. Source: as there."""
    raise NotImplementedError("kata he-init: he_uniform is yours to write")
