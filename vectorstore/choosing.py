"""A `Filter` as a condition on the table of articles."""

from __future__ import annotations

import json

from vectorstore.records import Filter


def chosen_articles(where: Filter | None) -> tuple[str, list[str]]:
    """The SQL condition on `articles`, and the values for its question marks."""
    conditions, values = ["1"], []
    if where and where.outlets is not None:
        conditions.append("casefold(outlet) IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(where.outlets))
    if where and where.since is not None:
        conditions.append("published >= ?")
        values.append(where.since.isoformat())
    if where and where.until is not None:
        conditions.append("published <= ?")
        values.append(where.until.isoformat())
    if where and where.article_ids is not None:
        conditions.append("articles.id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(where.article_ids))
    if where and where.undated:
        conditions.append("published IS NULL")
    return " AND ".join(conditions), values
