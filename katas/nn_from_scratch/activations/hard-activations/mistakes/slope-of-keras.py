"""hard_sigmoid has a slope of 0.2, whatever the argument says.

0.2 is the slope of Keras 2. The tangent of sigmoid at 0 has a slope of 1/4: at x = 1 the line is at
0.75, not at 0.7. Use the argument, which is 0.25 by default.
"""


def hard_sigmoid(x, slope=0.25):
    return np.clip(0.2 * _floats(x) + 0.5, 0.0, 1.0)
