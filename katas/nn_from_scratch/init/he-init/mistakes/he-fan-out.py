"""he_normal divides by fan_out, the number of outputs.

A neuron adds up fan_in products, one per input, and their number decides how large the sum is. If
fan_in equals fan_out, there is no difference; from 784 inputs to 100 outputs the variance is 7.84
times too large. Use the number of inputs.
"""

base = "variants/plain"


def he_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(2 / fan_out), size=(fan_in, fan_out))
