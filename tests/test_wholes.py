"""From the words that a reader points at to the whole of what they belong to."""

import pytest

from qa.language.wholes import clause, noun, series, whole
from qa.language.words import stems


def grown(function: object, text: str, words: str) -> str:
    start = text.index(words)
    a, b = function(text, start, start + len(words))  # type: ignore[operator]
    return text[a:b]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("She sails to Port Ashel and Merrow.", "Ashel", "Port Ashel"),
        ("She sails to Port Ashel and Merrow.", "Ashel and Merrow", "Port Ashel and Merrow"),
        ("Ahn Young-joon took the picture.", "joon", "Ahn Young-joon"),
        ("Ahn Young-joon took the picture.", "Young-joon", "Ahn Young-joon"),
        ("On Sunday Director Philippa Marsh left.", "Philippa Marsh", "Philippa Marsh"),
        ("Judge Elias Mbeki-Ross found so.", "Mbeki", "Elias Mbeki-Ross"),
        ("It had to pour away nearly 9,000 litres of milk.", "9,000", "nearly 9,000 litres"),
        ("It expects as many as 750 job losses.", "750", "as many as 750"),
        ("They freed at least five people.", "five", "at least five"),
        ("It was held over four stages.", "four", "four"),
        ("It was free for anyone under 16.", "16", "16"),
        ("A bill of up to 3 million crowns came.", "3", "up to 3 million crowns"),
        ("It weighs 62 tonnes.", "62 tonnes", "62 tonnes"),
        ("Few will miss the benches.", "Few", "Few"),
        ("The New Zealand Prime Minister Christopher Luxon came.", "Luxon", "Christopher Luxon"),
        ("The Deputy Foreign Minister Chang Ho-jin spoke.", "Deputy", "Deputy"),
        ("Foreign Minister Ivo Lasse spoke.", "Foreign Minister", "Foreign Minister"),
        ("It was won by Pirjo Aalto of the Civic List.", "Pirjo Aalto", "Pirjo Aalto"),
        ("She belongs to the Museum of Pell.", "Pell", "Pell"),
        ("Parking will cost 4.50 crowns an hour.", "4.50 crowns", "4.50 crowns an hour"),
        ("It gave 40 crowns a new meaning.", "40 crowns", "40 crowns"),
    ],
)
def test_words_names_and_numbers_are_never_half(text: str, words: str, expected: str) -> None:
    assert grown(whole, text, words) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (
            "Trains ran slowly because the rails had stretched, he said.",
            "the rails",
            "the rails had stretched",
        ),
        (
            "They waited, and the doctors wrote on paper.",
            "on paper",
            "the doctors wrote on paper",
        ),
        (
            "He retires because of failing eyesight.",
            "because of failing",
            "because of failing eyesight",
        ),
        ("Doctors wrote on paper, and 64 operations waited.", "on paper", "Doctors wrote on paper"),
        ("All drowned except the cook, who held on to a coop.", "a coop", "held on to a coop"),
        ("It closed on Feb. 3, 2025 for repairs; few came.", "repairs", "It closed on Feb. 3, 2025"
         " for repairs"),
    ],
)  # fmt: skip
def test_a_reason_is_a_clause(text: str, words: str, expected: str) -> None:
    assert grown(clause, text, words) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("It carried tin, wool and 300 clay pipes.", "tin", "tin, wool and 300 clay pipes"),
        (
            "It must build a stand, dredge the start and widen the road to the bay, at a cost.",
            "build a stand",
            "build a stand, dredge the start and widen the road",
        ),
        ("It must build a stand, dredge the start and widen it.", "build", "build"),
        ("Stops are Merrow, Pell, and Carrow.", "Merrow", "Merrow, Pell, and Carrow"),
        ("Pell and Carrow took them.", "Pell", "Pell and Carrow"),
        ("He won in Pell and left for home.", "Pell", "Pell"),
        ("He met Berg, the mayor, in Pell.", "Berg", "Berg"),
        ("They spoke of blocked roads, and the city towed cars.", "blocked roads", "blocked roads"),
        ("They build ships and improve roads.", "ships", "ships"),
        ("It went to Berg, and the jury left.", "Berg", "Berg"),
    ],
)
def test_a_list_is_whole(text: str, words: str, expected: str) -> None:
    assert grown(series, text, words) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Pell, the Lower Wick and Carrow took them.", "Carrow", "Pell, the Lower Wick and Carrow"),
        ("On Monday, Japan, Peru and France met.", "Peru", "Japan, Peru and France"),
        ("Near Pell, Berg said so.", "Berg", "Berg"),
        ("Berg and the Bank of Pell agreed on it.", "Berg", "Berg and the Bank of Pell"),
    ],
)
def test_a_list_of_names_is_whole_from_its_start(text: str, words: str, expected: str) -> None:
    assert grown(series, text, words) == expected


@pytest.mark.parametrize(
    ("asked", "text", "words", "expected"),
    [
        (
            "missiles",
            "It fired long-range ballistic missiles.",
            "long-range",
            "long-range ballistic missiles",
        ),
        ("ferry", "The old wooden ferry sank.", "wooden", "wooden ferry"),
        ("ferry", "The wooden hull broke, and the ferry sank.", "wooden", "wooden"),
        ("ship", "The ship Marisol sank.", "Marisol", "Marisol"),
        ("boats", "Two boats of the boats left.", "Two boats", "Two boats"),
    ],
)
def test_the_kind_of_a_thing_takes_its_noun(
    asked: str, text: str, words: str, expected: str
) -> None:
    start = text.index(words)
    assert text[start : noun(text, start, start + len(words), stems(asked))] == expected
