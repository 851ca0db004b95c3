"""What people are called for what they do: the words that make a title."""

from __future__ import annotations

ROLES = frozenset(
    "president minister premier chancellor secretary ambassador envoy diplomat leader ruler "
    "dictator king queen prince princess pope bishop imam chief head chair chairman chairwoman "
    "chairperson director executive ceo officer manager founder owner partner governor mayor "
    "senator lawmaker deputy representative commissioner councillor councilor candidate "
    "spokesman spokeswoman spokesperson general admiral colonel major captain lieutenant "
    "sergeant commander judge justice prosecutor attorney lawyer professor researcher scientist "
    "physicist historian economist analyst expert engineer architect designer doctor nurse "
    "surgeon teacher student principal coach striker goalkeeper player champion grandmaster "
    "diver swimmer runner cyclist driver pilot astronaut actor actress singer author writer "
    "poet artist journalist reporter editor photographer farmer fisherman keeper baker chef "
    "worker activist curator conductor composer inspector detective sheriff priest banker "
    "resident widow".split()
)
# These stand in small letters inside a name.
NAME_PARTICLES = frozenset("de del der den di da du la le van von bin ibn al el".split())
# What joins clauses, and what says something: neither stands inside a title.
NOT_IN_A_TITLE = frozenset(
    "of and or but by with to from for as at in on when that than after before since between "
    "under while where who which during without if because until will would can could may might "
    "must shall should is are was were be been has have had does do did said says told tells asked "
    "met saw named called beat beaten joined replaced resigned stayed announced reports reported "
    "wrote added found against".split()
)
