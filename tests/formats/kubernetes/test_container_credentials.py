"""Which values in the environment of containers are everybody's."""

from __future__ import annotations

import pytest

from nhilint.api import scan

POD = """apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: acme/web
    env:
    - {name: %s, value: %s}
"""
OF_GOOGLE = "AIza" + "SyD3fGh7JkL9mNpQrStUvWxYzAbCdEf12Gh"


@pytest.mark.parametrize(
    ("name", "told"),
    [("PUBLIC_FIREBASE_API_KEY", False), ("NEXT_PUBLIC_MAPS_KEY", False), ("PUBLIC_GEMINI_API_KEY", True)],
)
def test_what_a_page_is_configured_with_is_everybodys(tmp_path, name, told):
    (tmp_path / "pod.yaml").write_text(POD % (name, OF_GOOGLE))
    assert bool(scan(tmp_path, select=["literal-credential"]).findings) is told
