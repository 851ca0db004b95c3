"""The reader: exact spans, seams between windows, and what the packaged model answers."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from qa.reader.model import FOLDER
from qa.reader.span_reader import SpanReader
from qa.reader.spans import LONGEST, decode
from qa.reader.windows import PIECES, QUESTION_PIECES, STRIDE, Windows

HARBOUR = (
    "The harbour of Lindholm was dredged for eleven weeks last autumn. Contractors removed "
    "40,000 cubic metres of silt, the port's director, Maren Okafor, told reporters on Tuesday. "
    "The work cost 3.2 million euros and was paid for by the county."
)
LIBRARY = (
    "The town library opens at nine on weekdays. Its reading room was painted green in 1987, "
    "and the roof was repaired by a firm from the next valley."
)
FILLER = "Nothing else of note was said at the meeting, which ended early because of the rain. "


READER = SpanReader()


@pytest.fixture
def reader() -> SpanReader:
    return READER


@pytest.fixture
def windows() -> Windows:
    return Windows(Tokenizer.from_file(str(FOLDER / "tokenizer.json")))


# --- spans ---------------------------------------------------------------------------------


def test_the_margin_is_the_best_span_less_the_null_span() -> None:
    start = np.array([1.0, 0.0, 4.0, 0.0], np.float32)
    end = np.array([2.0, 0.0, 0.0, 5.0], np.float32)
    offsets = [(0, 0), (0, 3), (4, 7), (8, 12)]
    decoded = decode(start, end, offsets, np.array([False, True, True, True]))
    assert decoded.margin == pytest.approx((4 + 5) - (1 + 2))
    assert (decoded.spans[0].start, decoded.spans[0].end) == (4, 12)


def test_where_nothing_answers_the_margin_is_negative() -> None:
    start = end = np.array([6.0, 0.0, 1.0], np.float32)
    decoded = decode(start, end, [(0, 0), (0, 2), (3, 5)], np.array([False, True, True]))
    assert decoded.margin == pytest.approx((1 + 1) - (6 + 6))


def test_a_window_without_passage_has_no_span() -> None:
    zeros = np.zeros(2, np.float32)
    assert decode(zeros, zeros, [(0, 0), (0, 0)], np.array([False, False])).spans == ()


def test_a_crowd_that_overlaps_beats_a_lone_span_slightly_likelier() -> None:
    # Pieces 1-2, 1-3 and 2-3 share their likelihood; piece 39 alone is the likeliest span, and
    # too far off to close one that opens at 1.
    start, end = np.full((2, 40), -9, np.float32)
    start[[1, 2, 39]] = 3.0, 2.9, 3.1
    end[[2, 3, 39]] = 3.0, 2.9, 3.1
    offsets = [(n, n + 1) for n in range(40)]
    best = decode(start, end, offsets, np.arange(40) > 0).spans[0]
    assert best.start in (1, 2)
    assert best.end in (3, 4)


@settings(deadline=None)
@given(st.data())
def test_spans_lie_inside_and_are_never_too_long(data: st.DataObject) -> None:
    width = data.draw(st.integers(2, 60))
    first = data.draw(st.integers(1, width - 1))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**31)))
    start, end = rng.normal(size=(2, width)).astype(np.float32) * 5
    offsets = [(3 * n, 3 * n + 2) for n in range(width)]
    decoded = decode(start, end, offsets, np.arange(width) >= first)
    assert decoded.spans
    for span in decoded.spans:
        assert 3 * first <= span.start < span.end <= offsets[-1][1]
        assert (span.end - span.start + 1) // 3 <= LONGEST
    assert sum(span.share for span in decoded.spans) == pytest.approx(1, abs=1e-4)


# --- windows -------------------------------------------------------------------------------


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=40), st.lists(st.text(max_size=900), max_size=3))
def test_every_piece_is_covered_and_keeps_its_place(question: str, passages: list[str]) -> None:
    windows = Windows(Tokenizer.from_file(str(FOLDER / "tokenizer.json")))
    whole = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    whole.no_truncation()
    whole.no_padding()
    cut = windows.cut(question, passages)
    assert {window.passage for window in cut} == set(range(len(passages)))
    for number, passage in enumerate(passages):
        expected = whole.encode(passage, add_special_tokens=False).offsets
        found = [
            offset
            for window in cut
            if window.passage == number
            for offset, inside in zip(window.offsets, window.inside, strict=True)
            if inside
        ]
        assert set(found) == set(expected)
    assert all(len(window.ids) <= PIECES for window in cut)


def test_neighbouring_windows_share_the_stride(windows: Windows) -> None:
    one, two, *_ = windows.cut("Who?", [FILLER * 40])
    first = [o for o, inside in zip(one.offsets, one.inside, strict=True) if inside]
    second = [o for o, inside in zip(two.offsets, two.inside, strict=True) if inside]
    assert len(set(first) & set(second)) == STRIDE > LONGEST


def test_a_long_question_leaves_room_for_the_passage(windows: Windows) -> None:
    (window,) = windows.cut("why " * 400, ["Because."])
    assert window.ids.count(window.ids[1]) == QUESTION_PIECES


# --- the packaged model --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("How much silt was removed?", "40,000 cubic metres"),
        ("Who is the port's director?", "Maren Okafor"),
        ("How much did the dredging cost?", "3.2 million euros"),
        ("Who paid for the work?", "county"),
    ],
)
def test_it_finds_the_short_answer_and_the_right_passage(
    reader: SpanReader, question: str, short: str
) -> None:
    library, harbour = reader.read_texts(question, [LIBRARY, HARBOUR])
    assert short in HARBOUR[harbour.start : harbour.end]
    assert harbour.score > library.score
    assert harbour.probability > library.probability


def test_a_question_that_nothing_answers_scores_below_one_that_is_answered(
    reader: SpanReader,
) -> None:
    (answered,) = reader.read_texts("In what year was the reading room painted?", [LIBRARY])
    (silent,) = reader.read_texts("Who was elected mayor of Lindholm?", [LIBRARY])
    assert answered.score > silent.score
    assert silent.probability < reader.threshold


def test_an_answer_beyond_the_first_window_is_found(reader: SpanReader) -> None:
    passage = FILLER * 30 + HARBOUR + " " + FILLER * 30
    (reading,) = reader.read_texts("How much silt was removed?", [passage])
    assert "40,000" in passage[reading.start : reading.end]


@pytest.mark.parametrize("ahead", range(6, 22, 3))
def test_an_answer_on_a_seam_is_found(reader: SpanReader, ahead: int) -> None:
    passage = FILLER * ahead + HARBOUR + " " + FILLER * 6
    (reading,) = reader.read_texts("How much silt was removed?", [passage])
    assert "40,000" in passage[reading.start : reading.end]


@settings(deadline=None, max_examples=25)
@given(st.text(max_size=60), st.lists(st.text(max_size=300), max_size=4))
def test_every_reading_lies_in_its_passage(question: str, passages: list[str]) -> None:
    readings = READER.read_texts(question, passages)
    assert len(readings) == len(passages)
    for passage, reading in zip(passages, readings, strict=True):
        assert 0 <= reading.start <= reading.end <= len(passage)
        assert 0 <= reading.probability <= 1
        spans = [(reading.start, reading.end)] + [(s.start, s.end) for s in reading.alternatives]
        for one, two in zip(sorted(spans), sorted(spans)[1:], strict=False):
            assert one[1] <= two[0]


def test_a_passage_without_words_has_an_empty_span(reader: SpanReader) -> None:
    (reading,) = reader.read_texts("Who?", [""])
    assert reading.start == reading.end == 0
    assert reading.probability == 0


def test_a_passage_reads_the_same_alone_and_in_company(reader: SpanReader) -> None:
    question = "How much silt was removed?"
    (alone,) = reader.read_texts(question, [HARBOUR])
    together = reader.read_texts(question, [LIBRARY, HARBOUR, FILLER * 3, HARBOUR + " " + LIBRARY])[
        1
    ]
    assert together == alone


def test_many_threads_read_at_once_and_agree() -> None:
    fresh = SpanReader()  # so that the threads also race for the loading
    asked = ["How much silt was removed?", "Who paid for the work?"] * 8
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda question: fresh.read_texts(question, [HARBOUR]), asked))
    assert found[0::2] == [found[0]] * 8
    assert found[1::2] == [found[1]] * 8


def test_reading_needs_neither_torch_nor_transformers() -> None:
    code = (
        "import sys; from qa.reader.span_reader import SpanReader; SpanReader().warm_up(); "
        "print([m for m in ('torch', 'transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
