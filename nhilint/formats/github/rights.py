"""What a job holds, graded and in words: secrets, the scopes its token may write, nothing stated, nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from nhilint.formats.github.permissions import ALL, STRONG_SCOPES
from nhilint.formats.github.secrets import is_called_otherwise, opens_little, opens_something
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.wording import in_a_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from nhilint.formats.github.permissions import Permissions
    from nhilint.model.place import Place

Level = Literal["strong", "weak", "default", "none"]

LITTLE_ALONE = frozenset({"pages", "deployments", "attestations", "actions"})
"""Scopes that add to what a hijacked step can do and are hardly worth the hijacking: a site that the job builds anyway,
the record of a deployment, a statement that needs an identity to be believed, runs of what is there already."""
_MUCH_ALONE = STRONG_SCOPES - LITTLE_ALONE

_A_SECRET = "the secret "  # noqa: S105 - words about a secret
_A_TOKEN = "a token that may write "  # noqa: S105 - words about a token
_EVERYTHING = "everything"


class Rights(Struct, frozen=True):
    """How much a job or step holds, what makes it up, and whether that is enough to matter when outsiders get in."""

    level: Fact[Level]
    held: Fact[tuple[str, ...]]
    privileged: Fact[bool]


def rights_of(permissions: Permissions | None, secrets: Sequence[tuple[str, Place]], at: Place) -> Rights:
    """The rights made up of a token and of named secrets. `at` is the place for what nothing states.

    Beside a secret, what a token may write is told only where that is worth as much.
    """
    secrets = sorted(((name, place) for name, place in secrets if opens_something(name)), key=_comes_late)
    scopes = permissions.writes if permissions is not None else ()
    strong = [place for _, place in secrets]
    strong += [place for scope, place in scopes if scope in STRONG_SCOPES]
    weak = [place for _, place in scopes]
    told = [scope for scope, _ in scopes if not secrets or scope in _MUCH_ALONE]
    words = (*(f"{_A_SECRET}{name}" for name, _ in secrets), *_token(told))
    if strong:
        place = strong[0]
        return Rights(Known("strong", place), Known(words, place), Known(value=True, at=place))
    if permissions is None:
        default = Unknown("up to the repository's default for tokens", at)
        held = ("the token, with what the repository gives it by default",)
        return Rights(Known("default", at), Known(held, at), default)
    if permissions.unclear:
        unclear = Unknown("not readable as permissions", permissions.at)
        return Rights(unclear, unclear, unclear)
    if weak:
        place = weak[0]
        return Rights(Known("weak", place), Known(words, place), Known(value=True, at=place))
    return Rights(Known("none", permissions.at), Known((), permissions.at), Known(value=False, at=permissions.at))


def _comes_late(secret: tuple[str, Place]) -> bool:
    """Whether a secret is told after others: it opens little, or is not called after a password or a key."""
    return opens_little(secret[0]) or is_called_otherwise(secret[0])


def _token(scopes: Iterable[str]) -> tuple[str, ...]:
    """One phrase for a token's writable scopes, those that matter most first; none when there are none."""
    names = sorted(scopes, key=lambda scope: scope not in STRONG_SCOPES)
    if not names:
        return ()
    return (f"{_A_TOKEN}{_EVERYTHING if ALL in names else in_a_row(names)}",)


def without_secrets(held: Fact[tuple[str, ...]], leaves_out: Callable[[str], bool]) -> Fact[tuple[str, ...]]:
    """What is held beside the secrets whose names are left out; nothing where the rest would not be strong."""
    if not isinstance(held, Known):
        return held
    left = [
        word for word in held.value if not (word.startswith(_A_SECRET) and leaves_out(word.removeprefix(_A_SECRET)))
    ]
    strong = len(left) == len(held.value) or any(_is_grave_secret(word) or _is_strong_token(word) for word in left)
    return Known(tuple(left) if strong else (), held.at)


def _is_grave_secret(word: str) -> bool:
    return word.startswith(_A_SECRET) and not opens_little(word.removeprefix(_A_SECRET))


def _is_strong_token(word: str) -> bool:
    scopes = word.removeprefix(_A_TOKEN).replace(" and ", ", ").split(", ")
    strong = STRONG_SCOPES - LITTLE_ALONE
    return word.startswith(_A_TOKEN) and (_EVERYTHING in scopes or not strong.isdisjoint(scopes))


def worth_hijacking(writes: Fact[tuple[str, ...]], *, proves_identity: bool) -> bool:
    """Whether a token of which only the writable scopes are known does something grave for whoever takes a step over;
    the job's identity counts where something is seen to trust it."""
    little = LITTLE_ALONE if proves_identity else LITTLE_ALONE | {"id-token"}
    return not (STRONG_SCOPES - little).isdisjoint(value_of(writes) or ())


def rights_of_token(writes: Fact[tuple[str, ...]], at: Place) -> Rights:
    """The rights of a token of which only the writable scopes are known, or not even those."""
    if not isinstance(writes, Known):
        return rights_of(None, (), at)
    strong = tuple(scope for scope in writes.value if scope in STRONG_SCOPES)
    level: Level = "strong" if strong else "weak" if writes.value else "none"
    held = _token(writes.value)
    return Rights(Known(level, writes.at), Known(held, writes.at), Known(bool(writes.value), writes.at))
