"""This is math.tan, the tangent of an angle, and not the hyperbolic tangent.

tan is unbounded and jumps at every odd multiple of 90 degrees; tanh rises smoothly from -1 to 1.
At x = 0.5 the two are still close, 0.546 and 0.462. At x = 3, tan is -0.143 and tanh is 0.995.
Look for the function with an h in Python's math module.
"""


def tanh(x):
    t = math.tan(x.data)
    return Value(t, (x,), "tanh", (1.0 - t * t,))
