"""Decides from a name alone whether what stands under it should be a credential, and which providers it speaks of.

Names are variables, keys, header fields, flags and query parameters: `OPENAI_API_KEY`, `X-Api-Key`, `--auth-token`,
`tavilyApiKey`. They are read as words; the last words count most, because English puts the thing named last
(`TOKEN_LIMIT` is a limit, `SECRET_KEY_PATH` a path).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from nhilint.knowledge.credentials.records import catalogue
from nhilint.source.deferred import Deferred

_WORD = Deferred(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")

_ALONE_TEXT = """
token secret password passwd pwd passphrase passcode apikey apitoken authtoken accesstoken refreshtoken
accesskey secretkey privatekey secretaccesskey clientsecret sharedaccesskey authkey authorization credential
bearer jwt userpass dbpassword webhooksecret signingsecret pgpassword sshpass
"""
_ALONE = frozenset(_ALONE_TEXT.split())
"""Words that name a credential when they stand last."""

_PAIRED = frozenset({"pass", "pat", "pw", "auth", "authtok", "sas", "cookie"})
"""Words that name one when another word stands before them (DB_PASS, GITHUB_PAT)."""

_KEY_QUALIFIERS_TEXT = """
access account admin anthropic api app application auth authn authentication bot client cookie crypt crypto
decryption deploy encrypt encryption function functions hash hmac integration jwt license master openai private
root s3 secret security server service session shared sign signing ssh storage subscription tls user vault
webhook write x509
"""
_KEY_QUALIFIERS = frozenset(_KEY_QUALIFIERS_TEXT.split())
"""Words that make a following "key" a credential."""

_OTHER_TOKENS_TEXT = """
max min num next page start input output continuation pagination cancellation eos bos pad stop per request change
lifecycle action grant idempotency special mask unk image delimiter design confirmation upload sync theme color style
cart to from payment postman
"""
_OTHER_TOKENS = frozenset(_OTHER_TOKENS_TEXT.split())
"""Words that make a following "token" something else: a limit, a place in a list, a mark on a request, a currency."""

_WORKING_FOLDER = "PWD"
"""The variable in which a shell keeps its working folder (POSIX, "Other environment variables"); `pwd` asks for it."""

_NO_CREDENTIALS = frozenset({("x", "amz", "credential"), ("message", "secret"), ("creation", "token")})
"""X-Amz-Credential names the key that signed an address (AWS, "Authenticating requests: query parameters"); WhatsApp's
messageSecret belongs to one message; EFS takes a CreationToken so that a repeated request makes one file system (AWS,
API reference of CreateFileSystem)."""

_DIGESTS = frozenset({"checksum", "digest", "sha256", "sha1", "sha512", "md5", "integrity"})
_KEY_EXCEPTIONS = frozenset({"public", "publishable", "anon", "kms", "foreign", "site", "cache", "host"})
_BEFORE_KEY = frozenset({"primary"})
"""Words that make only the "key" right behind them something else: `dc_primary_auth_key` is one of two lines' keys."""
_PLURALS = {"tokens": "token", "secrets": "secret", "keys": "key", "passwords": "password", "credentials": "credential"}
_PLURAL_MAKERS = frozenset({"api", "auth", "access", "secret", "bearer", "private", "admin", "master", "service"})
_GENERIC_TEXT = """
access account admin aes age agent api apikey app auth authorization auths basic bearer become bootstrap bot ci
clear cli client code config connection credential credentials data database db default deploy dev do env ext
feed file function functions gem generic git header http https id incoming key login mail master mcp me mem my
name net new node open package pass password pat personal preshared private prod production project proxy pull
push read refresh registration registry rest root runner s3 search secret security server servers service
session shared signing smtp source spring src ssh staging standard storage string system teams test tls token
trigger tunnel uri url user username value webhook write x
"""
_COMPANY_WORDS = frozenset({"ai", "cloud", "labs", "ci", "app", "deploy", "cd"})
GENERIC_WORDS = frozenset(_GENERIC_TEXT.split())
"""Words that speak of no provider."""


_ENCRYPTED = frozenset({"encrypted", "ciphertext", "cyphertext", "sealed"})

_DATABASES = frozenset(
    "database db postgres postgresql pg mysql mariadb mssql mongo mongodb redis amqp rabbitmq cassandra neo4j".split()  # noqa: SIM905
)
_ADDRESSES = frozenset({"url", "uri", "dsn"})

_PASSWORDS = frozenset(
    "password passwd pwd pass passphrase pw dbpassword userpass pgpassword sshpass".split()  # noqa: SIM905
)
"""Words by which a name asks for a password."""


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    """The lower-case words of a name: "tavilyApiKey" → ("tavily", "api", "key")."""
    return tuple(word.lower() for word in _WORD.findall(name[-200:]))


@lru_cache(maxsize=4096)
def is_credential_name(name: str) -> bool:
    """Whether a value under this name should be a credential.

    True for OPENAI_API_KEY, X-Api-Key, db_password, GITHUB_PAT; False for PUBLIC_KEY, MAX_TOKENS, TOKEN_LIMIT,
    AWS_ACCESS_KEY_ID, PASSWORD_FILE, SECRET_ARN and every name whose last word is another thing.
    """
    words = words_of(name)
    if words and words[-1].isdigit():
        words = words[:-1]  # API_KEY_2
    if not words or not _DIGESTS.isdisjoint(words) or words in _NO_CREDENTIALS or name == _WORKING_FOLDER:
        return False
    last, before = words[-1], words[:-1]
    if last in _PLURALS:
        return bool(before) and before[-1] in _PLURAL_MAKERS and not _KEY_EXCEPTIONS.intersection(before)
    if last == "base" and before[-2:] == ("secret", "key"):  # Rails, Phoenix: SECRET_KEY_BASE
        return True
    if last == "key":
        return _is_secret_key(before)
    if last in _PAIRED:
        return bool(before) or last == "auth"
    return last in _ALONE and not _counts_tokens(last, before)


def _is_secret_key(before: tuple[str, ...]) -> bool:
    if not before or before[-1] in _BEFORE_KEY or _KEY_EXCEPTIONS.intersection(before):
        return False
    return before[-1] in _KEY_QUALIFIERS or any(word in _provider_words() for word in before)


def _counts_tokens(last: str, before: tuple[str, ...]) -> bool:
    """`max_token`, `next_token`, `ClientRequestToken`: limits, list positions and request marks, not credentials."""
    return last == "token" and not _OTHER_TOKENS.isdisjoint(before)


@lru_cache(maxsize=1)
def _provider_words() -> frozenset[str]:
    """Words by which names speak of a provider: those of its name and of the variables it documents."""
    known: set[str] = set()
    for record in catalogue().records:
        if record.shape.provider not in {"Generic", "MCP", "Agents"}:
            known |= speaks_of(record.shape.provider, record.shape.names)
    return frozenset(known)


@lru_cache(maxsize=1024)
def is_connection_name(name: str) -> bool:
    """Whether what this variable holds is an address with which one enters a database (DATABASE_URL, MONGODB_URI).

    A value tells by itself whether a password is in it; a reference to such a variable is made for one that is.
    """
    words = words_of(name)
    if words[-2:] == ("connection", "string") or words[-1:] == ("connectionstring",):
        return True
    return len(words) > 1 and words[-1] in _ADDRESSES and not _DATABASES.isdisjoint(words[:-1])


@lru_cache(maxsize=1024)
def names_shape(name: str, shape_names: tuple[str, ...]) -> bool:
    """Whether a name is one of a shape's own, or ends in one (`PROD_MISTRAL_API_KEY`)."""
    words = words_of(name)
    return any(words[-len(own) :] == own for own in map(words_of, shape_names) if own)


@lru_cache(maxsize=1024)
def speaks_of(provider: str, shape_names: tuple[str, ...]) -> frozenset[str]:
    """The words that identify a provider in a name or a host.

    They are its own name as one word ("mistralai"), that without a general second word ("mistral"), and the first words
    of the variables it documents ("dd" of DD_API_KEY).
    """
    parts = provider.lower().replace(".", "").split()
    brands = {"".join(parts)} | ({parts[0]} if len(parts) == 2 and parts[1] in _COMPANY_WORDS else set())
    firsts = {words[0] for words in map(words_of, shape_names) if len(words) > 1}
    return frozenset(word for word in brands | firsts if len(word) > 1) - GENERIC_WORDS


def is_password_name(name: str) -> bool:
    """Whether the name asks for a password, which people choose, and not for a token, which a machine makes."""
    words = words_of(name)
    return not _PASSWORDS.isdisjoint(words[-2:])


@lru_cache(maxsize=1024)
def is_ciphertext_name(name: str) -> bool:
    """Whether the name says that the value was encrypted: ENCRYPTED_API_TOKEN, cipher_text; not ENCRYPTION_KEY."""
    words = words_of(name)
    return not _ENCRYPTED.isdisjoint(words) or ("cipher", "text") in pairwise(words)
