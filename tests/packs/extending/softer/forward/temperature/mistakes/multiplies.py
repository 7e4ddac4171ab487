"""The scores are multiplied by the temperature instead of being divided.

A high temperature then makes the network surer: for (0, 2) and T = 2 the answer is (0.018, 0.982)
and should be (0.269, 0.731).
"""


def soften(z, temperature, axis=-1):
    if not temperature > 0:
        raise ValueError("the temperature is not above 0")
    return softmax(np.asarray(z) * temperature, axis)
