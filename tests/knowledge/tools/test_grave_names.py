"""Names of tools that cannot be taken back, the worst first."""

from __future__ import annotations

from nhilint.knowledge.tools.grave_names import file_writing_names, grave_names, runs_anything


def test_the_worst_come_first_and_the_harmless_not_at_all():
    names = [
        "list_tables",
        "send_message",
        "browser_snapshot",
        "delete_row",
        "run_command",
        "postgres_tables",
        "execute_sql",
    ]
    assert grave_names(names) == ("run_command", "execute_sql", "delete_row", "send_message")


def test_a_thing_that_is_called_like_a_verb():
    assert grave_names(["get_post", "create_merge_request", "list_deploy", "merge_merge_request", "k8s_get_push"]) == (
        "merge_merge_request",
    )


def test_a_question_in_sparql_and_a_task_that_is_handed_out():
    assert grave_names(["execute_sparql", "execute_task", "executeSearch", "execute_sql", "workflow_execute"]) == (
        "execute_sql",
        "workflow_execute",
    )


def test_other_spellings_and_words_that_only_begin_so():
    assert grave_names(["deleteRow", "browser.evaluate", "runCommand", "sender_list", "mergeable", "run_tests"]) == (
        "runCommand",
        "browser.evaluate",
        "deleteRow",
    )


def test_what_is_asked_of_a_page_and_what_anybody_puts_back():
    names = ["browser_evaluate", "evaluate_script", "playwright_evaluate", "k8s_remove_label", "remove_annotation"]
    assert grave_names([*names, "browser_run_code", "apply_migration", "helm_uninstall", "k8s_patch_resource"]) == (
        "browser_run_code",
        "helm_uninstall",
        "apply_migration",
        "k8s_patch_resource",
    )


def test_names_that_run_what_they_are_given():
    assert [runs_anything(name) for name in ("execute_code", "cipher_bash", "runCommand", "execute_sql")] == [True] * 4
    assert [runs_anything(name) for name in ("execute_plan", "delete_row", "list_shells", "run_tests")] == [False] * 4


def test_names_that_write_a_file():
    names = [
        "read_text_file",
        "write_file",
        "editFile",
        "move-file",
        "create_text_file",
        "edit_block",
        "profile",
        "files",
    ]
    assert file_writing_names(names) == ("write_file", "editFile", "move-file", "create_text_file", "edit_block")
    assert grave_names(names) == ()
