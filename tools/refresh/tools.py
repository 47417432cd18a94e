"""Turns the catalogue of tools (YAML) into `nhilint/knowledge/data/tools/*.json`, one record a line, with indices.

The catalogue is research material and stays outside the repository: its folder is the argument. It holds
`categories.yaml`, `mcp-servers.yaml`, `builtins.yaml` and `frameworks.yaml`. What it says is carried over as facts;
corrections, each with its reason, are added by `tool_amendments.py` and `built_in_amendments.py` beside this file.
`runners.json` and `shell-programs.json` are written by hand.

    python tools/refresh/tools.py CATALOGUE             # write
    python tools/refresh/tools.py CATALOGUE --check     # exit 1 when a file is not what would be written
    python tools/refresh/tools.py --index               # only build the indices again, after an edit by hand
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

import built_in_amendments as built_in
import tool_amendments as amendments
from ruamel.yaml import YAML

TARGET = Path(__file__).parents[2] / "nhilint" / "knowledge" / "data" / "tools"
LETTERS = {"r": "read", "w": "write", "s": "send", "d": "delete", "e": "execute", "a": "admin"}
FLAGS = (("reads_untrusted", "U"), ("egress", "E"), ("private_data", "P"))
MATCH_KINDS = ("npm", "pypi", "image", "url", "docker-mcp", "name")
Record = dict[str, Any]


def capabilities(text: str) -> list[str]:
    """`files:rw web:r` → [files:read, files:write, web:read]."""
    pairs = (part.split(":") for part in text.split())
    return [f"{category}:{LETTERS[letter]}" for category, letters in pairs for letter in letters]


def flags(text: str) -> dict[str, bool | None]:
    """`Ue?` → reads_untrusted true, egress false, private_data not said."""
    return {name: None if mark == "?" else mark.isupper() for (name, _), mark in zip(FLAGS, text, strict=True)}


def amend(record: Record, amendment: Record) -> Record:
    """The record with an amendment in the short notation."""
    changed = dict(record)
    if "capabilities" in amendment:
        changed["capabilities"] = capabilities(amendment["capabilities"])
    if "flags" in amendment:
        changed.update(flags(amendment["flags"]))
    return changed | {
        key: amendment[key] for key in ("publisher", "official", "match", "remote_oauth") if key in amendment
    }


def carried(entry: Record) -> Record:
    """The fields that all kinds of tools share."""
    return {
        "id": entry["id"],
        "publisher": entry["publisher"],
        "official": entry["official"],
        "verified": entry["verified"],
        "capabilities": [f"{item['category']}:{item['access']}" for item in entry["capabilities"]],
        **{name: entry[name] for name, _ in FLAGS},
        "source": entry["source"],
    }


def normal_name(kind: str, name: str) -> str:
    """The form in which the look-up compares names: see `nhilint.knowledge.tools.servers`."""
    if kind == "pypi":
        return re.sub(r"[-_.]+", "-", name).lower()
    if kind == "image":
        return re.sub(r"^(?:index\.|registry-1\.)?docker\.io/(?:library/)?", "", name.lower())
    if kind == "name":
        return re.sub(r"[\s_]+", "-", name).lower()
    return name.lower()


def server(entry: Record) -> Record:
    """An MCP server as the runtime reads it."""
    record = carried(entry) | {"assigned": entry["by"], "match": matches(entry)}
    record["switches"] = amendments.SWITCHES.get(entry["id"], [])
    record["narrower"] = remarks(entry)
    record["credentials"] = entry.get("credential", [])
    record["remote_oauth"] = entry["remote_oauth"]
    return ruled_server(amend(record, amendments.SERVERS.get(entry["id"], {})))


def matches(entry: Record) -> dict[str, list[str]]:
    """Names by kind, normalised, without common words; AWS publishes its PyPI servers as images too."""
    added = amendments.ADDED_MATCHES.get(entry["id"], {})
    found: dict[str, list[str]] = {}
    for kind in MATCH_KINDS:
        names = [*entry["match"].get(kind, []), *added.get(kind, [])]
        if kind == "image":
            aws = [
                name.removeprefix("awslabs.") for name in entry["match"].get("pypi", []) if name.startswith("awslabs.")
            ]
            names += [f"{registry}awslabs/{name}" for name in aws for registry in ("", "public.ecr.aws/awslabs-mcp/")]
        kept = [normal_name(kind, name) for name in names if kind != "name" or name not in amendments.COMMON_WORDS]
        if kept:
            found[kind] = list(dict.fromkeys(kept))
    return found


def remarks(entry: Record) -> list[str]:
    """Ways to narrow a server that no command line shows."""
    modes = entry.get("read_only_mode", {})
    structured = entry["id"] in amendments.SWITCHES
    replaced = amendments.SWITCH_WORDS if structured else {"always"}
    return [text for key, texts in modes.items() if key not in replaced for text in texts]


def ruled_server(record: Record) -> Record:
    """The rules of `tool_amendments.py` in their order."""
    held = set(record["capabilities"])
    if record["id"] in amendments.FREE_SQL:
        record["capabilities"] = capabilities("database:rwde")
    elif any(item.startswith("code_execution:") for item in held):
        plain = [item for item in record["capabilities"] if not item.startswith("code_execution:")]
        record["capabilities"] = ["code_execution:execute", *plain]
        if record["egress"] is False:
            record["egress"] = True if record["id"] in amendments.CODE_ON_HOST else None
    if record["id"] in amendments.FIXED_PROVIDER:
        record["egress"] = False
    if record["id"] in amendments.GATEWAYS:
        record.update(flags("???"))
    if record["id"] in amendments.VENDORS_OWN:
        record["official"] = True
    return record


def added_server(entry: Record) -> Record:
    """A server that the catalogue lacks."""
    record = {"id": entry["id"], "publisher": entry["publisher"], "official": entry.get("official", False)}
    record |= {"verified": entry["verified"], "capabilities": capabilities(entry["capabilities"])}
    record |= flags(entry["flags"]) | {"source": entry["source"], "assigned": "hand"}
    match = {kind: [normal_name(kind, name) for name in names] for kind, names in entry["match"].items()}
    oauth = entry.get("remote_oauth")
    return record | {"match": match, "switches": [], "narrower": [], "credentials": [], "remote_oauth": oauth}


def built_in_tool(entry: Record) -> Record:
    """A tool built into a client, or one of a framework."""
    (home, name), *_ = entry["match"]["builtin"].items()
    record = amend(carried(entry), built_in.RECORDS.get(entry["id"], {}))
    identity = entry["id"]
    if record["capabilities"] == ["other:execute"] and identity not in built_in.NOT_GATEWAYS:
        record.update(flags("???"))
    if set(record["capabilities"]) <= {"other:write", "other:read"} and record["egress"]:
        record["egress"] = False
    if identity in built_in.NO_NETWORK | built_in.NETWORK_UNKNOWN:
        record["egress"] = False if identity in built_in.NO_NETWORK else None
    if identity in built_in.PEOPLE:
        record["reads_untrusted"] = False
    renamed = built_in.RENAMED_FRAMEWORKS.get(home, home)
    record["id"] = identity.replace(home, renamed, 1)
    return record | {"home": renamed, "name": name, "remark": entry.get("limits")}


def client_tool(entry: Record) -> Record:
    """A tool of a client: whether it is there without being asked for, and its other names."""
    record = built_in_tool(entry)
    remark = record["remark"] or ""
    retired = any(remark == word or remark.startswith(word + " ") for word in built_in.RETIRED_REMARKS)
    offered = not retired and entry["id"] not in built_in.OPT_IN | built_in.PERMISSION_WORDS
    record["by_default"] = offered and record["home"] not in built_in.CATALOGUES
    record["aliases"] = built_in.ALIASES.get(entry["id"], [])
    return record


def lines(records: list[Record]) -> str:
    """A JSON array with one record a line, fields that say nothing left out."""
    kept = [{key: value for key, value in record.items() if value not in ([], {}, "")} for record in records]
    body = ",\n".join(json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in kept)
    return f"[\n{body}\n]\n"


def index_of(text: str, kind: str) -> str:
    """For each way to name a record, the numbers of its lines (0 is the opening bracket)."""
    index: dict[str, dict[str, list[int]]] = {}
    for number, line in enumerate(text.splitlines()):
        if not line.startswith("{"):
            continue
        record = json.loads(line.rstrip(","))
        for group, names in names_of(record, kind):
            for name in names:
                index.setdefault(group, {}).setdefault(name, []).append(number)
    ordered = {group: dict(sorted(names.items())) for group, names in sorted(index.items())}
    body = ",\n".join(f"{json.dumps(group)}:{json.dumps(names, ensure_ascii=False, separators=(',', ':'))}"
                      for group, names in ordered.items())  # fmt: skip
    return "{\n" + body + "\n}\n"


def names_of(record: Record, kind: str) -> list[tuple[str, list[str]]]:
    """The groups and names under which a record is found."""
    if kind == "servers":
        return list(record.get("match", {}).items())
    names = [record["name"], *record.get("aliases", [])]
    return [(record["home"], list(dict.fromkeys(name.lower() for name in names)))]


def load(path: Path, key: str) -> list[Record]:
    """The records of one file of the catalogue."""
    content: dict[str, list[Record]] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return content[key]


def build(folder: Path) -> dict[str, str]:
    """File names with the text they should hold."""
    servers = [
        server(entry) for entry in load(folder / "mcp-servers.yaml", "servers") if entry["id"] not in amendments.DROPPED
    ]
    servers += [added_server(entry) for entry in amendments.ADDED]
    meanings = YAML(typ="safe").load((folder / "categories.yaml").read_text(encoding="utf-8"))
    texts = {
        "servers.json": lines(servers),
        "builtins.json": lines(
            [*(client_tool(entry) for entry in load(folder / "builtins.yaml", "tools")), *built_in.ADDED]
        ),
        "frameworks.json": lines([built_in_tool(entry) for entry in load(folder / "frameworks.yaml", "tools")]),
        "categories.json": json.dumps({key: meanings[key] for key in ("categories", "access", "flags")}, indent=1)
        + "\n",
    }
    return texts | indices(texts)


def indices(texts: dict[str, str]) -> dict[str, str]:
    """The index file of each data file that has one."""
    kinds = ("servers", "builtins", "frameworks")
    return {f"{kind}.index.json": index_of(texts[f"{kind}.json"], kind) for kind in kinds}


def main() -> int:
    """Write, or with --check compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("catalogue", type=Path, nargs="?", help="folder with the catalogue's YAML files")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("--index", action="store_true", help="build only the indices, from the JSON files as they are")
    arguments = parser.parse_args()
    if arguments.index == (arguments.catalogue is not None):
        parser.error("give either the catalogue's folder or --index")
    names = ("servers.json", "builtins.json", "frameworks.json")
    texts = (
        indices({name: (TARGET / name).read_text(encoding="utf-8") for name in names})
        if arguments.index
        else build(arguments.catalogue)
    )
    stale = [
        name
        for name, text in texts.items()
        if not (TARGET / name).exists() or (TARGET / name).read_text(encoding="utf-8") != text
    ]
    for name in [] if arguments.check else stale:
        (TARGET / name).write_text(texts[name], encoding="utf-8", newline="\n")
    sys.stdout.write(f"{'stale' if arguments.check else 'written'}: {', '.join(stale) or 'nothing'}\n")
    return 1 if arguments.check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
