"""A `Filter` as a condition on the table of articles."""

from __future__ import annotations

from vectorstore.records import Filter


def chosen_articles(where: Filter | None) -> tuple[str, list[object]]:
    """The SQL condition on `articles`, and the values for its placeholders."""
    conditions, values = ["true"], []
    for condition, value in _conditions(where) if where else ():
        conditions.append(condition)
        values.append(value)
    if where and where.undated:
        conditions.append("articles.published IS NULL")
    return " AND ".join(conditions), values


def _conditions(where: Filter) -> list[tuple[str, object]]:
    ids = list(where.article_ids) if where.article_ids is not None else None
    asked = (
        ("articles.folded = ANY(%s)", where.outlets),
        ("articles.published >= %s", where.since),
        ("articles.published <= %s", where.until),
        ("articles.id = ANY(%s)", ids),
    )
    return [(condition, value) for condition, value in asked if value is not None]
