"""erf is approximated by a formula with five coefficients, that of Abramowitz and Stegun.

Its error is up to 1.5e-7. That is good enough for a plot, but not for a comparison with a numerical
gradient. math.erf is accurate to the last digits; call it for each number.
"""


def _normal_cdf(x):
    z = np.abs(x) / math.sqrt(2)
    t = 1.0 / (1.0 + 0.3275911 * z)
    series = t * (
        0.254829592
        + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))
    )
    erf = np.sign(x) * (1.0 - series * np.exp(-z * z))
    return (0.5 * (1.0 + erf)).astype(x.dtype)
