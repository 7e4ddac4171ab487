"""hard_sigmoid_grad writes the slope into an array of integers.

np.zeros_like of an array of integers is an array of integers, and 0.25 that is written into it becomes
0: the derivative is 0 everywhere. Convert integers to float64 first.
"""


def hard_sigmoid_grad(x, slope=0.25):
    values = np.asarray(x)
    grad = np.zeros_like(values)
    grad[np.abs(slope * values) < 0.5] = slope
    return grad
