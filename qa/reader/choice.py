"""Which reader reads: the packaged one, another model, or the one that needs no model."""

from __future__ import annotations

import logging
from pathlib import Path

from qa.errors import ReaderUnavailable
from qa.reader.cascade import CascadeReader
from qa.reader.model import trained
from qa.reader.protocol import Reader
from qa.reader.sentence_reader import Encode, SentenceReader

_LOG = logging.getLogger(__name__)


def choose(name: str | None, encode: Encode) -> Reader:
    """Return a reader that is ready to read.

    Args:
        name: None for the packaged reader, "none" for the one without a model, the folder of a
            network that `make reader` trained, which then reads what the packaged one finds best
            again, or the folder or name of a Hugging Face question-answering model.
        encode: embeds texts, for the reader without a model.

    Raises:
        ReaderUnavailable: the model that `name` names does not load. Where it is the packaged one
            that does not, a warning says so, and the reader without a model takes its place.
    """
    if name == "none":
        return SentenceReader(encode)
    from qa.reader.span_reader import SpanReader

    reader: SpanReader | CascadeReader
    if name and trained(Path(name)):
        reader = CascadeReader.of(Path(name))
    else:
        reader = SpanReader.named(name) if name else SpanReader()
    try:
        reader.warm_up()
    except ReaderUnavailable as error:
        if name:
            raise
        _LOG.warning("%s; answering without it", error)
        return SentenceReader(encode)
    return reader
