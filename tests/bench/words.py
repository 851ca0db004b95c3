"""How SQLite's BM25, PostgreSQL's with our words, and PostgreSQL's own ranks find articles by word.

`python -m tests.bench.words` starts a PostgreSQL server of its own and asks the gold questions of
the seeds and of `tests/data/news`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from qa import Assistant
from qa.evaluation import load_gold
from tests.postgres import Server, running
from vectorstore.lexical import terms

ROOT = Path(__file__).parents[2]
SETS = {
    "seeds": (ROOT / "seeds", ROOT / "seeds/gold.jsonl"),
    "news": (ROOT / "tests/data/news", ROOT / "tests/data/news-questions.jsonl"),
}
_TOP = 10
# PostgreSQL's way: its parser and its English dictionary, any word of the question.
_OWN = """
SELECT id FROM (
    SELECT passages.id, row, setweight(to_tsvector('english', title), 'A') || to_tsvector(
        'english', substr(text, (node::json ->> 'start_char_idx')::int + 1,
        (node::json ->> 'end_char_idx')::int - (node::json ->> 'start_char_idx')::int)) AS found
    FROM passages JOIN articles ON number = article
) AS cut, (
    SELECT replace(plainto_tsquery('english', '{question}')::text, '&', '|')::tsquery AS asked
) AS query
WHERE found @@ asked ORDER BY {rank}('{{.5, .5, .5, 1}}', found, asked, 1) DESC, row LIMIT 50
"""


def main() -> None:
    with running() as server, tempfile.TemporaryDirectory() as scratch:
        for name, (articles, gold) in SETS.items():
            _compare(name, articles, gold, server, Path(scratch) / name)


def _compare(name: str, articles: Path, gold: Path, server: Server, scratch: Path) -> None:
    url = server.database()
    server.execute(f"ALTER DATABASE {url.rpartition('/')[2]} SET jit = off")
    questions = [
        (pair.question, set(pair.articles))
        for pair in load_gold(gold).pairs
        if pair.articles and pair.answerable
    ]
    with Assistant.open(scratch) as folder, Assistant.open(url) as database:
        for assistant in (folder, database):
            assistant.ingest(articles)
        ways: dict[str, Callable[[str], list[str]]] = {
            "SQLite, bm25": lambda asked: [id_ for id_, _ in folder._store.lexical(asked, 50)],
            "PostgreSQL, our bm25": lambda asked: [
                id_ for id_, _ in database._store.lexical(asked, 50)
            ],
            "PostgreSQL, ts_rank": lambda asked: _own(server, url, "ts_rank", asked),
            "PostgreSQL, ts_rank_cd": lambda asked: _own(server, url, "ts_rank_cd", asked),
        }
        print(f"{name}: {len(questions)} questions, {folder._store.count()[1]} passages")
        for way, found in ways.items():
            _report(way, found, questions)


def _own(server: Server, url: str, rank: str, question: str) -> list[str]:
    telling = " ".join(terms(question)).replace("'", " ")
    sql = _OWN.format(question=telling, rank=rank)
    return [row[0] for row in server.execute(sql, url.rpartition("/")[2])]


def _report(
    way: str, search: Callable[[str], list[str]], questions: list[tuple[str, set[str]]]
) -> None:
    ranks = []
    for question, gold in questions:
        found = [passage_id.partition("#")[0] for passage_id in search(question)]
        ranks.append(next((n for n, id_ in enumerate(found, 1) if id_ in gold), sys.maxsize))
    hits = " ".join(f"hit@{k} {sum(r <= k for r in ranks) / len(ranks):.3f}" for k in (1, 3, _TOP))
    mean = sum(1 / rank for rank in ranks) / len(ranks)
    print(f"  {way:24} {hits} MRR {mean:.3f}")


if __name__ == "__main__":
    main()
