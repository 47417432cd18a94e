"""What single manifests say, kept as it was read until the cluster they describe can be put together.

Names and namespaces are texts as the file spells them, template actions included: within one chart the same text names
the same object. An empty namespace is one that the file leaves to whoever applies it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.model.resource import Resource

if TYPE_CHECKING:
    from nhilint.formats.kubernetes.switches import Worth
    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact, Unknown
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.cluster import CloudIdentity
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.source.template_definitions import Piece

RUNNERS = "set of runners"
"""The kind of the workload that runs the jobs of a code host."""


class StatedRule(Struct, frozen=True):
    """One rule of a role; `names` and `urls` are None where it states none."""

    at: Place
    verbs: Fact[tuple[str, ...]]
    groups: Fact[tuple[str, ...]]
    resources: Fact[tuple[str, ...]]
    names: Fact[tuple[str, ...]]
    urls: Fact[tuple[str, ...]]


class StatedRole(Struct, frozen=True):
    """A Role or ClusterRole. `selectors` are the labels by which it takes in other roles' rules.

    `printed` is what a chart's template prints in place of the rules: `.Values` with a route, or `.`.
    """

    kind: str
    name: str
    namespace: str
    at: Place
    rules: tuple[StatedRule | Unknown, ...]
    labels: frozenset[tuple[str, str]]
    labels_at: Place
    selectors: tuple[frozenset[tuple[str, str]], ...] = ()
    printed: str = ""


class StatedSubject(Struct, frozen=True):
    """Somebody a binding names."""

    kind: str
    name: str
    namespace: str
    at: Place


class StatedBinding(Struct, frozen=True):
    """A RoleBinding or ClusterRoleBinding."""

    kind: str
    name: str
    namespace: str
    at: Place
    role_kind: str
    role_name: str
    role_at: Place
    subjects: tuple[StatedSubject, ...]


class StatedAccount(Struct, frozen=True):
    """A ServiceAccount. `signs_people_in`: a product lets people in as it, and asks for a token that stays. `release`:
    the installation that its labels name, empty for none."""

    name: str
    namespace: str
    at: Place
    automounts: Fact[bool]
    cloud: tuple[CloudIdentity | Unknown, ...] = ()
    signs_people_in: bool = False
    release: str = ""


class StatedAssociation(Struct, frozen=True):
    """A role of a cloud that infrastructure code gives to the service account `name`; another file may declare that."""

    name: str
    namespace: str
    at: Place
    cloud: CloudIdentity | Unknown


class StatedToken(Struct, frozen=True):
    """What is filled with a credential of a service account: by default a Secret, with a token that never expires.

    `way` is the public id of the path that it opens, `kind` what sort of object it is.
    """

    name: str
    account: str
    namespace: str
    at: Place
    way: str = "k8s-pod-legacy-token"
    kind: str = "Secret"


class StatedApplier(Struct, frozen=True):
    """An object that a controller applies with the rights of the service account `account`, which it names.

    `decided_here`: what it applies is what this repository names.
    """

    kind: str
    name: str
    account: str
    namespace: str
    at: Place
    decided_here: bool = False


OPEN_DAEMON = "k8s-pod-open-docker"


class Hazard(Struct, frozen=True):
    """A setting of a pod that opens a known path, by the path's public id; `of` is the container or volume that has it,
    by its name, empty for the pod itself."""

    id: str
    at: Place
    of: str = ""


class StatedWorkload(Struct, frozen=True):
    """A pod, or what makes pods. `account` is None where it takes the default service account.

    `runs_agent`: its kind says that a model or a tool of one runs in it. `program` is a mark of the images and
    arguments of its containers: equal for instances of one program, empty where nothing is said; within a chart of the
    first one's image, `main_image`. `optional`: its chart makes it only where more than the chart's own values say so.
    `of_control_plane`: it has the keys of the cluster's control plane from its node.
    `on_every_node`: it is a DaemonSet that asks for no particular nodes. `release`: the installation that it names.
    `on_windows`: it asks for nodes of Windows. `installs_once`: it is one errand, which installs what is pinned.
    """

    kind: str
    name: str
    namespace: str
    at: Place
    account: str | None
    account_at: Place
    mounts: Fact[bool]
    hazards: tuple[Hazard, ...]
    credentials: tuple[Credential, ...]
    runs_agent: bool = False
    images: tuple[str, ...] = ()
    program: str = ""
    main_image: str = ""
    of_control_plane: bool = False
    optional: bool = False
    on_windows: bool = False
    on_every_node: bool = False
    release: str = ""
    installs_once: bool = False


class StatedEntry(Struct, frozen=True):
    """A role or user of AWS that a cluster lets in, by its full id, with the groups it then has."""

    arn: str
    groups: tuple[str, ...]
    at: Place


class StatedEntries(Struct, frozen=True):
    """The ConfigMap `aws-auth` of a cluster of EKS."""

    name: str
    at: Place
    entries: tuple[StatedEntry, ...]


class StatedPatch(Struct, frozen=True):
    """A change that a kustomization makes to objects declared elsewhere.

    `kind`, `called` and `namespace` say which ones, as patterns where a target names them (`selects`), empty for any.
    `body` is the change, a mapping that is laid over the object or a list of operations; None where `file` holds it. A
    file of patches alone is one without a kustomization around it.
    """

    name: str
    at: Place
    kind: str = ""
    called: str = ""
    namespace: str = ""
    body: Node | None = None
    file: str = ""
    selects: bool = False


class StatedKustomization(Struct, frozen=True):
    """What a kustomization lists, as paths from the root; `patches` change what other files declare, or are data.

    `namespace`, `prefix` and `suffix` are given to what it lists. `patching` are its patches in their order, and
    `components` the folders whose patches change what it lists before its own do. `steers`: it changes what says which
    folders are applied.
    """

    name: str
    at: Place
    folder: str
    listed: frozenset[str]
    patches: frozenset[str]
    namespace: str = ""
    prefix: str = ""
    suffix: str = ""
    patching: tuple[StatedPatch, ...] = ()
    components: tuple[str, ...] = ()
    steers: bool = False


class StatedSource(Struct, frozen=True):
    """What an Application of Argo CD applies of a repository, whose address is in one spelling, empty where something
    fills it in; `paths` is None where the folders cannot be told, `whole` says that all below them is applied."""

    address: str
    paths: tuple[str, ...] | None
    whole: bool = False


class StatedSync(Struct, frozen=True):
    """What applies folders of the repository to a cluster by itself; `folders` is None where they cannot be told.

    `rewritten` are the roles, with a star for each action of a template, whose rules it leaves to somebody else. What
    is `partial` states no path: an object that applies everything, or a patch of another one.
    """

    name: str
    at: Place
    folders: frozenset[str] | None
    rewritten: frozenset[str] = frozenset()
    partial: bool = False
    sources: tuple[StatedSource, ...] = ()


class StatedDefinitions(Struct, frozen=True):
    """A file that defines custom resources: the API groups that they belong to."""

    name: str
    at: Place
    groups: frozenset[str]


class StatedAdmission(Struct, frozen=True):
    """A file of validating webhooks: the namespaces in which the services stand that answer them."""

    name: str
    at: Place
    namespaces: frozenset[str]


class StatedValues(Struct, frozen=True):
    """A file of values of a chart: its name, its folder with a slash, what each is worth in a condition, and lists of
    rules by their routes."""

    name: str
    at: Place
    folder: str
    worths: dict[str, Worth]
    rules: dict[str, tuple[StatedRule | Unknown, ...]] = {}


class StatedChart(Struct, frozen=True):
    """A `Chart.yaml`: its folder with a slash, and of each chart below it the values that switch it on, by its name.

    `called` is the chart's own name, empty where the file states none.
    """

    name: str
    at: Place
    folder: str
    conditions: dict[str, tuple[str, ...]]
    called: str = ""


class StatedHelpers(Struct, frozen=True):
    """A file of named templates of a chart, whose folder is given with a slash: the pieces that each of them prints."""

    name: str
    at: Place
    folder: str
    printing: dict[str, tuple[Piece, ...]]


class OnlyIf(Struct, frozen=True):
    """A place of a manifest that a chart prints only where all of these conditions of its templates hold."""

    at: Place
    conditions: tuple[str, ...]


Part = (
    StatedRole
    | StatedBinding
    | StatedAccount
    | StatedAssociation
    | StatedToken
    | StatedApplier
    | StatedWorkload
    | StatedEntries
    | StatedKustomization
    | StatedPatch
    | StatedSync
    | StatedDefinitions
    | StatedAdmission
    | StatedValues
    | StatedChart
    | StatedHelpers
)


class Manifest(Resource, frozen=True):
    """One object of a manifest on its way to the cluster that `nhilint.link.kubernetes` puts together."""

    part: Part | None = None
    only_if: tuple[OnlyIf, ...] = ()
