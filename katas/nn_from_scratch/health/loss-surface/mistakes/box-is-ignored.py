"""The pairs are always drawn from −8 to 8, whatever `box` is.

With a box of 2.5, a point such as (7, −3) is outside of the requested square.
"""


def nonconvex_witness(loss, rng, box=8.0, tries=20_000):
    a, b = rng.uniform(-8.0, 8.0, (2, tries, 2))
    gaps = loss(*((a + b) / 2).T) - (loss(*a.T) + loss(*b.T)) / 2
    found = np.flatnonzero(gaps > 1e-3)
    if found.size == 0:
        return None
    first = found[0]
    return a[first].copy(), b[first].copy(), float(gaps[first])
