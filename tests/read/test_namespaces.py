"""Names that repeat, such as an activation metric of each product."""

from __future__ import annotations

from html import unescape

from handbook.loaded.comparing import compare
from handbook.loaded.handbook import load
from handbook.output.entries import spreadsheet, table
from handbook.output.entries.records import Records
from handbook.publish.contents import SiteContents, make_contents
from handbook.read.files import Site
from tests.conftest import TODAY, Command, MakeSite
from tests.sites import WITHOUT_HELP

METRIC = "name: {}\nsummary: A.\nstatus: agreed\ndefinition: A.\nformula: A.\nowner: data\n"
REPLACED = METRIC.replace("agreed", "replaced") + "replaced_by: {}\n"
ITEM = (
    "metrics:\n  - id: activation\n    " + METRIC.format("Activation").replace("\n", "\n    ").rstrip() + "\n"
)
FILES = {
    "sources/handbook.yaml": "namespaces: {payments: Payments, web-shop: Web shop}\n",
    "sources/teams.yaml": "teams:\n  - {id: data, name: Data, summary: A.}\n",
    "sources/metrics/activation.yaml": REPLACED.format("Activation", "payments/activation"),
    "sources/metrics/payments/activation.yaml": METRIC.format("Activation") + "former_ids: [first-payment]\n",
    "sources/metrics/payments/retention.yaml": REPLACED.format("Retention", "activation"),
    "sources/metrics/web-shop/metrics.yaml": ITEM,
    "docs/index.md": '# Home\n\n{{ ref("metric", "payments/activation") }}\n',
}


def found(site: Site) -> list[str]:
    return [f"{each.code} {each.message}" for each in load(site, TODAY).findings]


def contents_of(site: Site) -> SiteContents:
    return make_contents(load(site, TODAY), {"site_name": "Test", "nav": [{"Metrics": "metrics/"}]})


def test_each_namespace_has_entries_of_the_same_id_and_name(make_site: MakeSite) -> None:
    handbook = load(make_site(FILES), TODAY)
    assert not handbook.findings
    names = {entry_id: entry.name for entry_id, entry in handbook.entries("metric").items()}
    assert names == {
        "activation": "Activation",
        "payments/activation": "Activation (Payments)",
        "payments/retention": "Retention (Payments)",
        "web-shop/activation": "Activation (Web shop)",
    }


def test_a_reference_names_the_entry_of_its_own_namespace_first(make_site: MakeSite) -> None:
    handbook = load(make_site(FILES), TODAY)
    users = {each: handbook.uses(handbook.entry("metric", each)) for each in handbook.entries("metric")}
    assert {each: [use.entry.id for use in uses] for each, uses in users.items()} == {
        "activation": [],
        "payments/activation": ["activation", "payments/retention"],
        "payments/retention": [],
        "web-shop/activation": [],
    }
    # What the namespace lacks is looked up outside.
    lacking = {"sources/metrics/web-shop/old.yaml": REPLACED.format("Old", "payments/activation")}
    wrong = {"sources/metrics/web-shop/last.yaml": REPLACED.format("Last", "activatoin")}
    (finding,) = load(make_site({**lacking, **wrong}), TODAY).findings
    assert (finding.message, finding.path) == ("Unknown metric `activatoin`", *wrong)


def test_pages_are_below_the_namespace_and_lists_are_grouped(make_site: MakeSite) -> None:
    contents = contents_of(make_site({**FILES, "mkdocs.yml": f"site_name: Test\n{WITHOUT_HELP}"}))
    page = contents.pages["metrics/payments/retention.md"]
    assert page.title == "Retention (Payments)"
    heading = next(line for line in unescape(page.markdown).splitlines() if line.startswith("# "))
    assert heading.endswith("</span>Retention (Payments) { #top }")
    assert '<a href="../activation/">Activation (Payments)</a>' in unescape(page.markdown)
    index = unescape(contents.pages["metrics/index.md"].markdown)
    expected = ('"activation/"', "## Payments", "payments/retention/", "## Web shop", "web-shop/activation/")
    order = [index.index(each) for each in expected]
    assert order == sorted(order)
    assert (contents.navigation or [])[:1] == [
        {
            "Metrics": [
                "metrics/index.md",
                {"Activation (replaced)": "metrics/activation.md"},
                "metrics/payments/activation.md",
                "metrics/web-shop/activation.md",
                {"Retention (Payments) (replaced)": "metrics/payments/retention.md"},
            ]
        }
    ]
    assert 'url=../activation/"' in contents.forwarding["metrics/payments/first-payment/index.html"].decode()


def test_names_and_ids_are_unique_in_a_namespace(make_site: MakeSite) -> None:
    twice = {"sources/metrics/web-shop/start.yaml": METRIC.format("activation")}
    again = {"sources/metrics/web-shop/activation.yaml": METRIC.format("Other")}
    lines = found(make_site({**FILES, **twice, **again}))
    assert [line.partition(":")[0] for line in lines] == [
        "HB202 Duplicate ID `web-shop/activation`",
        "HB311 Duplicate name `activation`",
    ]


def test_lists_of_entries_tell_them_apart(make_site: MakeSite) -> None:
    handbook = load(make_site(FILES), TODAY)
    kind, entries = handbook.kinds["metric"], list(handbook.entries("metric").values())
    records = Records(handbook.catalogue)
    assert "web-shop/activation" in table.render_list(records, kind, entries)
    assert "\nweb-shop/activation," in spreadsheet.render_list(records, kind, entries)


def test_a_metric_that_moves_to_a_namespace_keeps_its_old_address(make_site: MakeSite) -> None:
    before = load(make_site({"sources/metrics/churn.yaml": METRIC.format("Churn"), **FILES}), TODAY)
    before.context.site.root.joinpath("sources/metrics/churn.yaml").unlink()
    moved = METRIC.format("Churn") + "former_ids: [metric/churn]\n"
    after = load(make_site({"sources/metrics/payments/churn.yaml": moved}), TODAY)
    assert not after.findings
    (change,) = compare(before, after).changes
    assert (change.what, change.id, change.former_id) == ("renamed", "payments/churn", "churn")


def test_without_the_setting_a_folder_is_only_a_folder(make_site: MakeSite) -> None:
    files = {"sources/teams.yaml": FILES["sources/teams.yaml"]}
    site = make_site({**files, "sources/metrics/payments/activation.yaml": METRIC.format("Activation")})
    assert found(site) == []
    assert list(load(site, TODAY).entries("metric")) == ["activation"]


def test_a_new_entry_is_written_to_the_folder_of_its_namespace(make_site: MakeSite, command: Command) -> None:
    root = make_site(FILES).root
    assert command(root, "new", "metric", "web-shop/churn").returncode == 0
    assert (root / "sources/metrics/web-shop/churn.yaml").is_file()
    for name, why in {
        "web-shp/churn": "Unknown namespace `web-shp`. Did you mean `web-shop`?",
        "payments/retention": "already used in sources/metrics/payments/retention.yaml",
        "payments/first-payment": "`payments/first-payment` is a former ID of `payments/activation`",
        "payments/Churn": "Invalid format for `id`: `Churn`",
    }.items():
        done = command(root, "new", "metric", name)
        assert (done.returncode, done.stdout) == (2, "")
        assert why in done.stderr


def test_a_former_id_that_is_a_number_is_reported_as_elsewhere(make_site: MakeSite) -> None:
    text = METRIC.format("Churn") + "former_ids: [3]\n"
    lines = found(make_site({**FILES, "sources/metrics/payments/churn.yaml": text}))
    assert [line.partition(" ")[0] for line in lines] == ["HB103"]
