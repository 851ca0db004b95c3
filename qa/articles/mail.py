"""Mails: a subject, a sender, a day, and a body that is plain text or a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from typing import cast

from qa.articles.cleaning import tidy
from qa.articles.metadata import Details
from qa.articles.parts import short_digest
from qa.articles.plain import read_plain, without_title
from qa.articles.webpage import read_webpage

_ANSWERED = re.compile(r"^(?:(?:re|aw|fwd?|wg|sv|tr)\s?:\s?)+", re.IGNORECASE)
_SIGNATURE = "\n-- \n"


def read_mail(raw: bytes) -> tuple[Details, str]:
    """Return what the head says and the body as plain paragraphs, without what it answers."""
    mail = _parsed(raw)
    body = mail.get_body(("plain", "html"))
    content = _content(body) if body is not None else ""
    if body is not None and body.get_content_subtype() == "html":
        seen, text = read_webpage(content)
    else:
        seen, text = _plain(content)
    title = _ANSWERED.sub("", _head(mail, "subject")) or seen.title
    sender = getattr(mail.get("from"), "addresses", ())
    details = Details(
        title=title,
        outlet=seen.outlet,
        published=_day(mail) or seen.published,
        url=seen.url,
        byline=tidy(sender[0].display_name) if sender else "",
    )
    return details, without_title(text, title)


def mail_name(raw: bytes) -> str:
    """A file name for a mail: its subject, and what tells it from others of that subject."""
    subject = _head(_parsed(raw.partition(b"\n\n")[0]), "subject")
    words = "-".join(re.findall(r"\w+", subject.lower())[:8])[:60]
    return f"{words or 'mail'}-{short_digest(raw)[:8]}.eml"


def attachments(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """The names and contents of what is attached; a mail that is attached is one of them."""
    for part in _parsed(raw).iter_attachments():
        if part.get_content_type() == "message/rfc822":
            inner = cast(list[EmailMessage], part.get_payload())[0].as_bytes()
            yield mail_name(inner), inner
        elif name := part.get_filename():
            content = part.get_payload(decode=True)
            yield name, content if isinstance(content, bytes) else b""


def _parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


def _content(body: MIMEPart) -> str:
    content = body.get_content()
    return content if isinstance(content, str) else ""


def _plain(content: str) -> tuple[Details, str]:
    said = content.replace("\r\n", "\n").partition(_SIGNATURE)[0].split("\n")
    return read_plain("\n".join(line for line in said if not line.startswith(">")))


def _day(mail: EmailMessage) -> date | None:
    sent = getattr(mail.get("date"), "datetime", None)
    return sent.date() if isinstance(sent, datetime) else None


def _head(mail: EmailMessage, name: str) -> str:
    return tidy(str(mail.get(name, "")))
