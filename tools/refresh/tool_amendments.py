"""What was learned about tools after the catalogue was made: corrections by rule, by id, and structured switches.

Every correction came from comparing a record with the tool list of its server (docker/mcp-registry 818bf169,
stacklok/toolhive-registry 430eca13, toolsdk-ai/toolsdk-mcp-registry 4bfe8262, pathintegral-institute/mcpm.sh bdd5ed98)
or with its own documentation. Capabilities are written `category:letters`, letters being r(ead) w(rite) s(end) d(elete)
e(xecute) a(dmin); flags are U (returns text of outsiders), E (egress), P (private data), with a lower case letter for
"no" and ? for "cannot be said". `tools.py` beside this file applies them.
"""

from __future__ import annotations

SWITCHES: dict[str, list[dict[str, object]]] = {
    "argocd": [{"when": {"env": ["MCP_READ_ONLY=true"]}, "leaves": "read"}],
    "asana-community": [{"when": {"env": ["READ_ONLY_MODE=true"]}, "leaves": "read"}],
    "atlassian-community": [{"when": {"flags": ["--read-only"], "env": ["READ_ONLY_MODE=true"]}, "leaves": "read"}],
    "auth0": [{"when": {"flags": ["--read-only"], "env": ["AUTH0_MCP_READ_ONLY=true"]}, "leaves": "read"}],
    "aks": [{"unless": {"flags": ["--access-level=readwrite", "--access-level=admin"]}, "leaves": "read"}],
    "aws-api": [{"when": {"env": ["READ_OPERATIONS_ONLY=true"]}, "leaves": "read"}],
    "aws-appsync": [{"unless": {"flags": ["--allow-write"]}, "leaves": "read"}],
    "aws-aurora-dsql": [{"unless": {"flags": ["--allow-writes"]}, "leaves": "read"}],
    "aws-ccapi": [{"when": {"flags": ["--readonly"]}, "leaves": "read"}],
    "aws-cfn": [{"when": {"flags": ["--readonly"]}, "leaves": "read"}],
    "aws-dataprocessing": [{"unless": {"flags": ["--allow-write"]}, "leaves": "read"}],
    "aws-documentdb": [{"unless": {"flags": ["--allow-write"]}, "leaves": "read"}],
    "aws-dynamodb": [{"when": {"env": ["DDB-MCP-READONLY=true"]}, "leaves": "read"}],
    "aws-ecs": [{"unless": {"env": ["ALLOW_WRITE=true"]}, "leaves": "read"}],
    "aws-eks": [
        {"unless": {"flags": ["--allow-write"]}, "leaves": "read"},
        {"unless": {"flags": ["--allow-sensitive-data-access"]}, "drops": ["secrets:read"]},
    ],
    "aws-elasticache": [{"when": {"flags": ["--readonly"]}, "leaves": "read"}],
    "aws-healthlake": [{"when": {"flags": ["--readonly"]}, "leaves": "read"}],
    "aws-iam": [{"when": {"flags": ["--readonly"]}, "leaves": "read"}],
    "aws-memcached": [{"when": {"flags": ["--readonly"]}, "leaves": "read"}],
    "aws-mq": [{"unless": {"flags": ["--allow-resource-creation"]}, "drops": ["infra:write"]}],
    "aws-msk": [{"unless": {"flags": ["--allow-writes"]}, "leaves": "read"}],
    "aws-mysql": [{"unless": {"flags": ["--allow_write_query"]}, "leaves": "read"}],
    "aws-postgres": [{"unless": {"flags": ["--allow_write_query"]}, "leaves": "read"}],
    "aws-s3-tables": [{"unless": {"flags": ["--allow-write"]}, "leaves": "read"}],
    "aws-sagemaker": [{"unless": {"flags": ["--allow-write"]}, "leaves": "read"}],
    "aws-serverless": [{"unless": {"flags": ["--allow-write"]}, "leaves": "read"}],
    "aws-sns-sqs": [{"unless": {"flags": ["--allow-resource-creation"]}, "drops": ["infra:write"]}],
    "aws-valkey": [{"when": {"flags": ["--readonly"]}, "leaves": "read"}],
    "azure": [{"when": {"flags": ["--read-only"]}, "leaves": "read"}],
    "azure-devops": [{"when": {"headers": ["X-MCP-Readonly=true"]}, "leaves": "read"}],
    "brightdata": [
        {
            "unless": {"env": ["PRO_MODE=true", "GROUPS"], "url": ["?pro=1", "?groups"]},
            "drops": ["browser:read", "browser:write", "browser:execute"],
        }
    ],
    "buildkite": [{"when": {"flags": ["--read-only"], "env": ["BUILDKITE_READ_ONLY=true"]}, "leaves": "read"}],
    "clickhouse": [{"unless": {"env": ["CLICKHOUSE_ALLOW_WRITE_ACCESS=true"]}, "leaves": "read"}],
    "dbhub": [{"when": {"flags": ["--readonly"]}, "leaves": "read"}],
    "github": [
        {
            "when": {
                "flags": ["--read-only"],
                "env": ["GITHUB_READ_ONLY=1"],
                "headers": ["X-MCP-Readonly=true"],
                "url": ["/readonly"],
            },
            "leaves": "read",
        }
    ],
    "gitlab-zereight": [
        {
            "when": {
                "flags": ["--permission-mode=readonly", "--read-only"],
                "env": ["GITLAB_PERMISSION_MODE=readonly", "GITLAB_READ_ONLY_MODE=true"],
            },
            "leaves": "read",
        }
    ],
    "google-workspace": [{"when": {"flags": ["--read-only"]}, "leaves": "read"}],
    "grafana": [{"when": {"flags": ["--disable-write"]}, "leaves": "read"}],
    "ida": [{"unless": {"flags": ["--unsafe"]}, "drops": ["code_execution:execute"]}],
    "jenkins": [{"when": {"flags": ["--read-only"]}, "leaves": "read"}],
    "klaviyo": [{"when": {"env": ["READ_ONLY=true"]}, "leaves": "read"}],
    "kubernetes-containers": [
        {"when": {"flags": ["--read-only"]}, "leaves": "read"},
        {"when": {"flags": ["--disable-destructive"]}, "drops": ["infra:delete"]},
    ],
    "kubernetes-flux159": [
        {"when": {"env": ["ALLOW_ONLY_READONLY_TOOLS=true"]}, "leaves": "read"},
        {"when": {"env": ["ALLOW_ONLY_NON_DESTRUCTIVE_TOOLS=true"]}, "drops": ["infra:delete"]},
    ],
    "kubernetes-strowk": [{"when": {"flags": ["--readonly"]}, "leaves": "read"}],
    "mcp-graphql": [{"unless": {"env": ["ALLOW_MUTATIONS=true"]}, "leaves": "read"}],
    "monday": [{"when": {"flags": ["--read-only", "-ro"]}, "leaves": "read"}],
    "mongo-community": [{"when": {"flags": ["--read-only"], "env": ["MCP_MONGODB_READONLY=true"]}, "leaves": "read"}],
    "mongodb": [{"when": {"flags": ["--readOnly"], "env": ["MDB_MCP_READ_ONLY=true"]}, "leaves": "read"}],
    "motherduck": [{"when": {"flags": ["--read-only"]}, "leaves": "read"}],
    "ms-365": [{"when": {"flags": ["--read-only"], "env": ["READ_ONLY=true"]}, "leaves": "read"}],
    "mssql": [{"when": {"env": ["READONLY=true"]}, "leaves": "read"}],
    "mysql-benborla": [
        {
            "unless": {
                "env": [
                    "ALLOW_INSERT_OPERATION=true",
                    "ALLOW_UPDATE_OPERATION=true",
                    "ALLOW_DELETE_OPERATION=true",
                    "ALLOW_DDL_OPERATION=true",
                ]
            },
            "leaves": "read",
        }
    ],
    "n8n-mcp": [{"unless": {"env": ["N8N_API_KEY"]}, "drops": ["infra", "code_execution"]}],
    "neo4j": [{"when": {"env": ["NEO4J_READ_ONLY=true"]}, "leaves": "read"}],
    "neo4j-cypher": [{"when": {"flags": ["--read-only"], "env": ["NEO4J_READ_ONLY=true"]}, "leaves": "read"}],
    "neon": [{"when": {"url": ["?readonly=true"], "headers": ["x-read-only=true"]}, "leaves": "read"}],
    "openapi-ivotoby": [{"when": {"flags": ["--operation=get"]}, "leaves": "read"}],
    "pagerduty": [{"unless": {"flags": ["--enable-write-tools"]}, "leaves": "read"}],
    "postgres-crystaldba": [{"when": {"flags": ["--access-mode=restricted"]}, "leaves": "read"}],
    "qdrant": [{"when": {"env": ["QDRANT_READ_ONLY=true"]}, "leaves": "read"}],
    "razorpay": [{"when": {"flags": ["--read-only"]}, "leaves": "read"}],
    "rust-mcp-filesystem": [
        {"unless": {"flags": ["--allow-write", "-w"], "env": ["ALLOW_WRITE=true"]}, "leaves": "read"}
    ],
    "shortcut": [{"when": {"env": ["SHORTCUT_READONLY=true"]}, "leaves": "read"}],
    "slack-korotovsky": [
        {
            "unless": {
                "env": ["SLACK_MCP_ADD_MESSAGE_TOOL", "SLACK_MCP_REACTION_TOOL", "SLACK_MCP_MARK_TOOL"],
            },
            "leaves": "read",
        }
    ],
    "sonarqube": [{"when": {"env": ["SONARQUBE_READ_ONLY=true"]}, "leaves": "read"}],
    "square": [{"when": {"env": ["DISALLOW_WRITES=true"]}, "leaves": "read"}],
    "supabase": [{"when": {"flags": ["--read-only"], "url": ["?read_only=true"]}, "leaves": "read"}],
    "terraform": [{"unless": {"env": ["ENABLE_TF_OPERATIONS=true"]}, "drops": ["infra:execute", "infra:delete"]}],
}
"""Options, variables, headers and address parts that narrow a server, or widen one that is narrow by default."""

SWITCH_WORDS = {"flag", "env", "url", "header", "default", "wider", "always"}
"""Keys of the catalogue's `read_only_mode` that `SWITCHES` replaces where it has an entry; the rest become remarks."""

# Rule 1: a tool that runs the SQL it is given can do everything its database login can, unless the server forbids it.
FREE_SQL = {
    "clickhouse",
    "clickhouse-mcp-server",
    "greptimedb-mcp-server",
    "kevinwatt-mysql-mcp",
    "mcp-server-starrocks",
    "mcp-timeplus",
    "mysqldb-mcp-server",
}

# Rule 2: code that runs on this machine reaches the network; where it runs elsewhere, nothing is known of its network.
CODE_ON_HOST = {
    "databutton",
    "ida-pro-mcp",
    "mcp-kubernetes-server",
    "mcp-server-ida",
    "serena",
    "unity",
    "unreal-engine-mcp-server",
}

# Rule 3: sending to one fixed provider is no egress; generated media and answers of a model are not chosen recipients.
FIXED_PROVIDER = {
    "4oimage-mcp",
    "cloudwerxlab-gpt-image-1-mcp",
    "consult-llm-mcp",
    "cyanheads-pubmed-mcp-server",
    "glif",
    "grok2-image-mcp-server",
    "handwriting-ocr",
    "magic-21st",
    "magic-mcp",
    "mcp-llm",
    "recraft-ai-mcp-recraft-server",
    "replicate-flux-mcp",
    "semgrep",
    "stakpak-mcp",
    "together-mcp",
    "zen",
}

# Rule 4: what a gateway gives depends on the servers behind it, and those are counted themselves.
GATEWAYS = {"docker-mcp-gateway", "pluggedin", "klavis-strata"}

# Rule 5: published under the account of the vendor itself, which the registries' lists do not say.
VENDORS_OWN = {
    "antv-mcp-server-chart",
    "baidumap-mcp-server-baidu-map",
    "bankless-onchain-mcp",
    "browsermcp",
    "clerk-agent-toolkit",
    "cloudbase-cloudbase-mcp",
    "coinstats-coinstats-mcp",
    "currents-mcp",
    "dart",
    "descope",
    "dodopayments-mcp",
    "edgeone-pages-mcp",
    "fewsats-mcp",
    "flightradar24-fr24api-mcp",
    "graphlit-mcp-server-npm",
    "growthbook-mcp",
    "jsonresume-mcp",
    "niledatabase-nile-mcp-server",
    "noditlabs-nodit-mcp-server",
    "octomind-octomind-mcp",
    "opik",
    "optuna-mcp",
    "pubnub-mcp",
    "raygun-io-mcp-server-raygun",
    "readwise-readwise-mcp",
    "recraft-ai-mcp-recraft-server",
    "riza-io-riza-mcp",
    "setu-mcp-kyc",
    "stakpak-mcp",
    "sveltejs-mcp",
    "vectara-mcp",
    "videodb-director-mcp",
    "zbddev-payments-sdk-mcp",
}

SERVERS: dict[str, dict[str, object]] = {
    "agentql-mcp-npm": {"flags": "UEp"},
    "anilist-mcp": {"capabilities": "web:r other:wd messaging:s", "flags": "UEp"},
    "apify": {"capabilities": "web:r other:e database:r"},
    "apify-local": {"capabilities": "web:r other:e database:r"},
    "apisix-mcp": {"capabilities": "infra:rwde secrets:rwd", "flags": "ueP"},
    "automatalabs-mcp-server-playwright": {"capabilities": "browser:rwe"},
    "aws-diagram": {"flags": "u?P"},
    "aws-lambda-tool": {"capabilities": "infra:e", "flags": "???"},
    "aws-stepfunctions": {"capabilities": "infra:e", "flags": "???"},
    "base-network-mcp-server": {"capabilities": "payments:rws"},
    "bitrefill": {"capabilities": "payments:rws"},
    "bnb-chain-mcp": {"capabilities": "payments:rws files:rwd"},
    "chrome-devtools": {"capabilities": "browser:rwe web:r"},
    "cloudbase-cloudbase-mcp": {"capabilities": "infra:rwde database:rwd files:rwd web:r", "flags": "UEP"},
    "codacy": {"capabilities": "source_code:re", "flags": "ueP"},
    "coinstats-coinstats-mcp": {"capabilities": "web:r payments:rw", "flags": "UeP"},
    "discogs-mcp-server": {"capabilities": "web:r other:rwd", "flags": "UEP"},
    "edgeone-pages-mcp": {"capabilities": "web:w infra:e files:r", "flags": "uEP"},
    "fewsats-mcp": {"capabilities": "payments:rws", "flags": "uEP"},
    "ffmpeg": {"capabilities": "files:rw"},
    "gistpad-mcp": {"flags": "UEP"},
    "gongrzhe-server-travelplanner-mcp": {"capabilities": "web:r"},
    "grec0-mcp-s2s-asterisk": {"capabilities": "messaging:rs", "flags": "UEP"},
    "hyperbrowser": {"capabilities": "browser:rwde web:r"},
    "instagram-engagement-mcp": {"capabilities": "messaging:r", "flags": "UeP"},
    "jsonresume-mcp": {"capabilities": "source_code:rw files:rw", "flags": "uEP"},
    "kaggle-mcp": {"capabilities": "web:r files:w", "flags": "Uep"},
    "kazuph-mcp-taskmanager": {"flags": "ueP"},
    "kroger-mcp": {"capabilities": "web:r other:rwd", "flags": "UeP"},
    "kydycode-todoist-mcp-server-ext": {"flags": "ueP"},
    "lighthouse-mcp": {"capabilities": "web:r browser:r", "flags": "UEp"},
    "linear-community": {"capabilities": "issue_tracking:rwd"},
    "manifold-mcp-server": {"capabilities": "web:r other:ws", "flags": "UEP"},
    "mcp-3d-printer-server": {"flags": "uep"},
    "mcp-chess": {"capabilities": "other:rw"},
    "mcp-get-community-server-curl": {"capabilities": "web:rwd"},
    "mcp-google-analytics": {"capabilities": "database:r"},
    "mcp-image": {"flags": "uep"},
    "mcp-ipfs": {"capabilities": "files:rwd identity:a", "flags": "UEP"},
    "mcp-local-rag": {"capabilities": "files:r database:rwd"},
    "mcp-python-refactoring": {"flags": "ueP"},
    "mcp-server-esa": {"capabilities": "infra:rwde web:w", "flags": "uEP"},
    "mcp-server-gsc": {"capabilities": "database:r web:w", "flags": "ueP"},
    "mzxrai-mcp-webresearch": {"flags": "UEp"},
    "nexus2520-bitbucket-mcp-server": {"capabilities": "source_code:rwd", "flags": "UeP"},
    "nmap": {"capabilities": "infra:e"},
    "notion-mcp-server": {"capabilities": "files:rwd"},
    "notion-remote": {"capabilities": "files:rw"},
    "playwright-executeautomation": {"capabilities": "browser:rwe web:rw"},
    "raygun-io-mcp-server-raygun": {"capabilities": "infra:rwda identity:w", "flags": "UeP"},
    "riza-io-riza-mcp": {"capabilities": "code_execution:e", "flags": "u?p"},
    "setu-mcp-kyc": {"capabilities": "identity:r"},
    "shadcn": {"publisher": "shadcn", "official": True, "match": {"npm": ["shadcn"], "name": ["shadcn"]}},
    "sherlock-mcp": {"capabilities": "infra:rwd payments:r", "flags": "ueP"},
    "taskqueue-mcp": {"flags": "ueP"},
    "twitter": {"capabilities": "messaging:rwsd"},
    "vectara-mcp": {"capabilities": "database:r", "flags": "ueP"},
    "videodb-director-mcp": {"capabilities": "other:e web:r", "flags": "Ue?"},
    "xcodebuild": {"flags": "uEP"},
    "zbddev-payments-sdk-mcp": {"capabilities": "payments:rwsd"},
    "azure-devops": {"remote_oauth": False},
    "context7": {"remote_oauth": False},
    "hubspot": {"remote_oauth": False},
    "huggingface": {"remote_oauth": False},
    "pagerduty": {"remote_oauth": False},
    "slack-remote": {"remote_oauth": False},
    "zoom": {"remote_oauth": False},
}
"""Corrections of single servers, each after reading its tool list.

Evaluating a script in a page (`browser_evaluate`, `evaluate_script`) runs in the browser and not on the machine that
started it: that is `browser:execute`. Only servers that also run code beside the browser (`browser_run_code` of
Playwright's own) keep `code_execution`. The `shadcn` command line is the project's own; its look-alikes are not.

`remote_oauth` says that any client may sign in at this very address. It is corrected after the vendors' own pages, read
2026-11-22: Context7 signs in at /mcp/oauth and takes keys at /mcp (context7.com/docs/howto/oauth), Hugging Face at
/mcp?login (README of huggingface/hf-mcp-server), HubSpot through an app that somebody makes first
(developers.hubspot.com, "Integrate with the HubSpot MCP server"), PagerDuty like its REST API and with a token in its
own sample (PagerDuty/developer-docs, "MCP at PagerDuty"); Slack and Azure DevOps register no client by themselves
(Factory-AI/factory issue 996, microsoft/azure-devops-mcp discussion 1391), nor does Zoom, which wants an app made by
hand (developers.zoom.us/docs/mcp/servers/connect-to-zoom-mcp-servers).
"""

DROPPED = {
    "hass-mcp": "the image of home-assistant under its longer name",
    "noveum-ai-mcp-server": "its listed tools belong to some thirty unrelated services",
    "sketchfab-mcp": "its listed tool belongs to another server",
}

COMMON_WORDS = frozenset(
    [
        "box",
        "clarity",
        "clay",
        "close",
        "dart",
        "dialer",
        "fabric",
        "guru",
        "hex",
        "iam",
        "instant",
        "kite",
        "lara",
        "magic",
        "make",
        "manifold",
        "needle",
        "observability",
        "octagon",
        "omi",
        "oracle",
        "outreach",
        "pal",
        "phoenix",
        "pia",
        "pica",
        "plane",
        "plotting",
        "ref",
        "Ref",
        "render",
        "rube",
        "scorecard",
        "shortcut",
        "square",
        "storage",
        "strata",
        "temporal",
        "toolbox",
        "zen",
    ]
)
"""Names that say nothing when they stand alone as the key of a server."""

ADDED_MATCHES = {
    "azure": {"pypi": ["msmcp-azure"]},
    "docker-mcp-gateway": {"docker-mcp": ["gateway"]},
    "okta-fctr": {"image": ["fctrid/okta-mcp-server"]},
    "phoenix": {"npm": ["@arizeai/phoenix-mcp"]},
}
"""Further packages of servers in the catalogue, from microsoft/mcp 557fca14 and pathintegral-institute/mcpm.sh."""

_MCPM = "pathintegral-institute/mcpm.sh:mcp-registry/servers/"
_AWS = "awslabs/mcp:src/"
ADDED: list[dict[str, object]] = [
    {"id": "airflow", "match": {"pypi": ["mcp-server-apache-airflow"]}, "publisher": "yangkyeongmo",
     "capabilities": "infra:rwde secrets:r", "flags": "ueP", "source": _MCPM + "airflow.json", "verified": True},
    {"id": "apple-mcp", "match": {"npm": ["@dhravya/apple-mcp", "apple-mcp"]}, "publisher": "Dhravya Shah",
     "capabilities": "messaging:rs mail:rs calendar:rw files:rw crm:r", "flags": "UEP",
     "source": _MCPM + "apple-mcp.json", "verified": False},
    {"id": "athena-community", "match": {"npm": ["@lishenxydlgzs/aws-athena-mcp"]}, "publisher": "lishenxydlgzs",
     "capabilities": "database:rwde", "flags": "ueP", "source": _MCPM + "aws-athena.json", "verified": True},
    {"id": "aws-frontend", "match": {"pypi": ["awslabs.frontend-mcp-server"]}, "publisher": "AWS Labs",
     "official": True, "capabilities": "other:r", "flags": "uep", "source": _AWS + "frontend-mcp-server",
     "verified": True},
    {"id": "aws-git-repo-research", "match": {"pypi": ["awslabs.git-repo-research-mcp-server"]},
     "publisher": "AWS Labs", "official": True, "capabilities": "source_code:r files:rwd", "flags": "UeP",
     "source": _AWS + "git-repo-research-mcp-server", "verified": True},
    {"id": "aws-lambda", "match": {"pypi": ["awslabs.lambda-mcp-server"]}, "publisher": "AWS Labs",
     "official": True, "capabilities": "infra:e", "flags": "???", "source": _AWS + "lambda-mcp-server",
     "verified": True},
    {"id": "aws-resources-buryhuang", "match": {"image": ["buryhuang/mcp-server-aws-resources"]},
     "publisher": "buryhuang", "capabilities": "code_execution:e infra:rwde", "flags": "uEP",
     "source": _MCPM + "aws-resources-operations.json", "verified": True},
    {"id": "browser-use-saik0s", "match": {"pypi": ["mcp-server-browser-use"]}, "publisher": "Saik0s",
     "capabilities": "browser:rwe web:r", "flags": "UEP", "source": _MCPM + "mcp-browser-use.json", "verified": True},
    {"id": "codemcp", "match": {"pypi": ["codemcp"]}, "publisher": "ezyang",
     "capabilities": "code_execution:e files:rw source_code:rw", "flags": "uEP",
     "source": _MCPM + "codemcp.json", "verified": False},
    {"id": "context7-oauth", "match": {"url": ["mcp.context7.com/mcp/oauth"]}, "publisher": "Upstash",
     "official": True, "capabilities": "web:r", "flags": "Uep", "remote_oauth": True,
     "source": "context7.com/docs/howto/oauth", "verified": True},
    {"id": "elasticsearch-cr7258", "match": {"pypi": ["elasticsearch-mcp-server"]}, "publisher": "cr7258",
     "capabilities": "database:r infra:r", "flags": "UeP", "source": _MCPM + "elasticsearch.json", "verified": True},
    {"id": "evm", "match": {"npm": ["@mcpdotdirect/evm-mcp-server"]}, "publisher": "mcpdotdirect",
     "capabilities": "payments:rws", "flags": "uEP", "source": _MCPM + "evm-mcp-server.json", "verified": True},
    {"id": "figma-talk", "match": {"npm": ["cursor-talk-to-figma-mcp"]}, "publisher": "sonnylazuardi",
     "capabilities": "files:rwd", "flags": "UeP", "source": _MCPM + "cursor-talk-to-figma-mcp.json", "verified": False},
    {"id": "gmail-headless", "match": {"image": ["buryhuang/mcp-headless-gmail"]}, "publisher": "buryhuang",
     "capabilities": "mail:rs", "flags": "UEP", "source": _MCPM + "gmail-headless.json", "verified": True},
    {"id": "gmail-remote", "match": {"url": ["gmailmcp.googleapis.com", "gmail.mcp.claude.com"]},
     "publisher": "Google", "official": True, "capabilities": "mail:rw", "flags": "UeP", "remote_oauth": True,
     "source": "https://github.com/anthropics/knowledge-work-plugins/issues/488", "verified": True},
    {"id": "google-calendar-remote", "match": {"url": ["calendarmcp.googleapis.com", "gcal.mcp.claude.com"]},
     "publisher": "Google", "official": True, "capabilities": "calendar:rwd", "flags": "UEP", "remote_oauth": True,
     "source": "anthropics/knowledge-work-plugins:engineering/.mcp.json", "verified": False},
    {"id": "google-drive-remote", "match": {"url": ["drivemcp.googleapis.com"]}, "publisher": "Google",
     "official": True, "capabilities": "files:rw", "flags": "UeP", "remote_oauth": True,
     "source": "https://claude.com/docs/claude-tag/admins/connections/google", "verified": False},
    {"id": "google-workspace-developer", "match": {"url": ["workspace-developer.goog/mcp"]}, "publisher": "Google",
     "official": True, "capabilities": "web:r", "flags": "uep", "remote_oauth": False,
     "source": "googleworkspace/apps-script-samples:.gemini/settings.json", "verified": False},
    {"id": "gsuite", "match": {"pypi": ["mcp-gsuite"]}, "publisher": "MarkusPfundstein",
     "capabilities": "mail:rws calendar:rwd", "flags": "UEP", "source": _MCPM + "mcp-gsuite.json", "verified": False},
    {"id": "influxdb", "match": {"npm": ["influxdb-mcp-server"]}, "publisher": "idoru",
     "capabilities": "database:rwe", "flags": "ueP", "source": _MCPM + "influxdb.json", "verified": True},
    {"id": "logfire", "match": {"pypi": ["logfire-mcp"]}, "publisher": "Pydantic", "official": True,
     "capabilities": "infra:r database:r", "flags": "UeP", "source": _MCPM + "logfire-mcp.json", "verified": True},
    {"id": "mac-messages", "match": {"pypi": ["mac-messages-mcp"]}, "publisher": "carterlasalle",
     "capabilities": "messaging:rs crm:r", "flags": "UEP", "source": _MCPM + "mac-messages-mcp.json", "verified": True},
    {"id": "meilisearch", "match": {"pypi": ["meilisearch-mcp"], "name": ["meilisearch"]}, "publisher": "Meilisearch",
     "official": True, "capabilities": "database:rwa secrets:rwd", "flags": "ueP",
     "source": _MCPM + "meilisearch-mcp.json", "verified": True},
    {"id": "memory-bank", "match": {"npm": ["@allpepper/memory-bank-mcp"]}, "publisher": "alioshr",
     "capabilities": "memory:rw", "flags": "ueP", "source": _MCPM + "memory-bank-mcp.json", "verified": True},
    {"id": "mongodb-lens", "match": {"npm": ["mongodb-lens"], "image": ["furey/mongodb-lens"]}, "publisher": "furey",
     "capabilities": "database:rwdea", "flags": "ueP", "source": _MCPM + "mongodb-lens.json", "verified": True},
    {"id": "notify", "match": {"pypi": ["mcp-notify"]}, "publisher": "aahl",
     "capabilities": "messaging:s", "flags": "uEp", "source": _MCPM + "mcp-notify.json", "verified": True},
    {"id": "obsidian-steven", "match": {"npm": ["obsidian-mcp"]}, "publisher": "StevenStavrakis",
     "capabilities": "files:rwd", "flags": "ueP", "source": _MCPM + "obsidian-mcp.json", "verified": True},
    {"id": "openai-docs", "match": {"url": ["developers.openai.com/mcp"]}, "publisher": "OpenAI", "official": True,
     "capabilities": "web:r", "flags": "uep", "remote_oauth": False,
     "source": "https://developers.openai.com/learn/docs-mcp", "verified": False},
    {"id": "prisma-cli", "match": {"npm": ["prisma"]}, "publisher": "Prisma", "official": True,
     "capabilities": "database:rwd infra:w", "flags": "ueP", "source": _MCPM + "prisma.json", "verified": True},
    {"id": "repomix", "match": {"npm": ["repomix"], "image": ["ghcr.io/yamadashy/repomix"], "name": ["repomix"]},
     "publisher": "yamadashy", "capabilities": "source_code:r files:rw", "flags": "UeP",
     "source": _MCPM + "repomix.json", "verified": True},
    {"id": "salesforce-connector", "match": {"pypi": ["mcp-salesforce-connector"]}, "publisher": "smn2gnt",
     "capabilities": "crm:rwd code_execution:e", "flags": "U?P",
     "source": _MCPM + "salesforce-mcp.json", "verified": True},
    {"id": "shadcn-jpisnice", "match": {"npm": ["@jpisnice/shadcn-ui-mcp-server"]}, "publisher": "Jpisnice",
     "capabilities": "web:r source_code:r", "flags": "Uep",
     "source": "toolsdk-ai/toolsdk-mcp-registry:indexes/packages-list.json", "verified": True},
    {"id": "strands-agents", "match": {"pypi": ["strands-agents-mcp-server"]}, "publisher": "Strands Agents",
     "official": True, "capabilities": "web:r", "flags": "uep", "source": "strands-agents/mcp-server:README.md",
     "verified": True},
    {"id": "terminal-controller", "match": {"pypi": ["terminal-controller"]}, "publisher": "GongRzhe",
     "capabilities": "code_execution:e files:rwd", "flags": "UEP",
     "source": _MCPM + "terminal-control.json", "verified": True},
    {"id": "tinybird", "match": {"pypi": ["mcp-tinybird"]}, "publisher": "Tinybird", "official": True,
     "capabilities": "database:rw", "flags": "ueP", "source": _MCPM + "mcp-tinybird.json", "verified": True},
    {"id": "deepl", "match": {"npm": ["deepl-mcp-server"]}, "publisher": "DeepL", "official": True,
     "capabilities": "other:rwd files:rw", "flags": "ueP", "source": "DeepLcom/deepl-mcp-server:README.md",
     "verified": True},
    {"id": "iam-policy-autopilot", "match": {"pypi": ["iam-policy-autopilot"], "name": ["iam-policy-autopilot"]},
     "publisher": "AWS Labs", "official": True, "capabilities": "source_code:r identity:rwa", "flags": "ueP",
     "source": "awslabs/iam-policy-autopilot:README.md", "verified": True},
    {"id": "fabric-rti", "match": {"pypi": ["microsoft-fabric-rti-mcp"], "name": ["fabric-rti-mcp"]},
     "publisher": "Microsoft", "official": True, "capabilities": "database:rwde infra:rwd messaging:s", "flags": "UEP",
     "source": "microsoft/fabric-rti-mcp:README.md", "verified": True},
]  # fmt: skip
"""Servers seen in public configurations that the catalogue lacked, from mcpm.sh and their own sources."""
