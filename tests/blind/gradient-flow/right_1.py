import numpy as np

from ..layers.activation import Activation


def _checked(Ws, X):
    Ws = [np.asarray(W, dtype=np.float64) for W in Ws]
    X = np.asarray(X, dtype=np.float64)
    if len(Ws) == 0:
        raise ValueError("Ws is empty")
    if X.ndim != 2 or len(X) == 0:
        raise ValueError("X must be (N, D_0)")
    width = X.shape[1]
    for W in Ws:
        if W.ndim != 2 or W.shape[0] != width:
            raise ValueError("the weights do not fit")
        width = W.shape[1]
    return Ws, X


def layer_stats(Ws, act, X, cotangent):
    Ws, X = _checked(Ws, X)
    L = len(Ws)
    acts = [Activation(act) for _ in range(L)]
    inputs = []
    a = X
    act_std = np.zeros(L)
    for k in range(L):
        inputs.append(a)
        a = acts[k].forward(a @ Ws[k], training=True)
        act_std[k] = a.std()
    grad = np.asarray(cotangent, dtype=np.float64)
    if grad.shape != a.shape:
        raise ValueError("cotangent has the wrong shape")
    delta_norm = np.zeros(L)
    dW_norm = np.zeros(L)
    for k in range(L - 1, -1, -1):
        delta = acts[k].backward(grad)
        delta_norm[k] = np.sqrt(np.sum(delta**2))
        dW_norm[k] = np.sqrt(np.sum((inputs[k].T @ delta) ** 2))
        grad = delta @ Ws[k].T
    return {"act_std": act_std, "delta_norm": delta_norm, "dW_norm": dW_norm}


def jacobian_norm(Ws, act, x):
    x = np.asarray(x, dtype=np.float64)
    if x.ndim != 1:
        raise ValueError("x must be one sample")
    Ws, a = _checked(Ws, x.reshape(1, -1))
    J = np.eye(len(x))
    for W in Ws:
        layer = Activation(act)
        z = a @ W
        a = layer.forward(z, training=True)
        slope = layer.backward(np.ones_like(z))
        J = J @ W * slope
    return float(np.linalg.svd(J)[1].max())
