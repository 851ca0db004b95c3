"""Pictures of the page, to be looked at by whoever changes its looks."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def picture(page: Page, name: str) -> None:
    """Keep a picture in the folder that `PICTURES` names, where it is set."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png")
