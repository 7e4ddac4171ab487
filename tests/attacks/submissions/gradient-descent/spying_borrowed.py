"""Shows the text of the modules that the reference lends it.

A correct grader: lends them as the course says: they can be read, and the threat model says so; the reference of this kata is not among them.
Expect: error failed
"""

import linecache
import sys


def train(*arguments):
    shown = []
    for name, module in sorted(sys.modules.items()):
        if name.startswith("mynn."):
            shown += [name, "".join(linecache.getlines(module.__spec__.origin))[:200]]
    raise RuntimeError("\n".join(shown))


mse_loss = zero_grad = sgd_step = train
