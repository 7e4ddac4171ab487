"""Without the softmax that there is."""

import numpy as np


def soften(z, temperature, axis=-1):
    if not temperature > 0:
        raise ValueError("the temperature is not above 0")
    z = np.asarray(z)
    z = z if z.dtype.kind == "f" else z.astype(float)
    powers = np.exp((z - z.max(axis=axis, keepdims=True)) / temperature)
    return powers / powers.sum(axis=axis, keepdims=True)
