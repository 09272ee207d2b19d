#!/usr/bin/env python3
"""Says which of our messages, help texts and labels `--lang ja` would leave in English.

Called by CTest with the program and the source folder:
japanese_test.py SHINSA SOURCE_DIR [unittest arguments].

Two nets. The first reads the sources: every text that a layer below hands to one of the functions
that tell an error must match a line of cli/japanese_table.cpp. The second drives the command into
as many errors as it can and looks for English words in what it says.
"""

import itertools
import json
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import unittest
from pathlib import Path

SHINSA = ""
SOURCE = Path()
HOLE = "\N{WHITE CIRCLE}"

# Which arguments of a call, or members of a braced value, people read; and in which files.
TOLD_BY = {
    "fail": ((0, 2), ""),
    "Error": ((0, 2), ""),
    "tell": ((1, 2), ("scenarios/", "cli/collect/read_mapping.cpp")),
    "known_keys": ((2,), "scenarios/loader.cpp"),
    "warn_once": ((0, 1), "sim/trace_reader.cpp"),
    "warn": ((0, 1), ("sim/trace_reader.cpp", "sim/merged.cpp")),
    "error": ((1, 2), "sim/trace_reader.cpp"),
    "Fault": ((0, 1), "sim/careful_reader.cpp"),
    "damaged": ((1,), "cli/collect/log_bytes.cpp"),
    "error_at": ((2, 3), "sim/trace_reader.cpp"),
    "wants": ((1,), "cli/serve/config.cpp"),
    "put_error": ((0, 2), "cli/serve/config.cpp"),
    "stop": ((0, 1), ("sim/careful_reader.cpp", "sim/pieces.cpp")),
    "bad": ((0, 1), ""),
    "bad_time": ((1,), ""),
    "openssl_failure": ((0,), ""),
    "tell_error": ((0,), "cli/"),
    "tell_usage": ((0,), "cli/"),
    "tell_warning": ((0,), "cli/"),
    "said": ((0,), "cli/"),
    "add_option": ((2,), "cli/"),
    "add_flag": ((2,), "cli/"),
    "add_subcommand": ((1,), "cli/"),
    "progress": ((1,), "cli/"),
}
# Functions whose results stand in messages or lists.
PHRASES = {
    ("read_when", "sim/fault.cpp"),
    ("fault_of_label", "model/vocabulary/name.cpp"),
    ("wrong_with", "fakes/dns/owner.cpp"),
    ("name_of", "sim/trace_reader.cpp"),
    ("wanted", "sim/trace_reader.cpp"),
    ("read_readings", "cli/app.cpp"),
    ("name_of", "cli/collect/log_lint.cpp"),
    ("remedy_for", "cli/collect/log_lint.cpp"),
}
# What the commands print in every language: the count at the end, their own name, JSON, diagrams.
SAME_IN_ALL = re.compile(r'passed, |failed, |skipped|mermaid|^shinsa: $|"')
COUNT = re.compile(r"^\d+ passed, \d+ failed, \d+ skipped$")
TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<text>"(?:[^"\\\n]|\\.)*")|(?P<char>'(?:[^'\\]|\\.)')"""
    r"""|(?P<name>[A-Za-z_]\w*)|(?P<number>\d[\w'.]*)|(?P<sign>::|->|\S)""",
    re.S,
)


def tokens_of(source):
    """The tokens of C++ text, comments left out, as (kind, text, line)."""
    line, at = 1, 0
    for found in TOKEN.finditer(source):
        line += source.count("\n", at, found.start())
        at = found.start()
        if found.lastgroup != "comment":
            yield found.lastgroup, found.group(), line


def unquoted(token):
    """What a string or character literal says."""
    return (
        re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), token[1:-1])
        if token
        else ""
    )


def closing(tokens, at):
    """Position of the bracket that closes the one at `at`."""
    depth = 0
    for position in range(at, len(tokens)):
        if tokens[position][0] == "sign":
            depth += (tokens[position][1] in "([{") - (tokens[position][1] in ")]}")
        if depth == 0:
            return position
    return len(tokens)


def split(tokens, sign):
    """Splits at a sign that stands in no bracket."""
    parts, depth = [[]], 0
    for token in tokens:
        if token[0] == "sign":
            depth += (token[1] in "([{") - (token[1] in ")]}")
        if depth == 0 and token[:2] == ("sign", sign):
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def sayings(tokens, constants):
    """What an expression may say, a hole for each part that is not written there."""
    question = split(tokens, "?")
    if len(question) == 2:
        return [text for branch in split(question[1], ":") for text in sayings(branch, constants)]
    parts = []
    for part in split(tokens, "+"):
        kinds = {kind for kind, _, _ in part}
        names = [text for kind, text, _ in part if kind == "name"]
        if kinds and kinds <= {"text", "char"}:
            parts.append(["".join(unquoted(text) for _, text, _ in part)])
        elif names[:1] == ["did_you_mean"]:
            parts.append([""])
        elif names[:2] == ["fmt", "format"]:
            form = next((unquoted(text) for kind, text, _ in part if kind == "text"), HOLE)
            parts.append([re.sub(r"{[^}]*}", HOLE, form)])
        elif part and part[-1][1] == ")" and names[:2] in ([], ["std", "string"], ["std", "move"]):
            inner = part[next(i for i, token in enumerate(part) if token[1] == "(") + 1 : -1]
            parts.append(sayings(inner, constants))
        elif len(part) == 1 and names and names[0] in constants:
            parts.append([constants[names[0]]])
        elif part and part[0][0] == "text" and len(part) > 1 and part[1][1] == "s":
            parts.append([unquoted(part[0][1])])
        else:
            parts.append([HOLE])
    return ["".join(chosen) for chosen in itertools.product(*parts)]


def constants_of(tokens):
    """Named string constants of a file: `constexpr std::string_view kForm = "..."`."""
    found = {}
    for at in range(len(tokens) - 2):
        name = tokens[at][1]
        if re.match("k[A-Z]", name) and tokens[at + 1][1] == "=" and tokens[at + 2][0] == "text":
            end = at + 2
            while tokens[end][0] == "text":
                end += 1
            found[name] = "".join(unquoted(text) for _, text, _ in tokens[at + 2 : end])
    return found


def arguments_read(tokens, at, relative):
    """The expressions that people will read of the call or value at `at`."""
    name = tokens[at][1]
    if tokens[at + 1][1] not in "({":
        return
    inside = tokens[at + 2 : closing(tokens, at + 1)]
    positions, where = TOLD_BY.get(name, ((), ""))
    if name == "push_back" and at > 1 and tokens[at - 2][1] == "errors" and inside[0][1] == "{":
        inside = inside[1 : closing(inside, 0)]
        positions = (0, 2)
    if relative.startswith(where):
        arguments = split(inside, ",")
        yield from (arguments[p] for p in positions if p < len(arguments))
    if (name, relative) in PHRASES:
        begin = closing(tokens, at + 1) + 1
        if tokens[begin][1] == "{":
            yield from returned_by(tokens[begin : closing(tokens, begin)])


def returned_by(body):
    """The expressions that a function returns."""
    for at, token in enumerate(body):
        if token[1] == "return":
            end = next(i for i in range(at, len(body)) if body[i][1] == ";")
            yield body[at + 1 : end]


def printed_bare(tokens):
    """Literals that a command puts on a stream as they are."""
    for at, (kind, text, line) in enumerate(tokens):
        if kind == "text" and at > 1 and tokens[at - 1][1] == tokens[at - 2][1] == "<":
            yield unquoted(text), line


def texts_read():
    """Every text of the sources that people read, with its place."""
    for folder in ("model", "sim", "fakes", "scenarios", "properties", "reports", "cli"):
        for path in sorted((SOURCE / folder).rglob("*.[ch]pp")):
            relative = str(path.relative_to(SOURCE))
            if path.name.endswith("_test.cpp"):
                continue
            tokens = list(tokens_of(path.read_text(encoding="utf-8")))
            constants = constants_of(tokens)
            for at in range(len(tokens) - 1):
                for expression in arguments_read(tokens, at, relative):
                    for text in sayings(expression, constants):
                        if re.search("[A-Za-z]{2} |[a-z]{3}$", text):
                            yield text, f"{relative}:{tokens[at][2]}"


class SourceTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.phrases = phrases()

    def is_known(self, text):
        quoted = text.replace(HOLE, f"'{HOLE}'", 1)  # a name that was quoted before
        found = (pattern.fullmatch(one) for pattern in self.phrases for one in (text, quoted))
        return any(match and not any(map(self.is_english, match.groups())) for match in found)

    @staticmethod
    def is_english(filling):
        """Whether a hole would carry words over: the phrase is too general for the text."""
        return re.search("[A-Za-z]+ [A-Za-z]", filling) and not filling.startswith("shinsa ")

    def test_finds_the_texts_it_is_meant_to_find(self):
        found = {text for text, _ in texts_read()}
        self.assertGreater(len(found), 280)
        for text in (
            "'count' is a number",
            f"there is no clause '{HOLE}'",
            f"the mail has {HOLE} parts, more than {HOLE}",
            "leap seconds are not counted",
            "Such as JPR-21, JPR-Q5, or a scenario file",
            "a window is FROM/TO",
            "write it as P25D, PT5M or P1DT12H",
        ):
            self.assertIn(text, found)
        self.assertFalse(self.is_known("a text that nobody translated"))
        self.assertFalse(self.is_known(f"'{HOLE}' is older than the hills"))

    def test_every_message_and_description_has_its_japanese(self):
        lacking = [f"{where}: {text}" for text, where in texts_read() if not self.knows(text)]
        self.assertEqual(lacking, [], "add them to cli/japanese_table.cpp")

    def knows(self, text):
        """A text as it is, or as `what, remedy` or `where: what` in one piece."""
        if self.is_known(text):
            return True
        what, comma, remedy = text.partition(", ")
        if comma and self.knows(what) and self.is_known(remedy):
            return True
        where, colon, what = text.partition(": ")
        return bool(colon) and where.strip(HOLE + ":") in ("", "warning") and self.knows(what)

    def test_commands_print_no_english_past_the_table(self):
        bare = [
            f"{path.name}:{line}: {text}"
            for path in sorted((SOURCE / "cli").glob("*.[ch]pp"))
            for text, line in printed_bare(list(tokens_of(path.read_text(encoding="utf-8"))))
            if re.search("[a-z]{3}", text) and not SAME_IN_ALL.search(text)
        ]
        self.assertEqual(bare, [], "wrap them in said()")


def phrases():
    """The English side of the table, each as a pattern."""
    table = (SOURCE / "cli/japanese_table.cpp").read_text(encoding="utf-8")
    found = re.findall(r'^  \{("(?:[^"\\]|\\.)*"), "', table, re.M)
    return [
        re.compile("(.+)".join(re.escape(part) for part in unquoted(text).split("{}")), re.S)
        for text in found
    ]


STORY = """title: x
title_ja: 例
system: jpdirect-reissue
given:
  start: 2026-11-24T10:00:00+09:00
steps:
  - request: inquiry.received
    subject: application/1
    data: {customer: customer/C1, channel: form, from: a@example.jp}
"""
HEAD = STORY.split("steps:")[0]
EVENT = '{"id":"1","time":"2026-11-24T10:00:00+09:00","type":"log.closed","subject":"system"}\n'

# Each is wrong in its own way.
STORIES = {
    "no map": "- x\n",
    "no YAML": "title: [x\n",
    "not UTF-8": b"title: \xff\n",
    "unknown key": STORY.replace("steps:", "stepz:"),
    "no title": STORY.replace("title: x\n", ""),
    "a key twice": STORY + "title: again\n",
    "an alias bomb": "a: &a [x, x, x, x]\n"
    + "".join(f"{n}: &{n} [*{m}, *{m}, *{m}, *{m}]\n" for m, n in zip("abcdefghij", "bcdefghijk")),
    "title is a list": STORY.replace("title: x", "title: [x]"),
    "no system": STORY.replace("jpdirect-reissue", "jpdirect-reissu"),
    "no clause": STORY + "covers: [JPR-9999, JPR-211]\n",
    "covers is no list": STORY + "covers: JPR-21\n",
    "a clause of others": STORY + "covers: [SAK-01]\n",
    "no reading": STORY + "requires: {JPR-Q99: x}\n",
    "no alternative": STORY + "requires: {JPR-Q5: refuze}\n",
    "requires is no map": STORY + "requires: x\n",
    "tags are no texts": STORY + "tags: [[x]]\n",
    "no start": STORY.replace("  start:", "  conduct: {pace: earlyest}\n#"),
    "bad start": STORY.replace("2026-11-24T", "2026-13-24T"),
    "start without offset": STORY.replace("+09:00", ""),
    "no choice": STORY.replace("given:\n", "given:\n  conduct: {paze: any}\n"),
    "bad fault": STORY.replace("given:\n", "given:\n  faults: [spam, 'mail:spam@nth=0']\n"),
    "no block": STORY.replace("given:\n", "given:\n  use: [nothing-such]\n"),
    "given is no map": STORY.replace("given:\n  start: 2026-11-24T10:00:00+09:00\n", "given: x\n"),
    "facts are no list": STORY.replace("given:\n", "given:\n  facts: x\n"),
    "a fact is no map": STORY.replace("given:\n", "given:\n  facts: [x]\n"),
    "a fact lacks": STORY.replace("given:\n", "given:\n  facts: [{fact.price: product/DV}]\n"),
    "a fact is none": STORY.replace("given:\n", "given:\n  facts: [{mail.sent: application/1}]\n"),
    "no fact": STORY.replace("given:\n", "given:\n  facts: [{fact.prize: product/DV}]\n"),
    "wrong subject": STORY.replace("application/1", "certificate/1"),
    "no steps": HEAD,
    "a step is no map": HEAD + "steps: [x]\n",
    "no verb": HEAD + "steps: [{demand: inquiry.received}]\n",
    "no event": STORY.replace("inquiry.received", "inquiry.receivd"),
    "no request": STORY.replace("inquiry.received", "mail.sent"),
    "no field": STORY.replace("channel:", "chanel:"),
    "no word": STORY.replace("channel: form", "channel: forms"),
    "at and after": STORY + "    at: 2026-11-25T10:00:00+09:00\n    after: P1D\n",
    "bad duration": STORY + "    after: P1Y\n",
    "data is no map": HEAD + "steps: [{expect: mail.sent, data: x}]\n",
    "a variable": STORY.replace("a@example.jp", "'${who}'"),
    "a list for a value": STORY.replace("a@example.jp", "[a]"),
    "mailbox without data": HEAD + "steps: [{mailbox: a@example.jp}]\n",
    "mailbox": HEAD + "steps: [{mailbox: a@example.jp, data: {folder: x, count: many, z: 1}}]\n",
    "csr": HEAD
    + "steps: [{request: application.returned, subject: application/1, data: {csr: {keys: x}}}]\n",
    "csr key": HEAD
    + "steps: [{request: application.returned, subject: application/1, data: "
    + "{csr: {key: rsa-2048-z, marks: odd}, consent: 1, sans: x}}]\n",
    "number": HEAD
    + "steps: [{request: payment.made, subject: application/1, data: {amount: much}}]\n",
    "examples": STORY + "examples: x\n",
    "examples differ": STORY + "examples: [{a: 1, b: 2}, {a: 1}]\n",
    "unused": STORY + "examples: [{a: 1}]\n",
}
LOGS = {
    "empty": "",
    "no JSON": EVENT + "{nonsense\n",
    "incomplete": EVENT.replace("}", ""),
    "two on a line": EVENT.strip() + EVENT,
    "a list": "[1]\n",
    "a key twice": EVENT.replace('{"id"', '{"id":"1","id"'),
    "deep": EVENT.replace('"1"', "[" * 40 + "]" * 40),
    "a huge number": EVENT.replace("}", ',"data":{"events":1e999}}'),
    "a large number": EVENT.replace("}", ',"data":{"events":99999999999999999}}'),
    "no type": EVENT.replace('"type"', '"typ"'),
    "id is a number": EVENT.replace('"1"', "1"),
    "no time": EVENT.replace("+09:00", ""),
    "no such day": EVENT.replace("11-24", "02-30"),
    "subject": EVENT.replace("system", "application/1"),
    "data is a text": EVENT.replace("}", ',"data":"x"}'),
    "a text for a number": EVENT.replace("}", ',"data":{"events":"x"}}'),
    "a field lacks": EVENT.replace("log.closed", "fact.price").replace("system", "product/DV"),
    "a word": EVENT.replace("log.closed", "certificate.revoked")
    .replace("system", "certificate/1")
    .replace("}", ',"data":{"reason":"superseeded"}}'),
    "many bad lines": "x\n" * 30,
    "unknown type": EVENT.replace("log.closed", "mail.sended"),
    "unknown field": EVENT.replace("}", ',"data":{"event":1}}'),
    "id twice": EVENT * 2,
    "earlier": EVENT + EVENT.replace("2026", "2025").replace('"1"', '"2"'),
    "lost": EVENT.replace("}", ',"sequence":1}')
    + EVENT.replace("}", ',"sequence":3}').replace('"1"', '"2"'),
    "sequence": EVENT.replace("}", ',"sequence":"x"}'),
    "mark": "\ufeff" + EVENT,
    "not closed": EVENT.replace("log.closed", "log.opened"),
    "counted wrong": EVENT.replace("log.closed", "log.opened")
    + EVENT.replace("}", ',"data":{"events":7}}').replace('"1"', '"2"'),
    "another system": EVENT.replace("log.closed", "log.opened").replace(
        "}", ',"data":{"system":"elsewhere"}}'
    ),
}
COMMANDS = (
    "",
    "rum",
    "run --nonsense",
    "run --seed x",
    "run --seed",
    "run --out a --out b",
    "run --lang fr --lang ja",
    "run --traces some",
    "run no/such/folder",
    "run --mutant JPR-12345",
    "run --reading JPR-Q5",
    "run --reading JPR-Q5=refused",
    "run --reading JPR-Q99=x",
    "run --system elsewhere",
    "check",
    "check --judge nobody x",
    "check no/such/log",
    "run --mutant JPR-21 scenarios/jpdirect-reissue/month-of-expiry.yaml",
    "run --mutant JPR-35:drop scenarios/jpdirect-reissue/first-light.yaml",
    "run --reading JPR-Q4=utc scenarios/jpdirect-reissue/month-of-expiry.yaml",
    "run --fault mail:spm scenarios/jpdirect-reissue/first-light.yaml",
    "fuzz --runs 0",
    "fuzz --requests 20000",
    "fuzz --system sakura-reissue",
    "fuzz --runs 50 --verbose",
    "fuzz --runs 1200 --reading JPR-Q6=renewals-only",
    "explain",
    "explain JPR21",
    "explain A B",
    "explain RFC-02",
    "explain JPR-Q5",
    "list",
    "list eventz",
    "list systems",
    "list readings",
    "list laws",
    "list events",
    "list faults",
    "list conduct",
    "list clauses --system jpdirect-reissue",
    "diagram Isuance",
    "schema event",
    "version",
)
HELPS = ("", "run", "check", "fuzz", "list", "diagram", "explain", "schema", "version")

# What stays as it is in every language: quoted text, commands, paths and ids.
QUOTED = re.compile(
    r"「[^」]*」|'[^']*'|\"[^\"]*\"|\[[^]]*\]"
    r"|\bshinsa( [-\w./=:@*<>]+)*|[\w.-]*[/.=:|@+*][\w./=:|@,*+-]*"
)
ENGLISH = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){2,}")


def columns(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


class CommandTest(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def shinsa(self, *arguments, **environment):
        done = subprocess.run(
            [SHINSA, *map(str, arguments)],
            cwd=SOURCE,
            capture_output=True,
            encoding="utf-8",
            errors="replace",  # an excerpt of a file that is no text
            timeout=300,
            env={"PATH": "/usr/bin:/bin", "SHINSA_SCENARIOS": "scenarios"}
            | (environment or {"LANG": "ja_JP.UTF-8"}),
        )
        return done.returncode, done.stdout, done.stderr

    def assert_japanese(self, text, expected=True):
        for line in text.splitlines():
            if not COUNT.search(line):
                self.assertNotRegex(QUOTED.sub("", line), ENGLISH, line)
        if expected:
            self.assertRegex(text, "[ぁ-んァ-ヶ一-龠]")

    def written(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def test_every_broken_story_is_told_in_japanese(self):
        for name, story in STORIES.items():
            with self.subTest(name):
                path = self.written("story.yaml", story)
                code, _, told = self.shinsa("run", path)
                self.assertEqual(code, 2, told)
                lines = [line for line in told.splitlines() if line.startswith("shinsa: ")]
                self.assertTrue(lines)
                for line in lines:
                    self.assertRegex(line, r"story\.yaml:\d+:\d+: ")
                    self.assert_japanese(line.split("story.yaml")[1])

    def test_every_broken_or_strange_log_is_told_in_japanese(self):
        for name, log in LOGS.items():
            with self.subTest(name):
                _, _, told = self.shinsa("check", self.written("log.jsonl", log))
                self.assertTrue(told)
                for line in told.splitlines():
                    self.assert_japanese(line.split("log.jsonl")[-1])

    def test_every_command_speaks_japanese(self):
        for command in COMMANDS:
            with self.subTest(command):
                _, out, err = self.shinsa(*command.split())
                if command.startswith("explain"):  # what can be observed is written in English only
                    out = re.sub("(?m)^  観測できること: .*$", "", out)
                self.assert_japanese(out + err)

    def test_a_failure_of_a_campaign_is_told_in_japanese(self):
        code, out, _ = self.shinsa(
            "fuzz", "--seed", 7, "--mutant", "JPR-24", "--mutant", "JPR-23", "--out", self.folder
        )
        self.assertEqual(code, 1)
        self.assertIn("違反しています", out)
        self.assert_japanese(out.replace(str(self.folder), "out"))

    def test_an_error_of_a_story_is_told_in_both_languages(self):
        story = self.written("story.yaml", STORY)
        code, out, _ = self.shinsa("run", story, "--fault", "mail:spm", "--json")
        self.assertEqual(code, 2)
        says = json.loads(out)["scenarios"][0]["problems"][0]["says"]
        self.assertIn("no fake does mail:spm", says["en"])
        self.assertIn("mail:spmという障害はありません", says["ja"])

    def test_help_speaks_the_language_asked_for_and_fits_80_columns(self):
        for command in HELPS:
            for language in ("ja", "en"):
                with self.subTest(command or "shinsa", language=language):
                    code, out, _ = self.shinsa(*command.split(), "--help", "--lang", language)
                    self.assertEqual(code, 0)
                    self.assertLessEqual(max(map(columns, out.splitlines())), 80, out)
                    if language == "ja":
                        self.assert_japanese(out)
                        self.assertEqual(out, self.shinsa(*command.split(), "--help")[1])
                    else:
                        self.assertNotRegex(out, "[ぁ-んァ-ヶ一-龠]")
                    if command != "version":
                        self.assertIn("例:" if language == "ja" else "Examples:", out)

    def test_the_option_outweighs_the_environment(self):
        self.assertIn("Usage", self.shinsa("--lang=en", "--help", LANG="ja_JP.UTF-8")[1])
        self.assertIn("使い方", self.shinsa("--help", "--lang=ja", LANG="en_US.UTF-8")[1])
        self.assertIn("指定されていません", self.shinsa("check", "--lang", "ja", LANG="C")[2])
        self.assertIn("no log was named", self.shinsa("check", LANG="C")[2])

    def test_json_is_the_same_in_every_language(self):
        for command in ("list events", "list faults", "list conduct", "fuzz --runs 50"):
            japanese = self.shinsa(*command.split(), "--json", LANG="ja_JP.UTF-8")[1]
            self.assertEqual(japanese, self.shinsa(*command.split(), "--json", LANG="C")[1])
            self.assertNotIn("一", japanese.replace("iタウンページ", ""))


if __name__ == "__main__":
    SHINSA, SOURCE = sys.argv[1], Path(sys.argv[2])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
