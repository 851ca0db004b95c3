"""Questions, answers and their footnotes, as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from qa import Answer, Overview, Sentence, month_of
from qa.chat.conflicts import sides
from qa.chat.deeds import deeds
from qa.chat.evidence import places
from qa.chat.html import blocks, button, failure, headline, plural
from qa.chat.provenance import course, known
from qa.chat.refusal import refusal
from qa.chat.trust import standing
from qa.chat.turn import MARKS, Turn, unmarked
from qa.chat.verdicts import beside, marked, was_judged


def welcome(held: Overview, suggestions: Iterable[str]) -> str:
    if not held.articles:
        return (
            '<section class="welcome"><h2>The archive is empty</h2><p>Footnote answers from the '
            "articles that you give it. Add text, Markdown or HTML files here, or run "
            "<code>footnote ingest FOLDER</code> in a terminal and reload this page.</p>"
            '<button type="button" class="wide" id="add-first">Add articles</button></section>'
        )
    facts = [plural(held.articles, "article"), plural(held.outlets, "outlet")]
    if held.since and held.until:
        facts.append(" to ".join(dict.fromkeys(map(month_of, (held.since, held.until)))))
    examples = "".join(
        f"<li>{button(escape(text), 'example', question=text)}</li>" for text in suggestions
    )
    return (
        '<section class="welcome"><h2>What would you like to know?</h2>'
        "<p>Every answer quotes the articles, and its numbers open the exact words.</p>"
        f'<p class="facts">{" · ".join(facts)}</p>'
        f'<ul class="examples" aria-label="Example questions">{examples}</ul></section>'
    )


def conversation(turns: Sequence[Turn]) -> tuple[str, str]:
    """What has been said, and the latest turn: only that one is rendered anew while it grows."""
    return past(turns[:-1]), latest(turns)


def past(turns: Sequence[Turn]) -> str:
    return "".join(_turn(index, turn, last=False) for index, turn in enumerate(turns))


def latest(turns: Sequence[Turn]) -> str:
    return _turn(len(turns) - 1, turns[-1], last=True) if turns else ""


def _turn(index: int, turn: Turn, *, last: bool) -> str:
    asked = f'<h2 class="question">{escape(turn.question)}</h2>'
    asked += f'<p class="scope">Asked of {escape(str(turn.scope))}</p>' if turn.scope else ""
    if turn.answer and turn.reread:
        asked += _understood(turn.answer.understood)
    if turn.error:
        said = failure(turn.error)
    elif turn.answer is None or not turn.answer.text:
        at_work = "Reading the articles…" if turn.answer is None else "Writing…"
        said = f'<p class="waiting">{"Stopped." if turn.finished else at_work}</p>'
    else:
        said = (_answer if turn.answer.answered else refusal)(index, turn.answer)
    said += deeds(index, turn, last=last) if turn.finished else ""
    busy = "false" if turn.finished else "true"
    return (
        f'<article class="turn" data-number="{index}" data-began="{turn.began}" '
        f'aria-busy="{busy}">{asked}{said}</article>'
    )


def _understood(understood: str) -> str:
    """How a follow-up was read, to be put into the question box and mended there."""
    mend = button(
        f"Understood as: <b>{escape(understood)}</b>",
        "mend",
        label=f"Understood as: {understood} Put it into the question box.",
        question=understood,
    )
    return f'<p class="understood">{mend}</p>'


def _answer(index: int, answer: Answer) -> str:
    cited = {citation.number: citation for citation in answer.citations}

    def reference(number: str) -> str:
        citation = cited.get(int(number))
        if citation is None:  # still being streamed
            return ""
        label = f"Footnote {number}: {citation.title}"
        return button(
            number, "open", label=label, css="ref", turn=index, place=f"Footnote {number}"
        )

    def line(text: str) -> str:
        return MARKS.sub(
            lambda match: (
                f'<span class="tie">{match[1]}'
                f"{''.join(map(reference, re.findall(r'[0-9]+', match[2])))}</span>"
            ),
            escape(text),
        )

    if answer.timeline:
        lead, text = "", ""  # the points are told below
    elif answer.conflicts:
        lead, text = "", _unquoted(answer)
    else:
        lead, text = _parted(answer)
    said = f'<p class="short">{line(lead)}</p>' if lead else ""
    judged = was_judged(answer.sentences)
    told = marked(_left(answer, text), line) if judged else blocks(text, line)
    said = f'<div class="answer">{said}{told}</div>'
    said += course(answer.timeline, reference)
    said += "".join(sides(conflict, reference) for conflict in answer.conflicts)
    said += beside(answer)
    if not cited:
        return said
    notes = "".join(
        "<li>"
        + button(
            f"<b>{number}</b>{headline(citation)}{known(citation)}",
            "open",
            turn=index,
            place=name,
        )
        + "</li>"
        for name, (number, citation) in zip(places(answer), cited.items(), strict=True)
    )
    return f'{said}<ol class="notes">{notes}</ol><p class="trust">{escape(standing(answer))}</p>'


def _parted(answer: Answer) -> tuple[str, str]:
    """The direct answer and the text that proves it, so that neither repeats the other."""
    text = re.sub(r"\s*\[[0-9]*$", "", answer.text)  # a mark that is still being streamed
    short = answer.short.strip()
    first, _, rest = text.partition("\n")
    if not _same(first, short):
        return short, text
    return first, rest


def _same(line: str, short: str) -> bool:
    """Whether a line is the direct answer, be its time spelled out: "last May (May 2023)"."""
    said, meant = unmarked(line).strip(" .").casefold(), short.strip(" .").casefold()
    return said == meant or (bool(meant) and said.startswith(f"{meant} (") and said.endswith(")"))


def _left(answer: Answer, text: str) -> list[Sentence]:
    """The sentences of `text`, which is what stands nowhere else of the answer's."""
    said = unmarked(text)
    return [one for one in answer.sentences if unmarked(one.text) in said]


def _unquoted(answer: Answer) -> str:
    """The text without the quotes that stand side by side below it."""
    shown = {c.quote for conflict in answer.conflicts for v in conflict.values for c in v.citations}
    lines = answer.text.splitlines()
    return "\n".join(line for line in lines if unmarked(line).strip() not in shown)
