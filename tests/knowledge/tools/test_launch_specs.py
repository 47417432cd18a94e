"""Package specifiers: which package, and how firmly its version is fixed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.knowledge.tools import read_spec

COMMIT = "a" * 40
NPM = [
    ("pkg", "pkg", None, "none"),
    ("@s/p", "@s/p", None, "none"),
    ("@s/p@1.2.3", "@s/p", "1.2.3", "exact"),
    ("p@v1.2.3", "p", "v1.2.3", "exact"),
    ("p@1.2.3-beta.1+x", "p", "1.2.3-beta.1+x", "exact"),
    ("p@1", "p", "1", "range"),
    ("p@1.2", "p", "1.2", "range"),
    ("p@1.x", "p", "1.x", "range"),
    ("p@*", "p", "*", "range"),
    ("p@~1.2.3", "p", "~1.2.3", "range"),
    ("p@>=1 <2", "p", ">=1 <2", "range"),
    ("p@next", "p", "next", "tag"),
    ("p@", "p", None, "none"),
    ("alias@npm:@s/real@1.0.0", "@s/real", "1.0.0", "exact"),
    ("p@${V}", "p", "${V}", "unknown"),
    ("p@{{ version }}", "p", "{{ version }}", "unknown"),
]


@pytest.mark.parametrize(("text", "name", "version", "pin"), NPM)
def test_npm(text, name, version, pin):
    package = read_spec("npm", text)
    assert (package.ecosystem, package.name, package.version, package.pin) == ("npm", name, version, pin)


@pytest.mark.parametrize(
    ("text", "name", "version", "pin"),
    [
        ("p", "p", None, "none"),
        ("p[x,y]==1.0", "p", "1.0", "exact"),
        ("p===1.0", "p", "1.0", "exact"),
        ("p>=1,==1.4.2", "p", "1.4.2", "exact"),
        ("p~=1.4", "p", "~=1.4", "range"),
        ("p==1.*", "p", "==1.*", "range"),
        ("p!=1", "p", "!=1", "range"),
        ("p@1.0", "p", "1.0", "exact"),
        ("p@latest", "p", "latest", "tag"),
        ("p == 1.0 ; python_version < '3.12'", "p", "1.0", "exact"),
        ("p==${V}", "p==${V}", None, "unknown"),
    ],
)
def test_pypi(text, name, version, pin):
    package = read_spec("pypi", text)
    assert (package.ecosystem, package.name, package.version, package.pin) == ("pypi", name, version, pin)


@pytest.mark.parametrize(
    ("ecosystem", "text", "name", "version", "pin"),
    [
        ("npm", f"git+ssh://git@github.com/o/r.git#{COMMIT}", "github.com/o/r", COMMIT, "digest"),
        ("npm", "git@github.com:o/r.git", "github.com/o/r", None, "none"),
        ("npm", "o/r#v1", "github.com/o/r", "v1", "tag"),
        ("npm", "o/r#semver:^1", "github.com/o/r", "^1", "tag"),
        ("npm", "gitlab:o/r", "gitlab.com/o/r", None, "none"),
        ("pypi", "git+https://GitHub.com/o/r@v1#subdirectory=x", "github.com/o/r", "v1", "tag"),
        ("pypi", "p @ git+https://github.com/o/r", "github.com/o/r", None, "none"),
        ("nix", "github:o/r", "github.com/o/r", None, "none"),
    ],
)
def test_repositories(ecosystem, text, name, version, pin):
    package = read_spec(ecosystem, text)
    assert (package.ecosystem, package.name, package.version, package.pin) == ("git", name, version, pin)


def test_files_at_addresses_lose_their_query():
    package = read_spec("npm", "https://x.example/p.tgz?token=abc")
    assert (package.ecosystem, package.name, package.pin) == ("url", "https://x.example/p.tgz", "none")
    assert read_spec("pypi", "https://x.example/p.whl#sha256=00").pin == "digest"


@pytest.mark.parametrize("path", ["./p", "../p", "/p", "~/p", "C:\\p", "file:./p"])
def test_paths_are_local(path):
    package = read_spec("npm", path)
    assert (package.ecosystem, package.pin) == ("local", "local")


@pytest.mark.parametrize(
    ("text", "name", "version", "pin"),
    [
        ("img", "img", None, "none"),
        ("r.example:5000/a/img:1.0", "r.example:5000/a/img", "1.0", "tag"),
        ("img@sha256:short", "img", "sha256:short", "unknown"),
        ("img:1@sha256:" + "0" * 64, "img", "sha256:" + "0" * 64, "digest"),
        ("${REGISTRY}/img:1", "${REGISTRY}/img", "1", "unknown"),
    ],
)
def test_images(text, name, version, pin):
    package = read_spec("oci", text)
    assert (package.ecosystem, package.name, package.version, package.pin) == ("oci", name, version, pin)


@pytest.mark.parametrize(
    ("version", "pin"),
    [("1.2.3", "exact"), ("1.2.3.4", "exact"), ("1.*", "range"), ("[1.0,2.0)", "range"), ("nightly", "tag")],
)
def test_nuget(version, pin):
    assert read_spec("nuget", f"P@{version}").pin == pin


@given(st.sampled_from(["npm", "pypi", "oci", "go", "nuget", "maven", "nix", "deno", "brew"]), st.text(max_size=60))
def test_any_text_is_read_without_an_error(ecosystem, text):
    package = read_spec(ecosystem, text)
    assert package.pin in {"none", "range", "tag", "exact", "digest", "local", "unknown"}
    if package.pin in {"exact", "digest"}:
        assert package.version is not None or package.ecosystem == "url"


@pytest.mark.parametrize("text", ["mcp-tool; rm -rf x", "a|b", "a && b", "`a`"])
def test_a_command_line_given_as_one_argument_names_no_package(text):
    assert read_spec("npm", text).pin == "unknown"
