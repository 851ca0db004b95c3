"""Whether a question is about an article itself: who published it, when, who wrote it."""

from __future__ import annotations

import re

from qa.answering.question import AboutArticle, ArticleDetail
from qa.answering.understanding.inorder import Steps, in_order, steps
from qa.language.words import telling_words

_ARTICLE = r"(?:article|stor(?:y|ies)|piece|report|coverage|text|retelling|news item)s?"
_OUTLET = (
    r"(?:outlet|newspaper|paper|(?:news )?(?:agency|agencie|organi[sz]ation)|publication|publisher"
    r"|(?:news )?site|wire)s?"
)
_PUBLISH = r"(?:publish|report|cover|run|ran|carr(?:y|i)|writ|wrote|put out|release|break|broke)\w*"
_APPEARED = r"(?:(?:publish|releas|print|dat|writ|appear)\w*|c[oa]me out)"
_THE_ARTICLE = rf"\b{_ARTICLE}\b"

# How each detail is asked for: patterns that stand one after another.
_ASKED: tuple[tuple[ArticleDetail, Steps], ...] = (
    (
        "mention",
        steps(
            rf"^\W*(?:which|what|list|show|find)(?: me)?(?: all)?(?: the| of the)* {_ARTICLE}"
            r"(?: that| which)? (?:mention|name|cover|discuss|talk about|deal with|are about"
            r"|is about|about|on|report on)\w*"
        ),
    ),
    ("outlet", steps(rf"^\W*(?:which|what) (?:news )?{_OUTLET} (?:has |have )?{_PUBLISH}")),
    ("outlet", steps(rf"^\W*(?:which|what) (?:news )?{_OUTLET} is the\b", _THE_ARTICLE)),
    ("outlet", steps(r"\bwho (?:has |have )?(?:published|ran|carried|put out)\b", _THE_ARTICLE)),
    ("outlet", steps(r"^\W*who (?:has |have )?(?:reported|wrote|writes) (?:on|about)\b")),
    ("outlet", steps(r"\b(?:source|publisher|outlet) (?:of|for|behind) the\b", _THE_ARTICLE)),
    ("byline", steps(r"\b(?:who (?:wrote|is the author of)|author|byline)\b", _THE_ARTICLE)),
    (
        "published",
        steps(r"\b(?:when|what (?:day|date)|which day)\b", _THE_ARTICLE, rf"\b{_APPEARED}"),
    ),
    ("published", steps(r"\b(?:when|what (?:day|date))\b", rf"\b{_APPEARED}\b", _THE_ARTICLE)),
    ("published", steps(r"\bdate of\b|\bhow old is the\b", _THE_ARTICLE)),
    ("title", steps(r"\b(?:title|headline) (?:of|for)\b", rf"\b(?:{_ARTICLE}|about|on)\b")),
    ("url", steps(r"\b(?:link|url|web ?address) (?:of|to|for)\b", _THE_ARTICLE)),
    ("url", steps(r"\bwhere can i (?:read|find)\b", _THE_ARTICLE)),
)
_SEVERAL = re.compile(
    r"\b(?:which|what) (?:news )?"
    r"(?:outlets|newspapers|papers|agencies|organi[sz]ations|publications|sites|publishers)\b",
    re.IGNORECASE,
)
_IT = re.compile(r"\b(?:it|this|that)\b", re.IGNORECASE)
_OF_IT = re.compile(
    r"^\W*(?:(?:and|but) )?(?:who|when|which \w+|where)\b.{0,20}\b(?:it|this|that)\b"
    rf"|^\W*(?:(?:and|but) )?(?:who|which \w+) {_PUBLISH} (?:it|this|that)\b",
    re.IGNORECASE,
)
# The words that frame such a question rather than name the topic.
_FRAME = re.compile(
    rf"\b(?:{_ARTICLE}|{_OUTLET}|{_PUBLISH}|{_APPEARED}|title|headline|link|url|author\w*|byline"
    r"|source|publication|news|come|came|out|old|day|find|original)\b",
    re.IGNORECASE,
)


def about_article(question: str, *, follows: bool = False) -> AboutArticle | None:
    """Return what is asked of an article, or None where the question is about the news itself.

    Args:
        question: made to stand alone.
        follows: an answer came before it, so "Who published it?" means that answer's article.
    """
    if follows and _OF_IT.search(question):
        question = _IT.sub("the article", question, count=1)
    for asked, wanted in _ASKED:
        if match := in_order(question, wanted):
            several = asked == "mention" or bool(_SEVERAL.search(question))
            rest = question[match.end() :] if several else question
            return AboutArticle(asked, " ".join(telling_words(_FRAME.sub(" ", rest))), several)
    return None
