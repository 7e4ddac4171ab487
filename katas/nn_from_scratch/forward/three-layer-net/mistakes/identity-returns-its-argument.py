"""identity_function returns the array that it got.

Code that changes the result changes the argument too. Integers also stay integers. Return a copy, in
float64 if the argument contains integers.
"""

def identity_function(x):
    return x
