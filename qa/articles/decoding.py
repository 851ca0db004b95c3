"""Bytes into text, whatever the file was saved as."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*+=\s*+["']?\s*+([\w.:-]+)""", re.IGNORECASE)
_RARE = 200  # one control character in so many is an accident, more is another kind of data
_WESTERN = "cp1252"
_SAMPLE = 100_000  # bytes that are looked at for the charset
_ASCII = rb"<p class='a'>\n +AGE- xn--caf-dma" + bytes(range(32, 127))
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class NotText(ValueError):
    """The bytes are not text in any encoding that is looked for."""


def decode(raw: bytes, *, declared: bool = False) -> str:
    """Decode by byte order mark, then as UTF-16, as UTF-8, and as the likeliest charset in turn.

    Args:
        raw: The whole file.
        declared: Believe a charset named in the first bytes, as web pages do.
    Raises:
        NotText: The bytes are binary data.
    """
    text = _decode(raw, declared)
    if len(_CONTROLS.findall(text)) * _RARE > len(text):
        raise NotText
    return re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text.lstrip("\ufeff"))


def _decode(raw: bytes, declared: bool) -> str:
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return raw[len(bom) :].decode(encoding, errors="replace")
    if raw.count(0) * _RARE > len(raw):
        return _utf16(raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _eight_bit(raw, declared)


def _utf16(raw: bytes) -> str:
    """Text holds its zero bytes on one side of each pair; binary data scatters them."""
    even, odd = raw[::2].count(0), raw[1::2].count(0)
    if min(even, odd) * 20 > max(even, odd):
        raise NotText
    try:
        return raw[: len(raw) // 2 * 2].decode("utf-16-le" if odd > even else "utf-16-be")
    except UnicodeDecodeError:
        raise NotText from None


def _eight_bit(raw: bytes, declared: bool) -> str:
    named = _DECLARED.search(raw[:4096]) if declared else None
    if named and _is_charset(charset := named[1].decode("ascii")):
        return raw.decode(charset, errors="replace")
    damaged = raw.decode("utf-8", errors="replace")
    foreign = sum(character > "\x7f" for character in damaged)
    if damaged.count("\ufffd") * 2 < foreign:  # UTF-8 that lost a byte or two
        return damaged
    return raw.decode(_likeliest(raw), errors="replace")


def _likeliest(raw: bytes) -> str:
    """Windows-1252, unless read by another charset it makes less of a mess."""
    from charset_normalizer import from_bytes

    sample = raw[:_SAMPLE].rpartition(b"\n")[0] or raw[:_SAMPLE]
    guess = from_bytes(sample).best()
    western = from_bytes(sample, cp_isolation=[_WESTERN]).best()
    if not guess or not _is_charset(guess.encoding):
        return _WESTERN
    return _WESTERN if western and western.chaos <= guess.chaos else guess.encoding


def _is_charset(name: str) -> bool:
    """Whether web pages are written in it: it leaves ASCII alone. Nobody knows some, and Python
    has others that are none: idna, unicode_escape, utf-7, base64.
    """
    try:
        return _ASCII.decode(name) == _ASCII.decode("ascii")
    except (LookupError, ValueError):
        return False
