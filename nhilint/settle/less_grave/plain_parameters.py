"""Who may read every parameter of an account reads settings, where the parameters of the repository are all plain ones.

A parameter of Systems Manager holds a secret as a `SecureString`, which Terraform makes by that word, CloudFormation
cannot make at all, and a program asks to decrypt. Where parameters are made here, each by a type that is written out
and none by that one, nothing here reads or makes a secret one, and no plain one takes a value that is called a secret,
the finding is told one step less gravely. What cannot be read or looked through leaves it as it is, and so does a
parameter that is read here and may be made elsewhere; those of `/aws/` are public.

Sources: https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-securestring.html,
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html and
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ssm_parameter (from a survey, pages not
re-read).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.model.finding import Confidence, Severity
from nhilint.settle.less_grave.words_elsewhere import is_written, texts_written
from nhilint.settle.lowered import a_step_lower
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_OF_PARAMETERS = "parameters-of-every-workload"
_ENCRYPTED = (
    r"(?i:SecureString|ssm-secure|secure_type|ssm-parameter|(?<!-)with[-_]?decryption\b(?!\W{0,4}false)|\$\{ssm:)|"
    r"aws_ssm_parameters_by_path|fromSecureString|from_secure_string|"
    r"--(?:names?|path)[ =]+[\"']?[/\w][^\n]{0,300}--with-decryption|"
    r"--with-decryption[^\n]{0,300}--(?:names?|path)[ =]+[\"']?[/\w]"
)
"""A parameter that is made or read as a secret, or that a module or a framework makes or reads in its own way. A script
that asks so for whatever it is given to read, by a variable, says nothing of what there is."""
_MADE = Deferred(
    r'resource\s+"aws_ssm_parameter"[^{\n]*\{.*?\n\}', r"|AWS::SSM::Parameter\b(?!::).{0,600}", flags=re.DOTALL
)
_READ = Deferred(r'data\s+"aws_ssm_parameter"[^{\n]*\{.*?\n\}', flags=re.DOTALL)
_PLAIN = Deferred(r"""\btype\s*=\s*"String(?:List)?"|\bType["']?\s*:\s*["']?String(?:List)?\b""")
_PUBLIC = Deferred(r'\bname\s*=\s*"/aws/')
_SECRET_VALUE = Deferred(
    r"(?im)^\s*[\"']?value[\"']?\s*[:=].*(?:passw(?:or)?d|secret|private_?key|api_?key|connection_string|"
    r"(?:access|api|auth|bearer|bot|deploy|github|refresh|slack)_?token[\"'}\s,]*$)"
)


def retold(findings: tuple[Finding, ...], _: tuple[Resource, ...], tree: Tree) -> tuple[Finding, ...]:
    """The findings; those about parameters lowered where the repository's are plain."""
    asked = [one for one in findings if _is_asked(one)]
    if not asked or not _all_are_plain(tree):
        return findings
    because = "the parameters that are made here are plain settings, none of them a SecureString"
    return tuple(a_step_lower(one, because) if _is_asked(one) else one for one in findings)


def _is_asked(finding: Finding) -> bool:
    grave = finding.severity > Severity.LOW and finding.confidence > Confidence.LOW
    return finding.check == _OF_PARAMETERS and grave


def _all_are_plain(tree: Tree) -> bool:
    texts = texts_written(r"aws_ssm_parameter|AWS::SSM::Parameter\b(?!::)", tree)
    if texts is None:
        return False
    made = [one[0] for text in texts for one in _MADE.finditer(text)]
    others = [one[0] for text in texts for one in _READ.finditer(text) if not _PUBLIC.search(one[0])]
    plain = all(_PLAIN.search(one) and not _SECRET_VALUE.search(one) for one in made)
    return bool(made) and not others and plain and not is_written(_ENCRYPTED, tree)
