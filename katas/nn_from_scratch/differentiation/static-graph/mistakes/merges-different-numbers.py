"""optimize does not look at the number of a constant or of an exponent when it merges.

x + 1 and x + 2 become the same step, because both constants have the same operation and no
operands. Compare the number too.
"""


def optimize(program):
    steps, known, places = [], {}, []
    for old in program._steps:
        step = _fold(_Step(old.op, tuple(places[i] for i in old.operands), old.label), steps)
        label = step.label if step.op == "placeholder" else ""
        key = (step.op, step.operands, label)
        if key not in known:
            known[key] = len(steps)
            steps.append(step)
        places.append(known[key])
    return Program(steps, places[program._output])
