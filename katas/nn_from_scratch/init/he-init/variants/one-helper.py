"""One helper draws for every scheme; it gets the variance and the method of rng."""


def lecun_normal(fan_in, fan_out, rng):
    return _draw((fan_in, fan_out), 1 / fan_in, rng.normal)


def xavier_normal(fan_in, fan_out, rng):
    return _draw((fan_in, fan_out), 2 / (fan_in + fan_out), rng.normal)


def xavier_uniform(fan_in, fan_out, rng):
    return _draw((fan_in, fan_out), 2 / (fan_in + fan_out), rng.uniform)


def he_normal(fan_in, fan_out, rng):
    return _draw((fan_in, fan_out), 2 / fan_in, rng.normal)


def he_uniform(fan_in, fan_out, rng):
    return _draw((fan_in, fan_out), 2 / fan_in, rng.uniform)


def _draw(shape, variance, draw):
    low, high = (0.0, 1.0) if draw.__name__ == "normal" else (-(3**0.5), 3**0.5)
    return variance**0.5 * draw(low, high, size=shape)
