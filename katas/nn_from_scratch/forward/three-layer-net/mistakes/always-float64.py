"""All results are float64, even for float32.

A float32 network then needs twice the memory for its outputs. Arrays of floats keep their dtype.
"""

def identity_function(x):
    return np.array(x, dtype=np.float64)
