"""Signing in: who gets in, what is kept of it, and how guessing is slowed."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from qa.errors import SettingError
from qa.serving import sessions
from qa.serving.guesses import Guesses
from qa.serving.login import COOKIE
from qa.serving.sessions import Sessions
from qa.serving.users import Role, User, Users
from tests.serving.conftest import PASSWORDS, Place, served

Enter = Callable[[str], httpx.Client]
BEHIND = [
    "/", "/config", "/theme.css", "/assets/x.js", "/gradio_api/info", "/gradio_api/queue/data",
    "/gradio_api/heartbeat/x", "/nowhere", "/Login", "//login", "/dress"
]  # fmt: skip


@pytest.mark.parametrize("path", BEHIND)
def test_the_page_and_its_api_are_behind_the_login(house: Place, path: str) -> None:
    answer = httpx.get(house.url + path, timeout=60)
    assert answer.status_code == 401
    assert answer.json() == {"detail": "Sign in first."}


@pytest.mark.parametrize("path", ["/gradio_api/queue/join", "/gradio_api/call/x", "/logout", "/x"])
def test_nothing_can_be_sent_from_outside(house: Place, path: str) -> None:
    assert httpx.post(house.url + path, json={}, timeout=60).status_code == 401
    assert httpx.put(f"{house.url}/uploads/a.txt", content=b"x", timeout=60).status_code == 401
    assert not list(house.archive.rglob("a.txt"))


def test_a_person_is_led_to_the_login_and_back(house: Place) -> None:
    with httpx.Client(base_url=house.url, headers={"accept": "text/html"}, timeout=60) as client:
        led = client.get("/")
        assert (led.status_code, led.headers["location"]) == (303, "/login")
        form = client.get("/login")
        assert "script-src 'self';" in form.headers["content-security-policy"]
        assert "<script>" not in form.text
        told = {"username": "ben", "password": PASSWORDS["ben"]}
        entered = client.post("/login", data=told)
        assert (entered.status_code, entered.headers["location"]) == (303, "/")
        cookie = entered.headers["set-cookie"]
        assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
        assert client.get("/").status_code == 200
        assert client.get("/config").json()["title"] == "Footnote"
        assert client.post("/logout").status_code == 204
        assert client.get("/").status_code == 303


def test_a_session_that_was_ended_is_no_longer_good(enter: Enter, house: Place) -> None:
    client = enter("ben")
    token = {COOKIE: client.cookies[COOKIE]}
    client.post("/logout")
    assert httpx.get(f"{house.url}/config", cookies=token, timeout=60).status_code == 401


def test_a_wrong_password_is_wrong_for_whatever_name(house: Place) -> None:
    said = set()
    for name in ("ben", "nobody", "", "<b>"):
        told = {"username": name, "password": "wrong"}
        answer = httpx.post(f"{house.url}/login", data=told, timeout=60)
        assert answer.status_code == 401
        assert "<b>" not in answer.text
        assert COOKIE not in answer.cookies
        said.add(answer.text.replace(f'value="{name}"', "").replace('value="&lt;b&gt;"', ""))
    assert len({text.replace('value=""', "") for text in said}) == 1
    httpx.post(
        f"{house.url}/login", data={"username": "ben", "password": PASSWORDS["ben"]}, timeout=60
    )


def test_a_foreign_form_cannot_sign_anybody_in(house: Place) -> None:
    told = {"username": "ben", "password": PASSWORDS["ben"]}
    foreign = {"origin": "http://elsewhere.example"}
    assert httpx.post(f"{house.url}/login", data=told, headers=foreign).status_code == 403


def test_guessing_is_slowed(tmp_path: Path) -> None:
    with served(tmp_path, signed=True) as house:

        def guess(name: str, password: str) -> httpx.Response:
            told = {"username": name, "password": password}
            return httpx.post(f"{house.url}/login", data=told, timeout=60)

        assert [guess("x", "wrong").status_code for _ in range(4)] == [401] * 4

        def patient_guess() -> int:
            time.sleep(0.05)  # each wait must be over before the next one grows
            return int(guess("x", "wrong").headers.get("retry-after", 0))

        assert any(patient_guess() >= 8 for _ in range(200))
        right = guess("ben", PASSWORDS["ben"])
        assert right.status_code == 429  # who guesses cannot tell that this one was right
        assert "wait" in right.text


def test_waiting_grows_and_a_right_guess_clears_it() -> None:
    now = 0.0
    guesses = Guesses(free=2, clock=lambda: now)
    assert [guesses.wait("a") for _ in range(4)] == [0, 0, 1, 1]
    now = 1.0
    assert [guesses.wait("a") for _ in range(2)] == [0, 2]
    guesses.clear(["a"])
    assert guesses.wait("a") == 0
    for _ in range(40):
        now += 100
        assert guesses.wait("a") == 0
    assert guesses.wait("a") == 60
    now += 1000
    assert [guesses.wait("a") for _ in range(3)] == [0, 0, 1]


@pytest.mark.parametrize("kind", ["basic", "bearer"])
def test_a_program_sends_name_and_password(house: Place, kind: str) -> None:
    def asked(name: str, password: str) -> int:
        pair = f"{name}:{password}"
        given = base64.b64encode(pair.encode()).decode() if kind == "basic" else pair
        headers = {"authorization": f"{kind.title()} {given}"}
        return httpx.get(f"{house.url}/config", headers=headers, timeout=60).status_code

    assert [asked("ben", PASSWORDS["ben"]) for _ in range(2)] == [200, 200]
    assert asked("ben", "wrong") == 401
    assert asked("", "") == 401


def test_a_reader_adds_nothing_and_an_editor_does(enter: Enter, house: Place) -> None:
    refused = enter("ben").put("/uploads/bens.txt", content=b"x")
    assert refused.status_code == 403
    assert "not add" in refused.json()["refused"]
    assert enter("anna").put("/uploads/annas.txt", content=b"x").json() == {"kept": "annas.txt"}
    assert [path.name for path in house.uploads.rglob("*.txt")] == ["annas.txt"]
    assert (house.uploads / "@anna" / "annas.txt").exists()


def test_who_is_taken_out_is_out_at_once(house: Place, enter: Enter) -> None:
    house.users.add("carl", "ten slow barges", Role.READER)
    with httpx.Client(base_url=house.url, timeout=60) as client:
        client.post("/login", data={"username": "carl", "password": "ten slow barges"})
        assert client.get("/config").status_code == 200
        house.users.remove("carl")
        assert client.get("/config").status_code == 401


def test_sessions_expire(tmp_path: Path) -> None:
    now = 0.0
    users = Users(tmp_path / "users")
    users.add("anna", PASSWORDS["anna"], Role.EDITOR)
    anna = users.all()["anna"]
    kept = Sessions(users, clock=lambda: now)
    idle, busy = kept.begin(anna), kept.begin(anna)
    while now < 6.9 * 86400:
        now += sessions.IDLE - 1
        assert kept.user(busy) == anna
    assert kept.user(idle) is None
    now = 7 * 86400.0 + 1
    assert kept.user(busy) is None
    assert kept.user("") is None


def test_a_new_password_or_role_ends_the_sessions(tmp_path: Path) -> None:
    users = Users(tmp_path / "users")
    users.add("anna", PASSWORDS["anna"], Role.EDITOR)
    kept = Sessions(users)
    token = kept.begin(users.all()["anna"])
    assert kept.user(token)
    users.add("anna", PASSWORDS["anna"], Role.READER)
    assert kept.user(token) is None


def test_the_file_holds_no_password_and_is_for_one_pair_of_eyes(tmp_path: Path) -> None:
    path = tmp_path / "users"
    users = Users(path)
    users.add("anna", PASSWORDS["anna"], Role.EDITOR)
    users.add("ben", PASSWORDS["anna"], Role.READER)
    assert "lantern" not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0
    one, other = (line.split()[2] for line in path.read_text().splitlines())
    assert one != other  # salted
    assert users.signed_in("anna", PASSWORDS["anna"]) == User("anna", Role.EDITOR, one)
    assert users.signed_in("anna", PASSWORDS["anna"] + " ") is None
    assert users.signed_in("anna", "") is None
    assert users.signed_in("nobody", PASSWORDS["anna"]) is None


@pytest.mark.parametrize("name", ["", "a b", "../a", ".a", "a\nb editor x", "@a", "é"])
def test_a_name_that_could_be_anything_else_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingError, match="cannot be a user's name"):
        Users(tmp_path / "users").add(name, "long enough", Role.READER)


@pytest.mark.parametrize("line", ["anna king x:y", "anna editor", "anna editor nocolon", "\xff"])
def test_a_line_that_makes_no_sense_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "users"
    path.write_text(f"{line}\n", "latin-1")
    with pytest.raises(SettingError, match="users"):
        Users(path).all()


def test_where_users_cannot_be_read_nobody_is_let_in(enter: Enter, house: Place) -> None:
    client = enter("ben")
    path = house.archive.parent / "users"
    kept = path.read_bytes()
    try:
        path.write_text("anna king\n")
        for way in ("/", "/login", "/config"):
            assert client.get(way).status_code == 503
    finally:
        path.write_bytes(kept)
    assert client.get("/config").status_code == 200
