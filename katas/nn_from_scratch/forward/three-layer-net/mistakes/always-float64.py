"""All results are float64, also for float32.

A float32 network then needs twice the memory for its outputs. Arrays of floats keep their dtype.
"""

def identity_function(x):
    return np.array(x, dtype=np.float64)
