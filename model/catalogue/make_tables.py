#!/usr/bin/env python3
"""Turns the catalogue's YAML files into C++ tables.

Writes OUT/catalogue_tables.hpp (ids, numbers, labels, readings: constexpr) and
OUT/catalogue_texts.cpp (all texts). Refuses, with file:line, what is not of the catalogue's form.
Files are written only when their content changes.
"""

import argparse
import os
import re
import sys
import tempfile
from pathlib import Path

import yaml

CLAUSE_KEYS = {
    "id",
    "lines",
    "kind",
    "actors",
    "statement_en",
    "statement_ja",
    "observable",
    "observable_ja",
    "open_question",
    "values",
    "source",
    "note_en",
    "note_ja",
}
READING_KEYS = {"id", "lines", "kind", "issue", "issue_ja", "alternatives"}
HEAD_KEYS = {"system", "prefix", "title", "page", "address", "clauses", "readings"}
KINDS = {
    "rule",
    "prohibition",
    "permission",
    "timing",
    "effect",
    "billing",
    "actor-action",
    "information",
}


class Bad(Exception):
    """Something in a file that the catalogue does not allow; the text has its place."""


class Node(dict):
    """A mapping that knows the line it starts at."""

    line = 0


class Loader(yaml.SafeLoader):
    """Keeps lines, refuses duplicate keys, leaves plain scalars but numbers as text."""


def construct_mapping(loader, node):
    result = Node()
    result.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in result:
            raise Bad(f"{loader.name}:{key_node.start_mark.line + 1}: the key '{key}' stands twice")
        result[key] = loader.construct_object(value_node, deep=True)
    return result


Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, construct_mapping)


def check(condition, path, node, what):
    if not condition:
        raise Bad(f"{path}:{getattr(node, 'line', 1)}: {what}")


def expected_id(head, entry, number, last):
    """A page's ids are consecutive; others only rise: systems have ranges of their own."""
    if head.get("system"):
        return f"{head['prefix']}-{number:02d}"
    own = re.fullmatch(head["prefix"] + r"-(\d{2,})", str(entry["id"]))
    return entry["id"] if own and int(own[1]) > last else f"{head['prefix']}-{last + 1:02d}"


def check_clause(path, head, entry, number, seen):
    unknown = set(entry) - CLAUSE_KEYS
    check(not unknown, path, entry, f"unknown key '{', '.join(sorted(unknown))}'")
    for key in ("id", "kind", "statement_en", "statement_ja"):
        check(str(entry.get(key) or "").strip(), path, entry, f"'{key}' is missing or empty")
    check(
        entry["kind"] in KINDS, path, entry, f"no kind '{entry['kind']}'; there are {sorted(KINDS)}"
    )
    last = max((int(id.rsplit("-", 1)[1]) for id in seen), default=0)
    expected = expected_id(head, entry, number, last)
    both = bool(entry.get("observable")) == bool(entry.get("observable_ja"))
    check(both, path, entry, f"{entry['id']}: 'observable' wants 'observable_ja', and it that")
    check(entry["id"] not in seen, path, entry, f"the id {entry['id']} stands twice")
    good = entry["id"] == expected
    if head["prefix"] == "ASM":  # each system has numbers of its own: some may be left out
        good = bool(re.fullmatch(r"ASM-\d\d", entry["id"])) and entry["id"] >= expected
    check(good, path, entry, f"the id is {entry['id']}, here stands {expected}")
    seen.add(entry["id"])
    keys = [value.get("key") for value in entry.get("values", [])]
    check(len(keys) == len(set(keys)), path, entry, f"{entry['id']}: a value key stands twice")
    for value in entry.get("values", []):
        good = set(value) in ({"key", "number"}, {"key", "text"})
        check(good, path, value, f"{entry['id']}: a value is {{key, number}} or {{key, text}}")
        check(
            re.fullmatch(r"[a-z][a-z0-9_]*", value["key"]), path, value, "a value key is snake_case"
        )
        if "number" in value:
            check(isinstance(value["number"], int), path, value, "a number is a whole number")


def check_reading(path, head, entry, number):
    unknown = set(entry) - READING_KEYS
    check(not unknown, path, entry, f"unknown key '{', '.join(sorted(unknown))}'")
    for key in ("id", "kind", "issue", "issue_ja"):
        check(str(entry.get(key) or "").strip(), path, entry, f"'{key}' is missing or empty")
    expected = f"{head['prefix']}-Q{number}"
    check(entry["id"] == expected, path, entry, f"the id is {entry['id']}, here stands {expected}")
    check(entry.get("alternatives"), path, entry, f"{entry['id']} has no alternatives")
    names = [one.get("name") for one in entry["alternatives"]]
    check(len(names) == len(set(names)), path, entry, f"{entry['id']}: a name stands twice")
    for one in entry["alternatives"]:
        good = set(one) == {"name", "says", "says_ja"}
        check(good, path, one, "an alternative is {name, says, says_ja}")
        kebab = re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one["name"])
        check(kebab, path, one, f"'{one['name']}' is not kebab-case")


def load(path):
    with open(path, encoding="utf-8") as file:
        loader = Loader(file)
        loader.name = str(path)
        try:
            head = loader.get_single_data()
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            raise Bad(f"{path}:{line}: {getattr(error, 'problem', error)}") from error
    check(isinstance(head, Node), path, head, "a catalogue file is a mapping")
    unknown = set(head) - HEAD_KEYS
    check(not unknown, path, head, f"unknown key '{', '.join(sorted(unknown))}'")
    check("prefix" in head and "clauses" in head, path, head, "'prefix' and 'clauses' are wanted")
    seen = set()
    for number, entry in enumerate(head["clauses"], 1):
        check_clause(path, head, entry, number, seen)
    for number, entry in enumerate(head.get("readings", []), 1):
        check_reading(path, head, entry, number)
    return head


def quoted(text):
    """A C++ string literal; what is not printable ASCII is escaped byte by byte."""
    parts = []
    for byte in str(text).strip().encode("utf-8"):
        if byte in (0x22, 0x5C):
            parts.append("\\" + chr(byte))
        elif 0x20 <= byte < 0x7F and byte != 0x3F:
            parts.append(chr(byte))
        else:
            parts.append(f"\\{byte:03o}")
    return '"' + "".join(parts) + '"'


def reading_key(entry):
    prefix, number = entry["id"].split("-Q")
    return prefix, int(number)


def tables(clauses, readings):
    ids = ",\n    ".join(quoted(one["id"]) for one in clauses)
    numbers, labels = [], []
    for one in clauses:
        for value in one.get("values", []):
            if "number" in value:
                numbers.append(
                    f'{{{quoted(one["id"])}, {quoted(value["key"])}, {value["number"]}}}'
                )
            else:
                labels.append(
                    f'{{{quoted(one["id"])}, {quoted(value["key"])}, {quoted(value["text"])}}}'
                )
    names = [
        f'{{{quoted(one["id"])}, {quoted("|".join(a["name"] for a in one["alternatives"]))}}}'
        for one in readings
    ]

    def array(kind, name, items):
        body = ",\n    ".join(items)
        return f"inline constexpr std::array<{kind}, {len(items)}> {name}{{{{\n    {body}}}}};\n"

    return (
        "// Made from model/catalogue/*.yaml by make_tables.py; do not edit.\n#pragma once\n\n"
        "#include <array>\n#include <cstdint>\n#include <string_view>\n\n"
        "namespace shinsa::tables {\n\n"
        "/// Ordered by id: positions are ClauseIndex.\n"
        f"inline constexpr std::array<std::string_view, {len(clauses)}> kClauseIds{{{{\n"
        f"    {ids}}}}};\n\n"
        "struct Number {\n  std::string_view clause, key;\n  std::int64_t number;\n};\n"
        + array("Number", "kNumbers", numbers)
        + "\nstruct Label {\n  std::string_view clause, key, text;\n};\n"
        + array("Label", "kLabels", labels)
        + "\n/// `names`: the alternatives joined by `|`, the default first.\n"
        "struct ReadingIds {\n  std::string_view id, names;\n};\n"
        + array("ReadingIds", "kReadings", names)
        + "\n}  // namespace shinsa::tables\n"
    )


def texts(heads, clauses, readings):
    out = [
        "// Made from model/catalogue/*.yaml by make_tables.py; do not edit.\n"
        '#include "model/catalogue/catalogue.hpp"\n\n#include <array>\n\n'
        "namespace shinsa::detail {\n\nnamespace {\n"
    ]
    for at, one in enumerate(clauses):
        actors = one.get("actors", [])
        if actors:
            items = ", ".join(quoted(actor) for actor in actors)
            out.append(
                f"constexpr std::array<std::string_view, {len(actors)}> kActors{at}{{{items}}};\n"
            )
        values = one.get("values", [])
        if values:
            items = ", ".join(
                f'ClauseValue{{{quoted(v["key"])}, true, {v["number"]}, {{}}}}'
                if "number" in v
                else f'ClauseValue{{{quoted(v["key"])}, false, 0, {quoted(v["text"])}}}'
                for v in values
            )
            out.append(
                f"constexpr std::array<ClauseValue, {len(values)}> kValues{at}{{{items}}};\n"
            )
    for at, one in enumerate(readings):
        items = ", ".join(
            f'Alternative{{{quoted(a["name"])}, {quoted(a["says"])}, {quoted(a["says_ja"])}}}'
            for a in one["alternatives"]
        )
        count = len(one["alternatives"])
        out.append(f"constexpr std::array<Alternative, {count}> kNames{at}{{{items}}};\n")
    out.append(f"constexpr std::array<Clause, {len(clauses)}> kClauses{{{{\n")
    for at, one in enumerate(clauses):
        fields = [
            one["id"],
            one["system"],
            one.get("lines", ""),
            one["kind"],
            one["statement_en"],
            one["statement_ja"],
            one.get("observable", ""),
            one.get("observable_ja", ""),
            one.get("open_question", ""),
            one.get("source", ""),
            one.get("note_en", ""),
            one.get("note_ja", ""),
        ]
        actors = f"kActors{at}" if one.get("actors") else "{}"
        values = f"kValues{at}" if one.get("values") else "{}"
        out.append(f'    {{{", ".join(quoted(f) for f in fields)}, {actors}, {values}}},\n')
    out.append(f"}}}};\nconstexpr std::array<Reading, {len(readings)}> kReadings{{{{\n")
    for at, one in enumerate(readings):
        fields = [
            one["id"],
            one["system"],
            one["kind"],
            one.get("lines", ""),
            one["issue"],
            one["issue_ja"],
        ]
        out.append(f'    {{{", ".join(quoted(f) for f in fields)}, kNames{at}}},\n')
    pages = [head for head in heads if head.get("system")]
    out.append(f"}}}};\nconstexpr std::array<Page, {len(pages)}> kPages{{{{\n")
    for head in pages:
        fields = [head["system"], head["prefix"], head["title"], head["page"], head["address"]]
        out.append(f'    {{{", ".join(quoted(f) for f in fields)}}},\n')
    out.append(
        "}};\n\n}  // namespace\n\n"
        "std::span<const Clause> all_clauses() { return kClauses; }\n"
        "std::span<const Reading> all_readings() { return kReadings; }\n"
        "std::span<const Page> all_pages() { return kPages; }\n\n"
        "}  // namespace shinsa::detail\n"
    )
    return "".join(out)


def write_if_changed(path, text):
    if path.exists() and path.read_text(encoding="utf-8") == text:
        os.utime(path)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(temporary, path)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the two files")
    parser.add_argument("files", nargs="+", type=Path, help="the catalogue's YAML files")
    arguments = parser.parse_args()
    try:
        heads = [load(path) for path in sorted(arguments.files)]
        clauses, readings = [], []
        for head in heads:
            for entry in head["clauses"]:
                clauses.append({**entry, "system": head.get("system", "")})
            for entry in head.get("readings", []):
                readings.append({**entry, "system": head.get("system", "")})
        ids = [one["id"] for one in clauses]
        if len(ids) != len(set(ids)):
            raise Bad("two files have clauses of the same id")
    except Bad as bad:
        print(f"make_tables.py: {bad}", file=sys.stderr)
        return 1
    clauses.sort(key=lambda one: one["id"])
    readings.sort(key=reading_key)
    write_if_changed(arguments.out / "catalogue_tables.hpp", tables(clauses, readings))
    write_if_changed(arguments.out / "catalogue_texts.cpp", texts(heads, clauses, readings))
    return 0


if __name__ == "__main__":
    sys.exit(main())
