"""Outcomes for the page of an evaluation: two failures, one with tags wherever words may be."""

from __future__ import annotations

from qa.evaluation import Gold, Report
from qa.evaluation.diagnosis import NOT_READ, SHOULD_HAVE_REFUSED
from qa.evaluation.outcome import Cited, Found, Outcome

PAIRS = 12  # asked of the seeds, before the failures
TAGS = "</script><img src=x onerror=window.pwned=1><!--<script>window.pwned=2</script>"
EVIL = f"evil.md{TAGS}\"'"
HOSTILE = Outcome(
    Gold(
        question=f"Who feeds the owl {TAGS}?",
        answers=(f"Otto Lang {TAGS}",),
        articles=(EVIL,),
        quotes=(f"Otto Lang feeds the owl {TAGS}.",),
        history=({"role": f"user {TAGS}", "content": f"Is there an owl {TAGS}?"},),
        type=f'odd" {TAGS}',
    ),
    (EVIL,),
    text=f"The mayor {TAGS} [1]",
    short=f"the mayor {TAGS}",
    answered=True,
    confidence=0.91,
    cited=(Cited(EVIL, f"The cave {TAGS}", f"The mayor said so {TAGS}", False, True),),
    found=(Found(EVIL, f"The cave {TAGS}", 0, 9, f"It has ninety bats {TAGS}", True, False),),
    seconds={"retrieve": 0.01, "read": 0.1, "total": 0.12},
    marks={"answer_f1": 0.0, "holds": 0.0, "hit@5": 1.0},
    right=False,
    sure=False,
    diagnosis=f"{NOT_READ} (rank 14)",
)
TOO_BOLD = Outcome(
    Gold(question="When did the owl become mayor?", answerable=False, type="near_miss"),
    (),
    text="On Monday. [1]",
    short="Monday",
    answered=True,
    confidence=0.6,
    right=False,
    sure=False,
    diagnosis=SHOULD_HAVE_REFUSED,
)


def with_failures(run: Report) -> Report:
    """A run with both failures at its end, and with tags in what it says of itself."""
    about = run.about | {
        "gold": f"gold {TAGS}.jsonl",
        "config": {f"reader {TAGS}": TAGS},
        "outlets": run.about["outlets"] | {EVIL: f"Evil & Sons {TAGS}"},
    }
    return Report(f"run {TAGS}", [*run.outcomes, HOSTILE, TOO_BOLD], about)
