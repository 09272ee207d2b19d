"""Follows docs/first-log.md as a new user would: step by step, in an empty folder.

first_log_page_test.py SHINSA PAGE

A block below a line that begins with a file's name in backquotes and ends with a colon is that
file. A `console` block is commands, each with what it prints; a line `...` stands for any lines. A
block whose program is not installed is left out, and said so. The programs that write a log must
write the same one.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

BLOCK = re.compile(
    r"(?:^`(?P<file>[\w.-]+)`[^\n]*:\n\n)?^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.M | re.S
)
TIMEOUT_S = 300


def blocks_of(page):
    """(name of the file or None, language, text, line of the page) of every fenced block."""
    for match in BLOCK.finditer(page):
        line = page.count("\n", 0, match.start("text")) + 1
        yield match["file"], match["kind"], match["text"], line


def commands_of(text):
    """(command, lines that it prints) of a console block."""
    commands = []
    for line in text.splitlines():
        if line.startswith("$ "):
            commands.append((line[2:], []))
        else:
            commands[-1][1].append(line)
    return commands


def fits(printed, expected):
    """Whether the lines are the expected ones, `...` being any number of them."""
    if not expected:
        return not printed
    if expected[0] == "...":
        return any(fits(printed[i:], expected[1:]) for i in range(len(printed) + 1))
    return bool(printed) and printed[0] == expected[0] and fits(printed[1:], expected[1:])


def said(log):
    """What a log says, without what differs from run to run."""
    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    for event in events:
        del event["id"], event["time"]
        for field in ("not_before", "not_after"):
            event["data"].pop(field, None)
    return events


class Reader:
    def __init__(self, shinsa, folder):
        self.folder = folder / "empty"
        self.folder.mkdir()
        programs = folder / "bin"
        programs.mkdir()
        (programs / "shinsa").symlink_to(shinsa)
        path = f"{programs}:{os.environ['PATH']}"
        self.environment = {**os.environ, "PATH": path, "LC_ALL": "C.UTF-8"}
        self.logs = {}  # the command that wrote it -> what the log says
        self.ran, self.skipped, self.failures = 0, [], []

    def run_block(self, text, line):
        commands = commands_of(text)
        for command, _ in commands:
            program = command.split()[0]
            if shutil.which(program, path=self.environment["PATH"]) is None:
                self.skipped.append(f"line {line}: {program} is not installed")
                return
        for command, expected in commands:
            self.run(command, expected, line)

    def run(self, command, expected, line):
        done = subprocess.run(
            command,
            shell=True,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=TIMEOUT_S,
        )
        self.ran += 1
        printed = done.stdout.splitlines()
        if not fits(printed, expected):
            self.failures.append(f"line {line}: '{command}' printed\n{done.stdout}")
        if command.endswith("> portal.jsonl"):
            self.logs[command] = said(self.folder / "portal.jsonl")


def main():
    shinsa, page = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(shinsa, pathlib.Path(folder))
        for file, kind, text, line in blocks_of(page.read_text(encoding="utf-8")):
            if file:
                (reader.folder / file).write_text(text, encoding="utf-8")
            elif kind == "console":
                reader.run_block(text, line)
    first = next(iter(reader.logs.values()), None)
    if not first:
        reader.failures.append("no program wrote a log")
    for command, log in reader.logs.items():
        if log != first:
            reader.failures.append(f"'{command}' writes another log than the first program")
    for what in reader.skipped:
        print(f"SKIPPED {page}, {what}")
    for what in reader.failures:
        print(f"FAILED {page}, {what}")
    print(f"{reader.ran} commands of the page were run, {len(reader.skipped)} blocks were left out")
    return 1 if reader.failures else 0


if __name__ == "__main__":
    sys.exit(main())
