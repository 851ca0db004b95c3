"""The container files, read as Docker would read them: it is not here to build them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", "")
STEPS = [line.split(None, 1) for line in DOCKERFILE.splitlines() if re.match("[A-Z]+ ", line)]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
# Of compose's specification, the keys that are used here.
KEYS = set(
    "build cap_drop command depends_on environment healthcheck image networks ports read_only"
    " restart security_opt shm_size tmpfs user volumes".split()
)


def values(step: str) -> list[str]:
    return [rest for name, rest in STEPS if name == step]


def test_the_image_runs_as_nobody_in_particular_and_says_how_it_is() -> None:
    last = [rest for name, rest in STEPS if name == "USER"][-1]
    assert last not in ("root", "0")
    assert f" {last}" in next(run for run in values("RUN") if "useradd" in run)
    assert [name for name, _ in STEPS].index("USER") < [name for name, _ in STEPS].index("CMD")
    assert len(values("HEALTHCHECK")) == len(values("ENTRYPOINT")) == len(values("CMD")) == 1
    assert all(re.search(r":\d", image) for image in values("FROM"))
    assert "ADD" not in {name for name, _ in STEPS}


def test_the_image_holds_what_the_package_is_made_of() -> None:
    copied = {part for rest in values("COPY") if "--from" not in rest for part in rest.split()[:-1]}
    assert all((ROOT / part).exists() for part in copied)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert {"pyproject.toml", "README.md", "LICENSE", "ui.py", "qa", "vectorstore"} <= copied
    assert {f"{module}.py" for module in project["tool"]["setuptools"]["py-modules"]} <= copied
    extras = re.findall(r"'\.\[(\w+)\]'", DOCKERFILE)
    assert extras == ["postgres"]
    assert set(extras) <= project["project"]["optional-dependencies"].keys()
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert not copied & set(ignored)
    assert "shared" in ignored


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_a_service_may_do_no_more_than_it_must(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service.keys() <= KEYS
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert ("build" in service) != ("image" in service)
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    assert set(service["networks"]) <= COMPOSE["networks"].keys()
    volumes = [volume.partition(":")[0] for volume in service["volumes"]]
    assert set(volumes) <= COMPOSE["volumes"].keys()
    assert set(service.get("depends_on", ())) <= COMPOSE["services"].keys()


def test_only_footnote_can_be_reached_and_it_knows_where_the_others_are() -> None:
    assert COMPOSE["networks"]["back"] == {"internal": True}
    behind = {name for name, one in COMPOSE["services"].items() if one["networks"] == ["back"]}
    assert behind == {"postgres", "chroma"}
    from qa.config import Config
    from vectorstore.place import Address

    named = COMPOSE["services"]["footnote"]["environment"]
    filled = {key: re.sub(r"\$\{.*?\}", "x" * 8, value) for key, value in named.items()}
    config = Config.from_environment({key: filled[key] for key in list(filled)[:2]})
    assert isinstance(config.archive, Address)
    assert str(config.archive) == "postgresql://footnote@postgres/footnote"
    assert config.chroma_url == "http://chroma:8000"


def test_the_servers_are_those_that_were_tested() -> None:
    pinned = re.search(r"^chromadb==(.+)$", (ROOT / "constraints.txt").read_text(), re.MULTILINE)
    assert pinned
    assert COMPOSE["services"]["chroma"]["image"] == f"chromadb/chroma:{pinned[1]}"
