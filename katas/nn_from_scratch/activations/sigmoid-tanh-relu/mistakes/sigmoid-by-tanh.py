"""sigmoid is computed as (1 + tanh(x/2)) / 2.

The formula is right on paper and never overflows. But for negative x it adds 1 and a number near
-1, and the digits are lost: sigmoid(-40) is 0 instead of 4.2e-18, and sigmoid(-30) has only three
correct digits. For negative x, use a form without a subtraction.
"""


def sigmoid(x):
    return 0.5 * (1.0 + np.tanh(0.5 * _floats(x)))
