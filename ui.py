"""The chat: questions on the left, the evidence for the answers on the right.

Run it with `python ui.py` or `footnote serve`.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from qa import Assistant, FootnoteError

if TYPE_CHECKING:
    import gradio as gr

    from qa.serving.server import Server


def build(assistant: Assistant, *, uploads: str | Path = "uploads") -> gr.Blocks:
    """The page over an open assistant; `launch` serves it.

    Args:
        uploads: the folder that keeps a copy of what people add.
    """
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # read when Gradio is imported
    from qa.chat.desk import Desk
    from qa.chat.page import lay_out

    return lay_out(Desk(assistant, Path(uploads)))


def launch(
    assistant: Assistant, page: gr.Blocks, *, host: str, port: int, hosts: Iterable[str] = ()
) -> Server:
    """Serve the page from a thread of this process; `close()` on what it returns ends it.

    Args:
        assistant: what other programs may ask, beside the page.
        port: 0 takes a free one.
        hosts: the names, besides this machine's own, under which it may be asked for.
    Raises:
        FootnoteError: the address cannot be listened on.
    """
    from qa.serving.app import application
    from qa.serving.server import Server

    app = application(assistant, page, hosts=hosts)
    return Server(app, host=host, port=port, on_close=partial(page.close, verbose=False))


def serve(archive: str | Path, *, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Open the chat over the archive and keep it open until the program is interrupted.

    Raises:
        FootnoteError: the address is taken, or the archive cannot be opened.
    """
    from qa.serving.server import check_free

    check_free(host, port)
    print("Opening the chat …", flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended in order, however it ends
    with Assistant.open(archive) as assistant:
        page = build(assistant, uploads=Path(archive) / "uploads")
        server = launch(assistant, page, host=host, port=port)
        try:
            print(f"Footnote is open on {server.url} (Ctrl+C closes it)", flush=True)
            Thread(target=_warm, args=(assistant,), daemon=True).start()
            server.wait()
        except KeyboardInterrupt:
            print("Closing the chat …", flush=True)
        finally:
            server.close()


def _warm(assistant: Assistant) -> None:
    """Load the model before the first question asks for it; whatever fails, fails again there."""
    with suppress(FootnoteError):
        assistant.search("warm up", top_k=1)


if __name__ == "__main__":  # the same as `footnote serve`
    sys.argv.insert(1, "serve")
    runpy.run_module("qa", run_name="__main__", alter_sys=True)
