"""Policy folders become a pack: compiled once, kept where it can be, and unable to hurt whoever loads one."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from nhilint import policies
from nhilint.catalogue.check import Condition
from nhilint.catalogue.skeleton import skeleton
from nhilint.errors import CatalogueError, UsageError
from nhilint.evaluate.engine import judge
from nhilint.formats.registry import Recogniser, claims, reader_of
from nhilint.policies import (
    _BUNDLE_VERSION,
    BUNDLE,
    builtin_folder,
    compile_policies,
    encode,
    load_policies,
    user_cache,
)
from nhilint.source.document import read
from tests.running import OPEN_SCRIPT, OPEN_SCRIPT_CHECK, nhilint

PLACEHOLDER = "subject.name == 'replace this condition; nhilint schema facts --kind app lists what it may name'"


def a_check(condition="subject.provider == 'google'", check_id="our-own", **texts):
    text = skeleton(check_id, "app").replace(PLACEHOLDER, condition)
    for key, value in texts.items():
        before, _, after = text.partition(f"\n{key}: ")
        text = f"{before}\n{key}: {value}\n{after.partition(chr(10))[2]}"
    return text


@pytest.fixture
def pack_folder(tmp_path):
    def write(**checks):
        for name, text in checks.items():
            path = tmp_path / "pack" / "checks" / "custom" / f"{name.replace('_', '-')}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / "pack"

    return write


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A product with one check, so that compiling it takes no time."""
    product = tmp_path / "product"
    (product / "checks" / "oauth").mkdir(parents=True)
    shutil.copy(builtin_folder() / "checks" / "oauth" / f"{OPEN_SCRIPT_CHECK}.yaml", product / "checks" / "oauth")
    shutil.copytree(builtin_folder() / "frameworks", product / "frameworks")
    monkeypatch.setattr(policies, "builtin_folder", lambda: product)
    return product


@pytest.fixture
def compiled(monkeypatch):
    """How often policies were compiled."""
    times = []
    real = policies.compile_policies
    monkeypatch.setattr(policies, "compile_policies", lambda folders: times.append(folders) or real(folders))
    return times


def same(one, other):
    """Whether two packs hold the same checks. Compiled conditions are maps whose order the runtime draws by lot."""

    def written(pack):
        return [
            replace(check, at_first=Condition(), of_subject=Condition(), item_at_first=Condition(), of_item=Condition())
            for check in pack.checks
        ]

    return written(one) == written(other)


def judged(check, text=OPEN_SCRIPT):
    path = "appsscript.json"
    (claim,) = (c for c in Recogniser(claims()).recognise(path, text.encode()) if c.format == "google-apps-script")
    return judge([check], reader_of(claim).extract(read(path, text.encode(), claim.syntax), claim).resources)


class TestOwnPack:
    def test_checks_and_frameworks_of_ones_own(self, repository, pack_folder):
        pack = pack_folder(our_own=a_check().replace('owasp-nhi-2025: ["NHI5:2025"]', "acme-2026: [ACME-1]"))
        (pack / "frameworks").mkdir()
        (pack / "frameworks" / "acme-2026.yaml").write_text(FRAMEWORK)
        root = repository({"appsscript.json": OPEN_SCRIPT})
        ended = nhilint("check", "--policies", pack, "--select", "acme-2026/ACME-1", "--format", "markdown", cwd=root)
        assert (ended.code, "our-own" in ended.out, OPEN_SCRIPT_CHECK in ended.out) == (0, True, False)
        assert "our-own" in nhilint("checks", "list", "--policies", pack, cwd=root).out

    def test_new_then_test_then_explain(self, tmp_path):
        ended = nhilint("checks", "new", "our-own", "--folder", "pack", "--subject", "app", cwd=tmp_path)
        assert ended.code == 0
        path = tmp_path / "pack" / "checks" / "custom" / "our-own.yaml"
        assert path.is_file()
        assert "nhilint checks test pack" in ended.out
        ended = nhilint("checks", "test", "pack", cwd=tmp_path)
        assert ended.code == 1
        assert "checks/custom/our-own.yaml: the smallest repository that is wrong: expected a finding" in ended.out
        path.write_text(
            a_check(
                "subject.runs_as == 'owner'", message='"{{ subject.name }} runs as its owner"', place="subject.runs_as"
            )
            .replace("path/to/file#/route/of/keys", "appsscript.json#/webapp/executeAs")
            .replace("path/to/file:", "appsscript.json:")
            .replace("replace this text", OPEN_SCRIPT.replace("ANYONE", "DOMAIN"), 1)
            .replace("replace this text", '{"webapp": {"access": "DOMAIN", "executeAs": "USER_ACCESSING"}}', 1)
        )
        ended = nhilint("checks", "test", "pack", cwd=tmp_path)
        assert (ended.code, ended.out) == (0, "2 examples, 0 mistakes\n")
        assert "Our own" in nhilint("explain", "our-own", "--policies", "pack", cwd=tmp_path).out

    def test_new_refuses_what_cannot_be(self, tmp_path):
        for arguments, told in (
            (["Our_Own"], "is no id"),
            (["our-own", "--subject", "robot"], "unknown subject 'robot'"),
        ):
            ended = nhilint("checks", "new", *arguments, cwd=tmp_path)
            assert (ended.code, told in ended.err) == (2, True)
        assert nhilint("checks", "new", "our-own", cwd=tmp_path).code == 0
        assert "is already there" in nhilint("checks", "new", "our-own", cwd=tmp_path).err

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            (a_check("subject.providr == 'google'"), "13:1: no fact 'providr' in subject; did you mean 'provider'?"),
            (a_check("subject.provider == "), "14:5: this condition does not compile"),
            (a_check("has(subject.provider)"), "has() turns an unknown fact into a plain no"),
            (a_check(check_id="other-name"), "1:5: the id must be the file's name, 'our-own'"),
            (a_check(message='"{{ subject.name } runs as its owner"'), "15:10: this message cannot be: unexpected '}'"),
            (a_check(severity="hihg"), "5:11: unknown value 'hihg'; did you mean 'high'?"),
            (a_check().replace("NHI5:2025", "NHI55:2025"), "has no control 'NHI55:2025'"),
            (a_check().replace("owasp-nhi-2025", "owasp-nih-2025"), "8:3: unknown framework 'owasp-nih-2025'"),
            (a_check() + "severity: low\n", "given twice"),
            ("a: [", "1:5: "),
            ("", "1:1: expected a mapping, found nothing"),
        ],
    )
    def test_a_broken_check_is_told_with_its_place(self, pack_folder, text, told):
        with pytest.raises(CatalogueError) as caught:
            compile_policies((builtin_folder(), pack_folder(our_own=text)))
        assert caught.value.path == "checks/custom/our-own.yaml"
        assert told in str(caught.value)

    def test_an_id_that_is_taken(self, pack_folder):
        text = a_check(check_id=OPEN_SCRIPT_CHECK)
        with pytest.raises(CatalogueError, match=f"the id '{OPEN_SCRIPT_CHECK}' is already used"):
            compile_policies((builtin_folder(), pack_folder(**{OPEN_SCRIPT_CHECK: text})))

    def test_a_folder_that_is_no_pack(self, tmp_path):
        with pytest.raises(UsageError, match="neither checks/ nor frameworks/"):
            load_policies((tmp_path,))


FRAMEWORK = """\
id: acme-2026
title: Acme rules for machine identities
short: Acme
edition: "2026"
year: 2026
publisher: Acme
url: https://acme.example/rules
license: Acme
license_note: Our own words.
verified: {date: "2026-11-22", source: the page itself}
controls:
  - {id: ACME-1, title: Apps have an owner, summary: Every app has an owner who answers for it and can be asked.}
"""


class TestBundle:
    def test_a_second_run_compiles_nothing_and_reads_no_yaml(self, small, tmp_path, compiled, monkeypatch):
        first = load_policies((), tmp_path / "cache")
        monkeypatch.setattr("nhilint.catalogue.strict_yaml.read_yaml", lambda *_: pytest.fail("read a YAML file"))
        assert load_policies((), tmp_path / "cache") == first
        assert len(compiled) == 1

    def test_a_change_of_any_file_is_noticed(self, small, tmp_path, compiled):
        load_policies((), tmp_path / "cache")
        check = small / "checks" / "oauth" / f"{OPEN_SCRIPT_CHECK}.yaml"
        check.write_text(check.read_text().replace("severity: high", "severity: low"))
        assert load_policies((), tmp_path / "cache").checks[0].severity.word == "low"
        os.utime(small / "frameworks" / "owasp-nhi-2025.yaml", ns=(1, 1))
        load_policies((), tmp_path / "cache")
        (small / "checks" / "oauth" / "our-own.yaml").write_text(a_check())
        assert len(load_policies((), tmp_path / "cache").checks) == 2
        check.unlink()
        assert len(load_policies((), tmp_path / "cache").checks) == 1
        assert len(compiled) == 5

    def test_packs_of_different_folders_are_kept_apart(self, small, tmp_path, pack_folder, compiled):
        pack = pack_folder(our_own=a_check())
        for _ in range(2):
            assert len(load_policies((), tmp_path / "cache").checks) == 1
            assert len(load_policies((pack,), tmp_path / "cache").checks) == 2
        assert len(compiled) == 2

    @pytest.mark.parametrize(
        "damage",
        [
            lambda data: b"",
            lambda data: data[: len(data) // 2],
            lambda data: data.replace(b"nhilint ", b"nhilint 0", 1),
            lambda data: b'["x", []]',
            lambda data: msgspec.json.encode([msgspec.json.decode(data)[0], []]),
            lambda data: data.replace(b'"app"', b'"robot"'),
            lambda data: os.urandom(200),
        ],
        ids=["empty", "cut", "older", "other", "fewer", "nonsense", "random"],
    )
    def test_a_damaged_bundle_is_made_again(self, small, tmp_path, compiled, damage):
        wanted = load_policies((), tmp_path / "cache")
        (stored,) = (tmp_path / "cache").iterdir()
        stored.write_bytes(damage(stored.read_bytes()))
        for _ in range(2):
            assert same(load_policies((), tmp_path / "cache"), wanted)
            assert len(compiled) == 2

    def test_a_cache_that_cannot_be_used_costs_time_only(self, small, tmp_path, compiled):
        (tmp_path / "file").write_text("")
        for cache in (None, tmp_path / "file", tmp_path / "file" / "below"):
            assert len(load_policies((), cache).checks) == 1
        assert len(compiled) == 3

    def test_a_bundle_that_cannot_be_read(self, small, tmp_path, compiled):
        load_policies((), tmp_path / "cache")
        (stored,) = (tmp_path / "cache").iterdir()
        stored.unlink()
        stored.mkdir()
        assert len(load_policies((), tmp_path / "cache").checks) == 1

    def test_a_file_changed_while_it_was_read_is_not_kept(self, small, tmp_path, monkeypatch):
        real = policies.compile_policies

        def meanwhile(folders):
            pack = real(folders)
            (small / "checks" / "oauth" / "our-own.yaml").write_text(a_check())
            return pack

        monkeypatch.setattr(policies, "compile_policies", meanwhile)
        load_policies((), tmp_path / "cache")
        assert not (tmp_path / "cache").exists()

    def test_the_bundle_of_a_package_is_used_as_it_is(self, small, tmp_path, compiled, monkeypatch):
        bundled = tmp_path / "_bundled"
        shutil.move(small, bundled)
        monkeypatch.setattr(policies, "builtin_folder", lambda: bundled)
        wanted = compile_policies((bundled,))
        (bundled / BUNDLE).write_bytes(encode(wanted))
        compiled.clear()
        assert load_policies() == wanted
        assert compiled == []
        (bundled / BUNDLE).write_bytes(encode(wanted).replace(f"bundle {_BUNDLE_VERSION}".encode(), b"bundle 0"))
        assert same(load_policies(), wanted)
        assert len(compiled) == 1

    def test_a_user_without_a_home(self, monkeypatch):
        monkeypatch.delenv("XDG_CACHE_HOME")
        monkeypatch.setattr(Path, "home", lambda: (_ for _ in ()).throw(RuntimeError("no home")))
        assert user_cache() is None

    def test_a_relative_cache_folder_is_not_taken(self, monkeypatch):
        """The scanned tree must not become our cache (XDG Base Directory: relative paths are invalid)."""
        monkeypatch.setenv("XDG_CACHE_HOME", "cache")
        assert user_cache() is None
        monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
        assert user_cache() == Path("/somewhere/nhilint")


class TestHostilePack:
    """A pack may come with the scanned tree. It can be wrong; it cannot reach Python, hang the scan or fill the memory."""

    @pytest.mark.parametrize(
        "message",
        [
            "{{ subject.__class__.__mro__[1].__subclasses__() }}",
            "{{ subject.name.__class__ }} {{ cycler.__init__.__globals__.os.system('true') }}",
            "{{ subject | attr('__class__') }} and some more text",
            "{% import 'os' as os %}{{ subject.name }}",
            "{% include '/etc/passwd' %}{{ subject.name }}",
            "{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}",
            "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
            "{{ 'x' * 10**9 }} and some more text",
            "{{ 9**9**9**9 }} and some more text",
            "{{ subject.name | center(10000000000) }}",
            "{{ subject.name | replace('', 'xxxxxxxxxxxxxxxxxxxxxxxx') }}",
            "{{ lipsum(n=1000000) }} and some more text",
            "{% set x = namespace() %}{{ subject.name }}",
            "{{ self._TemplateReference__context }} and more",
            "{{ range(10) }} and some more text",
        ],
    )
    def test_templates_that_do_more_than_speak_are_refused(self, pack_folder, message):
        before = time.process_time()
        with pytest.raises(CatalogueError, match="this message cannot be"):
            compile_policies((builtin_folder(), pack_folder(our_own=a_check(message=f'"{message}"'))))
        assert time.process_time() - before < 10

    @pytest.mark.parametrize("message", ["{{ subject.__class__ }} of Python", "{{ subject.name.__len__ }} of Python"])
    def test_what_python_keeps_is_unknown(self, pack_folder, message):
        pack = compile_policies((builtin_folder(), pack_folder(our_own=a_check(message=f'"{message}"'))))
        (finding,) = judged(pack.find("our-own")).findings
        assert finding.message == "(unknown) of Python"

    def test_a_message_that_cannot_be_made_does_not_lose_the_finding(self, pack_folder):
        message = '"{% if subject.name %}{{ subject.open_to - 1 }}{% endif %}"'
        pack = compile_policies((builtin_folder(), pack_folder(our_own=a_check(message=message))))
        (finding,) = judged(pack.find("our-own")).findings
        assert finding.message == "(the message of this check cannot be made here: TypeError)"

    @pytest.mark.parametrize(
        "condition",
        [
            "subject.name.replace('', 'xxxxxxxxxx').replace('', 'xxxxxxxxxx').size() > 0",
            "['a', 'b'].join(subject.name).size() > 0",
            "'%s'.format([subject.name]).size() > 0",
            "subject.__class__ == null",
            "open('/etc/passwd') == null",
            "__import__('os').system('true') == 0",
            "(" * 300 + "true" + ")" * 300,
        ],
    )
    def test_conditions_that_are_no_conditions_are_refused(self, pack_folder, condition):
        with pytest.raises(CatalogueError):
            compile_policies((builtin_folder(), pack_folder(our_own=a_check(f'"{condition}"'))))

    @pytest.mark.parametrize(
        "condition",
        [
            "subject.name.matches('(a+)+$')",
            "subject.name.matches('(a|a?)+$')",
            "subject.name.matches('^(([a-z])+.)+[A-Z]([a-z])+$')",
        ],
    )
    def test_no_pattern_takes_long(self, pack_folder, condition):
        check = compile_policies((builtin_folder(), pack_folder(our_own=a_check(f'"{condition}"')))).find("our-own")
        name = "a" * 100_000 + "!"
        before = time.process_time()
        said = judged(check, OPEN_SCRIPT.replace("{", f'{{"addOns": {{"common": {{"name": "{name}"}}}}, ', 1))
        assert said.problems == ()
        assert time.process_time() - before < 5

    def test_loops_end(self, pack_folder):
        """The runtime counts; what exceeds its budget is an error of the check, and the other checks go on."""
        tens = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"
        loops = f"{tens}.all(a, {tens}.all(b, {tens}.all(c, {tens}.all(d, {tens}.all(e, e > 0)))))"
        check = compile_policies((builtin_folder(), pack_folder(our_own=a_check(f'"{loops}"')))).find("our-own")
        before = time.process_time()
        said = judged(check)
        assert [problem.kind for problem in said.problems] == ["check-error"]
        assert "Iteration budget exceeded" in said.problems[0].message
        assert time.process_time() - before < 5

    def test_a_check_that_fails_is_said_and_the_run_is_incomplete(self, repository, pack_folder):
        root = repository({"appsscript.json": OPEN_SCRIPT})
        pack = pack_folder(our_own=a_check("subject.name > 3"))
        ended = nhilint("check", "--policies", pack, cwd=root)
        assert ended.code == 4
        assert "check our-own failed" in ended.out
        assert OPEN_SCRIPT_CHECK in ended.out
