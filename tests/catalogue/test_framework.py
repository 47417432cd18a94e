"""The shipped framework files hold exactly what their publishers published, and broken ones are refused with a place."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from nhilint.catalogue.framework import Control, framework_from, load_frameworks
from nhilint.catalogue.framework_file import framework_schema
from nhilint.errors import CatalogueError

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "frameworks"

NHI = [
    ("NHI1:2025", "Improper Offboarding"),
    ("NHI2:2025", "Secret Leakage"),
    ("NHI3:2025", "Vulnerable Third-Party NHI"),
    ("NHI4:2025", "Insecure Authentication"),
    ("NHI5:2025", "Overprivileged NHI"),
    ("NHI6:2025", "Insecure Cloud Deployment Configurations"),
    ("NHI7:2025", "Long-Lived Secrets"),
    ("NHI8:2025", "Environment Isolation"),
    ("NHI9:2025", "NHI Reuse"),
    ("NHI10:2025", "Human Use of NHI"),
]
AGENTIC = [
    ("ASI01", "Agent Goal Hijack"),
    ("ASI02", "Tool Misuse and Exploitation"),
    ("ASI03", "Identity and Privilege Abuse"),
    ("ASI04", "Agentic Supply Chain Vulnerabilities"),
    ("ASI05", "Unexpected Code Execution (RCE)"),
    ("ASI06", "Memory & Context Poisoning"),
    ("ASI07", "Insecure Inter-Agent Communication"),
    ("ASI08", "Cascading Failures"),
    ("ASI09", "Human-Agent Trust Exploitation"),
    ("ASI10", "Rogue Agents"),
]
MCP = [
    ("MCP01:2025", "Token Mismanagement & Secret Exposure"),
    ("MCP02:2025", "Privilege Escalation via Scope Creep"),
    ("MCP03:2025", "Tool Poisoning"),
    ("MCP04:2025", "Software Supply Chain Attacks & Dependency Tampering"),
    ("MCP05:2025", "Command Injection & Execution"),
    ("MCP06:2025", "Intent Flow Subversion"),
    ("MCP07:2025", "Insufficient Authentication & Authorization"),
    ("MCP08:2025", "Lack of Audit and Telemetry"),
    ("MCP09:2025", "Shadow MCP Servers"),
    ("MCP10:2025", "Context Injection & Over-Sharing"),
]
LLM = [
    ("LLM01:2025", "Prompt Injection"),
    ("LLM02:2025", "Sensitive Information Disclosure"),
    ("LLM03:2025", "Supply Chain"),
    ("LLM04:2025", "Data and Model Poisoning"),
    ("LLM05:2025", "Improper Output Handling"),
    ("LLM06:2025", "Excessive Agency"),
    ("LLM07:2025", "System Prompt Leakage"),
    ("LLM08:2025", "Vector and Embedding Weaknesses"),
    ("LLM09:2025", "Misinformation"),
    ("LLM10:2025", "Unbounded Consumption"),
]
THREATS = [
    ("T1", "Memory Poisoning"),
    ("T2", "Tool Misuse"),
    ("T3", "Privilege Compromise"),
    ("T4", "Resource Overload"),
    ("T5", "Cascading Hallucination Attacks"),
    ("T6", "Intent Breaking & Goal Manipulation"),
    ("T7", "Misaligned & Deceptive Behaviors"),
    ("T8", "Repudiation & Untraceability"),
    ("T9", "Identity Spoofing & Impersonation / Agent Identity Compromise"),
    ("T10", "Overwhelming Human in the Loop"),
    ("T11", "Unexpected RCE and Code Attacks"),
    ("T12", "Agent Communication Poisoning"),
    ("T13", "Rogue Agents in Multi-Agent Systems"),
    ("T14", "Human Attacks on Multi-Agent Systems"),
    ("T15", "Human Manipulation"),
    ("T16", "Insecure Inter-Agent Protocol Abuse"),
    ("T17", "Supply Chain Compromise"),
]
MAESTRO_LAYERS = [
    ("MAESTRO-L1", "Foundation Models", 7),
    ("MAESTRO-L2", "Data Operations", 5),
    ("MAESTRO-L3", "Agent Frameworks", 6),
    ("MAESTRO-L4", "Deployment and Infrastructure", 6),
    ("MAESTRO-L5", "Evaluation and Observability", 6),
    ("MAESTRO-L6", "Security and Compliance", 7),
    ("MAESTRO-L7", "Agent Ecosystem", 13),
    ("MAESTRO-XL", "Cross-Layer", 5),
]
AI_RMF_SUBCATEGORIES = {"GOVERN": 19, "MAP": 18, "MEASURE": 22, "MANAGE": 13}
CSF_CATEGORIES = [
    ("GV.OC", "Organizational Context", 5),
    ("GV.RM", "Risk Management Strategy", 7),
    ("GV.RR", "Roles, Responsibilities, and Authorities", 4),
    ("GV.PO", "Policy", 2),
    ("GV.OV", "Oversight", 3),
    ("GV.SC", "Cybersecurity Supply Chain Risk Management", 10),
    ("ID.AM", "Asset Management", 7),
    ("ID.RA", "Risk Assessment", 10),
    ("ID.IM", "Improvement", 4),
    ("PR.AA", "Identity Management, Authentication, and Access Control", 6),
    ("PR.AT", "Awareness and Training", 2),
    ("PR.DS", "Data Security", 4),
    ("PR.PS", "Platform Security", 6),
    ("PR.IR", "Technology Infrastructure Resilience", 4),
    ("DE.CM", "Continuous Monitoring", 5),
    ("DE.AE", "Adverse Event Analysis", 6),
    ("RS.MA", "Incident Management", 5),
    ("RS.AN", "Incident Analysis", 4),
    ("RS.CO", "Incident Response Reporting and Communication", 2),
    ("RS.MI", "Incident Mitigation", 2),
    ("RC.RP", "Incident Recovery Plan Execution", 6),
    ("RC.CO", "Incident Recovery Communication", 2),
]


@pytest.fixture(scope="module")
def frameworks():
    return load_frameworks([FOLDER])


def _members(frameworks, framework_id, group):
    framework = frameworks.get(framework_id)
    assert framework is not None
    return [control for control in framework.controls if control.group == group]


@pytest.mark.parametrize(
    ("framework_id", "expected"),
    [
        ("owasp-nhi-2025", NHI),
        ("owasp-agentic-2026", AGENTIC),
        ("owasp-mcp-2025", MCP),
        ("owasp-llm-2025", LLM),
        ("owasp-agentic-threats", THREATS),
    ],
)
def test_the_owasp_lists_are_complete_and_in_order(frameworks, framework_id, expected):
    framework = frameworks.get(framework_id)
    assert framework is not None
    assert [(control.id, control.title) for control in framework.controls] == expected


def test_maestro_has_its_layers_and_their_threats(frameworks):
    layers = [
        (layer.id, layer.title, len(_members(frameworks, "csa-maestro", layer.id)))
        for layer in _members(frameworks, "csa-maestro", "")
    ]
    assert layers == MAESTRO_LAYERS


def test_maestro_threats_are_numbered_within_their_layer(frameworks):
    for layer, _, count in MAESTRO_LAYERS:
        ids = [threat.id for threat in _members(frameworks, "csa-maestro", layer)]
        assert ids == [f"{layer}-{number:02}" for number in range(1, count + 1)]


def test_the_ai_rmf_has_every_function_category_and_subcategory(frameworks):
    functions = _members(frameworks, "nist-ai-rmf-1.0", "")
    assert [function.id for function in functions] == list(AI_RMF_SUBCATEGORIES)
    categories = {f.id: _members(frameworks, "nist-ai-rmf-1.0", f.id) for f in functions}
    assert {function: len(found) for function, found in categories.items()} == {
        "GOVERN": 6,
        "MAP": 5,
        "MEASURE": 4,
        "MANAGE": 4,
    }
    counted = {
        function: sum(len(_members(frameworks, "nist-ai-rmf-1.0", category.id)) for category in found)
        for function, found in categories.items()
    }
    assert counted == AI_RMF_SUBCATEGORIES


def test_the_csf_has_every_function_category_and_subcategory(frameworks):
    functions = _members(frameworks, "nist-csf-2.0", "")
    assert [(f.id, f.title) for f in functions] == [
        ("GV", "GOVERN"),
        ("ID", "IDENTIFY"),
        ("PR", "PROTECT"),
        ("DE", "DETECT"),
        ("RS", "RESPOND"),
        ("RC", "RECOVER"),
    ]
    categories = [
        (category.id, category.title, len(_members(frameworks, "nist-csf-2.0", category.id)))
        for function in functions
        for category in _members(frameworks, "nist-csf-2.0", function.id)
    ]
    assert categories == CSF_CATEGORIES
    assert sum(count for _, _, count in CSF_CATEGORIES) == 106


@pytest.mark.parametrize("gap", ["ID.AM-06", "PR.DS-09", "PR.DS-05", "DE.CM-08", "RS.AN-01", "RC.CO-01", "PR.AC-04"])
def test_gaps_in_the_csf_numbering_stay_gaps(frameworks, gap):
    csf = frameworks.get("nist-csf-2.0")
    assert csf is not None
    assert csf.control(gap) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("PR.AC-04", ("PR.AA-05",)),
        ("ID.SC-02", ("GV.OC-02", "GV.SC-03", "GV.SC-04", "GV.SC-07", "ID.RA-10")),
        ("PR.DS-05", ("PR.DS-01", "PR.DS-02", "PR.DS-10")),
        ("PR.IP", ()),
    ],
)
def test_withdrawn_csf_ids_name_their_successors(frameworks, old, new):
    csf = frameworks.get("nist-csf-2.0")
    assert csf is not None
    assert csf.withdrawn[old] == new
    assert len(csf.withdrawn) == 91


def test_the_order_is_fixed(frameworks):
    assert [framework.id for framework in frameworks] == [
        "owasp-nhi-2025",
        "owasp-agentic-2026",
        "nist-ai-rmf-1.0",
        "csa-maestro",
        "nist-csf-2.0",
        "owasp-mcp-2025",
        "owasp-llm-2025",
        "owasp-agentic-threats",
    ]


def test_no_id_belongs_to_two_frameworks(frameworks):
    ids = [control.id.casefold() for framework in frameworks for control in framework.controls]
    assert len(ids) == len(set(ids)) == 349


def test_no_name_belongs_to_two_frameworks(frameworks):
    names = [name.casefold() for framework in frameworks for name in framework.names]
    assert len(names) == len(set(names))


def test_summaries_are_ours_and_say_something_of_their_own(frameworks):
    for framework in frameworks:
        summaries = [control.summary for control in framework.controls]
        assert len(summaries) == len(set(summaries))
        assert all(len(summary) <= 160 and ". " not in summary for summary in summaries)


def test_files_never_name_a_check():
    checks = {path.stem for path in (ROOT / "checks").rglob("*.yaml")}
    for path in FOLDER.glob("*.yaml"):
        assert not checks & set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", path.read_text(encoding="utf-8")))


def test_a_control_without_a_page_of_its_own_points_to_the_framework(frameworks):
    nhi, csf = frameworks.get("owasp-nhi-2025"), frameworks.get("nist-csf-2.0")
    assert nhi is not None
    assert csf is not None
    assert nhi.controls[6].url.endswith("/7-long-lived-secrets/")
    assert {control.url for control in csf.controls} == {csf.url}


def test_labels_do_not_repeat_themselves(frameworks):
    assert frameworks.parse_control("NHI7:2025")[1].label == "NHI7:2025 Long-Lived Secrets"
    assert frameworks.parse_control("GOVERN 1.6")[1].label == "GOVERN 1.6"


def test_every_target_of_a_spelling_exists(frameworks):
    for framework in frameworks:
        targets = [a.becomes for a in framework.accepts]
        targets += [offer for refused in framework.refuses for offer in refused.offers]
        for target in targets:
            filled = re.sub(r"\{(nn|mm)\}", "01", re.sub(r"\{[nm]\}", "1", target))
            filled = filled.replace("{a}", "GV").replace("{b}", "OC")
            owner_id, _, control_id = filled.rpartition("/")
            owner = frameworks.get(owner_id or framework.id)
            assert owner is not None, target
            assert owner.control(control_id) is not None, target


def test_ids_in_the_mapping_guide_exist(frameworks):
    lines = (ROOT / "docs" / "writing-checks-mapping.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    columns = [name.strip("`") for name in rows[0][1:-1]]
    assert columns == [framework.id for framework in frameworks][:5]
    mapped = [row for row in rows[1:] if not row[0].startswith("**")]
    assert len(mapped) > 40
    for theme, *cells in mapped:
        assert cells[0] != "-" or cells[1] != "-", theme
        for framework_id, cell in zip([*columns, None], cells, strict=True):
            ids = [] if cell == "-" else cell.split(", ")
            assert len(ids) <= 3, theme
            for control_id in ids:
                framework, control = frameworks.parse_control(control_id)
                assert control.id == control_id
                assert framework_id is None or framework.id == framework_id, theme


def test_the_published_schema_is_the_one_in_use():
    published = json.loads((ROOT / "schemas" / "framework.schema.json").read_text(encoding="utf-8"))
    assert published == framework_schema()


FRAMEWORK = """\
id: house-rules
title: House rules
short: House
edition: "1"
year: 2026
publisher: The house
url: https://example.org/rules
license: CC0-1.0
verified: {date: "2026-11-22", source: the wall}
controls:
  - id: R1
    title: Knock
    summary: People knock before they come in.
"""


def _write(folder, text, name="house-rules.yaml"):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_pack_adds_its_own_after_the_built_in_ones(tmp_path):
    loaded = load_frameworks([FOLDER, _write(tmp_path / "frameworks", FRAMEWORK), tmp_path / "absent"])
    assert [framework.id for framework in loaded][-1] == "house-rules"
    assert loaded.parse_control("house/r1")[1].title == "Knock"


def test_get_takes_ids_only_and_named_takes_any_name(frameworks):
    assert frameworks.get("nhi") is None
    assert frameworks.get("OWASP-NHI-2025") is None
    for name in ("owasp-nhi-2025", "NHI", "owasp nhi", "OWASP  Non-Human Identities Top 10"):
        found = frameworks.named(name)
        assert found is not None
        assert found.id == "owasp-nhi-2025"


def test_control_takes_the_official_id_only(frameworks):
    nhi = frameworks.get("owasp-nhi-2025")
    assert nhi is not None
    assert nhi.control("NHI2:2025") is not None
    assert nhi.control("NHI2") is None
    assert nhi.control("nhi2:2025") is None


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("short: House", "shrot: House", 3, "unknown key 'shrot'; did you mean 'short'?"),
        ("year: 2026", "year: soon", 5, "expected a whole number, found text"),
        ("id: house-rules", "id: house", 1, "the id must be the file's name, 'house-rules'"),
        ("summary: People", "summary: people", 13, "expected one sentence in our own words"),
        ("    title: Knock\n", "", 11, "key 'title' is missing"),
        ("    title: Knock", "    title: Knock\n    group: R0", 13, "there is no control 'R0' to belong to"),
        ("controls:", "withdrawn: {R0: [R9]}\ncontrols:", 10, "there is no control 'R9' to take its place"),
        ("controls:", "withdrawn: {R1: []}\ncontrols:", 10, "'R1' is still among the controls"),
        ("controls:", "title: again\ncontrols:", 10, "given twice"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(tmp_path, old, new, line, message):
    folder = _write(tmp_path / "frameworks", FRAMEWORK.replace(old, new))
    with pytest.raises(CatalogueError) as caught:
        load_frameworks([folder])
    assert caught.value.path.endswith("frameworks/house-rules.yaml")
    assert caught.value.line == line
    assert message in caught.value.message


def test_two_controls_may_not_share_an_id(tmp_path):
    twice = FRAMEWORK + FRAMEWORK[FRAMEWORK.index("  - id: R1") :].replace("R1", "r1")
    with pytest.raises(CatalogueError, match="the id 'r1' is used twice") as caught:
        load_frameworks([_write(tmp_path / "frameworks", twice)])
    assert (caught.value.line, caught.value.column) == (14, 9)


def test_two_files_may_not_share_an_id(tmp_path):
    first = _write(tmp_path / "a", FRAMEWORK)
    second = _write(tmp_path / "b", FRAMEWORK)
    with pytest.raises(CatalogueError, match=r"already used by .*a/house-rules\.yaml"):
        load_frameworks([first, second])


def test_a_value_can_be_turned_into_a_framework_again():
    value = {
        "id": "x1",
        "title": "X",
        "short": "XX",
        "edition": "1",
        "year": 2026,
        "publisher": "X",
        "url": "https://example.org/",
        "license": "CC0-1.0",
        "verified": {"date": "2026-11-22", "source": "here", "note": "and there"},
        "controls": [{"id": "A", "title": "A", "summary": "Something is the case."}],
    }
    framework = framework_from(value)
    assert framework.verified_against == "here and there"
    assert framework.controls == (Control("A", "A", "Something is the case.", "https://example.org/", ""),)


def test_good_files_need_no_schema_library():
    program = (
        "import sys; from pathlib import Path; from nhilint.catalogue.framework import load_frameworks;"
        "assert len(load_frameworks([Path('frameworks')])) == 8; sys.exit('jsonschema' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
