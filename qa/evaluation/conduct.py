"""One evaluation as the command line orders it: from files to reports, kept on the way."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from qa.assistant import Assistant
from qa.config import Config
from qa.errors import SettingError
from qa.evaluation.gold import Gold, GoldFile, load_gold
from qa.evaluation.report import Report
from qa.evaluation.run import evaluate
from qa.evaluation.squad import load_squad
from qa.llm import open_llm
from qa.terminal import working

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to evaluate, and how."""

    gold: Path | None
    squad: Path | None  # one of the two is given
    config: Config
    path: Path  # the run is kept here
    jobs: int = 1
    sample: int | None = None
    baseline: bool = False
    judge: bool = False

    @property
    def journal(self) -> Path:
        """Where the run is kept while it is not finished."""
        return self.path.with_suffix(".journal")


def conduct(order: Order) -> list[Report]:
    """Evaluate; the baseline's report comes second if it is wanted. Both are kept as JSON."""
    with tempfile.TemporaryDirectory() as scratch:
        found, config = _gold(order, Path(scratch))
        for problem in found.problems:
            print(f"footnote: {problem}", file=sys.stderr)
        if not found.pairs:
            raise SettingError(f"{found.path} holds no gold pair that can be used.")
        pairs = _sampled(found.pairs, order.sample)
        with Assistant.open(config=config, read_only=True) as assistant:
            return _measured(order, assistant, pairs, config)


def configured(archive: Path | None, pairs: list[str]) -> Config:
    """The settings of the environment, with some of them changed for this run.

    Raises:
        SettingError: a change is not KEY=VALUE, or no such setting takes it.
    """
    config = Config.from_environment()
    kinds = {one.name: str(one.type) for one in fields(Config)}
    changes: dict[str, Any] = {"archive": archive} if archive else {}
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
    return Path(value) if kind == "Path" else value


def _gold(order: Order, scratch: Path) -> tuple[GoldFile, Config]:
    """The pairs, and where to ask them: a SQuAD file brings its own archive."""
    if order.gold:
        return load_gold(order.gold), order.config
    assert order.squad is not None
    folder = scratch / "articles"
    folder.mkdir()
    found = load_squad(order.squad, folder)
    config = replace(order.config, archive=scratch / "archive")
    with working() as progress, Assistant.open(config=config, on_progress=progress) as assistant:
        report = assistant.ingest(folder, on_progress=progress)
    for skipped in report.skipped:
        name = Path(skipped.path).name
        print(f"footnote: not indexed: {name}: {skipped.reason}", file=sys.stderr)
    return found, config


def _sampled(pairs: list[Gold], sample: int | None) -> list[Gold]:
    return pairs if not sample or sample >= len(pairs) else Random(0).sample(pairs, sample)


def _measured(
    order: Order, assistant: Assistant, pairs: list[Gold], config: Config
) -> list[Report]:
    wants_llm = order.judge or (order.baseline and config.llm)
    llm = open_llm(config) if wants_llm else None
    common = {"jobs": order.jobs, "about": _about(order, config), "judge": _judge(order, llm)}
    with working() as progress:
        first = evaluate(
            assistant,
            pairs,
            name=order.path.stem,
            journal=order.journal,
            on_progress=progress,
            **common,
        )
    _keep(first, order.path)
    if not order.baseline:
        return [first]
    second = _baseline(order, assistant, pairs, llm, common)
    _keep(second, order.path.with_suffix(".baseline.json"))
    return [first, second]


def _baseline(
    order: Order, assistant: Assistant, pairs: list[Gold], llm: LLM | None, common: dict[str, Any]
) -> Report:
    from qa.evaluation.baseline import NAME, Baseline

    articles = assistant.articles()
    with tempfile.TemporaryDirectory() as folder, working() as progress:
        progress(f"Indexing {NAME}", 0, 1)
        subject = Baseline(articles, Path(folder), llm)
        progress(f"Indexing {NAME}", 1, 1)
        return evaluate(
            subject,
            pairs,
            articles=articles,
            name=NAME,
            journal=order.path.with_suffix(".baseline.journal"),
            on_progress=lambda stage, done, total: progress(f"{stage} {NAME}", done, total),
            **common,
        )


def _about(order: Order, config: Config) -> dict[str, Any]:
    """What the report says it was run with; never the key, nor a folder's name."""
    shown = {k: v for k, v in asdict(config).items() if k not in ("archive", "llm_key")}
    source = order.gold or order.squad
    return {"gold": source.name if source else "", "config": shown, "sample": order.sample}


def _judge(order: Order, llm: LLM | None) -> Any:
    if not order.judge or llm is None:
        return None
    from qa.evaluation.judge import Judge

    return Judge(llm)


def _keep(report: Report, path: Path) -> None:
    """Write the report; an earlier run of that name stays beside it, its journal has served."""
    if path.exists():
        path.replace(path.with_suffix(".previous.json"))
    report.save(path)
    path.with_suffix(".journal").unlink(missing_ok=True)
