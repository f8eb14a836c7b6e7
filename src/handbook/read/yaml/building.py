"""Build values from nodes, by the core rules of YAML 1.2.

PyYAML's own constructors follow YAML 1.1, where `no` is false and `12:30` is a number.
"""

from __future__ import annotations

import re

from yaml import MappingNode, Node, ScalarNode

from handbook.base.findings import MOST_OF_A_FILE
from handbook.base.thousands import as_thousands, hint_of_two, may_be_thousands
from handbook.read.yaml.changes import Change
from handbook.read.yaml.characters import HIDDEN, LIKE_HYPHEN, ODD_SPACES
from handbook.read.yaml.composing import COLLECTION, PLAIN, TEXT
from handbook.read.yaml.faults import Fault, FaultKind, fault_at, short
from handbook.read.yaml.scalars import MAX_DIGITS, WORDS, NumberTooLongError, Scalar, Value, resolve_plain

_INTEGER = re.compile("[-+]?[0-9]+")
_AFTER_COMMA = re.compile("[0-9]{1,3}")
_CORE = "tag:yaml.org,2002:"
_CORE_TAGS: dict[str, type | tuple[type, ...]] = {
    f"{_CORE}str": str,
    f"{_CORE}int": int,
    f"{_CORE}float": (int, float),
    f"{_CORE}bool": bool,
    f"{_CORE}null": type(None),
    f"{_CORE}map": dict,
    f"{_CORE}seq": list,
}


class Builder:
    """Builds plain Python values from composed nodes and records faults against the core of YAML 1.2.

    Args:
        odd_text: The text of the nodes if it has odd characters.

    Attributes:
        faults: The faults.
    """

    def __init__(self, odd_text: str = "") -> None:
        self._odd_text = odd_text
        self.faults: list[Fault] = []
        self._is_misread = False
        self._known: dict[str, Scalar] = {}

    def build_document(self, root: Node) -> Value:
        """Return the value of the outermost node; `None` if the structure is another than the one meant."""
        value = self.build(root)
        return None if self._is_misread else value

    def build(self, node: Node) -> Value:
        """Return the value of a node with everything below it."""
        value = node.value
        tag = node.tag
        if self._odd_text and isinstance(node, ScalarNode):
            value = self._without_odd_edges(node)
        if tag is TEXT:
            return value  # type: ignore[no-any-return]
        if tag is PLAIN:
            try:
                return self._known[value]
            except KeyError:
                return self._plain(node, value)
        if tag is not COLLECTION:
            return self._tagged(node)
        if isinstance(node, MappingNode):
            return self._mapping(node)
        build = self.build
        return [build(item) for item in value]

    def _plain(self, node: Node, text: str) -> Scalar:
        try:
            value = self._known[text] = resolve_plain(text)
        except NumberTooLongError:
            self._note(
                node, FaultKind.NUMBER, f"Number has more than {MAX_DIGITS} digits", "Put it in quotes"
            )
            return 0
        return value

    def _mapping(self, node: MappingNode) -> dict[str, Value]:
        build = self.build
        mapping: dict[str, Value] = {}
        if self._odd_text:
            self._check_keys(node)
        for at, (key_node, value_node) in enumerate(node.value):
            key = key_node.value
            if key_node.tag is PLAIN:
                if key == "<<":
                    self._note(
                        key_node,
                        FaultKind.MERGE_KEY,
                        "Invalid merge key `<<`: not part of YAML 1.2",
                        "Write the fields out",
                    )
                    continue
                is_word = key.__class__ is str and key.isidentifier() and key not in WORDS
                if not is_word and not self._is_text(key_node):
                    if (
                        at
                        and value_node.start_mark.index == value_node.end_mark.index
                        and _AFTER_COMMA.fullmatch(key)
                    ):
                        self._join_number(node.value[at - 1], key_node, mapping)
                    continue
            elif key_node.tag is not TEXT:
                self._note(key_node, FaultKind.KEY, "Field name must be text", "Use a plain word")
                continue
            if key in mapping:
                self._note(
                    key_node,
                    FaultKind.DUPLICATE_KEY,
                    f"Duplicate field `{short(key)}`",
                    "Remove one of the two",
                )
            mapping[key] = build(value_node)
        return mapping

    def _join_number(self, before: tuple[Node, Node], rest: Node, mapping: dict[str, Value]) -> None:
        """Join a number such as `1,200` or `0,5` in braces, where the comma starts another field."""
        key, value = before
        start, end = value.end_mark.index, rest.start_mark.index
        if end != start + 1 or not isinstance(value, ScalarNode) or key.value not in mapping:
            return
        if not _INTEGER.fullmatch(value.value):
            return
        decimal = f"{value.value}.{rest.value}"
        mark, whole, hint = ".", decimal, f"Write `{short(decimal)}`: a point comes before decimals"
        if may_be_thousands(decimal):
            mark, whole = "", as_thousands(decimal)
            hint = hint_of_two(whole, decimal)
        mapping[key.value] = self._plain(value, whole)
        if self.faults[-1].start != end:
            return  # Too many faults are not all kept.
        self.faults[-1] = self.faults[-1]._replace(
            message=f"In braces, the comma of `{short(value.value)},{rest.value}` starts another field",
            hint=hint,
            changes=(Change(start, end, mark),),
            is_safe=False,
        )

    def _is_text(self, node: Node) -> bool:
        """Return whether a plain key is text; record a fault if not."""
        if node.tag is PLAIN and isinstance(self._plain(node, node.value), str):
            return True
        self._note(
            node,
            FaultKind.KEY,
            f"Field name `{short(node.value)}` is not text" if node.value else "Empty field name",
            f'Put it in quotes: "{short(node.value)}"' if node.value else "Add the name of the field",
        )
        return False

    def _tagged(self, node: Node) -> Value:
        """Return the value of a node with an explicit tag, and record unknown tags."""
        tag = node.tag
        node.tag = PLAIN if isinstance(node, ScalarNode) else COLLECTION
        if tag == f"{_CORE}str" and isinstance(node, ScalarNode):
            node.tag = TEXT
        value = self.build(node)
        expected = _CORE_TAGS.get(tag)
        if expected is None:
            shown = tag.replace(_CORE, "!!")
            self._note(
                node,
                FaultKind.TAG,
                f"Unknown tag `{short(shown)}`",
                "Remove it, or put the text in quotes",
            )
        elif not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
            shown = tag.replace(_CORE, "!!")
            self._note(
                node,
                FaultKind.TAG,
                f"Value does not match the tag `{shown}`",
                "Remove the tag, or fix the value",
            )
        return value

    def _without_odd_edges(self, node: ScalarNode) -> str:
        """Return a value without odd spaces around it and hidden characters in it, and record them."""
        from handbook.read.yaml.odd_spaces import edge_fault, hidden_fault, misread_fault  # noqa: PLC0415 - few texts have any

        text: str = node.value
        fault = misread_fault(node, self._odd_text)
        if fault:
            self._is_misread = True
            self.faults.append(fault)
            return text
        fault = edge_fault(node, self._odd_text)
        if fault:
            self.faults.append(fault)
            return text.strip(f" \t{ODD_SPACES}")
        fault = hidden_fault(node, self._odd_text, is_name=False)
        if fault:
            self.faults.append(fault)
            return "".join(character for character in text if character not in HIDDEN)
        return text

    def _check_keys(self, node: MappingNode) -> None:
        """Record odd characters in the names of fields and in IDs: the structure is another than it looks."""
        from handbook.read.yaml.odd_spaces import edge_fault, hidden_fault  # noqa: PLC0415 - as above

        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                continue
            fault = edge_fault(key, self._odd_text) or hidden_fault(key, self._odd_text, is_name=True)
            if (
                not fault
                and key.value == "id"
                and isinstance(value, ScalarNode)
                and LIKE_HYPHEN in value.value
            ):
                fault = hidden_fault(value, self._odd_text, is_name=True)
            if fault:
                self._is_misread = True
                self.faults.append(fault)

    def _note(self, node: Node, kind: FaultKind, message: str, hint: str) -> None:
        # Keep one more than the limit, so that the report can say that there are more.
        if len(self.faults) <= MOST_OF_A_FILE:
            self.faults.append(fault_at(node, kind, message, hint))
