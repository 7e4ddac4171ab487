"""softplus is computed as log(1 + exp(x)), as the formula is written.

Above 709, exp overflows, and the result is inf instead of 1000. For very negative x, 1 + exp(-40) is
rounded to 1, and the result is 0 instead of 4.2e-18. Take the large term out of the logarithm.
"""


def softplus(x):
    return np.log(1.0 + np.exp(_floats(x)))
