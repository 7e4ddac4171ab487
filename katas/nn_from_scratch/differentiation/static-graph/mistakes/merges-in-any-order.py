"""optimize compares the operands of two operations without their order.

x - y and y - x become the same step, and one of them gets the wrong sign. For a sum or a product the
order does not matter, but for a difference and a quotient it does.
"""


def optimize(program):
    steps, known, places = [], {}, []
    for old in program._steps:
        step = _fold(_Step(old.op, tuple(places[i] for i in old.operands), old.label), steps)
        key = (step.op, tuple(sorted(step.operands)), repr(step.label))
        if key not in known:
            known[key] = len(steps)
            steps.append(step)
        places.append(known[key])
    return Program(steps, places[program._output])
