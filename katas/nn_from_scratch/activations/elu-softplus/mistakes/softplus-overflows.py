"""softplus is computed as log(1 + exp(x)), as the formula is written.

Above 709 exp overflows, and the result is inf where 1000 is right. On the left 1 + exp(-40) is rounded
to 1, and the result is 0 where 4.2e-18 is right. Take the large term out of the logarithm.
"""


def softplus(x):
    return np.log(1.0 + np.exp(_floats(x)))
