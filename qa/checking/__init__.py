"""Whether what a sentence says stands in what it cites."""

from qa.checking.checker import Checker, check

__all__ = ["Checker", "check"]
