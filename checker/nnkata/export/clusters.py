"""Export the files with which a cluster grades a cohort: Slurm job arrays, a Kubernetes Job.

Each job grades one part of the cohort (`kata grade --shard`), keeps a journal, and continues from
it when it is started again. `kata grade merge` merges the parts into one result.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from ..errors import KataError
from ..files import write_all_new
from .targets import (
    PRIVATE,
    Grading,
    borrow_sentence,
    render_template,
    require_reference,
    template_context,
)
from .wheels import CourseDistribution, build_wheel, pin_requirements

System = Literal["slurm", "kubernetes"]

EXAMPLE_IMAGE = "registry.example.org/grading/nnkata:latest"
"""The placeholder for the image of the graders; the README says to replace it."""

FILES: dict[System, tuple[str, ...]] = {
    "slurm": ("README.md", "submit.sh", "grade.sbatch", "merge.sbatch"),
    "kubernetes": ("README.md", "Dockerfile", "job.yaml"),
}
"""The files of an export that are made from templates of the same names."""


class ClusterSettings(Struct, frozen=True):
    """The settings for the jobs of a cluster."""

    shards: int = 8
    """The number of parts, each graded by one job."""
    cpus: int = 4
    """The processors of a job."""
    hours: int = 12
    """The hours after which Slurm stops a job."""
    image: str | None = None
    """The image of the graders, for Kubernetes."""


def export_cluster(
    system: System, grading: Grading, distributions: list[CourseDistribution], folder: Path,
    settings: ClusterSettings,
) -> list[Path]:  # fmt: skip
    """Write the job files of a cluster and the wheels to install; return the files.

    Raises `KataError`.
    """
    require_reference(grading.course)
    if settings.image is not None and not re.fullmatch(r"[\w.:/@-]+", settings.image):
        raise KataError(
            f"`{settings.image}` is not the name of an image",
            next_step=f"give one such as {EXAMPLE_IMAGE}",
        )
    wheels = [build_wheel(distribution) for distribution in distributions]
    pins = pin_requirements(distributions, grading.lock)
    shared = replace(grading, seed=None)  # the seed is not on the command line
    context: dict[str, Any] = template_context(shared, wheels, pins) | {
        "shards": settings.shards,
        "cpus": settings.cpus,
        "hours": settings.hours,
        "seed": grading.seed,
        "image": settings.image or EXAMPLE_IMAGE,
        "image_is_example": settings.image is None,
        "borrow_sentence": borrow_sentence(grading.borrow),
    }
    files: dict[Path, bytes] = {
        folder / name: render_template(f"{system}/{name}", context).encode()
        for name in FILES[system]
    }
    files[folder / "requirements.txt"] = ("\n".join(pins) + "\n").encode()
    files |= {folder / PRIVATE / wheel.name: wheel.data for wheel in wheels}
    write_all_new(files)
    if system == "slurm":
        (folder / "submit.sh").chmod(0o755)
    return list(files)
