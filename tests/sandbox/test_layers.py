"""Each layer of protection alone, all of them together, and the messages when one is missing.

A layer cannot be removed again, so each is tested in its own process.
"""

from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from nnkata.cli import context
from nnkata.cli.commands import doctor as doctor_command
from nnkata.cli.commands import grade as grade_command
from nnkata.errors import NO_PROTECTION, KataError, MachineryError
from nnkata.grading.grader import require_protection
from nnkata.sandbox.child import confinement, credentials, landlock, seccomp, syscalls
from nnkata.sandbox.child.protocol import FORBIDDEN_ACTS, protection_level
from nnkata.sandbox.fork_server import ForkServer
from nnkata.sandbox.pool import WorkerPool

if TYPE_CHECKING:
    from ..conftest import Lab

HEAD = """
import contextlib, ctypes, errno, json, os, resource, signal, socket, sys, threading
from nnkata.sandbox.child import (
    confinement, credentials, landlock, namespaces, protocol, rlimits, seccomp, syscalls,
)

def did(act):
    try:
        act()
    except OSError as error:
        return errno.errorcode[error.errno] if error.errno else "OSError"
    except ValueError:  # what `resource` makes of EPERM
        return "EPERM"
    return "done"

def thread():
    one = threading.Thread(target=int)
    one.start()
    one.join()

def fork():
    if os.fork() == 0:
        os._exit(0)
    os.wait()

def refuse(*names):
    real = syscalls.call, syscalls.libc_call
    def refusing(which):
        def call(name, *arguments):
            if name in names:
                raise syscalls.SyscallError(errno.EPERM, f"{name}: not here")
            return which(name, *arguments)
        return call
    syscalls.call, syscalls.libc_call = map(refusing, real)
"""


def run(body: str, folder: Path, *, status: int = 0) -> Any:
    """Run lines in a process of their own that may do anything to itself; return what it tells."""
    (folder / "inside").mkdir(exist_ok=True)
    (folder / "inside" / "file").write_text("x")
    (folder / "outside").write_text("x")
    program = HEAD + f"FOLDER = {str(folder)!r}\n" + textwrap.dedent(body)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == status, done.stderr
    return json.loads(done.stdout) if done.stdout else None


def test_landlock_alone_closes_files_that_are_not_named(tmp_path: Path) -> None:
    report = run(
        """
        landlock.restrict(landlock.prepare([FOLDER + "/inside", FOLDER + "/not there"]))
        print(json.dumps({
            "read inside": did(lambda: open(FOLDER + "/inside/file").read()),
            "list inside": did(lambda: os.listdir(FOLDER + "/inside")),
            "write inside": did(lambda: open(FOLDER + "/inside/file", "w")),
            "make inside": did(lambda: os.mkdir(FOLDER + "/inside/folder")),
            "read outside": did(lambda: open(FOLDER + "/outside").read()),
            "list outside": did(lambda: os.listdir(FOLDER)),
            "remove": did(lambda: os.unlink(FOLDER + "/outside")),
            "run": did(lambda: os.execv(sys.executable, [sys.executable, "-c", ""])),
            "see": did(lambda: os.stat(FOLDER + "/outside")),
            "fork": did(fork),
        }))
        """,
        tmp_path,
    )
    refused = "write inside, make inside, read outside, list outside, remove, run".split(", ")
    assert {report.pop(name) for name in refused} == {"EACCES"}
    assert set(report.values()) == {"done"}
    assert landlock.abi() >= 1


def test_landlock_is_asked_for_no_more_than_the_kernel_knows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[int, int]] = []
    abi = 0

    def call(name: str, *arguments: Any) -> int:
        if name == "landlock_create_ruleset" and arguments[0] is not None:
            rules = arguments[0]._obj
            rights = rules.handled_access_fs, rules.handled_access_net, rules.scoped
            asked.append((arguments[1], sum(right.bit_count() for right in rights)))
        return abi

    monkeypatch.setattr(syscalls, "call", call)
    for known in (1, 2, 3, 4, 5, 6, 7, 99):
        abi = known
        landlock.prepare([])
    assert asked == [(8, 13), (8, 14), (8, 15), (16, 17), (16, 18), *[(24, 20)] * 3]


def test_seccomp_alone_closes_calls_and_leaves_what_python_needs(tmp_path: Path) -> None:
    report = run(
        """
        thread()
        seccomp.apply()
        libc = ctypes.CDLL(None, use_errno=True)
        def call(number, *arguments):
            if libc.syscall(ctypes.c_long(number), *arguments) < 0:
                raise OSError(ctypes.get_errno(), "")
        import fcntl
        print(json.dumps({
            "read": did(lambda: open(FOLDER + "/outside").read()),
            "thread": did(thread),
            "own signal": did(lambda: os.kill(os.getpid(), 0)),
            "own limit": did(lambda: resource.getrlimit(resource.RLIMIT_NOFILE)),
            "flags": did(lambda: fcntl.fcntl(1, fcntl.F_GETFL)),
            "terminal": did(lambda: os.isatty(1)),
            "fork": did(fork),
            "socket": did(socket.socket),
            "signal": did(lambda: os.kill(os.getppid(), 0)),
            "group": did(lambda: os.kill(0, 0)),
            "limit": did(lambda: resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)),
            "own new limit": did(lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (9, 9))),
            "owner": did(lambda: fcntl.fcntl(1, fcntl.F_SETOWN, os.getppid())),
            "signal of a descriptor": did(lambda: fcntl.fcntl(1, 10, 9)),
            "change": did(lambda: os.chmod(FOLDER + "/outside", 0o600)),
            "memory": did(lambda: os.memfd_create("x")),
            "unknown": did(lambda: call(0x3FFFFFFF)),
            "x32": did(lambda: call(0x40000000 | 39)),
            "thread in a namespace": did(lambda: call(56, 0x10010000, 0, 0, 0, 0)),
        }))
        """,
        tmp_path,
    )
    allowed = ("read", "thread", "own signal", "own limit", "flags", "terminal")
    assert {report.pop(name) for name in allowed} == {"done"}
    assert set(report.values()) == {"EPERM"}


def test_a_call_by_the_table_of_32_bit_programs_ends_the_process(tmp_path: Path) -> None:
    run(
        """
        import mmap
        page = mmap.mmap(-1, 4096, prot=7)
        page.write(bytes.fromhex("b814000000cd80c3"))
        getpid = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
        seccomp.apply()
        getpid()
        """,
        tmp_path,
        status=-31,  # SIGSYS
    )


def test_namespaces_alone_hide_paths_processes_and_the_network(tmp_path: Path) -> None:
    report = run(
        """
        server = socket.create_server(("127.0.0.1", 0))
        address = server.getsockname()
        root = FOLDER + "/root"
        os.mkdir(root)
        grader = os.getpid()
        how = namespaces.enter(root, [FOLDER + "/inside", "/dev/null"], [])
        print(json.dumps({
            "how": how, "pid": os.getpid(), "parent": os.getppid(), "top": sorted(os.listdir("/")),
            "read inside": did(lambda: open(FOLDER + "/inside/file").read()),
            "write inside": did(lambda: open(FOLDER + "/inside/file", "w")),
            "make": did(lambda: os.mkdir("/new")),
            "see outside": did(lambda: os.stat(FOLDER + "/outside")),
            "climb": did(lambda: os.stat("/../../../../" + FOLDER + "/outside")),
            "connect": did(lambda: socket.socket().connect(address)),
            "signal": did(lambda: os.kill(grader + 100_000, 0)),
            "processes": did(lambda: os.listdir("/proc")),
        }))
        """,
        tmp_path,
    )
    assert report["how"].endswith("net, ipc, pid, mount")
    assert (report["pid"], report["parent"]) == (1, 0)
    assert report["top"] == sorted({"dev", "given", tmp_path.parts[1]})
    assert report["read inside"] == "done"
    assert report["write inside"] == report["make"] == "EROFS"
    assert report["see outside"] == report["climb"] == report["processes"] == "ENOENT"
    assert report["connect"] == "ENETUNREACH"
    assert report["signal"] == "ESRCH"


def test_a_worker_is_a_user_of_its_own_or_at_least_without_capabilities(tmp_path: Path) -> None:
    report = run(
        """
        words = credentials.Identity([], in_new_root=True).drop()
        with open("/proc/self/status") as file:
            status = dict(line.split(":", 1) for line in file)
        print(json.dumps({
            "words": words, "uid": os.getresuid(), "groups": os.getgroups(),
            "capabilities": [status[k].strip() for k in ("CapEff", "CapPrm", "CapInh")],
            "back": did(lambda: os.setresuid(0, 0, 0)) if os.getuid() else "EPERM",
        }))
        """,
        tmp_path,
    )
    assert report["capabilities"] == ["0" * 16] * 3
    assert report["back"] == "EPERM"
    if os.getuid() == 0:
        assert report["words"] == credentials.OWN_USER
        assert len(set(report["uid"])) == 1
        assert report["uid"][0] in credentials.WORKER_USERS
        assert report["groups"] == []
    else:
        assert report["words"] == f"uid {os.getuid()}, no capabilities"


def test_root_stays_without_capabilities_where_others_could_not_read_python(
    tmp_path: Path,
) -> None:
    report = run(
        """
        os.chmod(FOLDER, 0o700)
        os.symlink(FOLDER + "/inside", FOLDER + "/link")
        words = credentials.Identity([FOLDER + "/link"], in_new_root=False).drop()
        with open("/proc/self/status") as file:
            effective = next(line.split()[1] for line in file if line.startswith("CapEff"))
        print(json.dumps([words, effective, did(lambda: os.chown(FOLDER, 1, 1))]))
        """,
        tmp_path,
    )
    words = "root without capabilities" if os.getuid() == 0 else "no capabilities"
    assert words in report[0]
    assert report[1:] == ["0" * 16, "EPERM"]


USER = """
import os
def user():
    return os.getuid()
"""


def test_each_worker_of_root_is_another_user(lab: Lab) -> None:
    """So the limit on processes, which the kernel counts per user, is each worker's own."""
    checks = "def test_user(solution):\n    'It is.'\n    assert solution.user() >= 0\n"
    course = lab.course({"a": {"exports": ["user"], "reference": USER, "checks": checks}})
    users = [lab.connect(course, "a", USER).user() for _ in range(4)]
    if os.getuid() == 0:
        assert len(set(users)) == 4
        assert set(users) < set(credentials.WORKER_USERS)
    else:
        assert set(users) == {os.getuid()}


def test_a_user_that_does_not_exist_here_is_replaced_by_nobody_or_by_no_rights(
    tmp_path: Path,
) -> None:
    """In a user namespace with one user, root can become no other."""
    report = run(
        """
        real = os.setresuid
        def setresuid(user, *rest):
            if user != os.getuid() and user in REFUSED:
                raise OSError(errno.EINVAL, "no such user here")
            real(user, *rest)
        os.setresuid = setresuid
        told = {}
        for name, REFUSED in {"nobody": credentials.WORKER_USERS, "none": range(2**16)}.items():
            reader, writer = os.pipe()
            if os.fork() == 0:
                words = credentials.Identity([], in_new_root=True).drop()
                os.write(writer, f"{words}|{os.getuid()}".encode())
                os._exit(0)
            os.wait()
            told[name] = os.read(reader, 1000).decode()
        print(json.dumps(told))
        """,
        tmp_path,
    )
    if os.getuid() == 0:
        assert report["nobody"] == "nobody, no capabilities|65534"
        assert report["none"].startswith("root without capabilities")
    else:
        assert set(report.values()) == {f"uid {os.getuid()}, no capabilities|{os.getuid()}"}


def test_limits_alone_hold_memory_files_threads_and_time(tmp_path: Path) -> None:
    report = run(
        """
        limits = rlimits.apply(512, 2)
        def fill():
            try:
                return len([bytes(2**27) for _ in range(rlimits.SPACE_MARGIN_MB // 128 + 4)])
            except MemoryError:
                return "MemoryError"
        def write():
            with open(FOLDER + "/outside", "w") as file:
                file.write("x" * 10)
        print(json.dumps({
            "limits": sorted(limits), "fill": fill(), "write": did(write),
            "open": did(lambda: [os.dup(0) for _ in range(100)]),
            "core": resource.getrlimit(resource.RLIMIT_CORE),
            "threads": resource.getrlimit(resource.RLIMIT_NPROC)[1],
        }))
        """,
        tmp_path,
    )
    assert report["limits"] == sorted(["memory", "cpu", "files", "open files", "core", "threads"])
    assert report["fill"] == "MemoryError"
    assert report["write"] == "EFBIG"
    assert report["open"] == "EMFILE"
    assert report["core"] == [0, 0]
    assert report["threads"] == 4096


def test_processor_time_ends(tmp_path: Path) -> None:
    body = """
    rlimits.apply(512, 1)
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    while True:
        pass
    """
    run(body, tmp_path, status=-9)


# --- the filter, instruction by instruction

LOAD, EQUAL, AT_LEAST, SET, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, REFUSE, NOT_THERE, KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
PID = 4711


def statements(machine: str) -> list[tuple[int, int, int, int]]:
    return list(struct.iter_unpack("=HBBI", seccomp.program(machine, PID)))


def run_filter(machine: str, number: int, *arguments: int, architecture: int | None = None) -> int:
    """Run the filter as the kernel does, and return what it answers."""
    known = seccomp.ARCHITECTURES[machine] if architecture is None else architecture
    full = [*arguments, *[0] * (6 - len(arguments))]
    data = struct.pack("<IIQ6Q", number, known, 0, *(a & (2**64 - 1) for a in full))
    lines, place, loaded = statements(machine), 0, 0
    while True:
        code, yes, no, value = lines[place]
        place += 1
        if code == LOAD:
            (loaded,) = struct.unpack_from("<I", data, value)
        elif code == RETURN:
            return value
        else:
            hit = {EQUAL: loaded == value, AT_LEAST: loaded >= value, SET: bool(loaded & value)}
            place += yes if hit[code] else no


@pytest.mark.parametrize("machine", seccomp.TABLES)
def test_every_path_through_the_filter_ends_in_an_answer(machine: str) -> None:
    lines = statements(machine)
    assert 4 < len(lines) < 4096
    assert lines[-1][0] == RETURN
    assert lines[-1][3] == REFUSE
    for place, (code, yes, no, value) in enumerate(lines):
        assert code in (LOAD, EQUAL, AT_LEAST, SET, RETURN)
        if code == RETURN:
            assert value in (ALLOW, REFUSE, NOT_THERE, KILL)
        elif code == LOAD:
            assert value % 4 == 0
            assert value < 64
        else:
            assert place + 1 + max(yes, no) < len(lines)


@pytest.mark.parametrize("machine", seccomp.TABLES)
def test_the_filter_allows_its_list_and_no_other_number(machine: str) -> None:
    table = seccomp.TABLES[machine]
    plain = {number for name, number in table.items() if name not in seccomp.CONDITIONAL}
    judged_by_arguments = set(table.values()) - plain
    assert len(set(table.values())) == len(table)
    for number in [*range(1024), 2**20, 2**30 - 1]:
        if number not in judged_by_arguments:
            assert run_filter(machine, number) == (ALLOW if number in plain else REFUSE), number
    for number in range(0x40000000, 0x40000000 + 600):  # x32, and what else has that bit
        assert run_filter(machine, number) == REFUSE
    assert run_filter(machine, 2**32 - 1) == REFUSE


@pytest.mark.parametrize("machine", seccomp.TABLES)
def test_the_filter_ends_a_process_of_another_architecture(machine: str) -> None:
    others = {0x40000003, 0x40000028, *seccomp.ARCHITECTURES.values(), 0}
    for other in others - {seccomp.ARCHITECTURES[machine]}:
        for number in (0, 1, 20, 60):
            assert run_filter(machine, number, architecture=other) == KILL


@pytest.mark.parametrize("machine", seccomp.TABLES)
def test_the_filter_looks_at_arguments_where_a_call_can_reach_others(machine: str) -> None:
    table = seccomp.TABLES[machine]

    def of(name: str, *arguments: int) -> int:
        return run_filter(machine, table[name], *arguments)

    thread, process = 0x3D0F00, 17
    assert of("clone", thread) == ALLOW
    namespaces = (0x10000000, 0x20000000, 0x40000000, 0x20000, 0x8000000, 0x4000000, 0x2000000)
    for flags in (process, 0, 0x4111, *(thread | flag for flag in namespaces), *namespaces):
        assert of("clone", flags) == REFUSE
    assert of("clone3", thread) == NOT_THERE
    for name in ("kill", "tgkill"):
        assert of(name, PID, 9) == ALLOW
        for pid in (0, 1, PID + 1, -1, -PID, 2**31):
            assert of(name, pid, 9) == REFUSE
    assert of("prlimit64", 0, 7, 0, 1) == ALLOW
    assert of("prlimit64", 0, 7, 1) == REFUSE
    assert of("prlimit64", 0, 7, 2**32) == REFUSE
    assert of("prlimit64", 1, 7, 0, 1) == REFUSE
    assert of("sched_getaffinity", 0) == ALLOW
    assert of("sched_getaffinity", 1) == REFUSE
    assert of("sendto", 3, 1, 1, 0, 0) == ALLOW
    assert of("sendto", 3, 1, 1, 0, 1) == REFUSE
    assert of("sendto", 3, 1, 1, 0, 2**32) == REFUSE
    for command in (0, 1, 2, 3, 4, 1030):
        assert of("fcntl", 3, command) == ALLOW
    for command in (8, 10, 15, 5, 6, 7, 1024, 1026, 1031, 1033, 2**31):
        assert of("fcntl", 3, command) == REFUSE
    assert of("ioctl", 1, 0x5401) == ALLOW
    for request in (0x5412, 0x8901, 0x8902, 0x5452, 0x540E, 0x5423, 0):
        assert of("ioctl", 1, request) == REFUSE


HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}


@pytest.mark.parametrize("machine", seccomp.TABLES)
def test_the_numbers_are_those_of_the_kernels_headers(machine: str) -> None:
    """Where the headers are not installed there is nothing to compare with."""
    header = HEADERS[machine]
    text = header.read_text() if header.is_file() else ""
    found = re.findall(r"^#define __NR(?:3264)?_(\w+)\s+(\d+)$", text, re.MULTILINE)
    numbers = {name: int(number) for name, number in found}
    wrong = {n: k for n, k in seccomp.TABLES[machine].items() if n in numbers and numbers[n] != k}
    assert wrong == {}
    assert not numbers or set(seccomp.TABLES[machine]) - {"newfstatat"} <= set(numbers)


def test_both_processors_allow_the_same_but_for_what_only_one_has() -> None:
    only = set(seccomp.TABLES["x86_64"]) - set(seccomp.TABLES["aarch64"])
    older = "open stat lstat poll access select dup2 readlink time"  # aarch64 never had them
    assert only == set(older.split())
    assert set(seccomp.TABLES["aarch64"]) < set(seccomp.TABLES["x86_64"])


# --- what the layers prove, and what is said


REFUSED = dict.fromkeys(FORBIDDEN_ACTS, "refused")
ALL_LAYERS = {
    "namespaces": "net, ipc, pid, mount", "identity": "nobody", "files": "Landlock ABI 7",
    "calls": "seccomp, 76 calls allowed",
}  # fmt: skip
SEEN = REFUSED | {"see a path": "allowed"}


def without(*layers: str) -> dict[str, str]:
    return {k: "none (not here)" if k in layers else words for k, words in ALL_LAYERS.items()}


def test_a_level_is_what_was_tried_and_refused() -> None:
    assert protection_level(ALL_LAYERS, REFUSED) == 2
    assert protection_level(ALL_LAYERS, SEEN) == 1
    for act in set(FORBIDDEN_ACTS) - {"see a path"}:
        left = {name: word for name, word in REFUSED.items() if name != act}
        assert protection_level(ALL_LAYERS, REFUSED | {act: "allowed"}) == 0
        assert protection_level(ALL_LAYERS, left) == 0
    assert protection_level(ALL_LAYERS, {}) == 0


def test_a_level_needs_its_layers_whatever_was_refused() -> None:
    no_root = ALL_LAYERS | {"namespaces": "net, ipc, pid (no file system of their own: mount: no)"}
    assert protection_level(without("namespaces"), REFUSED) == 1
    assert protection_level(without("files"), REFUSED) == 1  # the mount namespace hides files
    assert protection_level(no_root, REFUSED) == 1
    for layers in (
        without("files", "namespaces"), without("calls"), without("identity"), {},
        no_root | {"files": "none (no Landlock)"},
    ):  # fmt: skip
        assert protection_level(layers, REFUSED) == 0, layers
    for layer in ALL_LAYERS:
        left = {name: words for name, words in ALL_LAYERS.items() if name != layer}
        assert protection_level(left, REFUSED) < 2


@pytest.fixture(scope="module")
def protections() -> list[dict[str, dict[str, str]]]:
    """Return the protection of fork servers of level 0, 1 and 2."""
    found = []
    for level in (0, 1, 2):
        with ForkServer(level) as server:
            found.append(server.protection())
    return found


def test_each_level_refuses_the_acts_it_promises_to(
    protections: list[dict[str, dict[str, str]]],
) -> None:
    assert [protection_level(one["layers"], one["acts"]) for one in protections] == [0, 1, 2]
    assert [sorted(one["layers"]) for one in protections] == [
        ["calls"] * 0, ["calls", "files", "identity"], ["calls", "files", "identity", "namespaces"],
    ]  # fmt: skip
    for one in protections:
        assert set(one["acts"]) == set(FORBIDDEN_ACTS)
        assert not [words for words in one["layers"].values() if words.startswith("none")]
        assert one["unreadable"] == {}
    assert set(protections[0]["acts"].values()) == {"allowed"}
    assert protections[1]["acts"] == SEEN


LAYERS: dict[str, tuple[str, str, int]] = {
    "landlock_create_ruleset": ("files", "none", 0),
    "seccomp": ("calls", "none", 0),
    "unshare": ("namespaces", "none", 1),
    "capset": ("identity", "none", 0),
}
"""A call that a kernel may refuse: the layer that is gone, what is said, the level that is left."""


@pytest.mark.parametrize("refused", LAYERS)
def test_a_layer_that_the_kernel_refuses_lowers_the_level_and_is_said(
    refused: str, tmp_path: Path
) -> None:
    layer, words, level = LAYERS[refused]
    root = tmp_path / "root"
    root.mkdir()
    report = run(
        f"""
        refuse({refused!r})
        asked = 2 if {refused!r} == "unshare" else 1
        probes = confinement.Probes(FOLDER + "/outside", FOLDER + "/inside", [])
        layers = confinement.Confinement(asked, FOLDER + "/root", [])
        words = layers.confine()
        acts = probes.try_forbidden_acts(FOLDER + "/inside")
        print(json.dumps([words, protocol.protection_level(words, acts), acts]))
        """,
        tmp_path,
    )
    assert report[0][layer].startswith(words)
    assert refused in report[0][layer] or "no Landlock" in report[0][layer]
    assert report[1] == level, report[2]


OPEN_TO_ALL = {
    "read a file": ("/etc/passwd", "/etc/os-release"),
    "see a path": ("/home", "/proc", "/tmp"),
    "write a file": ("/tmp", "/var/tmp", "/dev/shm", "/given"),
    "read another process": ("status", "environ"),
    "use the network": ("connect", "send"),
    "signal another process": ("parent", "grader"),
}
"""What every user of a usual system can reach; `/given` is the folder of the given files."""


def test_each_act_is_tried_on_what_every_user_can_reach(tmp_path: Path) -> None:
    """Where one folder is closed by its permissions alone, another one is still open.

    Everything is refused here but one thing at a time: a file, a folder, a port or a process.
    """
    report = run(
        f"""
        def refuse_all_but(one):
            def act(*arguments):
                name = str(arguments[0]) if arguments else ""
                if one not in (name, os.path.basename(name)):
                    raise PermissionError(errno.EPERM, "")
            return act
        def reached():  # nobody listens on that port
            raise ConnectionRefusedError(errno.ECONNREFUSED, "")
        probes = confinement.Probes(FOLDER + "/outside", FOLDER + "/inside", [])
        os.getppid = lambda: 4711  # as in a process namespace of one's own
        places = {{
            "read a file": (confinement, "_read"), "see a path": (os, "stat"),
            "write a file": (confinement, "_write"), "read another process": (confinement, "_read"),
            "signal another process": (os, "kill"),
        }}
        pids = {{"parent": "4711", "grader": str(probes.grader_pid)}}
        told = {{}}
        for act, ways in {OPEN_TO_ALL!r}.items():
            for one in ways:
                for name in ("_read", "_write", "_fork", "_read_parent_limit", "_connect", "_send"):
                    setattr(confinement, name, refuse_all_but(None))
                os.stat = os.chmod = os.kill = os.memfd_create = refuse_all_but(None)
                if act in places:
                    setattr(*places[act], refuse_all_but(pids.get(one, one)))
                elif one == "connect":
                    confinement._connect = reached
                else:
                    confinement._send = lambda: None
                acts = probes.try_forbidden_acts("/given")
                allowed = [name for name, what in acts.items() if what == "allowed"]
                told[f"{{act}}: {{one}}"] = allowed
        print(json.dumps(told))
        """,
        tmp_path,
    )
    expected = {f"{act}: {one}": [act] for act, ways in OPEN_TO_ALL.items() for one in ways}
    for path in ("/etc/os-release", "/home", "/var/tmp", "/dev/shm"):  # not every system has them
        for act in ("read a file", "see a path", "write a file"):
            if not Path(path).exists():
                expected.pop(f"{act}: {path}", None)
                report.pop(f"{act}: {path}", None)
    assert report == expected


def test_a_part_of_a_package_that_a_worker_cannot_read_is_found(tmp_path: Path) -> None:
    report = run(
        """
        os.mkdir(FOLDER + "/root")
        for part in ("core", "fft", "testing"):
            os.makedirs(f"{FOLDER}/package/{part}")
            open(f"{FOLDER}/package/{part}/__init__.py", "w").close()
        os.chmod(FOLDER, 0o755)
        layers = confinement.Confinement(0, FOLDER + "/root", [FOLDER + "/package"])
        credentials.drop_capabilities()
        before = layers.find_unreadable()
        os.chmod(FOLDER + "/package/fft", 0)
        after = layers.find_unreadable()
        os.chmod(FOLDER + "/package/fft", 0o755)
        print(json.dumps([before, after]))
        """,
        tmp_path,
    )
    assert report == [{}, {f"{tmp_path}/package/fft/__init__.py": "Permission denied"}]


def test_a_worker_that_cannot_be_confined_does_not_run(tmp_path: Path) -> None:
    """Where the rules were made and then refused, nobody goes on without them."""
    body = """
    layers = confinement.Confinement(1, FOLDER, [])
    refuse("landlock_restrict_self")
    try:
        layers.confine()
    except OSError as error:
        print(json.dumps(str(error)))
    """
    assert "landlock_restrict_self" in run(body, tmp_path)


def test_a_system_without_any_layer_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def call(name: str, *arguments: object) -> int:
        raise syscalls.SyscallError("not here")

    monkeypatch.setattr(syscalls, "call", call)
    assert landlock.abi() == 0
    assert "needs Linux 5.13" in confinement.describe_available_layers()["files"]
    monkeypatch.setattr(syscalls, "machine", lambda: "riscv64")
    calls = confinement.describe_available_layers()["calls"]
    assert calls == "there is no seccomp filter for riscv64"
    with pytest.raises(syscalls.SyscallError, match="no filter for riscv64"):
        seccomp.apply()
    monkeypatch.setattr(sys, "platform", "darwin")
    assert confinement.describe_available_layers() == {
        "all": "the layers need Linux; on darwin only time and memory are limited"
    }


UNREADABLE = "numpy/fft/__init__.py (Permission denied)"


def test_nothing_runs_where_a_worker_cannot_read_its_packages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An honest `import numpy.fft` would fail there, and cost a learner all points."""

    def receive(server: ForkServer) -> dict[str, dict[str, str]]:
        return {
            "layers": ALL_LAYERS,
            "acts": REFUSED,
            "unreadable": dict([UNREADABLE.split(" ", 1)]),
        }

    monkeypatch.setattr(ForkServer, "_receive_protection", receive)
    with WorkerPool(ForkServer(1)) as pool:
        for ask in (pool.protection, pool.fork):
            with pytest.raises(MachineryError, match="cannot read numpy/fft") as error:
                ask()
            assert error.value.exit_code == 5


class ReportingPool(WorkerPool):
    """A pool that reports the acts and the layers it was created with."""

    def __init__(self, acts: dict[str, str], layers: dict[str, str] = ALL_LAYERS) -> None:
        self.acts = acts
        self.layers = layers

    def protection(self) -> dict[str, dict[str, str]]:
        return {"layers": self.layers, "acts": self.acts}

    def close(self) -> None:
        pass


def test_less_protection_than_was_asked_for_is_an_error_before_anything_runs() -> None:
    weak = ReportingPool(REFUSED | {"use the network": "allowed"})
    middle = ReportingPool(REFUSED | {"see a path": "x"})
    assert require_protection(weak, 0).level == 0
    assert require_protection(middle, 1).level == 1
    assert require_protection(ReportingPool(REFUSED), 2).level == 2
    nothing = ReportingPool({})
    bare = ReportingPool(REFUSED, without("files", "namespaces"))
    for pool, level, left in (
        (weak, 1, 0), (weak, 2, 0), (middle, 2, 1), (nothing, 1, 0), (bare, 1, 0),
    ):  # fmt: skip
        with pytest.raises(KataError, match=f"level {level} is required") as error:
            require_protection(pool, level)
        assert error.value.exit_code == NO_PROTECTION == 4
        assert f"--require {left}" in error.value.next_step


def grade(path: Path, *options: str) -> Result:
    arguments = [str(path), "--kata", "softmax", *options]
    return CliRunner().invoke(grade_command.command, arguments)


def test_kata_grade_ends_with_4_where_the_protection_cannot_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "mynn" / "forward" / "softmax.py"
    module.parent.mkdir(parents=True)
    module.write_text("x = 1\n")
    monkeypatch.setattr(context, "start_pool", lambda: WorkerPool(ForkServer(0)))
    for options in ([], ["--require", "1"], ["--require", "2"]):
        done = grade(tmp_path, *options)
        assert done.exit_code == 4
        assert "only level 0 is available here" in done.output
    done = grade(tmp_path, "--require", "0", "--json")
    assert done.exit_code == 0, done.output
    report = json.loads(done.stdout)["protection"]
    assert report["level"] == 0
    assert {report[key] for key in ("files", "network", "processes")} == {"not blocked"}
    monkeypatch.setattr(context, "start_pool", lambda: WorkerPool(ForkServer(1)))
    done = grade(tmp_path, "--json")
    assert json.loads(done.stdout)["protection"]["level"] == 1
    assert grade(tmp_path, "--require", "2").exit_code == 4


def test_doctor_says_what_holds_and_what_would_be_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    def doctor(level: int) -> list[str]:
        monkeypatch.setattr(context, "start_pool", lambda: WorkerPool(ForkServer(level)))
        done = CliRunner().invoke(doctor_command.command)
        assert done.exit_code == 0, done.output
        return [line.strip() for line in done.output.splitlines()]

    for level in (0, 1, 2):
        lines = doctor(level)
        assert f"Protection while a module is checked: level {level}" in lines
        assert {line.partition(":")[0] for line in lines} >= set(FORBIDDEN_ACTS)
        enough = "This is enough for your own code, but not for code that you have not read."
        assert (enough in lines) == (level == 0)
    assert "calls: seccomp" in doctor(0)
    assert f"files: Landlock ABI {landlock.abi()}" in doctor(1)
    assert "see a path: allowed" in doctor(1)
    assert "see a path: refused" in doctor(2)


# --- the same on lesser systems

THREAT_MODEL = Path(__file__).parents[2] / "docs" / "grader" / "threat-model.md"


def table_of_systems() -> dict[tuple[str, ...], list[str]]:
    """Return the levels and exit codes that the documentation states, by system."""
    lines = THREAT_MODEL.read_text(encoding="utf-8").splitlines()
    cells = [[c.strip() for c in line.strip("|").split("|")] for line in lines if line[:1] == "|"]
    return {tuple(row[:4]): row[4:] for row in cells if len(row) == 7 and row[0] in ("yes", "no")}


def test_each_lesser_system_has_the_level_and_the_exit_codes_of_the_table() -> None:
    """No Landlock, no namespaces; root and a user; packages in an open and a closed folder."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.sandbox.lesser_systems"],
        cwd=THREAT_MODEL.parents[2], capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    written, found = table_of_systems(), {}
    assert len(written) == 16
    for row in json.loads(done.stdout):
        key = [*("yes" if row[n] else "no" for n in ("landlock", "namespaces"))]
        default, two, zero = row["exit_codes"]
        found[*key, row["user"], row["packages"]] = [str(row["level"]), str(default), str(two)]
        assert zero == 0
        assert row["honest"], row
        assert row["confined"] == (row["level"] >= 1), row
    assert len(found) == (16 if os.getuid() == 0 else 8)
    assert found == {key: written[key] for key in found}
