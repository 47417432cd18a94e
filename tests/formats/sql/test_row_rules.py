"""Rules about rows that open a table to everybody, and what takes them away."""

from __future__ import annotations

import pytest

from nhilint.formats.sql.row_rules import is_of_supabase, row_rules

PATH = "supabase/migrations/1_orders.sql"


def names(text):
    rules, _ = row_rules(PATH, text)
    return [rule.name.value for rule in rules]


@pytest.mark.parametrize(
    "text",
    [
        "create policy p on orders using (true);",
        'CREATE POLICY "p" ON public.orders AS PERMISSIVE FOR ALL TO anon, authenticated USING (true) WITH CHECK (true);',
        'create policy p on "public"."orders" for all to public using ((true));',
        "drop policy if exists p on orders; create policy p on orders using (true);",
    ],
)
def test_a_rule_that_opens_a_table_to_everybody(text):
    assert names(text) == ["public.orders: p"]


@pytest.mark.parametrize(
    "text",
    [
        "create policy p on orders for select using (true);",
        "create policy p on orders for insert to anon with check (true);",
        "create policy p on orders for all to authenticated using (true);",
        "create policy p on orders for all to service_role using (true);",
        "create policy p on orders using (auth.uid() = user_id);",
        "create policy p on orders using (true) with check (auth.uid() = user_id);",
        "create policy p on orders as restrictive using (true);",
        "create policy p on private.orders using (true);",
        "create policy p on orders;",
        "create policy p",
        "create policy p on",
        "create policy p on orders using (true); drop policy p on public.orders;",
        "create policy p on orders using (true); drop table if exists orders;",
        "create policy p on orders using (true); revoke all on table orders from anon;",
        "create policy p on orders using (true); revoke all on all tables in schema public from anon;",
        "create policy p on orders using (true); alter table orders set schema archive;",
        "create policy if not exists p on orders using (true);",
        "-- create policy p on orders using (true);",
    ],
)
def test_what_opens_nothing(text):
    assert names(text) == []


def test_what_is_taken_away_is_told_by_table_and_name():
    _, removed = row_rules(PATH, 'drop policy "a b" on orders; alter policy c on s.t using (false); drop table u;')
    assert removed == ("public.orders: a b", "s.t: c", "public.u: *")


@pytest.mark.parametrize(
    ("text", "removed"),
    [
        ("FOREACH t IN ARRAY ARRAY['orders'] LOOP EXECUTE format('DROP POLICY IF EXISTS %I ON %I', n, t);",
         ("public.orders: *",)),
        ("FOR r IN SELECT * FROM pg_policies LOOP EXECUTE 'drop policy ' || r.policyname;", ("*",)),
        ("IF NOT EXISTS (SELECT 1 FROM pg_policies) THEN CREATE POLICY p ON orders USING (true);", ()),
    ],
)  # fmt: skip
def test_rules_that_a_loop_drops(text, removed):
    assert row_rules(PATH, text)[1] == removed


def test_only_scripts_of_a_project_of_supabase():
    assert is_of_supabase("app/supabase/schema.sql")
    assert is_of_supabase("supabase/migrations/20260102_orders.sql")
    assert is_of_supabase("supabase/schemas/orders/table.sql")
    assert not is_of_supabase("db/supabase.sql")
    assert not is_of_supabase("supabase/migrations/TEMPLATE.sql")
    assert not is_of_supabase("supabase/migrations-local/001_all.sql")
    assert not is_of_supabase("supabase/seed.sql")
    assert not is_of_supabase("supabase/tests/orders.sql")
