"""People write ids loosely: what is clear is understood and printed officially, what is not is refused with a choice."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.catalogue.framework import load_frameworks
from nhilint.errors import CatalogueError

FRAMEWORKS = load_frameworks([Path(__file__).parents[2] / "frameworks"])
OFFICIAL = [(framework.id, control.id) for framework in FRAMEWORKS for control in framework.controls]


def _official(text):
    framework, control = FRAMEWORKS.parse_control(text)
    return f"{framework.id}/{control.id}"


@pytest.mark.parametrize(
    ("written", "official"),
    [
        ("owasp-nhi-2025/NHI2:2025", "owasp-nhi-2025/NHI2:2025"),
        ("NHI-02", "owasp-nhi-2025/NHI2:2025"),
        ("NHI2", "owasp-nhi-2025/NHI2:2025"),
        ("nhi 10", "owasp-nhi-2025/NHI10:2025"),
        ("OWASP NHI-02", "owasp-nhi-2025/NHI2:2025"),
        ("nhi/NHI_2", "owasp-nhi-2025/NHI2:2025"),
        ("ASI3", "owasp-agentic-2026/ASI03"),
        ("asi-10", "owasp-agentic-2026/ASI10"),
        ("ASI01:2026", "owasp-agentic-2026/ASI01"),
        ("T08", "owasp-agentic-threats/T8"),
        ("MCP1", "owasp-mcp-2025/MCP01:2025"),
        ("LLM6:2025", "owasp-llm-2025/LLM06:2025"),
        ("owasp-llm-2025/LLM06", "owasp-llm-2025/LLM06:2025"),
        ("OWASP LLM 2025 LLM6", "owasp-llm-2025/LLM06:2025"),
        ("govern 1.6", "nist-ai-rmf-1.0/GOVERN 1.6"),
        ("GV-1.6", "nist-ai-rmf-1.0/GOVERN 1.6"),
        ("GOV 1.6", "nist-ai-rmf-1.0/GOVERN 1.6"),
        ("MS-2.10", "nist-ai-rmf-1.0/MEASURE 2.10"),
        ("NIST AI RMF GOVERN", "nist-ai-rmf-1.0/GOVERN"),
        ("GV", "nist-csf-2.0/GV"),
        ("pr.aa-05", "nist-csf-2.0/PR.AA-05"),
        ("NIST CSF PR.AA-05", "nist-csf-2.0/PR.AA-05"),
        ("MAESTRO Layer 3", "csa-maestro/MAESTRO-L3"),
        ("MAESTRO L3.4", "csa-maestro/MAESTRO-L3-04"),
        ("csa-maestro/L7-9", "csa-maestro/MAESTRO-L7-09"),
    ],
)
def test_clear_spellings_are_understood(written, official):
    assert _official(written) == official


@pytest.mark.parametrize(
    ("written", "official"),
    [
        ("OWASP NHI-03", "owasp-nhi-2025/NHI7:2025"),  # as guidance in print numbers the list
        ("NHI-03", "owasp-nhi-2025/NHI3:2025"),
        ("OWASP NHI 3", "owasp-nhi-2025/NHI3:2025"),
        ("OWASP NHI-03:2025", "owasp-nhi-2025/NHI3:2025"),
        ("NHI-08", "owasp-nhi-2025/NHI8:2025"),
    ],
)
def test_an_id_of_printed_guidance_is_read_so_in_its_exact_spelling_only(written, official):
    assert _official(written) == official


@pytest.mark.parametrize(
    ("written", "candidates"),
    [
        ("OWASP NHI-08", ["owasp-nhi-2025/NHI1:2025", "owasp-nhi-2025/NHI10:2025", "owasp-nhi-2025/NHI8:2025"]),
        ("A2", ["owasp-agentic-2026/ASI02", "owasp-agentic-threats/T2"]),
        ("OWASP Agentic A03", ["owasp-agentic-2026/ASI03", "owasp-agentic-threats/T3"]),
        (
            "OWASP Agentic A01",
            [
                "owasp-agentic-2026/ASI01",
                "owasp-agentic-2026/ASI03",
                "owasp-agentic-2026/ASI06",
                "owasp-agentic-threats/T1",
            ],
        ),
        ("A12", ["owasp-agentic-threats/T12"]),
        ("GOV-1", ["nist-ai-rmf-1.0/GOVERN 1", "csa-maestro/MAESTRO-L6"]),
        ("MAESTRO GOV-1", ["csa-maestro/MAESTRO-L6", "nist-ai-rmf-1.0/GOVERN 1"]),
        ("MAESTRO A3", ["csa-maestro/MAESTRO-L3", "owasp-agentic-2026/ASI03"]),
        ("L3", ["csa-maestro/MAESTRO-L3"]),
        ("LLM03", ["owasp-llm-2025/LLM03:2025"]),
        ("LLM03:2026", []),
        ("PR.AC-4", ["nist-csf-2.0/PR.AA-05"]),
        ("PR.AC-04", ["nist-csf-2.0/PR.AA-05"]),
        ("pr.ds-7", ["nist-csf-2.0/PR.IR-01"]),
        ("ID.AM-6", ["nist-csf-2.0/GV.RR-02", "nist-csf-2.0/GV.SC-02"]),
        ("ID.AM-1", ["nist-csf-2.0/ID.AM-01"]),
        ("PR.IP", []),
        ("NIST CSF 2.0", ["nist-csf-2.0/GV"]),
        ("AAI003", []),
    ],
)
def test_what_could_mean_several_things_is_refused_with_the_candidates(written, candidates):
    with pytest.raises(CatalogueError) as caught:
        FRAMEWORKS.parse_control(written)
    named = [f"{f}/{c}" for f, c in OFFICIAL if f"{f}/{c}" in _ids_in(str(caught.value))]
    assert sorted(named) == sorted(candidates)


def _ids_in(message):
    """The ids a message offers, each up to its title, a comma, an `or` or the end."""
    for separator in (" (", ", ", " or ", "; write ", "did you mean ", "like "):
        message = message.replace(separator, "|")
    return message.split("|")


@pytest.mark.parametrize(
    ("written", "suggested"),
    [
        ("NHI11", "owasp-nhi-2025/NHI1:2025"),
        ("NHI2:2024", "owasp-nhi-2025/NHI2:2025"),
        ("ASI11", "owasp-agentic-2026/ASI10"),
        ("secret leakage", "did you mean owasp-nhi-2025/NHI2:2025 (Secret Leakage)?"),
        ("Secret Leak", "owasp-nhi-2025/NHI2:2025"),
        ("owasp-nhi-2025/ASI03", "did you mean owasp-agentic-2026/ASI03"),
        ("owsap-nhi/NHI2", "did you mean owasp-nhi-2025?"),
        ("frameworks/NHI2", "known are owasp-nhi-2025, owasp-agentic-2026"),
        ("PR.AA-99", "nist-csf-2.0/PR.AA-0"),
        ("quux quux quux", "'nhilint frameworks ID' lists what there is"),
        ("", "no control ''"),
    ],
)
def test_what_is_unknown_is_refused_with_a_next_step(written, suggested):
    with pytest.raises(CatalogueError) as caught:
        FRAMEWORKS.parse_control(written)
    assert suggested in str(caught.value)
    assert not str(caught.value).startswith(":")


@pytest.mark.parametrize(("framework_id", "control_id"), OFFICIAL)
def test_every_official_id_means_itself(framework_id, control_id):
    assert _official(f"{framework_id}/{control_id}") == f"{framework_id}/{control_id}"
    assert _official(control_id.lower()) == f"{framework_id}/{control_id}"


def test_resolve_answers_none_where_parsing_refuses():
    secret = FRAMEWORKS.resolve("owasp-nhi", "NHI-02")
    assert secret is not None
    assert secret.id == "NHI2:2025"
    for framework_id, loose in [("owasp-agentic-2026", "A2"), ("owasp-nhi-2025", "ASI03"), ("nobody", "NHI1")]:
        assert FRAMEWORKS.resolve(framework_id, loose) is None


@given(st.text(max_size=80) | st.from_regex(r"[A-Za-z]{1,6}[ ./:-]{0,2}[0-9]{0,6}", fullmatch=True))
def test_nothing_anybody_writes_breaks_it(text):
    try:
        framework, control = FRAMEWORKS.parse_control(text)
    except CatalogueError:
        return
    assert framework.control(control.id) is control


@pytest.mark.parametrize(
    "long", ["N" * 100_000, "0" * 100_000, "NHI" + "0" * 100_000 + "2", "a " * 20_000, "a/" * 20_000]
)
def test_long_input_is_refused_and_not_repeated(long):
    with pytest.raises(CatalogueError) as caught:
        FRAMEWORKS.parse_control(long)
    assert len(str(caught.value)) < 1000
