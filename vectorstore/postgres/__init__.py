"""The ledger in PostgreSQL: many programs, on many machines, write and read one archive.

Every change is a transaction that holds one advisory lock from its first statement, so rows become
visible in the order of their numbers, as the vector index needs it.
"""

from __future__ import annotations
