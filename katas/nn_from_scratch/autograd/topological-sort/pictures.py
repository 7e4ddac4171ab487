"""The learner's own sort: it lays out the map of the course."""


def order(solution, needs):
    """Return the katas of the course in the order of the learner's sort; see course.toml, `map`."""
    return solution.probe.names_in_order(needs)
