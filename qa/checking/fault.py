"""What of a sentence its quotes do not carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qa.records import Label

Rule = Literal["value", "name", "quotation", "denial", "degree", "hedge", "role", "part"]


@dataclass(frozen=True, slots=True)
class Fault:
    """The rule that a sentence breaks, how badly, and in words for a person."""

    rule: Rule
    label: Label
    reason: str
