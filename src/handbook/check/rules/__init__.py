"""The rules about all kinds and pages, one module each. To add a rule, add a module and a line below."""

# ruff: noqa: F401 - `rules_in` uses them

from __future__ import annotations

from handbook.base.rule import Rule, rules_in
from handbook.check.rules import (
    hb201_dangling_reference,
    hb202_duplicate_id,
    hb203_duplicate_item,
    hb204_dangling_item,
    hb205_id_and_file,
    hb206_unread_file,
    hb207_page_macro,
    hb208_dead_link,
    hb209_circular_dependency,
    hb210_view,
    hb211_layer,
    hb212_idle_override,
    hb214_settings_name,
    hb216_own_choices,
    hb217_unknown_namespace,
    hb220_lost_anchor,
    hb305_review_overdue,
    hb311_name_clash,
    hb312_unfinished_text,
    hb313_swallowed_field,
    hb314_unsafe_link,
    hb315_former_id_in_use,
    hb316_unreachable_entry,
    hb317_table_row,
    hb318_stray_mark,
    hb320_lost_behind_hash,
    hb323_days_in_order,
    hb324_page_without_owner,
    hb327_due_too_early,
    hb328_code_owners,
    hb329_external_image,
    hb330_former_name,
    hb331_content_type_off,
    hb332_long_text,
    hb333_open_point,
    hb336_unmarked_term,
    hb337_untranslated_language,
    hb338_dropped_requirement,
    hb358_removed_entry,
    hb601_acting_markup,
    hb602_acting_file,
    hb603_foreign_part,
    hb604_idle_trust,
    hb605_front_matter,
    hb606_unclear_audience,
    hb607_page_name,
    hb608_theme_field,
    hb609_page_too_much,
    hb610_look,
    hb611_theme_language,
    hb612_navigation,
    hb613_unlisted_page,
    hb614_site_address,
    hb615_site_plugins,
    hb616_first_page,
)
from handbook.read.context import Context

RULES: tuple[Rule[Context], ...] = rules_in(globals())
"""The rules, by code."""
