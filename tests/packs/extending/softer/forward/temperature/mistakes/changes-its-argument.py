"""The caller's array is divided in place.

z /= temperature writes into the very array that was passed in: whoever calls twice divides twice. A
division that makes a new array leaves the caller's scores as they were.
"""


def soften(z, temperature, axis=-1):
    if not temperature > 0:
        raise ValueError("the temperature is not above 0")
    z = np.asarray(z)
    if z.dtype.kind != "f":
        z = z.astype(float)
    z /= temperature
    return softmax(z, axis)
