"""Pools, providers and bindings of Google Cloud that a module makes from one nested variable by way of locals."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.model.fact import Unknown, value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.testing import WHEN, tree_of

MODULE = """
variable "pools" {
  type = map(any)
}
locals {
  bindings = flatten([
    for pool_key, pool in var.pools : [
      for key, binding in try(pool.bindings, {}) : {
        pool_key = pool_key
        key      = key
        email    = binding.email
        role     = try(binding.role, "roles/iam.workloadIdentityUser")
        value    = binding.value
      }
    ]
  ])
  providers = flatten([
    for pool_key, pool in var.pools : [
      for key, provider in pool.providers : { pool_key = pool_key, key = key, provider = provider }
    ]
  ])
}
resource "google_iam_workload_identity_pool" "each" {
  for_each                  = var.pools
  workload_identity_pool_id = each.key
}
resource "google_iam_workload_identity_pool_provider" "each" {
  for_each                           = { for one in local.providers : "${one["pool_key"]}-${one["key"]}" => one }
  workload_identity_pool_id          = google_iam_workload_identity_pool.each[each.value["pool_key"]].workload_identity_pool_id
  workload_identity_pool_provider_id = each.value["key"]
  attribute_mapping                  = each.value["provider"]["mapping"]
  dynamic "oidc" {
    for_each = try(each.value["provider"]["oidc"], null) != null ? [each.value["provider"]["oidc"]] : []
    content {
      issuer_uri        = oidc.value["issuer_uri"]
      allowed_audiences = try(oidc.value["audiences"], null)
    }
  }
}
resource "google_service_account_iam_member" "each" {
  for_each           = { for one in local.bindings : "${one["pool_key"]}-${one["key"]}" => one }
  service_account_id = "projects/acme-prod/serviceAccounts/${each.value["email"]}"
  role               = each.value["role"]
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.each[each.value["pool_key"]].name}/attribute.repository/${each.value["value"]}"
}
"""
CALL = """
module "federation" {
  source = "./federation"
  pools  = var.pools
}
variable "pools" {}
"""
GIVEN = """
pools = {
  github = {
    providers = {
      actions = {
        oidc    = { %s = "https://token.actions.githubusercontent.com" }
        mapping = { "google.subject" = "assertion.sub", "attribute.repository" = "assertion.repository" }
      }
    }
    bindings = {
      deploy = { email = "deploy@acme-prod.iam.gserviceaccount.com", value = "acme/infra" }
      site   = { email = "site@acme-prod.iam.gserviceaccount.com", value = "acme/site" }
    }
  }
  unused = { providers = {} }
}
"""


def trusts(given):
    files = {"federation/main.tf": MODULE, "main.tf": CALL, "terraform.tfvars": given}
    found = link(gather(tree_of(tuple(files.items())), Settings(root=Path(), now=WHEN)).resources)
    return {
        one.name: trust
        for one in found
        if one.kind == "identity" and value_of(one.facts.kind) == "service_account"
        for trust in one.facts.trusts
    }


@pytest.mark.parametrize(("account", "repository"), [("deploy", "acme/infra"), ("site", "acme/site")])
def test_each_account_is_trusted_to_its_repository_at_any_branch(account, repository):
    trust = trusts(GIVEN % "issuer_uri")[f"{account}@acme-prod.iam.gserviceaccount.com"]
    assert value_of(trust.issuer) == "token.actions.githubusercontent.com"
    assert value_of(trust.subjects) == (f"attribute.repository/{repository}",)
    assert value_of(trust.subject_scope) == "repository"


def test_an_issuer_under_another_name_is_unknown():
    trust = trusts(GIVEN % "address")["site@acme-prod.iam.gserviceaccount.com"]
    assert isinstance(trust.issuer, Unknown)
