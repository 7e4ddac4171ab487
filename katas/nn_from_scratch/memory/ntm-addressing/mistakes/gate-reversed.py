"""interpolate uses g as the weight of the previous step.

With g = 1, the content alone should count, and with g = 0, the weighting should stay where it was.
"""


def interpolate(wc, w_prev, g):
    content, before = _as_floats(wc, w_prev)
    _check_shape(content, content.size)
    _check_shape(before, content.size)
    if not 0 <= g <= 1:
        raise ValueError("g")
    return (1 - g) * content + g * before
