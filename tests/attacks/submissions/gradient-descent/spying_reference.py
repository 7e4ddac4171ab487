"""Imports the reference of this very kata by every name it may have.

A correct grader: never sends it.
Expect: error failed
"""

def worked(**acts):
    """Do each act, and say which of them were not refused."""
    done = []
    for name, act in acts.items():
        try:
            act()
        except BaseException:
            continue
        done.append(name)
    raise RuntimeError("worked: " + (", ".join(done) or "nothing") + ".")

import importlib


def by_name(name):
    importlib.import_module(name)


def train(*arguments, **named):
    worked(
        refnn=lambda: by_name("refnn.scalar.training"),
        planted=lambda: by_name("planted_reference.scalar.training"),
        other=lambda: by_name("mynn.digits.training"),
        softmax=lambda: by_name("mynn.forward.softmax"),
    )


mse_loss = zero_grad = sgd_step = train
