"""One evaluation as the command line orders it: from files to reports, kept on the way."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from qa.assistant import Assistant
from qa.config import NO_MODEL, Config
from qa.errors import SettingError
from qa.evaluation.gold import Gold, GoldFile, load_gold
from qa.evaluation.report import Report
from qa.evaluation.run import evaluate
from qa.evaluation.squad import index, load_squad
from qa.llm.opening import open_llm
from qa.terminal import working
from vectorstore.embedding import Embedding
from vectorstore.place import located
from vectorstore.store import Store

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to evaluate, and how."""

    gold: Path | None
    squad: Path | None  # one of the two is given
    config: Config
    name: str
    jobs: int = 1
    sample: int | None = None
    llm: str | None = None  # a language model: answers are measured with it and without
    baseline: bool = False
    judge: bool = False
    page: Path | None = None

    def path(self, kind: str) -> Path:
        """`kind` put behind the run's name: `.json`, `.journal` …"""
        return Path(self.name).with_name(Path(self.name).name + kind)

    @property
    def reports(self) -> list[Path]:
        """What is kept of it when it is finished: itself, and what stands beside it."""
        kinds = [".json", *([".baseline.json"] if self.baseline else [])]
        return list(map(self.path, [*kinds, *([".without.json"] if self.llm else [])]))

    @property
    def journals(self) -> list[Path]:
        """What is kept of the run while it is not finished."""
        return [path for kind in _JOURNALS if (path := self.path(kind)).exists()]


_JOURNALS = (".journal", ".baseline.journal", ".without.journal")


def check(order: Order) -> None:
    """Look at what can be known before the first question is asked.

    Raises:
        SettingError: a file would be overwritten, or cannot be written; or a setting is missing.
        LanguageModelError: its server does not answer.
        FootnoteError: the baseline is not installed.
    """
    if not Path(order.name).name:
        raise SettingError(f"--name {order.name!r} names no file: write it as run-a.")
    for path in order.reports:
        _free(path, "--name")
    _writable(order.path(".json"))
    if order.page:
        _writable(order.page)
        _free(order.page, "--report")
        if order.page.suffix.lower() not in (".html", ".htm"):
            raise SettingError(f"--report {order.page}: give a name that ends in .html.")
    if order.baseline:
        from qa.evaluation.baseline import check_installed

        check_installed()
    if order.judge:
        open_llm(order.config)
    if order.llm:
        from qa.llm.offers import models

        models(order.config)  # is anybody there?


def conduct(order: Order) -> list[Report]:
    """Evaluate; what is measured beside comes second, if it is wanted. Both are kept as JSON."""
    with _gold(order) as (found, config):
        for problem in found.problems:
            print(f"footnote: {problem}", file=sys.stderr)
        if not found.pairs:
            raise SettingError(f"{found.path} holds no gold pair that can be used.")
        pairs = _sampled(found.pairs, order.sample)
        with Assistant.open(config=config, read_only=True) as assistant:
            reports = _measured(order, assistant, pairs, found, config)
    # Kept together: a run that is cut in its second half loses nothing of the first.
    for report, path in zip(reports, order.reports, strict=True):
        report.save(path)
    for journal in order.journals:
        journal.unlink()
    return reports


def configured(archive: str | None, pairs: list[str]) -> Config:
    """The settings of the environment, with some of them changed for this run.

    Raises:
        SettingError: a change is not KEY=VALUE, or no such setting takes it.
    """
    config = Config.from_environment()
    kinds = {one.name: str(one.type) for one in fields(Config)}
    changes: dict[str, Any] = {"archive": located(archive)} if archive else {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or key not in kinds:
            known = ", ".join(kinds)
            raise SettingError(f"--config {pair!r}: write KEY=VALUE; the settings are {known}.")
        changes[key] = _typed(pair, kinds[key], value)
    return replace(config, **changes)


def _typed(pair: str, kind: str, value: str) -> Any:
    try:
        if kind.startswith("int"):
            return int(value)
        if kind.startswith("float"):
            return float(value)
    except ValueError:
        raise SettingError(f"--config {pair!r}: give a number.") from None
    if kind.startswith("Path"):
        return located(value)
    return value


def _free(path: Path, option: str) -> None:
    try:
        there = path.exists()
    except OSError as error:
        line = f"{option} cannot name a file ({error.strerror}): choose another."
        raise SettingError(line) from None
    if there:
        raise SettingError(f"{path} is there already: choose another {option}, or remove it.")


def _writable(path: Path) -> None:
    if path.is_dir():
        raise SettingError(f"{path} is a folder: give the name of a file in it.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise SettingError(f"{path} cannot be written ({error.strerror}).") from None


@contextmanager
def _gold(order: Order) -> Iterator[tuple[GoldFile, Config]]:
    """The pairs, and where to ask them: a SQuAD file brings its own archive."""
    if order.gold:
        yield load_gold(order.gold), order.config
        return
    assert order.squad is not None
    articles, found = load_squad(order.squad)
    with tempfile.TemporaryDirectory() as scratch:
        config = replace(order.config, archive=Path(scratch), chroma_url=None)
        embedding = Embedding.open(config.embedding)
        with working() as progress, Store.open(Path(scratch), embedding=embedding) as store:
            index(store, articles, progress)
        yield found, config


def _sampled(pairs: list[Gold], sample: int | None) -> list[Gold]:
    return pairs if not sample or sample >= len(pairs) else Random(0).sample(pairs, sample)


def _measured(
    order: Order, assistant: Assistant, pairs: list[Gold], found: GoldFile, config: Config
) -> list[Report]:
    wants_llm = order.judge or (order.baseline and config.llm)
    llm = open_llm(config) if wants_llm else None
    about = {
        "gold": Path(found.path).name,
        "sample": order.sample,
        "problems": [str(problem) for problem in found.problems],
    }
    if order.llm:
        config = replace(config, llm=order.llm)
    common: dict[str, Any] = {
        "jobs": order.jobs,
        "judge": _judge(llm, config) if order.judge and llm else None,
    }

    def footnote(llm: str, journal: str, name: str) -> Report:
        shown = _shown(replace(config, llm=None if llm == NO_MODEL else llm))
        with working() as progress:
            return evaluate(
                assistant,
                pairs,
                name=name,
                about={**about, "config": shown},
                journal=order.path(journal),
                llm=llm,
                on_progress=progress,
                **common,
            )

    first = footnote(order.llm or NO_MODEL, ".journal", Path(order.name).name)
    if order.llm:
        return [first, footnote(NO_MODEL, ".without.journal", f"without {order.llm}")]
    if not order.baseline:
        return [first]
    return [first, _baseline(order, assistant, pairs, llm, {**common, "about": about})]


def _baseline(
    order: Order, assistant: Assistant, pairs: list[Gold], llm: LLM | None, common: dict[str, Any]
) -> Report:
    from qa.evaluation.baseline import NAME, Baseline

    articles = assistant.articles()
    with tempfile.TemporaryDirectory() as folder, working() as progress:
        progress(f"Indexing {NAME}", 0, 1)
        subject = Baseline(articles, Path(folder), llm)
        progress(f"Indexing {NAME}", 1, 1)
        common["about"] = {**common["about"], "config": dict(subject.settings)}
        return evaluate(
            subject,
            pairs,
            articles=articles,
            name=NAME,
            journal=order.path(".baseline.journal"),
            on_progress=lambda stage, done, total: progress(f"{stage} {NAME}", done, total),
            **common,
        )


def _shown(config: Config) -> dict[str, Any]:
    """The settings that answers depend on; where the archive and the servers are is nobody's."""
    kept = ("embedding", "reader", "candidates", "read", "threshold", "llm")
    return {name: value for name, value in asdict(config).items() if name in kept}


def _judge(llm: LLM, config: Config) -> Any:
    from qa.evaluation.judge import Judge

    return Judge(llm, config)
