"""The chat in a real browser, over a real archive: what a person sees, clicks and types."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import ui
from qa import Assistant, Citation

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
if not CHROMIUM:
    pytest.skip("there is no Chromium here", allow_module_level=True)
from playwright.sync_api import Browser, Page, expect  # noqa: E402

ROOT = Path(__file__).parents[1]
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
ASKED = "Who received Choe Son Hui in Moscow?"
REFUSED = "Which team won the chess olympiad in Budapest?"

HOSTILE = """---
title: "<img src=x onerror=window.pwned=1> {{constructor.constructor('window.pwned=2')()}}"
outlet: "<b onmouseover=window.pwned=3>Evil & Sons</b>"
published: 2024-02-02
url: "javascript:window.pwned=4"
---

GRUBENHAGEN, Feb. 2, 2024 — The dragon of Grubenhagen ate </mark></p><script>window.pwned=5</script>
seven sheep, ${window.pwned=6} and <img src="https://evil.example/x.png" onerror="window.pwned=7">
nobody saw it, {{7*7}} villagers said on Friday. [The mayor](javascript:window.pwned=8) disagreed.
"""
LONG = (
    "---\ntitle: The delegates who travelled to "
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch for a conference on rivers that "
    "had been put off twice\noutlet: Rivers Weekly\npublished: 2022-05-01\n---\n\n"
    + "\n\n".join(
        f"In week {week} the secretariat counted {week * 7} requests for a room. "
        f"The hotels of the valley could take {week * 3} of them before they closed."
        for week in range(1, 40)
    )
    + "\n\nThe river Marne was measured at nine metres by the engineer Odile Perrault.\n"
)


@dataclass(frozen=True)
class Chat:
    assistant: Assistant
    url: str
    uploads: Path


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def open_chat(archive: Path) -> Iterator[Chat]:
    with Assistant.open(archive) as assistant:
        page = ui.build(assistant, uploads=archive / "uploads")
        port = free_port()
        ui.launch(page, host="127.0.0.1", port=port)
        yield Chat(assistant, f"http://127.0.0.1:{port}", archive / "uploads")
        page.close(verbose=False)


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    """The seeds, a hostile article and a long one, in one server for all these tests."""
    folder = tmp_path_factory.mktemp("articles")
    shutil.copytree(ROOT / "seeds", folder, dirs_exist_ok=True)
    (folder / "hostile.md").write_text(HOSTILE, encoding="utf-8")
    (folder / "long.md").write_text(LONG, encoding="utf-8")
    for chat in open_chat(tmp_path_factory.mktemp("archive")):
        chat.assistant.ingest(folder)
        yield chat


@pytest.fixture(scope="module")
def empty_chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    yield from open_chat(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with playwright.sync_playwright() as session:
        browser = session.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Visits:
    """Opens pages, and afterwards sees that nothing ran, asked or went where it should not."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._pages: list[Page] = []
        self._wrong: list[str] = []

    def __call__(self, chat: Chat, **context: object) -> Page:
        page = self._browser.new_context(**context).new_page()  # type: ignore[arg-type]
        page.set_default_timeout(15_000)
        page.on("dialog", lambda dialog: self._wrong.append(f"dialog: {dialog.message}"))
        page.on("pageerror", lambda error: self._wrong.append(f"error: {error}"))
        page.on("request", self._look_at)
        page.goto(chat.url)
        page.wait_for_selector(".welcome")
        self._pages.append(page)
        return page

    def _look_at(self, request: object) -> None:
        url: str = request.url  # type: ignore[attr-defined]
        if not url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            self._wrong.append(f"request: {url}")

    def close(self) -> None:
        ran = [page.evaluate("window.pwned") for page in self._pages]
        for page in self._pages:
            page.context.close()
        assert not self._wrong
        assert set(ran) <= {None}


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visits]:
    visits = Visits(browser)
    yield visits
    visits.close()


def ask(page: Page, question: str) -> None:
    turns = page.locator(".turn")
    before = turns.count()
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    expect(turns).to_have_count(before + 1)
    expect(turns.last).to_have_attribute("aria-busy", "false")


def cited(chat: Chat, question: str, **where: str) -> tuple[Citation, ...]:
    citations = chat.assistant.ask(question, **where).citations
    assert citations, "the test needs a question that the articles answer"
    return citations


def marked(page: Page) -> str:
    return "\n".join(page.locator("#evidence mark").all_text_contents())


def test_the_first_sight_shows_the_archive_and_questions_to_ask(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    listed = page.locator("#listing li").all_text_contents()
    assert len(listed) == len(chat.assistant.articles())
    assert any("AFP via The Citizen" in line and "16 January 2024" in line for line in listed)
    example = page.locator(".examples button").first
    question = example.text_content() or ""
    example.click()
    expect(page.locator(".turn[aria-busy=false] .question")).to_have_text(question)


def test_a_footnote_opens_exactly_its_quote_and_the_article_around_it(
    chat: Chat, visit: Visits
) -> None:
    page = visit(chat)
    ask(page, ASKED)
    citations = cited(chat, ASKED)
    assert page.locator(".answer .ref").all_text_contents() == re.findall(
        r"\[(\d+)\]", chat.assistant.ask(ASKED).text
    )
    for citation in citations:
        page.locator(f".ref[data-place='Footnote {citation.number}']").first.click()
        expect(page.locator("#evidence .kicker")).to_have_text(f"Footnote {citation.number}")
        article = chat.assistant.article(citation.article_id)
        assert marked(page) == citation.quote == article.text[citation.start : citation.end]
        expect(page.locator("#evidence h2")).to_have_text(citation.title)
        expect(page.locator("#evidence .source")).to_contain_text(citation.outlet)
    page.get_by_role("button", name="Open the article").click()
    expect(page.locator("#evidence .kicker")).to_contain_text("whole article")
    whole = "\n\n".join(page.locator("#evidence .text p").all_text_contents())
    assert whole.split() == article.text.split()
    assert marked(page) == citation.quote
    page.get_by_role("button", name="Back").locator("visible=true").click()
    expect(page.locator("#listing")).to_be_visible()


def test_the_whole_article_is_scrolled_to_the_quote(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    ask(page, "Who measured the river Marne?")
    page.locator(".ref").first.click()
    page.get_by_role("button", name="Open the article").click()
    expect(page.locator("#evidence .kicker")).to_contain_text("whole article")
    expect(page.locator("#evidence mark")).to_be_in_viewport()
    assert page.locator("#evidence").evaluate("panel => panel.scrollTop") > 500
    assert "Marne" in marked(page)


def test_footnotes_of_earlier_answers_keep_opening_their_own_quote(
    chat: Chat, visit: Visits
) -> None:
    page, other = visit(chat), visit(chat)
    second = "Who measured the river Marne?"
    ask(page, ASKED)
    ask(other, second)
    ask(page, second)
    for where, turn, question in ((page, 0, ASKED), (page, 1, second), (other, 0, second)):
        where.locator(f".ref[data-turn='{turn}']").first.click()
        quote = cited(chat, question)[0].quote
        expect(where.locator("#evidence mark")).to_have_text(quote)
    expect(other.locator(".turn")).to_have_count(1)


def test_a_footnote_survives_its_article(chat: Chat, visit: Visits, tmp_path: Path) -> None:
    page = visit(chat)
    file = tmp_path / "lighthouse.txt"
    file.write_text(
        "The keeper of the Vardo lighthouse, Solveig Aas, retired on Monday after 41 years. "
        "The council thanked her with a lamp.\n",
        encoding="utf-8",
    )
    (article_id,) = chat.assistant.ingest(file).added
    question = "Who is the keeper of the Vardo lighthouse?"
    ask(page, question)
    (citation, *_) = cited(chat, question)
    chat.assistant.remove(article_id)
    page.locator(".ref").first.click()
    expect(page.locator("#evidence .error")).to_be_visible()
    assert marked(page) == citation.quote


def test_what_the_articles_do_not_say_looks_different_and_shows_what_came_nearest(
    chat: Chat, visit: Visits
) -> None:
    page = visit(chat)
    ask(page, REFUSED)
    expect(page.locator(".refusal h3")).to_have_text("Not in the articles")
    expect(page.locator(".answer")).to_have_count(0)
    nearest = chat.assistant.ask(REFUSED).nearest
    page.locator(".refusal li button").first.click()
    expect(page.locator("#evidence .kicker")).to_have_text("Nearest passage 1")
    assert marked(page).split() == nearest[0].text.split()


def test_filters_show_and_hold(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    page.locator("#filters summary").click()
    page.get_by_label("Outlet").select_option("Rivers Weekly")
    expect(page.locator("#filters .active")).to_have_text("Only Rivers Weekly")
    ask(page, ASKED)
    expect(page.locator(".turn .scope")).to_have_text("Asked of Rivers Weekly")
    named = page.locator(".turn .notes small").all_text_contents()
    assert all("Rivers Weekly" in line for line in named)
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator("#filters .active")).to_have_count(0)
    page.locator("#filters summary").click()
    page.get_by_label("From").fill("2024-09-01")
    page.get_by_label("To").fill("2024-12-31")
    expect(page.locator("#filters .active")).to_have_text(
        "Only since 1 September 2024, until 31 December 2024"
    )
    ask(page, "Which leaders condemned North Korea?")
    dates = page.locator(".turn:last-child .notes time").evaluate_all(
        "times => times.map(time => time.dateTime)"
    )
    assert dates
    assert all("2024-09-01" <= date <= "2024-12-31" for date in dates)


def test_the_list_of_articles_narrows_and_opens(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    page.get_by_label("Find an article").fill("moscow afp")
    expect(page.locator("#listing .count")).to_have_text("1 of 7 articles")
    page.locator("#listing li button").click()
    expect(page.locator("#evidence .kicker")).to_have_text("Article")
    text = "".join(page.locator("#evidence .text p").all_text_contents())
    (article,) = (a for a in chat.assistant.articles() if "AFP" in a.outlet)
    assert text.split() == "".join(article.text.split("\n")).split()


def test_the_empty_archive_says_what_to_do_and_takes_an_upload(
    empty_chat: Chat, visit: Visits, tmp_path: Path
) -> None:
    page = visit(empty_chat)
    expect(page.locator(".welcome")).to_contain_text("The archive is empty")
    good = tmp_path / "harbour news.txt"
    good.write_text(
        "ARDAL, Sept. 4, 2024 — The north quay of the port of Ardal took its first container ship "
        "in nine weeks on Wednesday, harbour master Lena Brandt said. The repair of the quay cost "
        "6.2 million euros, of which the region paid half.\n",
        encoding="utf-8",
    )
    blank = tmp_path / "blank.txt"
    blank.write_text("\n", encoding="utf-8")
    page.locator("#upload input[type=file], input[type=file]").first.set_input_files([good, blank])
    report = page.locator("#report .report")
    expect(report).to_contain_text("1 added")
    expect(report).to_contain_text("blank.txt")
    expect(page.locator("#listing li")).to_have_count(1)
    assert (empty_chat.uploads / "harbour news.txt").read_bytes() == good.read_bytes()
    ask(page, "What did the repair of the quay cost?")
    page.locator(".ref").first.click()
    expect(page.locator("#evidence mark")).to_contain_text("6.2 million euros")


def test_nothing_in_an_article_a_question_or_a_file_name_runs(
    chat: Chat, visit: Visits, tmp_path: Path
) -> None:
    page = visit(chat)
    question = "How many sheep did the dragon of Grubenhagen eat?"
    ask(page, question)
    expect(page.locator(".turn:last-child .notes .title").first).to_contain_text("<img src=x")
    page.locator(".ref").first.click()
    expect(page.locator("#evidence h2")).to_contain_text("{{constructor")
    expect(page.locator("#evidence a")).to_have_count(0)
    page.get_by_role("button", name="Open the article").click()
    expect(page.locator("#evidence .text")).to_contain_text("<script>window.pwned=5</script>")
    page.locator("#evidence .text").hover()
    page.locator("#listing").evaluate("list => list.scrollIntoView()")
    hostile = "<img src=x onerror=window.pwned=9> {{7*7}} ${window.pwned=10} [a](javascript:1)"
    ask(page, hostile)
    expect(page.locator(".turn:last-child .question")).to_have_text(hostile)
    name = "<img src=x onerror=window.pwned=11>.txt"
    page.locator("input[type=file]").first.set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": b"\n"}]
    )
    expect(page.locator("#report")).to_contain_text("left out")
    assert page.locator("#history img, #side img, #side script, #history script").count() == 0


def test_a_phone_gets_one_column_and_a_way_back(chat: Chat, visit: Visits) -> None:
    page = visit(chat, **PHONE)
    ask(page, "Who measured the river Marne?")
    for opener in (page.locator(".ref").first, page.locator("#to-shelf")):
        opener.click()
        expect(page.locator("#side")).to_be_in_viewport(ratio=0.99)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert page.locator("#side").evaluate("side => side.scrollWidth") <= 390
        back = page.get_by_role("button", name="Back").locator("visible=true")
        expect(back).to_be_in_viewport()
        back.click()
        expect(page.locator("#question textarea")).to_be_in_viewport()
        expect(back).to_have_count(0)
    page.locator(".ref").first.click()
    expect(page.locator("#evidence mark")).to_be_visible()
    page.go_back()
    expect(page.locator(".turn .answer")).to_be_in_viewport()
    small = page.locator("button:visible, summary:visible, select:visible").evaluate_all(
        "all => all.filter(e => !e.matches('.ref')).map(e => [e.outerHTML, e.offsetHeight])"
        ".filter(([, height]) => height < 44)"
    )
    assert not small


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: (L1 + 0.05) / (L2 + 0.05), the lighter first."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_system_and_can_be_read(chat: Chat, visit: Visits, scheme: str) -> None:
    page = visit(chat, color_scheme=scheme)
    colours = page.locator(".gradio-container").evaluate(
        "e => Object.fromEntries(['paper', 'sheet', 'ink', 'soft', 'accent', 'on-accent', 'wash',"
        " 'mark', 'on-mark', 'alert', 'alert-wash', 'edge']"
        ".map(name => [name, getComputedStyle(e).getPropertyValue('--' + name).trim()]))"
    )
    assert (luminance(colours["paper"]) > luminance(colours["ink"])) == (scheme == "light")
    words = [(ink, ground) for ink in ("ink", "soft", "accent") for ground in ("paper", "sheet")]
    words += [("ink", "wash"), ("soft", "wash"), ("accent", "wash"), ("on-accent", "accent")]
    words += [("on-mark", "mark"), ("alert", "alert-wash")]
    assert {
        pair: contrast(colours[pair[0]], colours[pair[1]])
        for pair in words
        if contrast(colours[pair[0]], colours[pair[1]]) < 4.5
    } == {}
    assert contrast(colours["edge"], colours["sheet"]) >= 3
    page.get_by_role("button", name="Switch between light and dark").click()
    flipped = page.evaluate("getComputedStyle(document.body).getPropertyValue('--paper').trim()")
    assert flipped != colours["paper"]


def test_the_keyboard_is_enough(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    box = page.locator("#question textarea")
    expect(box).to_be_focused()
    page.keyboard.type("Who measured")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("the river Marne?")
    expect(page.locator(".turn")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator(".turn[aria-busy=false]")).to_have_count(1)
    expect(page.locator("#spoken [role=status]")).to_contain_text("Marne")
    number = page.locator(".ref").first
    assert re.match(r"Footnote 1: .+", number.get_attribute("aria-label") or "")
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if number.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#evidence h2")).to_be_focused()
    expect(page.locator("#evidence mark")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#evidence")).to_be_hidden()
    expect(number).to_be_focused()


def test_a_conversation_can_be_saved_and_begun_anew(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    ask(page, ASKED)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the conversation as Markdown").click()
    saved = Path(download.value.path()).read_text("utf-8")
    assert saved.startswith(f"## {ASKED}\n")
    assert "[^1]: “" in saved
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)


def test_an_error_is_one_line(
    visit: Visits, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for chat in open_chat(tmp_path / "archive"):
        page = visit(chat)
        chat.assistant.close()
        ask(page, "Is anybody there, in the closed archive?")
        said = page.locator(".turn .error").text_content() or ""
        assert said
        assert "\n" not in said
        assert "Traceback" not in said


def test_a_taken_port_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "ui.py", "--archive", str(tmp_path), "--port", port],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"127.0.0.1:{port}" in done.stderr
