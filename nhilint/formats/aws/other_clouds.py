"""Policy documents that other clouds write with the same words: nothing in AWS reads them, and their actions only look
like those of AWS (`ecs:` is a machine of Alibaba's).

AWS knows two versions of its language
(docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html), Alibaba Cloud's RAM has "1"
(alibabacloud.com/help/ram/user-guide/policy-structure-and-syntax), Tencent Cloud's CAM "2.0"
(cloud.tencent.com/document/product/598/10604), Huawei Cloud "1.1" and "5.0" (support.huaweicloud.com, syntax of
policies of its IAM). Stores such as MinIO and Ceph take AWS's version. Stated from the vendors' documentation as known
on 2026-11-23, pages not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhilint.formats.node import Node

_VERSIONS = frozenset({"1", "1.0", "1.1", "2.0", "5.0"})
_RESOURCES = ("acs:", "qcs::")
"""How names of resources begin at Alibaba and at Tencent; those of AWS begin with `arn:`."""


def is_of_another_cloud(document: Node) -> bool:
    """Whether a document states another cloud's version, or a resource of one."""
    if str(document["Version"].value) in _VERSIONS:
        return True
    named = (word for statement in document["Statement"].items() for word in statement.values_under("Resource"))
    return any(isinstance(word, str) and word.startswith(_RESOURCES) for word in named)
