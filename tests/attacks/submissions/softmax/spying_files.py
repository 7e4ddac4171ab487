"""Opens the hidden checks, the reference, a file beside the submission and system files by their exact paths.

A correct grader: lets it read Python, numpy and shared libraries only.
Expect: error
"""

FOUND = []


def worked(**acts):
    """Do each act, and say which of them were not refused."""
    done = []
    for name, act in acts.items():
        try:
            act()
        except BaseException:
            continue
        done.append(name)
    raise RuntimeError("worked: " + (", ".join(done) or "nothing") + ".\n" + "\n".join(FOUND))


def read(path):
    """Keep the end of one of our own files."""
    with open(path) as file:
        FOUND.append(file.read()[-300:])


def only_open(path):
    """Show that a file of the system can be opened, and look at nothing in it."""
    open(path).close()


def softmax(*arguments, **named):
    FOUND.clear()
    worked(
        checks=lambda: read("@checks@"),
        reference=lambda: read("@reference@"),
        beside=lambda: read("@beside@"),
        passwords=lambda: only_open("/etc/passwd"),
        shadow=lambda: only_open("/etc/shadow"),
        version=lambda: only_open("/etc/os-release"),
    )


log_softmax = logsumexp = softmax
