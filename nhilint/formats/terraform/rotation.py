"""Keys that Terraform makes anew by a clock: a key that is tied to `time_rotating` ends when its time is over.

The clock's timestamps change at each turn, its periods (`rotation_days`) never do: a key tied to those alone stays.
Sources: registry.terraform.io/providers/hashicorp/time/latest/docs/resources/rotating, `keepers` of
registry.terraform.io/providers/hashicorp/google/latest/docs/resources/google_service_account_key, and
`replace_triggered_by` of developer.hashicorp.com/terraform/language/meta-arguments/lifecycle; known, not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.terraform.named_documents import texts_in
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.terraform.module import Block

_CLOCK = Deferred(r"\btime_rotating\.[\w-]{1,200}(?:\[[^\[\]]{0,100}\])?(?:\.(\w{1,60}))?")
_PERIODS = "rotation_"
_TIMESTAMP = "rotation_rfc3339"


def is_rotated(key: Block) -> bool:
    """Whether a run of Terraform replaces a key when the time of a clock of its module is over."""
    tied = (key.body.get("keepers"), key.body.get("lifecycle"))
    read = (attribute for value in tied for text in texts_in(value) for attribute in _CLOCK.findall(text))
    return any(attribute == _TIMESTAMP or not attribute.startswith(_PERIODS) for attribute in read)
