"""hard_sigmoid limits x, and not the line.

With x limited to the range from -1 to 1, the result stays between 0.25 and 0.75 and never reaches 0
or 1. Compute the line first, and limit its result to the range from 0 to 1.
"""


def hard_sigmoid(x, slope=0.25):
    return slope * np.clip(_floats(x), -1.0, 1.0) + 0.5
