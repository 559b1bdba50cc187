"""Reads the questions, groups and lists of an XForm (ODK XForms specification). Plain Python."""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from safemonth.collect.forms.labels import Labels, read_labels
from safemonth.collect.forms.questions import Question, Section
from safemonth.collect.forms.xml import local_name

# The type of a question by its control and the type of its bind (ODK XForms specification, "Data types").
_BY_DATA_TYPE = {
    "int": "integer",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "datetime": "datetime",
    "geopoint": "geopoint",
    "geotrace": "geotrace",
    "geoshape": "geoshape",
    "barcode": "barcode",
    "boolean": "boolean",
}
_BY_CONTROL = {"select1": "select_one", "select": "select_multiple", "rank": "rank", "trigger": "acknowledge"}
_BY_MEDIA = {"image": "image", "audio": "audio", "video": "video"}
_REFERENCE = re.compile(r"instance\(\s*['\"]([^'\"]+)['\"]\s*\)")


class XFormReader:
    """The parts of one XForm that are looked up again and again while it is read."""

    def __init__(
        self, root: etree._Element, model: etree._Element, primary: etree._Element, meanings: Mapping[str, str]
    ) -> None:
        self.primary = primary
        self.meanings = meanings
        self.labels: Labels = read_labels(model)
        self.binds = {plain_path(each.get("nodeset", "")): each for each in model.iter() if local_name(each) == "bind"}
        self.instances = {
            each.get("id", ""): each for each in model if local_name(each) == "instance" and each.get("id")
        }
        self.controls: dict[str, etree._Element] = {}
        self.group_labels: dict[str, Mapping[str, str]] = {}
        self.repeat_paths: set[str] = set()
        body = first_of(root, "body")
        for control in body.iter() if body is not None else ():
            path = plain_path(control.get("ref") or control.get("nodeset") or "")
            match local_name(control):
                case "repeat":
                    self.repeat_paths.add(path)
                    parent = control.getparent()
                    if parent is not None and local_name(parent) == "group" and parent.get("ref") is None:
                        self.group_labels.setdefault(path, self.labels.of(parent, "label"))
                case "group" if path:
                    self.group_labels.setdefault(path, self.labels.of(control, "label"))
                case "input" | "select1" | "select" | "rank" | "upload" | "range" | "trigger" | "secret" if path:
                    self.controls.setdefault(path, control)

    def questions(self) -> Iterator[Question]:
        """Yield the questions and calculations in the order of the instance."""
        for path, node in self._leaves():
            bind = self.binds.get(path)
            control = self.controls.get(path)
            choices, choices_file, choice_labels = self._choices(control)
            yield Question(
                path=path,
                name=local_name(node),
                type=_type_of(control, bind),
                labels=self.labels.of(control, "label") if control is not None else {},
                meaning=self.meanings.get(path, ""),
                repeat=self._innermost_repeat(path),
                required=attribute_of(bind, "required"),
                relevant=attribute_of(bind, "relevant"),
                constraint=attribute_of(bind, "constraint"),
                constraint_message=self.labels.of_text(attribute_of(bind, "constraintMsg")),
                choices=choices,
                choices_file=choices_file,
                choice_labels=choice_labels,
                calculate=attribute_of(bind, "calculate"),
            )

    def sections(self) -> Iterator[Section]:
        """Yield the groups and repeats in the order of the instance, outer before inner."""
        seen = set()
        for path, node in _walk(self.primary):
            if len(node) and path not in seen and path != f"/{local_name(self.primary)}":
                seen.add(path)
                yield Section(
                    path=path,
                    labels=self.group_labels.get(path, {}),
                    relevant=attribute_of(self.binds.get(path), "relevant"),
                    is_repeat=path in self.repeat_paths,
                )

    def media(self) -> tuple[str, ...]:
        """Return the names of the files that the form asks for beside it, each once."""
        sources = [each.get("src", "") for each in self.instances.values()]
        named = [source.rpartition("/")[2] for source in [*sources, *self.labels.media] if source.startswith("jr://")]
        # jr://instance/last-saved is the device's own memory and no file.
        return tuple(dict.fromkeys(name for name in named if name and name != "last-saved"))

    def _leaves(self) -> Iterator[tuple[str, etree._Element]]:
        seen = set()
        for path, node in _walk(self.primary):
            # A repeat stands twice where pyxform writes a template beside the first turn.
            if not len(node) and path not in seen and path not in self.repeat_paths:
                seen.add(path)
                yield path, node

    def _innermost_repeat(self, path: str) -> str:
        return max((r for r in self.repeat_paths if path.startswith(f"{r}/")), key=len, default="")

    def _choices(
        self, control: etree._Element | None
    ) -> tuple[tuple[str, ...] | None, str, Mapping[str, Mapping[str, str]]]:
        """Return the values offered, the file that lists them, and their labels, of a control."""
        if control is None or local_name(control) not in _BY_CONTROL or local_name(control) == "trigger":
            return None, "", {}
        itemset = first_of(control, "itemset")
        if itemset is None:
            if control.get("query"):
                # select_one_external: the list is in itemsets.csv, asked for by a query on the device.
                return None, "itemsets.csv", {}
            items = [each for each in control if local_name(each) == "item"]
            listed = {_child_text(item, "value"): self.labels.of(item, "label") for item in items}
            return tuple(listed), "", listed
        found = _REFERENCE.match(itemset.get("nodeset", "").strip())
        if found is None or (instance := self.instances.get(found[1])) is None:
            # The choices are answers of the form itself (a repeat): they are not known beforehand.
            return None, "", {}
        source = instance.get("src", "")
        value_name = _reference(itemset, "value") or "name"
        if source:
            return None, source.rpartition("/")[2], {}
        label_name = _reference(itemset, "label")
        listed = {}
        for item in instance.iter():
            if local_name(item) == "item":
                listed[_child_text(item, value_name)] = self.labels.of_choice(item, label_name)
        return tuple(listed), "", listed


def plain_path(reference: str) -> str:
    """Return an absolute path without prefixes and spaces: ` /data/orx:meta/instanceID ` gives `/data/meta/instanceID`."""
    return "/".join(step.rpartition(":")[2] for step in reference.strip().split("/"))


def _type_of(control: etree._Element | None, bind: etree._Element | None) -> str:
    data_type = attribute_of(bind, "type").rpartition(":")[2].lower()
    if control is None:
        if data_type == "binary":
            return "file"
        if attribute_of(bind, "preload"):
            return "metadata"
        return "calculate" if attribute_of(bind, "calculate") else "hidden"
    name = local_name(control)
    if name in _BY_CONTROL:
        return _BY_CONTROL[name]
    if name == "upload" or data_type == "binary":
        return _BY_MEDIA.get((control.get("mediatype") or "").partition("/")[0], "file")
    if data_type in _BY_DATA_TYPE:
        return _BY_DATA_TYPE[data_type]
    is_read_only = attribute_of(bind, "readonly").replace(" ", "") == "true()"
    return "note" if is_read_only and not attribute_of(bind, "calculate") else "text"


def primary_instance(model: etree._Element) -> etree._Element | None:
    """Return the root of the answers that a model describes; None where it has none."""
    for instance in model:
        if isinstance(instance.tag, str) and local_name(instance) == "instance":
            return next(iter(instance), None)
    return None


def _walk(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Yield each element with its path, in the order of the document."""
    stack = [(f"/{local_name(root)}", root)]
    while stack:
        path, node = stack.pop()
        yield path, node
        stack.extend((f"{path}/{local_name(child)}", child) for child in reversed(node))


def first_of(element: etree._Element, name: str) -> etree._Element | None:
    """Return the first element of that local name in or under an element; None where there is none."""
    return next((e for e in element.iter() if local_name(e) == name), None)


def _child_text(element: etree._Element, name: str) -> str:
    return next((plain_text(e) for e in element if local_name(e) == name), "")


def _reference(itemset: etree._Element, name: str) -> str:
    return next((e.get("ref", "") for e in itemset if local_name(e) == name), "")


def plain_text(element: etree._Element) -> str:
    """Return all words in an element, with single spaces."""
    return " ".join("".join(map(str, element.itertext())).split())


def attribute_of(element: etree._Element | None, name: str) -> str:
    """Return an attribute by its local name, without spaces around (jr:constraintMsg stands under several prefixes), or empty."""
    if element is None:
        return ""
    return next((str(v).strip() for key, v in element.attrib.items() if etree.QName(key).localname == name), "")
