"""hard_tanh gives integers for an array of integers.

In this course integers are converted to float64: an array of integers cannot store a fraction, and
0.7 that is written into it becomes 0. Convert integers to float64 first.
"""


def hard_tanh(x):
    return np.clip(np.asarray(x), -1, 1)
