"""Run axe on a page."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

GRAVE = {"serious", "critical"}


def faults(page: Page, axe: str, *rules: str) -> list[str]:
    """Return the serious and critical findings on a page, each with the elements it is about.

    With `rules`, only these are looked at.
    """
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate(
        "(rules) => axe.run(document, rules.length ? {runOnly: rules} : {})", list(rules)
    )
    assert found["passes"], "axe has looked at nothing"
    return [
        f"{page.url}: {one['id']} ({one['impact']}): {one['help']}: "
        + "; ".join(node["html"][:160] for node in one["nodes"][:3])
        for one in found["violations"]
        if one["impact"] in GRAVE
    ]
