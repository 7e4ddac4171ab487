"""leaky_relu writes fractions into an array of integers.

np.zeros_like of an array of integers is an array of integers, and -0.03 that is written into it becomes
0: for integers the left side is lost. Convert integers to float64 first.
"""


def leaky_relu(x, gamma=0.01):
    values = np.asarray(x)
    result = np.zeros_like(values)
    result[values > 0] = values[values > 0]
    result[values <= 0] = gamma * values[values <= 0]
    return result
