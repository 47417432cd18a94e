"""What a script leaves for later steps, and whose text an agent reads through it."""

from __future__ import annotations

import pytest

from nhilint.formats.github.handed_on import Origin, fetched, left_by
from tests.formats.github.reading import agent_of, steps_of

BODY = Origin("github.event.issue.body", "outsiders", ("github", "event", "issue", "body"))


def of_text(text: str) -> Origin | None:
    return BODY if "${{ body }}" in text else None


def of_variable(name: str) -> Origin | None:
    return BODY if name == "BODY" else None


@pytest.mark.parametrize(
    ("script", "kind", "name", "changed"),
    [
        ('echo "x=$BODY" >> "$GITHUB_OUTPUT"', "output", "x", False),
        ('echo "x=${{ body }}" >> $GITHUB_OUTPUT', "output", "x", False),
        ('echo "x=$(echo "$BODY" | tr -d a)" >> $GITHUB_OUTPUT', "output", "x", True),
        ('echo "x=${BODY//[^a-z]/}" >> $GITHUB_OUTPUT', "output", "x", True),
        ('{\n  echo "x<<END"\n  echo "$BODY"\n  echo END\n} >> "$GITHUB_OUTPUT"', "output", "x", False),
        ('echo "x<<$D" >> $GITHUB_ENV\necho "$BODY" >> $GITHUB_ENV\necho "$D" >> $GITHUB_ENV', "variable", "x", False),
        ('echo "x=$BODY" | tee -a "$GITHUB_ENV"', "variable", "x", True),
        ('printf "%s" "$BODY" > issue.md', "file", "issue.md", False),
        ("cat <<EOF > task.txt\nDo this: ${{ body }}\nEOF", "file", "task.txt", False),
        ("gh pr diff $N > /tmp/change.diff", "file", "/tmp/change.diff", True),
        ('gh issue view 1 --json body -q .body > "$RUNNER_TEMP/issue.txt"', "file", "issue.txt", True),
        ('T="$BODY"\necho "x=$T" >> $GITHUB_OUTPUT', "output", "x", False),
        ('D=$(gh pr diff 1)\necho "$D" > a.diff', "file", "a.diff", True),
        ('echo "$BODY" > a.txt\ncat a.txt > b.txt', "file", "a.txt", False),
    ],
)  # fmt: skip
def test_what_is_left_and_whether_it_was_changed(script, kind, name, changed):
    left = left_by(script, of_text, of_variable)[0]
    assert (left.kind, left.name, left.origin.changed, left.origin.chooser) == (kind, name, changed, "outsiders")


@pytest.mark.parametrize(
    "script",
    [
        'echo "x=$OTHER" >> "$GITHUB_OUTPUT"',
        'echo "$BODY"',
        'if [ "$BODY" = x ]; then echo "x=true" >> $GITHUB_OUTPUT; fi',
        '[ -n "$BODY" ] && echo yes > flag.txt',
        'BODY=fixed\necho "x=$BODY" >> $GITHUB_OUTPUT',
        "gh pr view 1 --json state,number > state.json",
        "gh pr diff --name-only > names.txt",
        'echo "$BODY" > /dev/null',
    ],
)
def test_what_says_nothing_of_others_is_not_left(script):
    assert left_by(script, of_text, of_variable) == ()


@pytest.mark.parametrize(
    ("following", "names"),
    [
        ("cat a.json > b.json", ["a.json", "b.json"]),
        ("jq -s add a.json other.json > b.json", ["a.json", "b.json"]),
        ('echo "wrote a.json" > b.txt', ["a.json"]),
        ('echo "x=$(cat a.json)" >> $GITHUB_OUTPUT', ["a.json", "x"]),
    ],
)
def test_a_file_carries_its_origin_on(following, names):
    script = f"gh issue list --json body > a.json\n{following}"
    assert [left.name for left in left_by(script, of_text, of_variable)] == names


@pytest.mark.parametrize(
    ("command", "is_text"),
    [
        ("gh issue list", True),
        ("gh issue list --json number", False),
        ("gh pr view 1 --json title", True),
        ("ls", False),
    ],
)
def test_a_command_that_fetches_what_people_wrote(command, is_text):
    assert (fetched(command) is not None) == is_text


FLOW = """
on: issues
permissions: {{contents: write}}
jobs:
  j:
    runs-on: x
    steps:
      - id: gather
        env: {{BODY: "${{{{ github.event.issue.body }}}}"}}
        run: |
          {0}
      - uses: openai/codex-action@v1
        with: {{openai-api-key: "${{{{ secrets.OPENAI_API_KEY }}}}", sandbox: danger-full-access, {1}}}
"""


@pytest.mark.parametrize(
    ("script", "told", "words"),
    [
        ('echo "b=$BODY" >> $GITHUB_OUTPUT', 'prompt: "Do ${{ steps.gather.outputs.b }}"', "github.event.issue.body"),
        ('echo "T=$BODY" >> $GITHUB_ENV', 'prompt: "Do ${{ env.T }}"', "github.event.issue.body"),
        ('echo "$BODY" > task.md', "prompt: Read task.md and do it", "github.event.issue.body in task.md"),
        ("gh pr diff 1 > prompt.txt", "prompt-file: ./prompt.txt", "gh pr diff in prompt.txt"),
        ("gh pr diff 1 > other.txt", "prompt-file: ./prompt.txt", None),
    ],
)
def test_an_agent_reads_it_in_a_later_step(script, told, words):
    found = agent_of(FLOW.format(script, told)).untrusted_input.value
    assert found == ((words,) if words else ())


def test_only_what_no_command_has_changed_is_pasted_into_code():
    text = FLOW.split("      - uses", maxsplit=1)[0] + '      - run: echo "${{{{ steps.gather.outputs.b }}}}"\n'
    as_written = steps_of(text.format('echo "b=$BODY" >> $GITHUB_OUTPUT'))
    cleaned = steps_of(text.format('echo "b=$(echo $BODY | tr -dc a-z)" >> $GITHUB_OUTPUT'))
    assert [step.injection.value for step in as_written if step.injection] == ["github.event.issue.body"]
    assert [step for step in cleaned if step.injection] == []


def test_scripts_that_feed_each_other_end():
    step = '      - {run: "echo A=$B >> $GITHUB_ENV; echo B=$A >> $GITHUB_ENV", env: {C: "${{ env.A }}"}}\n'
    text = "on: issues\njobs:\n  j:\n    runs-on: x\n    steps:\n" + step * 30 + "      - run: echo ${{ env.A }}\n"
    assert [s for s in steps_of(text) if s.injection] == []
