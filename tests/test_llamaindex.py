"""Footnote inside LlamaIndex's own pipelines."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest
from llama_index.core import Settings
from llama_index.core.base.response.schema import Response
from llama_index.core.llms import MockLLM
from llama_index.core.postprocessor import SimilarityPostprocessor
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import ResponseMode, get_response_synthesizer
from llama_index.core.schema import MetadataMode, NodeWithScore, TextNode

from qa import Assistant, Filter
from qa.llamaindex import node
from vectorstore.passage import Passage, restored


def test_the_retriever_serves_llamaindex_own_query_engine(seeds: Assistant) -> None:
    # MockLLM is LlamaIndex's own: it says back the prompt, and so the passages in it.
    engine = RetrieverQueryEngine(
        retriever=seeds.as_retriever(top_k=4),
        response_synthesizer=get_response_synthesizer(
            llm=MockLLM(), response_mode=ResponseMode.COMPACT
        ),
        node_postprocessors=[SimilarityPostprocessor(similarity_cutoff=0.0)],
    )
    response = engine.query("Who met Lavrov in Moscow?")
    assert len(response.source_nodes) == 4
    assert response.source_nodes[0].node.get_content()[:40] in str(response)
    for source in response.source_nodes:
        assert isinstance(source, NodeWithScore)
        assert isinstance(source.node, TextNode)
        article = seeds.article(source.node.metadata["article_id"])
        start, end = source.node.start_char_idx, source.node.end_char_idx
        assert source.node.get_content() == article.text[start:end]


def test_retrieval_agrees_with_search(seeds: Assistant) -> None:
    retrieved = seeds.as_retriever(top_k=5).retrieve("ballistic missiles")
    found = seeds.search("ballistic missiles", top_k=5)
    assert [n.node.get_content() for n in retrieved] == [hit.text for hit in found]
    only = seeds.as_retriever(top_k=5, where=Filter(outlet="AP")).retrieve("ballistic missiles")
    assert {n.node.metadata["outlet"] for n in only} == {"AP"}


def test_the_query_engine_hands_out_the_same_answer(seeds: Assistant) -> None:
    question = "Who met Lavrov in Moscow?"
    engine, answer = seeds.as_query_engine(), seeds.ask(question)
    for response in (engine.query(question), asyncio.run(engine.aquery(question))):
        assert isinstance(response, Response)
        assert response.response == answer.text
        assert [n.node.get_content() for n in response.source_nodes] == [
            c.quote for c in answer.citations
        ]
        assert response.metadata is not None
        assert response.metadata["answered"] is answer.answered


def test_llamaindex_global_settings_are_left_alone(seeds: Assistant) -> None:
    seeds.ask("Who met Lavrov in Moscow?")
    assert Settings._llm is None
    assert Settings._embed_model is None


@pytest.mark.parametrize("published", [date(2024, 3, 2), None])
@pytest.mark.parametrize("title", ["The ferry runs again", ""])
def test_llamaindex_embeds_the_same_words(title: str, published: date | None) -> None:
    passage = _passage(title, published)
    assert node(passage).get_content(MetadataMode.EMBED) == passage.embedded


def test_what_was_kept_as_a_node_of_llamaindex_is_read() -> None:
    passage = _passage("The ferry runs again", date(2024, 3, 2))
    kept = node(passage).model_dump_json(exclude={"text", "embedding"}, exclude_defaults=True)
    assert restored(kept, passage.text) == restored(passage.bare, passage.text) == passage


def _passage(title: str, published: date | None) -> Passage:
    text = "It left at noon. Nobody was late. "
    return Passage(
        id="ferry.md#5-38",
        article_id="ferry.md",
        title=title,
        outlet="Tidende",
        published=published,
        url="",
        text=text,
        start=5,
        end=5 + len(text),
        sentences=((5, 21), (22, 38)),
    )
