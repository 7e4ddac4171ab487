"""The number of pairs is always 20 000, whatever `tries` is.

With 0 tries nothing is drawn, so there can be no witness.
"""


def nonconvex_witness(loss, rng, box=8.0, tries=20_000):
    a, b = rng.uniform(-box, box, (2, 20_000, 2))
    gaps = loss(*((a + b) / 2).T) - (loss(*a.T) + loss(*b.T)) / 2
    found = np.flatnonzero(gaps > 1e-3)
    if found.size == 0:
        return None
    first = found[0]
    return a[first].copy(), b[first].copy(), float(gaps[first])
