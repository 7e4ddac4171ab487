"""identity_function copies integers as integers.

A result of an output layer is then sometimes a float and sometimes not, and a later step such as
y *= 0.5 fails. Integers become float64.
"""

def identity_function(x):
    return np.array(x)
