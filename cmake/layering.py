"""Keeps the layers: reads every #include of our C++ files, names each that may not be there.

    python3 cmake/layering.py [ROOT]

Prints `file:line: what is forbidden; what is allowed` per finding; exits with 1 if there is one.
The rules are the tables below; ARCHITECTURE.md says why. An entry that ends with `/` is a folder,
any other is a pattern whose `*` does not cross a folder's border.
"""

import pathlib
import re
import sys

VOCABULARY = ["model/vocabulary/"]
CATALOGUE = ["model/vocabulary/", "model/catalogue/"]
FACES = [*CATALOGUE, "model/*.hpp"]
SIM = [*CATALOGUE, "model/world.hpp", "sim/"]
FAKES = [*SIM, "fakes/"]
SCENARIOS = [*FACES, "sim/", "fakes/", "scenarios/"]
BELOW_THE_COMMAND = ["model/", "sim/", "fakes/", "scenarios/", "properties/", "reports/"]

# Who may include whom. The longest matching folder counts. Tests follow their folder.
ARROWS = {
    "model/vocabulary/": VOCABULARY,
    "model/catalogue/": CATALOGUE,
    "model/": ["model/"],
    "sim/": SIM,
    "fakes/": FAKES,
    "scenarios/": SCENARIOS,
    "properties/laws/": [*CATALOGUE, "properties/laws/"],  # an oracle of their own: no machine
    "properties/": [*SCENARIOS, "properties/"],
    "reports/": [*CATALOGUE, "sim/trace_*.hpp", "reports/"],
    "cli/": [*BELOW_THE_COMMAND, "cli/"],
    "bench/": [*BELOW_THE_COMMAND, "cli/", "bench/"],
    "python/": [*BELOW_THE_COMMAND, "cli/collect/", "python/"],
}

# Libraries that few places hide from the others.
HIDDEN_LIBRARIES = {
    # It costs seconds and hundreds of MB in every file that sees it.
    "boost/msm/": ["model/core/", "bench/twin/"],
    "openssl/": [
        *["fakes/ca/", "fakes/acme/", "fakes/web/", "fakes/wire/"],
        *["sim/hash.cpp", "reports/html.cpp", "bench/"],
    ],
    "boost/asio/": ["fakes/wire/", "bench/"],
    "boost/beast/": ["fakes/wire/", "bench/"],
    "ldns/": ["fakes/dns/"],
    "gmime/": ["fakes/mail/"],
    "boost/url/": ["fakes/web/"],
}
HEAVY = "boost/msm/"  # headers outside its home may not even reach it through others
HEAVY_HOME = "model/core/"

# What would make a second run differ from the first.
VIRTUAL_TIME_FOLDERS = ("model/", "sim/")
WALL_CLOCK_AND_CHANCE = re.compile(
    r"\b(random_device|system_clock|steady_clock|high_resolution_clock|sleep_for|sleep_until"
    r"|clock_gettime|gettimeofday|s?rand\s*\()"
)

# The model is pure; its tests may read files.
PURE_FOLDER = "model/"
IMPURE_HEADERS = {"filesystem", "fstream", "iostream", "random", "thread", "mutex", "future"}

SOURCE_SUFFIXES = {".hpp", ".h", ".hh", ".ipp", ".inc", ".cpp", ".cc", ".cxx"}
HEADER_SUFFIXES = {".hpp", ".h", ".hh", ".ipp", ".inc"}

INCLUDE = re.compile(
    r'^[ \t]*#[ \t]*include[ \t]*(?P<open>["<])(?P<path>[^">\n]+)[">]', re.MULTILINE
)
COMMENTS_AND_LITERALS = re.compile(
    r"(?P<comment>//[^\n]*|/\*.*?\*/)"
    r'|R"(?P<fence>[^()\\\s]{0,16})\(.*?\)(?P=fence)"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+'",
    re.DOTALL,
)


def matches(path, pattern):
    """Whether a path lies in a folder (`sim/`) or fits a pattern (`model/*.hpp`)."""
    if pattern.endswith("/"):
        return path.startswith(pattern)
    return path.count("/") == pattern.count("/") and pathlib.PurePosixPath(path).match(pattern)


def zone_of(path):
    """The longest entry of ARROWS that the path lies in."""
    return max((zone for zone in ARROWS if path.startswith(zone)), key=len)


def without(text, literals):
    """The text without comments, and without literals if asked; every line keeps its number."""

    def blank(match):
        if match.group("comment") is None and not literals:
            return match.group()
        return re.sub(r"[^\n]", " ", match.group())

    return COMMENTS_AND_LITERALS.sub(blank, text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


class Tree:
    """The C++ files below the root, and the includes of each."""

    def __init__(self, root):
        self.root = root
        self.texts = {}  # path -> text
        self.includes = {}  # path -> [(line, "<" or '"', included path)]
        for zone in sorted({zone.split("/")[0] for zone in ARROWS}):
            for file in sorted((root / zone).rglob("*")):
                if file.suffix in SOURCE_SUFFIXES and file.is_file():
                    self.read(file)

    def read(self, file):
        path = file.relative_to(self.root).as_posix()
        text = file.read_text(encoding="utf-8")
        self.texts[path] = text
        self.includes[path] = [
            (line_of(text, match.start("path")), match.group("open"), match.group("path"))
            for match in INCLUDE.finditer(without(text, literals=False))
        ]

    def headers(self):
        return [
            path for path in self.texts if pathlib.PurePosixPath(path).suffix in HEADER_SUFFIXES
        ]


def check_paths(tree):
    """Project headers are included in quotes and by their path from the repository's root."""
    top_folders = {zone.split("/")[0] for zone in ARROWS}
    for path, includes in tree.includes.items():
        for line, opened, included in includes:
            first = included.split("/")[0]
            if opened == "<" and first in top_folders and included in tree.texts:
                yield path, line, f'<{included}> is ours; write "{included}"'
            elif opened == '"' and ("/" not in included or first not in top_folders):
                yield path, line, (
                    f'"{included}" does not start at the repository\'s root; '
                    f"write the path from there ({', '.join(sorted(top_folders))}), "
                    "or <...> for a library"
                )


def check_arrows(tree):
    """A layer includes only what stands below it."""
    for path, includes in tree.includes.items():
        zone = zone_of(path)
        for line, opened, included in includes:
            ours = opened == '"' or included in tree.texts
            known = any(included.startswith(other.split("/")[0] + "/") for other in ARROWS)
            if ours and known and not any(matches(included, allowed) for allowed in ARROWS[zone]):
                yield path, line, (
                    f"{zone.rstrip('/')} -> {included} is a forbidden arrow; "
                    f"{zone.rstrip('/')} may include only {', '.join(ARROWS[zone])}"
                )


def check_hidden_libraries(tree):
    """Some libraries are seen by few places only."""
    for path, includes in tree.includes.items():
        for line, _, included in includes:
            for library, homes in HIDDEN_LIBRARIES.items():
                if included.startswith(library) and not any(matches(path, h) for h in homes):
                    yield path, line, f"{included}: only {', '.join(homes)} may include {library}"


def check_heavy(tree):
    """No header outside the heavy library's home reaches it through other headers."""
    reaching = {
        p for p, incs in tree.includes.items() if any(i.startswith(HEAVY) for _, _, i in incs)
    }
    while True:
        more = {p for p, incs in tree.includes.items() if any(i in reaching for _, _, i in incs)}
        if more <= reaching:
            break
        reaching |= more
    for path in tree.headers():
        if path.startswith(HEAVY_HOME):
            continue
        for line, _, included in tree.includes[path]:
            if included in reaching:
                yield path, line, (
                    f"through {included} this header reaches {HEAVY}; "
                    f"only headers in {HEAVY_HOME} and source files may"
                )


def check_wall_clock_and_chance(tree):
    """Time is an argument and chance a named stream."""
    for path, text in tree.texts.items():
        if not path.startswith(VIRTUAL_TIME_FOLDERS):
            continue
        code = without(text, literals=True)
        for match in WALL_CLOCK_AND_CHANCE.finditer(code):
            yield path, line_of(code, match.start()), (
                f"{match.group().rstrip('( ')} is real time or real chance; "
                f"in {' and '.join(VIRTUAL_TIME_FOLDERS)} "
                "take the instant as an argument or from sim::Clock, and chance from a named stream"
            )


def check_purity(tree):
    """The model does no I/O and knows no thread."""
    for path, includes in tree.includes.items():
        if not path.startswith(PURE_FOLDER) or path.endswith("_test.cpp"):
            continue
        for line, _, included in includes:
            if included in IMPURE_HEADERS:
                yield path, line, (
                    f"<{included}>: {PURE_FOLDER} is pure (no I/O, thread, randomness); "
                    "leave it to sim/, fakes/ or cli/, or to a *_test.cpp"
                )


def check_circles(tree):
    """Headers do not include each other in a circle."""
    headers = set(tree.headers())
    done = set()

    def walk(path, trail):
        for line, _, included in tree.includes[path]:
            if included in trail:
                circle = [*trail[trail.index(included) :], included]
                yield path, line, (
                    f"a circle of includes: {' -> '.join(circle)}; "
                    "move what they share down into model/vocabulary/, or declare it forward"
                )
            elif included in headers and included not in done:
                yield from walk(included, [*trail, included])
        done.add(path)

    for header in sorted(headers):
        if header not in done:
            yield from walk(header, [header])


CHECKS = [
    check_paths,
    check_arrows,
    check_hidden_libraries,
    check_heavy,
    check_wall_clock_and_chance,
    check_purity,
    check_circles,
]


def main():
    here = pathlib.Path(__file__).resolve().parent.parent
    root = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else here
    tree = Tree(root)
    if not tree.texts:
        print(f"{root}: no C++ file here, is this the repository's root?", file=sys.stderr)
        return 2
    findings = sorted({finding for check in CHECKS for finding in check(tree)})
    for path, line, what in findings:
        print(f"{path}:{line}: {what}")
    print(f"layering: {len(tree.texts)} files, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
