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
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from qa import Assistant, Config, FootnoteError

if TYPE_CHECKING:
    from qa.serving.server import Server
    from qa.serving.users import Users


def launch(
    assistant: Assistant,
    *,
    uploads: str | Path,
    keeping: str | Path | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
    users: Users | None = None,
    hosts: Iterable[str] = (),
) -> Server:
    """Serve the chat from a thread of this process; `close()` on what it returns ends it.

    Args:
        uploads: the folder that keeps a copy of what people add.
        keeping: the folder that keeps conversations and what is said of answers; None: the one
            that the uploads lie in.
        port: 0 takes a free one.
        users: who may sign in; None lets everybody in.
        hosts: the names, besides this machine's own, under which it may be asked for.
    Raises:
        FootnoteError: the address cannot be listened on.
    """
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # read when Gradio is imported
    from qa.serving.app import Site
    from qa.serving.server import Server

    keeping = Path(uploads).parent if keeping is None else keeping
    site = Site(assistant, uploads, keeping=keeping, users=users, hosts=(host, *hosts))
    return Server(site, host=host, port=port)


def serve(
    config: Config, *, host: str = "127.0.0.1", port: int = 7860, to_all: bool = False
) -> None:
    """Open the chat over the archive and keep it open until the program is interrupted.

    Args:
        to_all: let everybody in who can reach the host, though nobody has to sign in.
    Raises:
        FootnoteError: the address is taken or open to others, or the archive cannot be opened.
    """
    from qa.serving.server import check_free

    check_free(host, port)
    users = _users(config, host, to_all=to_all)
    print("Opening the chat …", flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended in order, however it ends
    with Assistant.open(config=config) as assistant:
        server = launch(
            assistant,
            uploads=config.uploads_folder,
            keeping=config.kept_folder,
            host=host,
            port=port,
            users=users,
            hosts=config.hosts,
        )
        warming = Thread(target=_warm, args=(assistant,))
        try:
            print(f"Footnote is open on {server.url} (Ctrl+C closes it)", flush=True)
            warming.start()
            server.wait()
        except KeyboardInterrupt:
            print("Closing the chat …", flush=True)
        finally:
            server.close()
            if warming.is_alive():
                warming.join()  # a program that ends while it loads a network is aborted


def _users(config: Config, host: str, *, to_all: bool) -> Users | None:
    """Who may sign in. Where others can reach the chat, somebody has to, unless told otherwise."""
    from qa.serving.server import is_private
    from qa.serving.users import Users

    if config.users:
        users = Users(config.users)
        if not users.all():
            raise FootnoteError(
                f"{config.users} has no users: add one with `footnote users add NAME`."
            )
        return users
    if not (to_all or is_private(host)):
        raise FootnoteError(
            f"Others can reach {host}, and nobody would have to sign in: set FOOTNOTE_USERS and "
            "add users with `footnote users add NAME`, or say --open to let everybody in."
        )
    return None


def _warm(assistant: Assistant) -> None:
    """Load the model before the first question asks for it; whatever fails, fails again there."""
    with suppress(FootnoteError):
        assistant.search("warm up", top_k=1)


if __name__ == "__main__":  # the same as `footnote serve`
    sys.argv.insert(1, "serve")
    runpy.run_module("qa", run_name="__main__", alter_sys=True)
