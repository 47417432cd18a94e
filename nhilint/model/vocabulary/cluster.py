"""What a cluster's identity is used by and leads to: workloads that run as it, cloud identities that it may become."""

from __future__ import annotations

from typing import Annotated, Literal

from nhilint.model.fact import Fact, Many, Record
from nhilint.model.vocabulary.credential import Credential


class ClusterWorkload(Record, frozen=True, kw_only=True):
    """A workload of a cluster that runs as the identity."""

    name: Annotated[Fact[str], "Its name."] = None
    kind: Annotated[Fact[str], "What sort (Deployment, DaemonSet, CronJob …)."] = None
    names_account: Annotated[
        Fact[bool], "Whether it names its service account; false where it takes the default one."
    ] = None
    mounts_token: Annotated[Fact[bool], "Whether the account's token is mounted into its containers."] = None
    runs_agent: Annotated[
        Fact[bool], "Whether an agent or a tool server of one runs in it, as its kind, label, name or image says."
    ] = None
    repeats: Annotated[
        Fact[bool],
        "Whether it runs the same images with the same arguments as a workload of the identity that is told before it.",
    ] = None
    optional: Annotated[
        Fact[bool], "Whether its chart makes it only where a user's values say so, or something else that is not known."
    ] = None
    installs_once: Annotated[
        Fact[bool], "Whether it is a Job whose one container is told to install something, from a pinned image."
    ] = None
    of_control_plane: Annotated[
        Fact[bool],
        "Whether it has the keys of the control plane from its node: its owners run the cluster themselves.",
    ] = None
    credentials: Annotated[Many[Credential], "Credentials in the environment of its containers."] = ()


class CloudIdentity(Record, frozen=True, kw_only=True):
    """A cloud identity that a service account is set to become."""

    provider: Annotated[Fact[Literal["aws", "gcp", "azure"]], "Where it lives."] = None
    identity: Annotated[Fact[str], "Its full id: a role's ARN, a service account's address, a client id."] = None
    power: Annotated[
        Fact[Literal["administers", "escalates", "limited"]],
        "After linking: what its own declaration in this repository lets it do.",
    ] = None
    power_through: Annotated[Fact[str], "After linking: through what."] = None
    lets_in: Annotated[
        Fact[bool],
        "After linking: false where the repository states whom accounts of its project let in, and not this one.",
    ] = None
    shared_with: Annotated[
        Fact[tuple[str, ...]], "After linking: other service accounts that are set to become the same one."
    ] = None
    shared_first: Annotated[Fact[bool], "After linking: whether of those it is the first that the files declare."] = (
        None
    )


class ClusterBinding(Record, frozen=True, kw_only=True):
    """A binding that gives a role to a subject."""

    name: Annotated[Fact[str], "Its name."] = None
    role: Annotated[Fact[str], "The role it gives."] = None
