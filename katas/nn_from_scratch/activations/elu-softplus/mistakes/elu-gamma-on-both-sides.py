"""elu multiplies the positive side with gamma too.

gamma belongs to the left side only: with gamma = 2, elu(1) is 1, not 2. (A factor for both sides is part
of another function, SELU.)
"""


def elu(x, gamma=1.0):
    values = _floats(x)
    return gamma * np.where(values > 0, values, np.expm1(np.minimum(values, 0.0)))
