"""What the other objects of a file tell of the store that a key opens."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import known_records, value_of
from tests.formats.kubernetes.cluster_files import bound, identities

SETTINGS = {"STORE_S3_ENDPOINT_URL": "https://objects.example.com"}
AMAZON = {"name": "STORE_S3_ENDPOINT_URL", "value": "https://s3.eu-west-1.amazonaws.com"}
BINDING = bound(subject="{kind: ServiceAccount, name: tracker, namespace: ml}")


def taken(name, secret="objects", key="secret"):
    return {"name": name, "valueFrom": {"secretKeyRef": {"name": secret, "key": key}}}


def workload(name, container, namespace="ml"):
    pod = {"serviceAccountName": name, "containers": [{"name": "main", **container}]}
    spec = {"selector": {"matchLabels": {"app": name}}, "template": {"spec": pod}}
    metadata = {"name": name, "namespace": namespace}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata, "spec": spec}


def settings(data=None, namespace="ml", name="settings"):
    metadata = {"name": name, "namespace": namespace}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": data or SETTINGS}


def told(*objects, container=None, as_template=False):
    client = {"image": "tracker:1.2", "env": [taken("AWS_SECRET_ACCESS_KEY")], **(container or {})}
    held = [workload("tracker", client), *objects]
    if as_template:
        held = [{"apiVersion": "template.openshift.io/v1", "kind": "Template", "metadata": {}, "objects": held}]
    found = identities("---\n".join(json.dumps(one) + "\n" for one in held) + BINDING)
    (one,) = known_records(found["ml/tracker"].workloads)
    (key,) = known_records(one.credentials)
    return value_of(key.opens_own_store)


def source(name="settings", prefix=""):
    one = {"configMapRef": {"name": name}}
    return {"envFrom": [{**one, "prefix": prefix} if prefix else one]}


@pytest.mark.parametrize(
    ("stated", "container", "own"),
    [
        (settings(), source(), True),
        (settings({"ENDPOINT_URL": "https://objects.example.com"}), source(prefix="AWS_"), True),
        (settings({"ENDPOINT_URL": "https://objects.example.com"}), source(), None),
        (settings({"AWS_ENDPOINT_URL": "https://s3.eu-west-1.amazonaws.com"}), source(), None),
        (settings({"AWS_ENDPOINT_URL": ""}), source(), None),
        (settings({"AWS_ENDPOINT_URL": "{{ .Values.endpoint }}"}), source(), None),
        (settings({"MODE": "all"}), source(), None),
        (settings(), {**source(), "env": [taken("AWS_SECRET_ACCESS_KEY"), AMAZON]}, None),
        (settings(), {}, None),
        (settings(), source("others"), None),
        (settings(namespace="web"), source(), None),
    ],
)
def test_an_endpoint_among_variables_out_of_a_map(stated, container, own):
    assert told(stated, container=container) is own


def test_a_map_inside_of_a_template():
    assert told(settings(), container=source(), as_template=True) is True


def server(**changed):
    return {"image": "minio/minio:RELEASE.2025-01-01", "env": [taken("MINIO_ROOT_PASSWORD")], **changed}


@pytest.mark.parametrize(
    ("one", "own"),
    [
        (server(), True),
        (server(env=[taken("MINIO_SECRET_KEY")]), True),
        (server(image="mirror/store:1", command=["sh", "-c", "mkdir -p /d/a && minio server /d"]), True),
        (server(image="mirror/store:1"), None),
        (server(image="minio/mc:1"), None),
        (server(args=["gateway", "s3"]), None),
        (server(env=[taken("MINIO_ROOT_PASSWORD", key="other")]), None),
        (server(env=[taken("MINIO_ROOT_PASSWORD", secret="other")]), None),
        (server(env=[taken("BACKUP_SECRET_KEY")]), None),
    ],
)
def test_the_key_of_the_root_user_of_a_server_beside_it(one, own):
    assert told(workload("store", one)) is own


def test_a_server_of_another_namespace_has_another_secret():
    assert told(workload("store", server(), namespace="web")) is None
