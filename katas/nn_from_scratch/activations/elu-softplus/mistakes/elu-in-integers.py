"""elu writes fractions into an array of integers.

np.zeros_like of an array of integers is an array of integers, and -0.632 that is written into it
becomes 0. Convert integers to float64 first.
"""


def elu(x, gamma=1.0):
    values = np.asarray(x)
    result = np.zeros_like(values)
    result[values > 0] = values[values > 0]
    result[values <= 0] = gamma * np.expm1(values[values <= 0])
    return result
