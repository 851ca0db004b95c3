"""Whose words a sentence gives, where it or its neighbours name who speaks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speech:
    """Who says it, and where: "Josep Borrell", "on X". Empty where nobody is named."""

    speaker: str = ""
    occasion: str = ""


def speech(text: str, start: int, end: int) -> Speech:
    """Who says `text[start:end]`, whole sentences of an article."""
    return Speech()
