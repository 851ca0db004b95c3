"""A language model's server on loopback that says, and does, what a test tells it to.

It speaks OpenAI's protocol and as much of Ollama's as tells what a server offers.
"""

from __future__ import annotations

import json
import re
import select
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Status:
    """An HTTP error."""

    code: int
    headers: Mapping[str, str] = field(default_factory=dict)
    message: str = "out of order"


@dataclass(frozen=True)
class Raw:
    """Bytes in the place of what the protocol wants."""

    content: bytes


# A text is said word by word. Of a script, numbers are seconds of silence and `Raw` goes as it is.
Script = Iterable[str | float | Raw]
Reply = Callable[[str], str | int | Status | Script]  # from the prompt


@dataclass
class Server:
    """What the server was asked, and what became of its listeners."""

    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)  # the paths of GET requests
    hung_up: threading.Event = field(default_factory=threading.Event)  # a listener left early
    left_after: float = 0.0  # and how many seconds after he had asked


@contextmanager
def llm_server(
    reply: Reply,
    *,
    offers: Mapping[str, Any] | None = None,
    ollama: Mapping[str, Any] | None = None,
) -> Iterator[Server]:
    """Yield the server, which ends with the block.

    Args:
        offers: what is listed, by model; the values are what the list says of each.
        ollama: replies of Ollama's own protocol, by path.
    """
    told = Server()
    listed = {"object": "list", "data": [{"id": k, **v} for k, v in (offers or {}).items()]}
    shown = {"/v1/models": listed, **(ollama or {})}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.looked_at.append(self.path)
            self._json(*((200, shown[self.path]) if self.path in shown else (404, {})))

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path in shown:
                self._json(200, shown[self.path])
                return
            if not self.path.endswith("/chat/completions"):
                self._json(404, {})
                return
            told.requests.append(body | {"path": self.path, "key": self.headers["Authorization"]})
            said = reply("\n".join(message["content"] for message in body["messages"]))
            said = Status(said) if isinstance(said, int) else said
            if isinstance(said, Status):
                self._json(said.code, {"error": {"message": said.message}}, said.headers)
            elif body.get("stream"):
                self._stream(re.findall(r"\S+\s*|\s+", said) if isinstance(said, str) else said)
            else:
                assert isinstance(said, str)
                self._json(200, completion(said))

        def _json(self, code: int, value: Any, headers: Mapping[str, str] | None = None) -> None:
            content = json.dumps(value).encode()
            self.send_response(code)
            more = {"Content-Type": "application/json", "Content-Length": str(len(content))}
            for name, line in {**more, **(headers or {})}.items():
                self.send_header(name, line)
            self.end_headers()
            self.wfile.write(content)

        def _stream(self, script: Script) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            asked = time.monotonic()
            try:
                for step in script:
                    if isinstance(step, str):
                        self._event({"choices": [{"index": 0, "delta": {"content": step}}]})
                    elif isinstance(step, Raw):
                        self.wfile.write(step.content)
                    else:
                        self._wait(step)
                stopped = {"index": 0, "delta": {}, "finish_reason": "stop"}
                usage = {"prompt_tokens": 21, "completion_tokens": 7, "total_tokens": 28}
                self._event({"choices": [stopped], "usage": usage})
                self.wfile.write(b"data: [DONE]\n\n")
            except OSError:
                told.left_after = time.monotonic() - asked
                told.hung_up.set()

        def _event(self, value: dict[str, Any]) -> None:
            kind = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "scripted"}
            self.wfile.write(f"data: {json.dumps(kind | value)}\n\n".encode())

        def _wait(self, seconds: float) -> None:
            """Silence, during which it is noticed when the listener leaves."""
            until = time.monotonic() + seconds
            while (left := until - time.monotonic()) > 0:
                readable, _, _ = select.select([self.connection], [], [], min(left, 0.05))
                if readable and not self.connection.recv(1, socket.MSG_PEEK):
                    raise BrokenPipeError

        def log_message(self, *ignored: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        told.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        yield told
        server.shutdown()


def completion(said: str) -> dict[str, Any]:
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": said},
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }
