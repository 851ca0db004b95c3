"""Documents as the tests write them, byte by byte or with the libraries that others use."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from io import BytesIO

Placed = tuple[float, float, float, str]  # left, base, size, words


def pdf(pages: Sequence[Sequence[Placed]], **info: str) -> bytes:
    """A PDF with words at places, and its Info dictionary."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (len(pages), b" ".join(b"%d 0 R" % (5 + 2 * n) for n in range(len(pages)))),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<<%s>>" % b"".join(b"/%s(%s)" % (k.encode(), _escaped(v)) for k, v in info.items()),
    ]
    for number, page in enumerate(pages):
        stream = b"\n".join(
            b"BT /F %g Tf %g %g Td (%s) Tj ET" % (size, left, base, _escaped(words))
            for left, base, size, words in page
        )
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>>>>>" % (6 + 2 * number),
            b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R/Info 4 0 R>>\n"
        b"startxref\n%d\n%%%%EOF" % (size, table, size, len(out))
    )


def _escaped(words: str) -> bytes:
    raw = words.encode("cp1252")
    return raw.replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def column(lines: Sequence[str], *, top: float = 700, left: float = 72) -> list[Placed]:
    """Lines of 11 points, 14 apart; an empty one is a gap."""
    return [(left, top - 14 * n, 11, line) for n, line in enumerate(lines) if line]


def bundle(files: Mapping[str, bytes | str], *, packed: bool = True) -> bytes:
    """A zip."""
    out = BytesIO()
    kind = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", kind) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return out.getvalue()


def book(chapters: Mapping[str, str], **about: str) -> bytes:
    """An .epub whose chapters are read in the order given."""
    said = "".join(f"<dc:{name}>{value}</dc:{name}>" for name, value in about.items())
    items = "".join(f'<item id="c{n}" href="{name}"/>' for n, name in enumerate(chapters))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{said}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
    )
    files = {"mimetype": "application/epub+zip", "META-INF/container.xml": container}
    inside = {f"OEBPS/{name}": content for name, content in sorted(chapters.items())}
    return bundle({**files, "OEBPS/book.opf": package, **inside})


def mail(
    body: str,
    *,
    page: str = "",
    attached: Mapping[str, bytes] | None = None,
    **head: str,
) -> bytes:
    """A mail as a program sends it, with the page beside the plain text and files attached."""
    message = EmailMessage()
    for name, value in head.items():
        message[name.strip("_").title()] = value
    message.set_content(body)
    if page:
        message.add_alternative(page, subtype="html")
    for name, content in (attached or {}).items():
        message.add_attachment(content, maintype="application", subtype="x", filename=name)
    return message.as_bytes()
