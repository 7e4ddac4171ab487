"""hard_sigmoid_grad is float64, even for an array of float32.

np.where(condition, 0.25, 0.0) gets only two Python numbers and makes a float64 array of them. The
dtype of the result should be that of x, so convert the result, or choose between two arrays of that
dtype.
"""


def hard_sigmoid_grad(x, slope=0.25):
    return np.where(np.abs(slope * _floats(x)) < 0.5, slope, 0.0)
