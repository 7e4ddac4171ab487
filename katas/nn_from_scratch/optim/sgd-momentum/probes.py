"""Functions that run in the process of the learner's optimizer."""

from collections.abc import Sequence

import numpy as np

from . import sgd as module


def take_steps(optimizer, params: Sequence, gradients: Sequence, reuse: bool = False) -> list:
    """Take one step per list of gradients, and return all arrays after each step.

    The arrays stay the same from step to step. The gradients are new arrays in each step or, with
    reuse, the same arrays with new numbers in them.
    """
    arrays = [np.array(p) for p in params]
    buffers = [np.zeros_like(p) for p in arrays]
    used, after = [], []
    for grads in gradients:
        if reuse:
            for buffer, g in zip(buffers, grads, strict=True):
                buffer[...] = g
        else:
            buffers = [np.array(g) for g in grads]
        used.append(buffers)  # while they are kept, no later array has the id of one of them
        optimizer.step(list(arrays), list(buffers))
        after.append([p.copy() for p in arrays])
    return after


def gradients_after_steps(optimizer, params: Sequence, gradients: Sequence) -> list:
    """Take one step per list of gradients, and return what these gradients are afterwards."""
    arrays = [np.array(p) for p in params]
    used = [[np.array(g) for g in grads] for grads in gradients]
    for grads in used:
        optimizer.step(list(arrays), list(grads))
    return used


def step_in_views(optimizer, start: np.ndarray, grads: Sequence) -> np.ndarray:
    """Take a step with the columns of a matrix and a transposed part of it; return the matrix."""
    matrix = start.copy()
    optimizer.step([matrix[:, 0], matrix[:2, 1:].T], [np.array(g) for g in grads])
    return matrix


def try_step(optimizer, params: Sequence, grads: Sequence) -> tuple:
    """Take one step; return whether it raised a ValueError, and all arrays afterwards."""
    arrays = [np.array(p) for p in params]
    try:
        optimizer.step(list(arrays), [np.array(g) for g in grads])
    except ValueError:
        return True, arrays
    return False, arrays


def clip(grads: Sequence, max_norm: float) -> tuple:
    """Clip copies of the gradients; return the result of clip_grad_norm, and the copies."""
    arrays = [np.array(g) for g in grads]
    with np.errstate(over="ignore", invalid="ignore"):
        norm = module.clip_grad_norm(list(arrays), max_norm)
    return norm, arrays


def walk_in_a_valley(
    optimizer, start: np.ndarray, curvatures: np.ndarray, steps: int
) -> np.ndarray:
    """Descend on a sum of parabolas; return the points, one per row, the start first."""
    point = start.copy()
    path = [point.copy()]
    for _ in range(steps):
        optimizer.step([point], [curvatures * point])
        path.append(point.copy())
    return np.array(path)
