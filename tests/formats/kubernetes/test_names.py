"""Names of objects as people read them."""

from __future__ import annotations

import pytest

from nhilint.formats.kubernetes.names import OPEN, in_words, plain_namespace


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("web", "web"),
        ('{{ include "vault.serviceAccountName" . }}', "<vault.serviceAccountName>"),
        ('{{ include "x.resourceName" (dict "suffix" "manager-role" "context" $) }}', "<x.resourceName>-manager-role"),
        ('{{ template "lb.fullname" . }}-metrics', "<lb.fullname>-metrics"),
        ("{{ .Release.Name }}-x", "<Release.Name>-x"),
        ("{{ .Values.rbac.name }}", "<rbac.name>"),
        ("${var.name}-bot", "<var.name>-bot"),
        ('istiod{{ if not (eq .Values.revision "") }}-{{ .Values.revision }}{{ end }}', "istiod-<revision>"),
    ],
)
def test_an_action_of_a_template_is_told_by_what_it_names(name, words):
    assert in_words(name) == words


@pytest.mark.parametrize("text", ["patch-me", "CHANGE_ME", "replace-this", "placeholder", "${ns}"])
def test_a_namespace_that_a_patch_fills_in_is_open(text):
    assert plain_namespace(text) == OPEN
