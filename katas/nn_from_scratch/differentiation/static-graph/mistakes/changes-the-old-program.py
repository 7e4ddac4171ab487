"""optimize shortens the program that it gets, and returns it.

The old program then has different steps: its n_ops changes from 5 to 3. Make a new program.
"""


def optimize(program):
    steps, known, places = [], {}, []
    for old in program._steps:
        step = _fold(_Step(old.op, tuple(places[i] for i in old.operands), old.label), steps)
        key = (step.op, step.operands, repr(step.label))
        if key not in known:
            known[key] = len(steps)
            steps.append(step)
        places.append(known[key])
    program.__init__(steps, places[program._output])
    return program
