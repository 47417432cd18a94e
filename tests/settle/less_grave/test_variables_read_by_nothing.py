"""A secret in a variable that no file of its module reads is told one step less gravely."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.finding import Severity

WORD = "Kite" + "Harbour" + "@" + "482"
VARIABLE = f'variable "shop_password" {{\n  type    = string\n  default = "{WORD}"\n}}\n'
READS = 'resource "shop_login" "a" {\n  value = "pw-${var.shop_password}"\n}\n'


@pytest.mark.parametrize(
    ("files", "severity"),
    [
        ({}, Severity.MEDIUM),
        ({"infra/other.tf": 'locals { a = "${var.shop_password_hint}-${var.shop_password-hint}" }\n'}, Severity.MEDIUM),
        ({"elsewhere/main.tf": READS}, Severity.MEDIUM),
        ({"infra/main.tf": READS}, Severity.HIGH),
        ({"infra/out.tf.json": '{"output": {"a": {"value": "${var.shop_password}"}}}'}, Severity.HIGH),
    ],
)
def test_a_default_of_a_variable(tmp_path, files, severity):
    for name, text in {"infra/variables.tf": VARIABLE, **files}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (found,) = [
        one for one in scan(tmp_path, select=["literal-secret-value"]).findings if "variables" in one.place.path
    ]
    assert found.severity == severity
    assert ("no file of its module reads" in found.message) == (severity < Severity.HIGH)
