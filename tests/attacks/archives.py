"""Folders and archives that attack whoever opens them; each builder makes one at a path."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import shutil
import struct
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

MODULE = "mynn/forward/softmax.py"
IDLE = "def softmax(*arguments, **named): pass\nlog_softmax = logsumexp = softmax\n"
FORGED = "raise SystemExit('a file of the submission was run')\n"
MIB = 2**20


@dataclass(frozen=True)
class Trap:
    """One folder or archive: what it tries, what it earns, and words of the refusal.

    There is more than one wording where the speed of the machine decides which limit is met first.
    """

    name: str
    tries: str
    build: Callable[[Path, str, Path], None]
    """Makes it at a path, of the text of a correct module; the last is the reference's file."""
    marks: str
    words: tuple[str, ...]

    @property
    def kind(self) -> str:
        return self.name.partition("_")[0]


TRAPS: list[Trap] = []
Build = Callable[[Path, str, Path], None]


def trap(name: str, tries: str, marks: str = "0", *words: str) -> Callable[[Build], Build]:
    def add(build: Build) -> Build:
        TRAPS.append(Trap(name, tries, build, marks, words))
        return build

    return add


def zipped(
    path: Path, files: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED
) -> None:
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", method) as archive:
        warnings.simplefilter("ignore")  # two files of the same name
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name.rstrip("\0")), text, method)


def tarred(path: Path, members: list[tuple[str, bytes, str]], mode: str = "w") -> None:
    """Write a tar archive of (type, name, content or target)."""
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for kind, data, name in members:
            info = tarfile.TarInfo(name)
            info.type = kind.encode()
            if kind in ("1", "2"):
                info.linkname = data.decode()
                archive.addfile(info)
            else:
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))


def module(folder: Path, text: str) -> Path:
    file = folder / MODULE
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    return file


@trap("archive_right_zip", "Nothing: a correct module in a zip archive, inside one folder.", "all")
def _(path: Path, right: str, reference: Path) -> None:
    zipped(path, {f"ada/{MODULE}": right, "ada/README.md": "hello"})


@trap("archive_right_tar", "Nothing: a correct module in a tar.gz archive.", "all")
def _(path: Path, right: str, reference: Path) -> None:
    tarred(path, [("0", right.encode(), MODULE)], "w:gz")


@trap(
    "archive_traversal_zip",
    "Names that lead out of the archive: ../, /, backslashes.",
    "person",
    "leads out",
)
def _(path: Path, right: str, reference: Path) -> None:
    names = [f"../{MODULE}", f"/{MODULE}", f"mynn/../../{MODULE}", f"..\\{MODULE}", f"C:\\{MODULE}"]
    zipped(path, dict.fromkeys(names, right))


@trap("archive_traversal_tar", "The same in a tar archive.", "person", "leads out")
def _(path: Path, right: str, reference: Path) -> None:
    names = [f"../{MODULE}", f"/{MODULE}", f"mynn/../../{MODULE}"]
    tarred(path, [("0", right.encode(), name) for name in names])


@trap("archive_symlink_zip", "The module is a symbolic link to the reference.", "0", "a link")
def _(path: Path, right: str, reference: Path) -> None:
    info = zipfile.ZipInfo(MODULE)
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, str(reference))


@trap("archive_symlink_tar", "The module is a symbolic link to the reference.", "0", "a link")
def _(path: Path, right: str, reference: Path) -> None:
    tarred(path, [("2", str(reference).encode(), MODULE)])


@trap("archive_hard_link_tar", "The module is a hard link to the reference.", "0", "a link")
def _(path: Path, right: str, reference: Path) -> None:
    tarred(path, [("1", str(reference).encode(), MODULE)])


@trap(
    "archive_devices_tar",
    "The module is a device, a pipe, a contiguous or an unknown thing.",
    "0",
    "a special file",
)
def _(path: Path, right: str, reference: Path) -> None:
    tarred(
        path,
        [
            ("3", b"", MODULE),
            ("4", b"", "mynn/a.py"),
            ("6", b"", "mynn/b.py"),
            ("Q", b"", "mynn/c.py"),
        ],
    )


@trap("archive_sparse_tar", "A sparse file of eight gigabytes.", "person", "damaged")
def _(path: Path, right: str, reference: Path) -> None:
    info = tarfile.TarInfo(MODULE)
    info.pax_headers = {
        "GNU.sparse.major": "1",
        "GNU.sparse.minor": "0",
        "GNU.sparse.realsize": str(2**33),
    }
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(info)


@trap("archive_bomb_zip", "A module of 60 megabytes in 60 kilobytes.", "0", "larger than")
def _(path: Path, right: str, reference: Path) -> None:
    zipped(path, {MODULE: b" " * 60 * MIB})


@trap(
    "archive_bomb_bzip2_zip",
    "A hundred megabytes in a hundred bytes of bzip2, which zip readers unpack in one go.",
    "person",
    "a method other than deflate",
)
def _(path: Path, right: str, reference: Path) -> None:
    zipped(path, {MODULE: b" " * 100 * MIB}, zipfile.ZIP_BZIP2)


@trap(
    "archive_bomb_tar_bz2",
    "A tar archive of 20 gigabytes in a few kilobytes.",
    "person",
    "more than 64 MiB",
)
def _(path: Path, right: str, reference: Path) -> None:
    path.write_bytes(bz2.compress(_header("junk", 2**34)) + bz2.compress(bytes(100 * MIB)) * 200)


@trap(
    "archive_bomb_tar_gz",
    "A tar archive of a gigabyte in a megabyte.",
    "person",
    "more than 64 MiB",
)
def _(path: Path, right: str, reference: Path) -> None:
    path.write_bytes(gzip.compress(_header("junk", 2**30)) + gzip.compress(bytes(64 * MIB), 1) * 16)


@trap(
    "archive_bomb_tar_xz",
    "A tar archive that asks for two gigabytes of memory to be unpacked.",
    "person",
    "Memory usage",
)
def _(path: Path, right: str, reference: Path) -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 2**20}]
    packed = bytearray(lzma.compress(_header("junk", 0), lzma.FORMAT_XZ, filters=filters))
    size = (packed[12] + 1) * 4  # the header of the first block
    packed[packed.index(b"\x21\x01", 12) + 2] = 38  # two gigabytes
    packed[8 + size : 12 + size] = zlib.crc32(packed[12 : 8 + size]).to_bytes(4, "little")
    path.write_bytes(packed)


@trap("archive_many_names_zip", "Thirty thousand names.", "person", "more than 20000 names")
def _(path: Path, right: str, reference: Path) -> None:
    zipped(path, {MODULE: right} | {f"mynn/{n}.py": "" for n in range(30_000)}, zipfile.ZIP_STORED)


@trap(
    "archive_long_contents_zip",
    "A table of contents of megabytes, before any name is counted.",
    "person",
    "more than 20000 names",
)
def _(path: Path, right: str, reference: Path) -> None:
    zipped(
        path, {MODULE: right} | {f"{n}" + "x" * 240: "" for n in range(16_000)}, zipfile.ZIP_STORED
    )


@trap("archive_many_names_tar", "Thirty thousand names.", "person", "more than 20000 names")
def _(path: Path, right: str, reference: Path) -> None:
    path.write_bytes(b"".join(_header(f"mynn/{n}.py", 0) for n in range(30_000)))


@trap(
    "archive_case_clash",
    "Two modules whose names differ in case only.",
    "person",
    "differ only in case",
)
def _(path: Path, right: str, reference: Path) -> None:
    zipped(path, {MODULE: right, "mynn/Forward/Softmax.py": IDLE})


@trap(
    "archive_two_of_one_name",
    "Two modules of the same name: which of them is graded?",
    "person",
    "two names are equal",
)
def _(path: Path, right: str, reference: Path) -> None:
    zipped(path, {MODULE: IDLE, f"./{MODULE}": right})


@trap(
    "archive_control_characters",
    "Names with terminal control characters, markup and lone surrogates beside a correct module.",
    "all",
    "\\x1b",
)
def _(path: Path, right: str, reference: Path) -> None:
    names = [
        "\x1b[2J\x1b]0;x\x07",
        "\u202egpj.exe",
        "<script>alert(1)</script>",
        "::set-output name=x::1",
        "=1+1",
        "a\nb",
    ]
    files: dict[str, str | bytes] = {f"mynn/{name}.py": "" for name in names}
    zipped(path, files | {MODULE: right})


@trap(
    "archive_undecodable_names",
    "Names that are not UTF-8 beside a correct module.",
    "all",
    "characters that are not allowed",
)
def _(path: Path, right: str, reference: Path) -> None:
    tarred(path, [("0", right.encode(), MODULE), ("0", b"", os.fsdecode(b"mynn/\xff\xfe.py"))])


@trap("archive_encrypted", "An encrypted module.", "person", "encrypted")
def _(path: Path, right: str, reference: Path) -> None:
    zipped(path, {MODULE: right})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)


@trap(
    "archive_sizes_below_zero",
    "Headers with sizes below zero, on which readers loop forever.",
    "person",
    "a size below zero",
)
def _(path: Path, right: str, reference: Path) -> None:
    path.write_bytes(_header("a", -512, b"x") + _header(MODULE, 0))


@trap(
    "archive_slow_header",
    "An extended header of 200 000 digits, which readers match in quadratic time.",
    "person",
    "reading it takes more than",
)
def _(path: Path, right: str, reference: Path) -> None:
    path.write_bytes(_header("a", 200_192, b"x") + b"9" * 200_192 + _header(MODULE, 0))


@trap(
    "archive_cut_off", "An archive that ends in the middle.", "person", "neither a folder nor a zip"
)
def _(path: Path, right: str, reference: Path) -> None:
    zipped(path, {MODULE: right})
    path.write_bytes(path.read_bytes()[:100])


@trap(
    "archive_short_tar",
    "A tar archive that ends in the middle of the module.",
    "person",
    "unexpected end of data",
)
def _(path: Path, right: str, reference: Path) -> None:
    path.write_bytes(_header(MODULE, 10_000) + b"x" * 100)


@trap("archive_empty", "An empty file.", "person", "neither a folder nor a zip")
def _(path: Path, right: str, reference: Path) -> None:
    path.write_bytes(b"")


@trap(
    "archive_pax_records_gz",
    "Thirteen million records of an extended header, in 100 KB of tar.gz.",
    "person",
    "is rejected: reading it takes more than",
)
def _(path: Path, right: str, reference: Path) -> None:
    path.write_bytes(gzip.compress(_many_records()))


@trap(
    "archive_pax_records_bz2",
    "The same in 5 KB of tar.bz2.",
    "person",
    "is rejected: reading it takes more than",
)
def _(path: Path, right: str, reference: Path) -> None:
    path.write_bytes(bz2.compress(_many_records()))


@trap(
    "archive_gzip_members",
    "Thirty megabytes of empty gzip members, each of which is read on its own.",
    "person",
    "is rejected: reading it takes more than",
    "it is neither a folder nor a zip or tar archive",
)
def _(path: Path, right: str, reference: Path) -> None:
    path.write_bytes(gzip.compress(b"") * (30 * MIB // 20))


@trap(
    "archive_zip64_comment",
    "A zip64 table of contents of 600 000 names after a comment of 64 KiB.",
    "person",
    "is rejected: reading it takes more than",
    "it contains more than 20000 names",
)
def _(path: Path, right: str, reference: Path) -> None:
    count = 600_000
    entry = b"PK\1\2" + bytes(24) + (1).to_bytes(2, "little") + bytes(16) + b"a"
    table = entry * count
    end64 = b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, count, count, len(table), 0)
    locator = b"PK\6\7" + struct.pack("<IQI", 0, len(table), 1)
    end = b"PK\5\6" + struct.pack(
        "<HHHHIIH", 0, 0, 2**16 - 1, 2**16 - 1, 2**32 - 1, 2**32 - 1, 2**16 - 1
    )
    path.write_bytes(table + end64 + locator + end + b"x" * (2**16 - 1))


@trap("archive_refused_names", "Twelve thousand names that are refused.", "all", "11980 more names")
def _(path: Path, right: str, reference: Path) -> None:
    files: dict[str, str | bytes] = {f"../{n}{'x' * 100}": "" for n in range(12_000)}
    zipped(path, files | {MODULE: right}, zipfile.ZIP_STORED)


@trap(
    "archive_shadows",
    "Files that others load of themselves: conftest.py, sitecustomize.py, pytest.ini.",
    "idle",
)
def _(path: Path, right: str, reference: Path) -> None:
    names = (
        "conftest.py sitecustomize.py usercustomize.py numpy.py pytest.py math.py mynn/conftest.py"
    )
    files: dict[str, str | bytes] = dict.fromkeys(names.split(), FORGED)
    zipped(path, files | {"pytest.ini": "[pytest]\naddopts = -p forge\n", MODULE: IDLE})


@trap(
    "folder_shadows", "The same in a folder, with a numpy beside the module and .pth files.", "idle"
)
def _(path: Path, right: str, reference: Path) -> None:
    module(path, IDLE)
    for name in "conftest.py sitecustomize.py numpy.py mynn/numpy.py mynn/forward/math.py".split():
        (path / name).write_text(FORGED)
    (path / "x.pth").write_text("import sys; sys.exit(1)\n")
    (path / "pytest.ini").write_text("[pytest]\naddopts = -p forge\n")


@trap("folder_symlink_module", "The module is a symbolic link to the reference.", "0", "link")
def _(path: Path, right: str, reference: Path) -> None:
    module(path, right).unlink()
    (path / MODULE).symlink_to(reference)


@trap(
    "folder_symlink_inside",
    "The folder of the module is a symbolic link to the reference's.",
    "0",
    "link",
)
def _(path: Path, right: str, reference: Path) -> None:
    (path / "mynn").mkdir(parents=True)
    (path / "mynn/forward").symlink_to(reference.parent)


@trap(
    "folder_symlink_package",
    "The package is a symbolic link to the reference's.",
    "person",
    "no file",
)
def _(path: Path, right: str, reference: Path) -> None:
    path.mkdir()
    (path / "mynn").symlink_to(reference.parents[1])


@trap(
    "folder_symlink_in_folder",
    "A folder in the submission whose package is a symbolic link to the reference's.",
    "person",
    "no file",
)
def _(path: Path, right: str, reference: Path) -> None:
    (path / "top").mkdir(parents=True)
    (path / "top/mynn").symlink_to(reference.parents[1])


@trap(
    "folder_is_a_link",
    "The submission is a symbolic link to the reference's folder.",
    "person",
    "is a link",
)
def _(path: Path, right: str, reference: Path) -> None:
    path.symlink_to(reference.parents[2])


@trap(
    "folder_pipe_module", "The module is a pipe that nobody writes to.", "0", "not a regular file"
)
def _(path: Path, right: str, reference: Path) -> None:
    module(path, right).unlink()
    os.mkfifo(path / MODULE)


@trap(
    "folder_is_a_pipe",
    "The submission is a pipe that nobody writes to.",
    "person",
    "neither a folder nor",
)
def _(path: Path, right: str, reference: Path) -> None:
    os.mkfifo(path)


@trap("folder_for_a_module", "The module is a folder.", "0", "not a regular file")
def _(path: Path, right: str, reference: Path) -> None:
    module(path, right).unlink()
    (path / MODULE).mkdir()


@trap(
    "folder_huge_module",
    "A module of a terabyte that takes no room on the disk.",
    "0",
    "larger than",
)
def _(path: Path, right: str, reference: Path) -> None:
    os.truncate(module(path, right), 2**40)


@trap(
    "folder_null_bytes",
    "A module with NUL bytes, which end texts for some readers.",
    "0",
    "NUL byte",
)
def _(path: Path, right: str, reference: Path) -> None:
    module(path, right + "\0\nraise SystemExit\n")


@trap("folder_not_utf8", "A module that is not UTF-8.", "0", "not UTF-8")
def _(path: Path, right: str, reference: Path) -> None:
    module(path, right).write_bytes(b"# \xff\xfe\n" + right.encode())


@trap(
    "folder_unreadable_beside",
    "Ten thousand files, deep folders and unreadable ones beside a correct module.",
    "all",
)
def _(path: Path, right: str, reference: Path) -> None:
    module(path, right)
    for number in range(10_000):
        (path / f"{number}").touch()
    deep = path / "/".join("d" * 200)
    deep.mkdir(parents=True)
    (path / "locked").mkdir(mode=0)


@trap(
    "folder_two_packages",
    "Two folders with a package each: which of them is graded?",
    "person",
    "more than once",
)
def _(path: Path, right: str, reference: Path) -> None:
    module(path / "a", right)
    shutil.copytree(path / "a", path / "b")


def _many_records() -> bytes:
    """Return a tar archive with an extended header of thirteen million records."""
    records = b"5 a=\n" * 13_000_000
    records += bytes(-len(records) % 512)
    return _header("a", len(records), b"x") + records + _header(MODULE, 0)


def _header(name: str, size: int, kind: bytes = b"0") -> bytes:
    """Return a tar header with any size at all."""
    head = bytearray(512)
    head[: len(name)] = name.encode()
    head[100:124] = b"0000644\0" + b"0000000\0" * 2
    head[124:136] = (
        b"%011o\0" % size if 0 <= size < 2**33 else size.to_bytes(12, "big", signed=True)
    )
    if size >= 2**33:
        head[124] = 0x80
    head[136:148] = b"00000000000\0"
    head[148:156] = b" " * 8
    head[156:157] = kind
    head[257:265] = b"ustar\x0000"
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head)
