"""The chat: questions on the left, the evidence for the answers on the right.

Run it with `python ui.py` or `footnote serve`.
"""

from __future__ import annotations

import os
import runpy
import socket
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from qa import Assistant, Conversations, Feedback, FootnoteError

if TYPE_CHECKING:
    import gradio as gr


def build(assistant: Assistant, *, uploads: str | Path = "uploads") -> gr.Blocks:
    """The page over an open assistant; `launch` serves it.

    Args:
        uploads: the folder that keeps a copy of what people add; conversations and what is
            said of answers are kept beside it.
    """
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # read when Gradio is imported
    from qa.chat.desk import Desk
    from qa.chat.drawer import Drawer
    from qa.chat.opinions import Opinions
    from qa.chat.page import lay_out

    beside = Path(uploads).parent
    drawer = Drawer(Conversations(beside / "conversations.sqlite"))
    opinions = Opinions(Feedback(beside / "feedback.jsonl"), drawer, assistant.articles)
    return lay_out(Desk(assistant, Path(uploads), drawer), drawer, opinions)


def launch(page: gr.Blocks, *, host: str, port: int) -> None:
    """Serve the page from a thread of this process; `page.close()` ends it."""
    from qa.chat.page import look

    page.launch(
        server_name=host,
        server_port=port,
        share=False,
        ssr_mode=False,
        run_history=False,
        quiet=True,
        max_file_size="20mb",
        prevent_thread_lock=True,
        **look(),
    )


def serve(archive: str | Path, *, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Open the chat over the archive and keep it open until the program is interrupted.

    Raises:
        FootnoteError: the address is taken, or the archive cannot be opened.
    """
    _check_free(host, port)
    print("Opening the chat …", flush=True)
    with Assistant.open(archive) as assistant:
        page = build(assistant, uploads=Path(archive) / "uploads")
        launch(page, host=host, port=port)
        print(f"Footnote is open on http://{host}:{port} (Ctrl+C closes it)", flush=True)
        Thread(target=_warm, args=(assistant,), daemon=True).start()
        page.block_thread()


def _check_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise FootnoteError(
                f"The chat cannot listen on {host}:{port} ({error.strerror}): choose another port "
                "with `footnote serve --port`."
            ) from None


def _warm(assistant: Assistant) -> None:
    """Load the model before the first question asks for it; whatever fails, fails again there."""
    with suppress(FootnoteError):
        assistant.search("warm up", top_k=1)


if __name__ == "__main__":  # the same as `footnote serve`
    sys.argv.insert(1, "serve")
    runpy.run_module("qa", run_name="__main__", alter_sys=True)
