"""Functions that run beside the learner's module and watch what it does with f and x."""

from contextlib import suppress

import numpy as np

from . import gradcheck as module


def gradient_of_squares(x: np.ndarray, order: str = "C"):
    """Return the gradient of a sum of squares at x, stored in rows ("C") or in columns ("F")."""
    return module.numerical_gradient(_sum_of_squares, np.array(x, order=order), h=0.25)


def kinds_of_points(x) -> list[str]:
    """Return the dtypes of the points at which f is called, each once, in order."""
    return sorted({p.dtype.name for p in _points(x)})


def shapes_of_points(x) -> list[tuple[int, ...]]:
    """Return the shapes of the points at which f is called, each once, in order."""
    return sorted({p.shape for p in _points(x)})


def default_step(x: np.ndarray) -> str:
    """Return, in words, how far from x the farthest point is at which f is called."""
    far = max((float(np.abs(p - x).max()) for p in _points(x)), default=0.0)
    if far < 5e-8:
        return "less than 1e-07"
    return f"about {far:.0e}"


def calls(x) -> int:
    """Return how often f is called."""
    return len(_points(x))


def x_after_a_call(x: np.ndarray):
    """Return what x is after a call."""
    own, called = x.copy(), []

    def f(v):
        called.append(True)
        return _sum_of_squares(v)

    module.numerical_gradient(f, own)
    return own if called else "f was never called"


def farthest_of_x_while_f_runs(x: np.ndarray, h: float):
    """Return how far from its old value x is, at most, when f is called."""
    own, distances = x.copy(), []

    def f(v):
        distances.append(float(np.abs(own - x).max()))
        return _sum_of_squares(v)

    module.numerical_gradient(f, own, h)
    return max(distances) if distances else "f was never called"


def x_after_f_raises(x: np.ndarray, at_call: int):
    """Return what x is after f has raised an exception at its n-th call."""
    own, called = x.copy(), []

    def f(v):
        called.append(True)
        if len(called) == at_call:
            raise RuntimeError("f fails here on purpose")
        return _sum_of_squares(v)

    with suppress(RuntimeError):
        module.numerical_gradient(f, own)
    return own if called else "f was never called"


def error_between(a, b, **floor):
    """Return what relative_error returns; a numpy number as a plain one."""
    error = module.relative_error(a, b, **floor)
    return error.item() if isinstance(error, np.number) else error


def _points(x) -> list[np.ndarray]:
    points = []

    def f(v):
        points.append(np.array(v))
        return _sum_of_squares(v)

    module.numerical_gradient(f, x)
    return points


def _sum_of_squares(v) -> float:
    return float((v**2).sum())
