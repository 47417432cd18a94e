"""The words that providers build scope names of, and what each says. Used only for scopes the catalogue lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhilint.model.category import Access, Category

_WORDS_OF_ACCESS: dict[Access, str] = {
    "read": "read readonly readbasic readbasicall readall history view list search get download export query lookup "
    "report freebusy",
    "write": "write readwrite create update edit insert append modify upload add manage compose join apply writeonly "
    "fullcontrol change invite publish patch subscribe share",
    "send": "send",
    "delete": "delete remove",
    "execute": "execute invoke run deploy",
    "admin": "admin master",
}
VERBS: dict[str, Access] = {word: access for access, words in _WORDS_OF_ACCESS.items() for word in words.split()}
"""Verb → access."""

_WORDS_OF_CATEGORY: dict[Category, str] = {
    "mail": "mail gmail email emails mailbox imap smtp inbox",
    "files": "file files drive sites documents document spreadsheets presentations forms notes notebook content "
    "contents confluence pages page canvases lists attachment attachments photos recording recordings wiki storage "
    "folder",
    "source_code": "repo repos repository repositories code pull commit commits branch gist packages package registry "
    "bitbucket checks statuses",
    "identity": "user users group groups role roles member members directory org organization account accounts domain "
    "policy policies permission permissions application applications profile team teams people identity admin scim "
    "audit auditlog auditlogs conditional access consent authentication invites client clients grants connection "
    "connections idps factors authenticators realms governance privilegedaccounts appgrants authorizationservers",
    "secrets": "secret secrets key keys token tokens "
    "apitokens password passwords credential credentials certificate bitlocker",
    "payments": "payment payments billing invoice invoices order orders price payout payouts refund subscription "
    "subscriptions gift checkout checkouts finance",
    "messaging": "chat chats channel channels message messages messaging im mpim conversation conversations dm sms "
    "reactions pins bookmarks calls webhook groups_history",
    "calendar": "calendar calendars meeting meetings event events onlinemeetings webinar",
    "crm": "crm contact contacts customer customers deal deals lead leads company companies opportunity ticket tickets",
    "database": "bigquery database databases table tables datastore spanner bigtable sql warehouse dataset",
    "code_execution": "script workflow workflows function functions action actions hosting theme themes runner runners "
    "automation pipeline pipelines agent agents bot rules hooks triggers",
    "infra": "cloud compute device devices devicemanagement kubernetes cluster dns infrastructure service logging "
    "monitoring environment environments deployments server servers",
    "issue_tracking": "issue issues task tasks project projects board boards jira sprint planner servicedesk",
    "web": "site website blog seo",
}
CATEGORY_OF: dict[str, Category] = {
    word: category for category, words in _WORDS_OF_CATEGORY.items() for word in words.split()
}
"""Word → category; where a name holds several, the first one counts."""

ORGANISATION_WIDE = frozenset({"admin", "all", "enterprise", "master", "organization", "org", "tenant", "domain"})
"""Words that widen a scope past one person's or one app's own things."""

_WORDS_OF_LITTLE = (
    "own owned ownedby me created current currentonly selected metadata basic appfolder "
    "emoji reactions presence availability freebusy settings labels pins bookmarks status"
)
HOLDS_LITTLE = frozenset(_WORDS_OF_LITTLE.split())
"""Words that narrow a scope to the app's own things, to descriptions of content, or to decoration."""
