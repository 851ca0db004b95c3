"""Which reader reads: the packaged ones, another model, or the one that needs no model."""

from __future__ import annotations

import logging
from pathlib import Path

from qa.errors import ReaderUnavailable
from qa.reader.cascade import CascadeReader
from qa.reader.model import CAREFUL, trained
from qa.reader.protocol import Reader
from qa.reader.sentence_reader import Encode, SentenceReader
from qa.reader.span_reader import SpanReader

_LOG = logging.getLogger(__name__)


def choose(name: str | None, encode: Encode) -> Reader:
    """Return a reader that is ready to read.

    Args:
        name: None for the packaged networks, of which the careful one reads again what the quick
            one finds best, "small" for the quick one alone, "none" for the one without a model, the
            folder of a network that `make reader` trained, which then is the careful one, or the
            folder or name of a Hugging Face question-answering model.
        encode: embeds texts, for the reader without a model.

    Raises:
        ReaderUnavailable: the model that `name` names does not load. Where it is a packaged one
            that does not, a warning says so, and what needs less takes its place.
    """
    if name == "none":
        return SentenceReader(encode)
    if name and name != "small":
        folder = Path(name)
        return _ready(CascadeReader.of(folder) if trained(folder) else SpanReader.named(name))
    try:
        if name is None and trained(CAREFUL):
            return _ready(CascadeReader.of(CAREFUL))
    except ReaderUnavailable as error:
        _LOG.warning("%s; reading without it", error)
    try:
        return _ready(SpanReader())
    except ReaderUnavailable as error:
        _LOG.warning("%s; answering without it", error)
        return SentenceReader(encode)


def _ready(reader: SpanReader | CascadeReader) -> Reader:
    reader.warm_up()
    return reader
