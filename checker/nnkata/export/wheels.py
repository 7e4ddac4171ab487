"""Build wheels of the installed distributions: complete, or for learners.

A wheel is built from the installed files, so it is the same whether nnkata was installed from an
index or as an editable checkout, and building it needs no network.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from msgspec import Struct

from .. import __version__
from ..course.loading import Pack, read_pack
from ..entry_points import entry_points
from ..errors import KataError, MachineryError
from ..hookspecs import NAME
from ..model import Course, Kata

TEMPLATES = "nnkata_templates"
TIMESTAMP = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive, so that the same files give the same bytes."""
NOT_SHIPPED = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "WHEEL", "METADATA")
"""Metadata files that describe the installation, or that are generated here."""
KATA_TEXTS = ("stub.py", "checks.py", "pictures.py", "probes.py")
"""The Python files of a kata's folder that a learner's wheel may contain."""


class CourseDistribution(Struct, frozen=True):
    """A distribution that is part of a course: its packages, and its course folders."""

    distribution: str
    packages: dict[str, Path]
    packs: list[Pack]


class LearnerContents(Struct, frozen=True):
    """The optional parts of a learner's wheel."""

    reference: bool = False
    checks: bool = True

    @property
    def label(self) -> str:
        """The label of its version, with which `pip list` shows that it is not complete."""
        return "+learner" + ".reference" * self.reference + ".unchecked" * (not self.checks)


class Wheel(Struct, frozen=True):
    """A wheel: its file name and its bytes."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """The SHA-256 of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


def distributions_of(course: Course, roots: Iterable[tuple[str, Path]]) -> list[CourseDistribution]:
    """Return the distributions that a course needs: nnkata first, then packs that extend it.

    `roots` are (plugin, folder) of every installed course. Raises `KataError` if one of them was
    not installed as a distribution with packages.
    """
    points = entry_points(NAME)
    owner = {point.name: point.distribution for point in points}
    used = {course.root} | {kata.folder.parent.parent for kata in course.katas.values()}
    packs: dict[str, list[Pack]] = {NAME: []}
    for plugin, root in roots:
        distribution = owner.get(plugin, "")
        if root not in used and distribution != NAME:
            continue
        if not distribution:
            raise KataError(
                f"the course in {root} does not come from an installed distribution",
                next_step="install it: pip install FOLDER",
            )
        packs.setdefault(distribution, []).append(read_pack(root, plugin))
    distributions = []
    for distribution, own in packs.items():
        modules = {p.value.partition(":")[0] for p in points if p.distribution == distribution}
        names = {module.partition(".")[0].strip() for module in modules}
        names |= {pack.file.reference for pack in own} | set(_installed_packages(distribution))
        if distribution == NAME:
            names.add(TEMPLATES)
        distributions.append(
            CourseDistribution(
                distribution, {n: _package(n, distribution) for n in sorted(names)}, own
            )
        )
    return distributions


def build_wheel(part: CourseDistribution, learner: LearnerContents | None = None) -> Wheel:
    """Return the wheel of a distribution; with `learner`, only the files for a learner."""
    about = _metadata(part, learner)
    version = re.search(r"^Version: (.+)$", about, re.MULTILINE)
    assert version is not None
    stem = f"{re.sub(r'[-_.]+', '_', part.distribution).lower()}-{version[1].strip()}"
    info = f"{stem}.dist-info"
    files = {}
    for name, folder in part.packages.items():
        for path in _files(folder):
            inside = path.relative_to(folder).as_posix()
            if learner is None or _is_shipped(path, part.packs, learner):
                files[f"{name}/{inside}"] = path.read_bytes()
    if learner is not None and not learner.reference:
        for pack in part.packs:
            files.setdefault(f"{pack.file.reference}/__init__.py", _EMPTY.encode())
    tags = _tags(part.distribution)
    files |= {f"{info}/{name}": data for name, data in _metadata_files(part.distribution)}
    files[f"{info}/METADATA"] = about.encode()
    files[f"{info}/WHEEL"] = _wheel(tags).encode()
    files[f"{info}/RECORD"] = _record(files, f"{info}/RECORD").encode()
    return Wheel(f"{stem}-{_join_tags(tags)}.whl", build_archive(files))


def build_archive(files: Mapping[str, bytes], programs: frozenset[str] = frozenset()) -> bytes:
    """Return a zip archive of files; the same files always give the same bytes."""
    import io

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, TIMESTAMP)
            entry.create_system = 3  # Unix, whose permissions follow
            entry.external_attr = (0o100755 if name in programs else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def pin_requirements(
    distributions: Iterable[CourseDistribution], lock: Path | None = None
) -> list[str]:
    """Return `name==version` for every installed requirement of the distributions.

    With a `lock`, the path of a uv.lock, each pin has the hashes of its wheels, and pip installs
    no other file. Raises `KataError` if the lock lacks an installed version.
    """
    own = {_canonical(part.distribution) for part in distributions}
    todo, versions = sorted(own), {}
    while todo:
        for requirement in metadata.requires(todo.pop()) or []:
            name = _canonical(re.split(r"[^\w.-]", requirement.strip(), maxsplit=1)[0])
            if name in own or name in versions or re.search(r";.*\bextra\b", requirement):
                continue
            try:
                versions[name] = metadata.version(name)
            except metadata.PackageNotFoundError:  # for another system or another Python
                continue
            todo.append(name)
    pins = sorted(versions.items())
    if lock is None:
        return [f"{name}=={version}" for name, version in pins]
    known = _read_lock(lock)
    for name, version in pins:
        if not known.get((name, version)):
            raise KataError(
                f"{lock} has no hash of {name} {version}, which is installed here",
                next_step="install the versions in the lock: uv sync",
            )
    return [
        " ".join([f"{name}=={version}", *(f"--hash={h}" for h in sorted(known[name, version]))])
        for name, version in pins
    ]


def _read_lock(path: Path) -> dict[tuple[str, str], set[str]]:
    """Return the hashes of the wheels in a uv.lock, by canonical name and version."""
    import tomllib

    try:
        packages = tomllib.loads(path.read_text(encoding="utf-8"))["package"]
        return {
            (_canonical(package["name"]), package["version"]): {
                wheel["hash"] for wheel in package.get("wheels", ())
            }
            for package in packages
            if "version" in package
        }
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise KataError(
            f"{path} cannot be read as a uv.lock: {error}", next_step="name a uv.lock"
        ) from None


def katas_without_reference(katas: Iterable[Kata]) -> list[Kata]:
    """Return the katas whose reference solution is not installed."""
    return [kata for kata in katas if not kata.reference.is_file()]


_EMPTY = '"""The reference solutions are not in this installation."""\n'


def _is_shipped(path: Path, packs: list[Pack], learner: LearnerContents) -> bool:
    """Return whether a learner's wheel contains a file."""
    for pack in packs:
        if path.is_relative_to(pack.reference_root):
            inside = path.relative_to(pack.reference_root).as_posix()
            return learner.reference or inside in pack.file.given or path.name == "py.typed"
        if path.is_relative_to(pack.root):
            return _is_kata_file_shipped(path, pack.root, learner)
    return True


def _is_kata_file_shipped(path: Path, root: Path, learner: LearnerContents) -> bool:
    """Return whether a learner's wheel contains a file of a course folder.

    For each kata, it contains the lesson, pictures, kata.toml, stub, probes and optional parts.
    """
    folder = next((p for p in path.parents if (p / "kata.toml").is_file()), None)
    if folder is None or not folder.is_relative_to(root):
        return True
    inside = PurePosixPath(path.relative_to(folder).as_posix())
    if inside.name == "checks.py" and not learner.checks:
        return False
    if inside.parts[0] in ("mistakes", "variants") or inside.name == "mutants.toml":
        return learner.reference
    return inside.suffix != ".py" or str(inside) in KATA_TEXTS


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(p.startswith(".") or p == "__pycache__" for p in parts)
        if path.is_file() and not hidden and path.suffix not in (".pyc", ".partial"):
            yield path


def _package(name: str, distribution: str) -> Path:
    spec = find_spec(name)
    places = list(spec.submodule_search_locations or []) if spec is not None else []
    if not places:
        raise KataError(
            f"the distribution {distribution} offers {name}, which is not a package in a folder",
            next_step=f"make {name} a folder with an __init__.py, and install it again",
        )
    return Path(places[0])


def _installed_packages(distribution: str) -> Iterator[str]:
    """Yield the packages that an installation copied; none if it is editable."""
    for file in _distribution(distribution).files or []:
        if len(file.parts) == 2 and file.name == "__init__.py":
            yield file.parts[0]


def _distribution(name: str) -> metadata.Distribution:
    try:
        return metadata.distribution(name)
    except metadata.PackageNotFoundError:
        raise MachineryError(
            f"the distribution {name} is not installed, so no wheel can be built",
            next_step=f"install it: pip install {name}",
        ) from None


def _metadata_files(distribution: str) -> Iterator[tuple[str, bytes]]:
    """Yield the metadata files of a distribution that do not depend on the installation."""
    installed = _distribution(distribution)
    for file in installed.files or []:
        if file.parts[0].endswith(".dist-info") and file.name not in NOT_SHIPPED:
            yield "/".join(file.parts[1:]), Path(str(installed.locate_file(file))).read_bytes()


def _metadata(part: CourseDistribution, learner: LearnerContents | None) -> str:
    """Return METADATA; for a learner without the README, which contains solutions."""
    text = _distribution(part.distribution).read_text("METADATA") or ""
    known = re.search(rf"^Version: {re.escape(__version__)}(\+\S+)?$", text, re.MULTILINE)
    if part.distribution == NAME and known is None:
        raise MachineryError(
            f"nnkata {__version__} runs here, but its metadata has a different version",
            next_step="install it again: pip install --editable . in the checkout",
        )
    return text if learner is None else label_metadata(text, learner.label)


def label_metadata(text: str, label: str) -> str:
    """Return METADATA with a label at the version, and without a description."""
    head = text.partition("\n\n")[0].rstrip("\n") + "\n"
    head = re.sub(r"^Description-Content-Type:.*\n", "", head, flags=re.MULTILINE)
    return re.sub(r"^(Version: [^+\s]+)\S*", rf"\1{label}", head, flags=re.MULTILINE)


def _tags(distribution: str) -> list[str]:
    text = _distribution(distribution).read_text("WHEEL") or ""
    return re.findall(r"^Tag: (\S+)", text, re.MULTILINE) or ["py3-none-any"]


def _join_tags(tags: list[str]) -> str:
    columns = zip(*(tag.split("-") for tag in tags), strict=True)
    return "-".join(".".join(dict.fromkeys(column)) for column in columns)


def _wheel(tags: list[str]) -> str:
    pure = "true" if all(tag.endswith("-none-any") for tag in tags) else "false"
    lines = ["Wheel-Version: 1.0", f"Generator: nnkata {__version__}", f"Root-Is-Purelib: {pure}"]
    return "\n".join([*lines, *(f"Tag: {tag}" for tag in tags)]) + "\n"


def _record(files: Mapping[str, bytes], own: str) -> str:
    lines = []
    for name, data in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        quoted = f'"{name}"' if "," in name else name
        lines.append(f"{quoted},sha256={digest},{len(data)}")
    return "\n".join([*lines, f"{own},,"]) + "\n"


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
