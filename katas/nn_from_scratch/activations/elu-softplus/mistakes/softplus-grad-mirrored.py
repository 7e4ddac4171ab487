"""softplus_grad is 1 / (1 + exp(x)), the derivative at -x.

softplus is flat on the left and has a slope of 1 on the right, so its derivative grows from 0 to 1.
This one falls: at 2 it is 0.12 instead of 0.88. Check the sign of the exponent.
"""


def softplus_grad(x):
    return sigmoid(-_floats(x))
