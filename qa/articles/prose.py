"""How much a block of text reads like running prose, in any language that has function words."""

from __future__ import annotations

import re
from statistics import median

# The words that hold sentences together, most frequent first, a language a line.
_FUNCTION_WORDS = frozenset(
    """
    the of to and a in is it that was for on with as he his at by be this had not are but from or
    have an they which one you were her all she there would their we him been has when who will no
    more if out so said what up its about into than them can only other some could these after i my
    der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an
    werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über so zum war haben
    de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont
    avec son aux d’un cette ou mais comme on leur nous être ont été deux
    de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha
    me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy hasta desde
    o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à
    seu sua ou ser quando muito há nos já está eu também pelo pela até isso ela entre era depois
    di e il che la in un a per è una del non sono da con si le dei come nel alla più gli ha della ma
    i lo al anche o delle dal questo se su ai nella loro ad stato degli alle cui
    и в не на что с по как из у за от это к а но то о же для его он она был было или бы до мы они
    при если так уже также только все ее их года который чтобы во
    w i na z że nie się do jest o to za po od jak dla a są oraz ale ze przez był było czy tym już
    być może tak tylko które jego jej pod przed ich lub
    ve bir bu da de için ile çok olarak daha en olan gibi ne kadar sonra ama var ise o her mi ki
    değil olduğunu tarafından göre dedi ya hem
    de het een en van in is dat op te zijn voor met die niet aan er om ook als dan maar bij
    och i att det som en på är av för med den till inte har de om ett men var jag
    """.split()
)
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WIDE_PARTICLES = re.compile(r"[のはをがにでともたし的了在是和不有这這我将與与于也、，]")
_END = re.compile(r"(?:[.!?…。！？]|\.\.\.)[\"'”’»“„)\]』」*]*(?:\s?\[\d+\])?$")
_SOURCE = r"photo(?:graph)?s?|images?|pictures?|credit|handout|getty|foto|bild|crédit|фото"
_CREDIT = re.compile(
    rf"(?<!\s)\s*(?:[(\[][^()\[\]]{{0,80}}\b(?:{_SOURCE}|reuters|afp|ap)\b[^()\[\]]{{0,80}}[)\]]"
    rf"|(?:{_SOURCE})(?: by| credit)?\s*:.{{2,60}})$",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"[,;:](?=\s)")
_STOP = re.compile(r"(?<![\s.])[^\W_A-Z][\"”’»)]*[.!?…][\"”’»)]*(?=\s|$)|[。！？]")
_CUT_SHORT = re.compile(r"(?:…|\.\.\.?|\[…\]|\[\.\.\.\])[\"”»)\]]*(?:\s+(?:more|»|›|→))?$", re.I)


def words(text: str) -> list[str]:
    """The words of a text; where a script has no spaces, a character is half a word."""
    found = _WORD.findall(text)
    if not _WIDE.search(text):
        return found
    return [part for word in found for part in (_halves(word) if _WIDE.search(word) else [word])]


def _halves(run: str) -> list[str]:
    return [run[index : index + 2] for index in range(0, len(run), 2)]


def is_function_word(word: str) -> bool:
    return word.lower() in _FUNCTION_WORDS


def ends_sentence(text: str) -> bool:
    return bool(_END.search(text))


def sentences(text: str) -> int:
    """How many sentences a text holds, about."""
    return len(_STOP.findall(text))


def cut_short(text: str) -> bool:
    """Whether a text breaks off with dots, as the beginnings that link to an article do."""
    return bool(_CUT_SHORT.search(text))


def cohesion(found: list[str], text: str) -> float:
    """Share of function words, 0 to about .5: menus near 0, headlines .2, prose .3 and more."""
    if _WIDE.search(text):
        return min(0.5, len(_WIDE_PARTICLES.findall(text)) / (len(found) or 1))
    return sum(word.lower() in _FUNCTION_WORDS for word in found) / (len(found) or 1)


def usual_cohesion(blocks: list[str]) -> float:
    """The cohesion that prose has on this page: a third less in Turkish or Finnish than here."""
    found = [(words(block), block) for block in blocks if len(block) > 60 and ends_sentence(block)]
    if not found:
        return 0.22
    held = median(cohesion(*pair) for pair in found)
    return min(0.22, max(0.03, held * 0.7))


def prose_score(text: str, usual: float) -> float:
    """Evidence that a block is prose: menus -1, a short sentence 1, a long paragraph 5."""
    text = _CREDIT.sub("", text)
    found = words(text)
    count = len(found)
    if not count:
        return -0.5
    held = cohesion(found, text)
    whole = (ends_sentence(text) and not cut_short(text)) or (count > 7 and text[-1] in ":;")
    if not whole and count < 12:
        return -1.0
    weight = min(count, 60) / 15 * min(1.0, held / usual)
    if whole:
        coherent = held > usual / 2 or count < 5
        listed = len(_PAUSE.findall(text)) > 2  # names or figures, as under a match report
        return weight + (0.6 if coherent else 0.3 if listed else -0.6)
    return weight * 0.5 - 0.8
