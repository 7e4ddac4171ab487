"""gaussian_nll contains log(2π σ) / 2, with σ instead of σ².

The density is divided by the square root of 2π σ², so both factors are under the square root. For a
variance of 4 this term is log(8π) / 2 = 1.612, but this gives 1.266.
"""

base = "variants/lstsq"


def gaussian_nll(pred, y, var):
    e, var = _errors(pred, y, var)
    return float(np.mean(e * e / var + np.log(2 * np.pi * np.sqrt(var))) / 2)
