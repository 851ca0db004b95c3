"""Whether sentences are carried by what they cite, by the checker and after ALCE's definitions.

Gao et al., "Enabling Large Language Models to Generate Text with Citations" (EMNLP 2023), section
3.3, with Footnote's checker in the place of their entailment model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qa.records import Citation, Sentence, Verdict

Check = Callable[[str, Sequence[Citation]], Verdict]


def attribution(
    sentences: Sequence[Sentence], drafted: Sequence[Verdict], check: Check
) -> dict[str, float]:
    """The figures of one answer; none where it claims nothing.

    `sentences_supported`: of the sentences that were written, shown or not, the share that the
    articles carry. `alce_recall`: of those that are shown, the share that their own footnotes
    carry together. `alce_precision`: of the footnotes, the share that is needed: a footnote is not
    where its sentence is not carried, or where it alone does not carry it and the others do.

    Args:
        sentences: the answer's.
        drafted: verdicts on what a language model wrote, also where nothing of it is shown.
    """
    said = [one for one in sentences if one.citations]
    carried = [_carried(one, check) for one in said]
    fell = [one.verdict for one in sentences if one.fell and one.verdict]
    written = [one.label == "supported" for one in drafted] or [*carried, *(False for _ in fell)]
    marks: dict[str, float] = {}
    if written:
        marks["sentences_supported"] = sum(written) / len(written)
    if said:
        marks["alce_recall"] = sum(carried) / len(carried)
        needed = [
            whole and _needed(one, citation, check)
            for one, whole in zip(said, carried, strict=True)
            for citation in one.citations
        ]
        marks["alce_precision"] = sum(needed) / len(needed)
    return marks


def _carried(one: Sentence, check: Check) -> bool:
    """By the verdict that the answer came with, which is the checker's, or by a new one."""
    return (one.verdict or check(one.text, one.citations)).label == "supported"


def _needed(one: Sentence, citation: Citation, check: Check) -> bool:
    others = [other for other in one.citations if other != citation]
    if not others:
        return True
    alone = check(one.text, [citation]).label == "supported"
    return alone or check(one.text, others).label != "supported"
