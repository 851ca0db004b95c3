"""The archive's side of the page: the filters, the list, what people add."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.ui.pictures import picture
from tests.ui.steps import ASKED, Chat, ask, expect, tab_to

if TYPE_CHECKING:
    from tests.ui.watch import Visits


def test_filters_show_and_hold(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    page.locator("#filters summary").click()
    page.get_by_label("Outlet").select_option("Rivers Weekly")
    expect(page.locator(".chip .title")).to_have_text("Rivers Weekly")
    ask(page, ASKED)
    expect(page.locator(".turn .scope")).to_have_text("Asked of Rivers Weekly")
    named = page.locator(".turn .notes small").all_text_contents()
    assert all("Rivers Weekly" in line for line in named)
    page.get_by_role("button", name="Ask all articles").click()
    expect(page.locator(".chip")).to_have_count(0)
    page.get_by_label("From").fill("2024-09-01")
    page.get_by_label("To", exact=True).fill("2024-12-31")
    expect(page.locator(".chip .title")).to_have_text("1 September 2024 to 31 December 2024")
    ask(page, "Which leaders condemned North Korea?")
    dates = page.locator("#latest .turn .notes time").evaluate_all(
        "times => times.map(time => time.dateTime)"
    )
    assert dates
    assert all("2024-09-01" <= date <= "2024-12-31" for date in dates)


def test_the_list_of_articles_narrows_and_opens(chat: Chat, visit: Visits) -> None:
    page = visit(chat)
    page.get_by_label("Find an article").fill("moscow afp")
    expect(page.locator("#listing .count")).to_contain_text(
        f" of {len(chat.assistant.articles())} articles"
    )
    page.locator("#listing li button").first.click()
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
    expect(report).to_contain_text("1 added", timeout=20_000)
    expect(report).to_contain_text("blank.txt")
    expect(page.locator("#listing li")).to_have_count(1)
    assert (empty_chat.uploads / "harbour news.txt").read_bytes() == good.read_bytes()
    expect(report.locator("li", has_text="blank.txt")).to_contain_text("(the file is empty)")
    good.write_text(good.read_text("utf-8").replace("6.2", "7.4"), encoding="utf-8")
    page.locator("input[type=file]").first.set_input_files([good])
    expect(report).to_contain_text("1 updated", timeout=20_000)
    expect(report).to_contain_text("(its earlier version is kept as .versions/harbour news-")
    picture(page, "report")
    report.get_by_role("button", name="harbour news.txt").click()
    expect(page.locator("#evidence .text")).to_contain_text("7.4 million euros")
    page.get_by_role("button", name="Back").locator("visible=true").click()
    ask(page, "What did the repair of the quay cost?")
    page.locator(".ref").first.click()
    expect(page.locator("#evidence mark")).to_contain_text("7.4 million euros")
    other = tmp_path / "other.txt"
    other.write_text(
        "VENN, Sept. 9, 2024 — A swan stopped the trams of Venn for an hour on Monday, the police "
        "said. It was carried to the river in a coat.\n",
        encoding="utf-8",
    )
    page.get_by_role("button", name="Back").locator("visible=true").click()
    page.locator("input[type=file]").first.set_input_files([other])
    expect(page.locator("#listing li")).to_have_count(2, timeout=20_000)
    kept = good.read_bytes()
    good.write_bytes(other.read_bytes())  # the same article under the name of another
    page.locator("input[type=file]").first.set_input_files([good])
    expect(report).to_contain_text("the same article", timeout=20_000)
    expect(page.locator("#listing li")).to_have_count(2)
    assert (empty_chat.uploads / "harbour news.txt").read_bytes() == kept
    assert "7.4 million" in empty_chat.assistant.article("harbour news.txt").text


def test_an_article_is_asked_about_alone_as_long_as_its_chip_stands(
    chat: Chat, visit: Visits
) -> None:
    page = visit(chat)
    chips = page.locator(".chip .title")
    page.get_by_label("Find an article").fill("moscow afp")
    expect(page.locator("#listing li")).to_have_count(1)
    page.locator("#listing li button").first.click()
    title = page.locator("#evidence h2").text_content()
    page.get_by_role("button", name="Ask about this article").click()
    expect(chips).to_have_text(f"“{title}”")
    expect(page.locator("#question textarea")).to_be_focused()
    ask(page, "Who measured the river Marne?")
    expect(page.locator(".turn .scope")).to_have_text(f"Asked of “{title}”")
    expect(page.locator(".refusal")).to_be_visible()
    expect(page.locator(".offer")).to_contain_text("do answer", timeout=20_000)
    picture(page, "chips")
    page.reload()
    expect(chips).to_have_text(f"“{title}”")
    tab_to(page.locator(".chip"), "Shift+Tab", at_most=12)
    page.keyboard.press("Enter")
    expect(chips).to_have_count(0)
    expect(page.locator("#question textarea")).to_be_focused()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".welcome")).to_be_visible()
    page.locator("#kept, #masthead").get_by_role("button", name="Conversations").click()
    page.locator("#drawer .kept button").first.click()
    expect(chips).to_have_text(f"“{title}”")
