"""optimize compares operands by their old numbers.

Of two equal chains only the first operations are then merged: the operands of the second ones
become the same only through this merge. Use the new numbers of the operands.
"""


def optimize(program):
    steps, known, places = [], {}, []
    for old in program._steps:
        step = _fold(_Step(old.op, tuple(places[i] for i in old.operands), old.label), steps)
        key = (step.op, old.operands if step.operands else (), repr(step.label))
        leaves = all(not program._steps[i].operands for i in old.operands)
        if leaves:
            key = (step.op, step.operands, repr(step.label))
        if key not in known or not leaves:
            known[key] = len(steps)
            steps.append(step)
        places.append(known[key])
    return Program(steps, places[program._output])
