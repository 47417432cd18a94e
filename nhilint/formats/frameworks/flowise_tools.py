"""What the tool nodes of Flowise and the components of Langflow let an agent do, by the name of their type.

Source: https://github.com/FlowiseAI/Flowise, packages/components/nodes/tools (names and descriptions of each node);
lfx 1.13.0 on PyPI, lfx/components (the `name` of each component), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.frameworks.framework import Framework, Power, asked, tool_with
from nhilint.model.fact import Unknown

if TYPE_CHECKING:
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.tool import Tool

FLOWISE = Framework(product="flowise", title="Flowise", known_as="flowise", docs="https://docs.flowiseai.com/")
LANGFLOW = Framework(product="langflow", title="Langflow", known_as="langflow", docs="https://docs.langflow.org/")

_SEARCH = (Power(category="web", access="read", reads_untrusted=True),)
_FETCH = (Power(category="web", access="read", reads_untrusted=True, sends_out=True),)
_SEND = (Power(category="web", access="write", reads_untrusted=True, sends_out=True),)
_CODE = (Power(category="code_execution", access="execute", sends_out=True),)
_RETRIEVE = (Power(category="database", access="read", private_data=None),)
_DATABASE = tuple(Power(category="database", access=a, private_data=a == "read") for a in ("read", "write", "delete"))
_MAIL = (
    Power(category="mail", access="read", reads_untrusted=True, private_data=True),
    Power(category="mail", access="write"),
    Power(category="mail", access="send", sends_out=True),
)
_CHAT = (
    Power(category="messaging", access="read", reads_untrusted=True, private_data=True),
    Power(category="messaging", access="send", sends_out=True),
)
_FILES = (
    Power(category="files", access="read", private_data=True),
    Power(category="files", access="write"),
)
_OWN_CODE = (Power(category="other", access="execute", reads_untrusted=None, sends_out=None, private_data=None),)
_HARMLESS = (Power(category="other", access="read"),)
_NAMES: tuple[tuple[str, tuple[Power, ...]], ...] = (
    ("braveSearchAPI exaSearch googleCustomSearch searchAPI searXNG serpAPI serper tavilyAPI arxiv", _SEARCH),
    ("braveSearchMCP GoogleSearchAPI GoogleSerperAPI WikipediaAPI WikidataAPI SearchAPI SerpAPI", _SEARCH),
    ("NewsSearch UnifiedWebSearch YahooFinanceTool", _SEARCH),
    ("webBrowser webScraperTool requestsGet browserlessMCP URLComponent", _FETCH),
    ("requestsPost requestsPut requestsDelete APIRequest", _SEND),
    ("codeInterpreterE2B PythonREPLTool", _CODE),
    ("retrieverTool queryEngineToolLlamaIndex", _RETRIEVE),
    ("postgreSQLMCP teradataMCP awsDynamoDBKVStorage SQLComponent SQLDatabase SQLAgent", _DATABASE),
    ("gmail microsoftOutlook", _MAIL),
    ("slackMCP microsoftTeams", _CHAT),
    ("googleDriveTool googleDocsTool googleSheetsTool", _FILES),
    ("customTool chainTool ChatflowTool agentAsTool PythonFunction CustomComponent", _OWN_CODE),
    ("calculator currentDateTime jsonPathExtractor wolframAlpha sequentialThinkingMCP CalculatorTool", _HARMLESS),
    ("CurrentDate", _HARMLESS),
)
_POWERS: dict[str, tuple[Power, ...]] = {name: powers for names, powers in _NAMES for name in names.split()}


def tool_of(kind: str, at: Place, *, asks: bool, framework: Framework = FLOWISE) -> Tool:
    """The tool that a node of a type is."""
    powers = _POWERS.get(kind)
    tool = tool_with(framework, kind, at, asked(at, first=asks), powers or ())
    return tool if powers else replace(tool, capabilities=Unknown(f"no tool of {framework.title} that is known", at))
