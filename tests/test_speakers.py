"""Whose words a sentence gives: told right, and never invented."""

from __future__ import annotations

import pytest

from qa.answering.understanding.speaking import speaker_asked_for
from qa.provenance.speakers import Speech, speech
from tests.bench.speakers import figures


@pytest.mark.figures
@pytest.mark.parametrize("half", ["dev", "final"])
def test_speakers_are_told_right_and_none_is_invented(half: str) -> None:
    found = figures(half)
    assert found.right >= 0.9, found.wrong
    assert found.none_invented >= 0.98, found.wrong


POST = (
    'Josephine Borg also met the minister, Lars Dahl. In a post on X, she called the visit "a door '
    'that opens". "We knock," she wrote. Choe Min Ho said nothing.\n'
    '"It took years," Dahl said on the radio. "It may take more."'
)


@pytest.mark.parametrize(
    ("sentence", "speaker", "occasion"),
    [
        ("Josephine Borg also met the minister, Lars Dahl.", "", ""),
        ('"We knock," she wrote.', "Josephine Borg", ""),
        ('"It took years," Dahl said on the radio.', "Lars Dahl", "on the radio"),
        ('"It may take more."', "Lars Dahl", "on the radio"),
    ],
)
def test_names_are_whole_and_the_place_where_they_spoke_is_told(
    sentence: str, speaker: str, occasion: str
) -> None:
    start = POST.index(sentence)
    assert speech(POST, start, start + len(sentence)) == Speech(speaker, occasion)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What did Josep Borrell say about Russia?", "Josep Borrell"),
        ("What has the mayor, Ada Lund, promised the growers?", ""),
        ("What did Mayor Ada Lund promise the growers?", "Mayor Ada Lund"),
        ("What did the company say?", ""),
        ("Who said that the bridge is safe?", ""),
        ("When did Ada Lund say that?", ""),
    ],
)
def test_whose_words_are_asked_for(question: str, name: str) -> None:
    assert speaker_asked_for(question) == name


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Both praised the pact, according to a note released by Ada Lund's office.", ""),
        ("The toll will rise, U.S. Secretary of State Ida Marr said.", "Ida Marr"),
        ("Ida Marr, the U.S. secretary of state, said last week that Corland knew.", "Ida Marr"),
        ("Ministers Ida Marr and Ole Bach said that they agreed.", "Ole Bach"),
    ],
)
def test_titles_and_offices_are_no_part_of_who_speaks(text: str, speaker: str) -> None:
    assert speech(text, 0, len(text)).speaker == speaker
