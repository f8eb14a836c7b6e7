"""What the search finds for the words of a reader, in small indexes."""

from __future__ import annotations

import pytest

from handbook.search.documents import PAGE, Document
from handbook.search.entry_text import Texts
from handbook.search.index import Index, make_index
from handbook.search.matching import Question
from handbook.search.ranking import Found, rank
from handbook.search.slips import slips
from handbook.search.tokens import parts, read_speech, readable, split

KINDS = {
    "tool": ("Tools", "Tool", ""),
    "template": ("Templates", "Template", ""),
    "process": ("Processes", "Process", ""),
    PAGE: ("Pages", "Page", ""),
}
DOCUMENTS = (
    Document("tools/launchdarkly.md", "tool", "LaunchDarkly", summary="Feature flags in stages."),
    Document("tools/old.md", "tool", "Old roadmap", summary="The former roadmap.", life=0.3),
    Document("tools/roadmap.md", "tool", "New roadmap", summary="The roadmap."),
    Document("templates/post-mortem.md", "template", "Post-mortem", "post-mortem"),
    Document(
        "templates/prd.md",
        "template",
        "Product requirements document",
        "prd",
        names=("PRD",),
        texts=Texts(body=("seat_type",)),
    ),
    Document(
        "processes/review.md", "process", "Document review", texts=Texts(body=("Integrations of the PRD.",))
    ),
    Document(
        "processes/voice.md",
        "process",
        "Voice of the buyer",
        names=("Load time",),
        texts=Texts(body=("Two words.",)),
    ),
    Document("start.md", PAGE, "Your first day", summary="How do I get access to tools on my first day?"),
)


def index(language: str = "en", *synonyms: list[str]) -> Index:
    return make_index(DOCUMENTS, KINDS, read_speech(language), synonyms)


def found(text: str, language: str = "en", *synonyms: list[str]) -> list[str]:
    made = index(language, *synonyms)
    return [made.documents[position].page.removesuffix(".md") for position in rank(made, text).results]


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("launchdarkly", "tools/launchdarkly"),
        ("launch darkly", "tools/launchdarkly"),
        ("lauchdarkly", "tools/launchdarkly"),
        ("LAUNCHDARKLY!", "tools/launchdarkly"),
        ("laun", "tools/launchdarkly"),
        ("feature-flags", "tools/launchdarkly"),
        ("flag", "tools/launchdarkly"),
        ("roadmap", "tools/roadmap"),  # What is no longer in use comes last.
        ("old roadmap", "tools/old"),
        ("postmortem", "templates/post-mortem"),
        ("retro template", "templates/post-mortem"),
        ("seat type", "templates/prd"),
        ("seatType", "templates/prd"),
        ("template for a PRD", "templates/prd"),
        ("prd template", "templates/prd"),
        ("integrated", "processes/review"),
        ("how do I get access to a tool?", "start"),
        ("what is my first day", "start"),
        ("templates", "templates/post-mortem"),
        ("what happens soon after a retro", "templates/post-mortem"),  # Three of its words say little.
        ("tool with the first roadmap", "tools/roadmap"),
        ("VoB", "processes/voice"),
        ("votb", "processes/voice"),
        ("documentreview", "processes/review"),  # Two words in one.
        ("speed", "processes/voice"),  # "Load time" means the same, and is a name.
        ("lessons learned from it", "templates/post-mortem"),
        ("cheaper wifi for launchdarkly", "tools/launchdarkly"),  # It has the name of a tool.
    ],
)
def test_the_page_comes_first(text: str, page: str) -> None:
    assert found(text)[:1] == [page]


@pytest.mark.parametrize(
    "text", ["", " ", "?!", "💡", "vacation", "how do I claim vacation", "wifi flag policy", "x"]
)
def test_what_no_page_answers_finds_nothing(text: str) -> None:
    assert found(text) == []


def test_pages_that_touch_a_question_without_an_answer_come_near() -> None:
    made = index()
    ranked = rank(made, "flag policy vacations")
    assert not ranked.results
    assert [made.documents[position].page for position in ranked.near] == ["tools/launchdarkly.md"]


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("prd t", "templates/prd"),
        ("temp", "templates/post-mortem"),  # The beginning of a content type means its entries.
        ("flag road", "tools/launchdarkly"),
        ("access to tools on my f", "start"),
        ("roadmap to", "tools/roadmap"),
        ("review integr", "processes/review"),
        ("load ti", "processes/voice"),
    ],
)
def test_an_unfinished_word_takes_no_answer_away(text: str, page: str) -> None:
    assert found(text)[:1] == [page]


def test_an_unfinished_word_counts_as_much_as_the_part_that_is_there() -> None:
    assert found("prd road")[:2] == ["templates/prd", "tools/roadmap"]


def test_the_question_of_a_reader_is_never_empty_between_two_keys() -> None:
    question = "how do i get access to launchdarkly features"
    made = index()
    ranked = [rank(made, question[:length]) for length in range(1, len(question) + 1)]
    first = next(length for length, each in enumerate(ranked) if each.results)
    assert all(each.early for each in ranked[:first])
    assert all(each.results or each.early for each in ranked[first:])
    assert not any(each.unknown or each.unlisted for each in ranked)


@pytest.mark.parametrize(("text", "unknown"), [("require", ()), ("prd xyl", ("xyl",)), ("how d", ())])
def test_a_word_that_can_still_become_one_of_a_page_is_not_unknown(
    text: str, unknown: tuple[str, ...]
) -> None:
    assert rank(index(), text).unknown == unknown


def test_words_that_mean_the_same_answer_only_if_a_page_is_about_them() -> None:
    pages = [
        Document(
            "a.md", PAGE, "Planning", texts=Texts(body=("Not on a holiday, and an annual leave of wifi.",))
        ),
        Document("b.md", PAGE, "Wifi"),
    ]
    made = make_index(pages, KINDS, read_speech("en"))
    assert not rank(made, "vacation").results
    assert rank(made, "holiday").results == (0,)
    holidays = make_index([*pages, Document("c.md", PAGE, "Holidays")], KINDS, read_speech("en"))
    assert holidays.documents[rank(holidays, "vacation").results[0]].title == "Holidays"


def test_a_phrase_counts_more_than_its_words() -> None:
    body = Texts(body=("About wifi.",))
    pages = [Document(f"{name}.md", PAGE, name, texts=body) for name in ("Dates", "Outdated")]
    made = make_index(pages, KINDS, read_speech("en"))
    assert [made.documents[at].title for at in rank(made, "out of date wifi").results] == [
        "Outdated",
        "Dates",
    ]


def test_a_single_word_has_no_pages_that_come_near() -> None:
    page = Document("a.md", PAGE, "Planning", texts=Texts(body=("Not on a holiday.",)))
    assert rank(make_index([page], KINDS, read_speech("en")), "vacation") == Found(words=("holiday",))


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("how do I get access to figma", "figma"),
        ("typeform", "typeform"),
        ("zoom", "zoom"),
        ("sentry", "sentry"),
        ("heap", "heap"),
    ],
)
def test_a_tool_that_is_not_listed_is_answered_with_how_to_get_one(text: str, unknown: str) -> None:
    pages = [
        *DOCUMENTS,
        Document("tools/loom.md", "tool", "Loom"),
        Document("entry.md", PAGE, "Entry"),
        Document("head.md", PAGE, "Head"),
        Document("form.md", PAGE, "Add a type", texts=Texts(body=("A form.",))),
        Document("processes/buying.md", "process", "Buy a tool"),
        Document("processes/audit.md", "process", "Tool audit"),
    ]
    made = make_index(pages, KINDS, read_speech("en"))
    ranked = rank(made, text)
    assert (ranked.results, ranked.near, ranked.unknown) == ((), (), (unknown,))
    assert [made.documents[at].page for at in ranked.unlisted] == ["processes/buying.md"]


def test_a_word_that_no_page_has_is_named_next_to_what_comes_closest() -> None:
    assert rank(index(), "lauchdarkly").unknown == ("lauchdarkly",)
    assert rank(index(), "template for a prd").unknown == ()
    assert rank(index(), "flag policy vacations").unlisted == ()


def test_a_slip_in_the_name_of_a_content_type_means_it() -> None:
    made = index()
    word = Question(made, "toools").words[0]
    assert word.kinds == ("tool",)


def test_what_ships_next_is_what_is_coming() -> None:
    pages = [*DOCUMENTS, Document("others.md", PAGE, "For other teams", names=("Coming next",))]
    made = make_index(pages, KINDS, read_speech("en"))
    for text in ("what ships next", "what is engineering building this quarter", "what are you working on"):
        assert made.documents[rank(made, text).results[0]].page == "others.md", text


def test_a_company_has_synonyms_of_its_own() -> None:
    assert found("toggles") == []
    assert found("toggles", "en", ["toggle", "LaunchDarkly"])[:1] == ["tools/launchdarkly"]
    assert found("dark one", "en", ["dark one", "feature flags"])[:1] == ["tools/launchdarkly"]


def test_a_question_says_what_it_is_after() -> None:
    assert rank(index(), "who owns the roadmap").intent == "owner"
    assert rank(index("de"), "Wer genehmigt das PRD?").intent == "approval"


def test_german_questions_find_their_page() -> None:
    assert found("Wo ist die Vorlage für ein PRD?", "de")[:1] == ["templates/prd"]
    assert found("wie bekomme ich LaunchDarkly", "de")[:1] == ["tools/launchdarkly"]
    assert found("Wei bekomme ich LaunchDarkly", "de")[:1] == ["tools/launchdarkly"]


def test_an_empty_handbook_finds_nothing() -> None:
    assert rank(make_index([], KINDS, read_speech("en")), "prd").results == ()


def test_words_are_split_at_signs_and_capitals() -> None:
    assert parts("LaunchDarkly") == ["launch", "darkly"]
    assert split("PRDs of A/B tests, seat_type; can't: Größe ist Straße") == [
        *["prds", "of", "a", "b", "tests", "seat", "type", "cant", "grosse", "ist", "strasse"]
    ]


def test_the_sentence_below_a_result_has_no_marks_of_markdown() -> None:
    text = "Use [Linear](tools/linear.md) for **work**, `seat_type` too.\n\n- More."
    assert readable(text) == "Use Linear for work, seat_type too."


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [
        ("a", "a", 0),
        ("amplitude", "ampltude", 1),
        ("guardrail", "gaurdrail", 1),
        ("abc", "", 2),
        ("ab", "cd", 2),
    ],
)
def test_slips_are_counted_up_to_a_limit(one: str, other: str, number: int) -> None:
    assert min(slips(one, other, 1), 2) == number
