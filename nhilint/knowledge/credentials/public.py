"""Values that every visitor of a page is sent, although their names or shapes are those of credentials.

Bundlers copy variables with certain prefixes into the pages they build, so that a value without a provider's shape
under such a name is public on purpose; a provider's secret under one is worse and not excused. A Google API key is what
Firebase's web SDK and the Maps scripts are configured with. Some products call an identifier a key, and the keys of
analytics are in every copy of what reports to them. Sources (names from a survey, pages not re-read):
firebase.google.com/docs/projects/api-keys, vite.dev/guide/env-and-mode, segment.com/docs/connections/find-writekey,
nextjs.org/docs/app/guides/environment-variables, shopify.dev/docs/apps/build/authentication-authorization.
"""

from __future__ import annotations

from nhilint.knowledge.credentials.names import words_of

_BUNDLED = (
    ("next", "public"),
    ("nuxt", "public"),
    ("expo", "public"),
    ("plasmo", "public"),
    ("react", "app"),
    ("vue", "app"),
    ("gatsby",),
    ("vite",),
    ("public",),
)
"""First words of variables that Next.js, Nuxt, Expo, Plasmo, React, Vue, Gatsby, Vite and SvelteKit publish."""

_IDENTIFIERS = (
    ("shopify", "api", "key"),
    ("cloudinary", "api", "key"),
    ("trello", "api", "key"),
    ("pusher", "key"),
    ("pusher", "app", "key"),
    ("firebase", "api", "key"),
    ("algolia", "search", "key"),
    ("algolia", "search", "api", "key"),
    ("supabase", "anon", "key"),
    ("gtm", "auth"),
    ("protocol", "version", "token"),
)
"""Last words of names whose values only say which project or app it is, or what version of it peers speak."""

_WRITE_ONLY = (
    ("segment", "write", "key"),
    ("segment", "key"),
    ("rudderstack", "write", "key"),
    ("posthog", "api", "key"),
    ("posthog", "project", "api", "key"),
    ("posthog", "project", "key"),
    ("posthog", "key"),
    ("amplitude", "api", "key"),
    ("amplitude", "key"),
    ("mixpanel", "token"),
    ("mixpanel", "project", "token"),
    ("sentry", "dsn"),
    ("bugsnag", "api", "key"),
    ("countly", "app", "key"),
)
"""Last words of names of keys by which every copy of a program reports how it is used: they send and read nothing."""

_PUBLIC_PAGES = frozenset(
    {"search", "brave", "tavily", "exa", "youtube", "maps", "weather", "firecrawl", "jina", "perplexity", "kagi"}
)
_PUBLIC_STEMS = ("serp", "openweather", "websearch", "searchapi", "searxng", "googlemaps", "googlesearch")
_PUBLIC_LIBRARIES = ("semanticscholar", "openalex", "crossref", "ncbi", "pubmed", "arxiv", "newsapi")
"""Catalogues of what is published, which anybody may ask; a key only lets a program ask more often."""
_OWN_SEARCH = frozenset({"azure", "elastic", "algolia", "coveo", "vertex", "opensearch", "meili", "typesense", "ai"})
"""Words of products that search what their customer puts in."""

_SHOWN_BY_GOOGLE = frozenset({"firebase", "fb"})
_SHOWN_IN_PAGES = frozenset({"maps", "map", "places"})

_PRIVATE = frozenset({"private", "secret", "access", "signing", "encryption", "service", "account", "ssh", "password"})
"""Words of keys that stay at home, so that a "public" before them speaks of something else: a bucket, a subnet."""


def is_public_by_design(name: str, shape: str | None = None) -> bool:
    """Whether a value of this shape (an id of the catalogue, None without one) is no secret under this name."""
    words = words_of(name)
    bundled = any(words[: len(prefix)] == prefix for prefix in _BUNDLED)
    bundled = bundled and not (words[0] == "public" and not _PRIVATE.isdisjoint(words))
    if shape == "google-api-key":
        return not _SHOWN_BY_GOOGLE.isdisjoint(words) or (bundled and not _SHOWN_IN_PAGES.isdisjoint(words))
    if shape is not None and not shape.startswith("generic-"):
        return False
    return bundled or any(words[-len(own) :] == own for own in (*_IDENTIFIERS, *_WRITE_ONLY))


def is_everybodys(name: str, shape: str | None) -> bool:
    """Whether the name says that everybody has a value of this shape, by a word for it or by what it names."""
    return says_public(name) or is_public_by_design(name, shape)


def says_public(name: str) -> bool:
    """Whether a name says that whatever stands under it is given to everybody: DOCKERHUB_PUBLIC_ACCESS_TOKEN.

    What a bundler publishes by a prefix is not meant: there the word speaks of the page and not of the value. Bundlers
    write theirs in capitals; in front of a key in small letters (`public_google_api_key`) it speaks of the key.
    """
    words = words_of(name)
    if words[:1] == ("public",) and name == name.lower():
        return words[-1] == "key" and _PRIVATE.isdisjoint(words)
    return "public" in words[1:] and not any(words[: len(prefix)] == prefix for prefix in _BUNDLED)


def reads_public_pages(name: str) -> bool:
    """Whether a name speaks of a service that only answers from what everybody can read: EXA_API_KEY, context7-api-key.

    A search of one's own data is none: AZURE_SEARCH_KEY, ELASTICSEARCH_API_KEY.
    """
    words = words_of(name)
    joined = "".join(words)
    if not _OWN_SEARCH.isdisjoint(words):
        return False
    if "context7" in joined or joined.startswith(_PUBLIC_LIBRARIES):
        return True
    return any(word in _PUBLIC_PAGES or word.startswith(_PUBLIC_STEMS) for word in words)
