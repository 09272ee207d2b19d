"""Plants one fault of each kind in a small tree; layering.py must name its file and line.

A net that nobody has seen catch anything is not a net.
"""

import contextlib
import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOL = pathlib.Path(__file__).resolve().parent / "layering.py"

# A tree in which every layer uses what it may: what each file includes.
INCLUDES = {
    "model/vocabulary/time.hpp": [],
    "model/catalogue/ids.hpp": ['"model/vocabulary/time.hpp"'],
    "model/core/machine.hpp": ["<boost/msm/back/state_machine.hpp>"],
    "model/core/rule.hpp": ['"model/catalogue/ids.hpp"'],
    "model/machines/order.hpp": ['"model/core/rule.hpp"'],
    "model/machines/order.cpp": ['"model/machines/order.hpp"', '"model/core/machine.hpp"'],
    "model/world.hpp": ['"model/core/rule.hpp"'],
    "model/profile.hpp": ['"model/vocabulary/time.hpp"'],
    "model/world_test.cpp": ["<fstream>", '"model/world.hpp"'],
    "sim/clock.hpp": ['"model/vocabulary/time.hpp"', '"model/world.hpp"'],
    "sim/trace_reader.hpp": ['"sim/clock.hpp"'],
    "fakes/ca/ca.cpp": ["<openssl/x509.h>", '"sim/clock.hpp"'],
    "fakes/mail/mail.cpp": ["<gmime/gmime.h>", '"model/world.hpp"'],
    "scenarios/runner.hpp": ['"model/profile.hpp"', '"sim/clock.hpp"'],
    "properties/laws/payment.hpp": ['"model/catalogue/ids.hpp"'],
    "properties/explorer.cpp": ['"properties/laws/payment.hpp"', '"scenarios/runner.hpp"'],
    "reports/junit.hpp": ['"sim/trace_reader.hpp"'],
    "cli/main.cpp": ['"reports/junit.hpp"', '"scenarios/runner.hpp"'],
    "bench/step.cpp": ['"model/core/rule.hpp"'],
    "python/module.cpp": ['"cli/collect/collect.hpp"', '"scenarios/runner.hpp"'],
}
TREE = {
    path: "".join(f"#include {included}\n" for included in includes)
    for path, includes in INCLUDES.items()
}


class Layering(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        for path, text in TREE.items():
            self.write(path, text)

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    @contextlib.contextmanager
    def planted(self, path, line):
        """A line at the end of a file, for a while. @return its number."""
        text = TREE[path] + line + "\n"
        self.write(path, text)
        try:
            yield text.count("\n")
        finally:
            self.write(path, TREE[path])

    def judge(self):
        """Exit code and findings of the tool; the last line is its count."""
        done = subprocess.run(
            [sys.executable, TOOL, self.root], capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout.splitlines()[:-1]

    def assert_finds(self, path, planted_line, *words):
        """Plants the line and asserts that a finding names its place and says the words."""
        with self.subTest(f"{path}: {planted_line}"), self.planted(path, planted_line) as line:
            code, findings = self.judge()

            self.assertEqual(code, 1)
            here = [finding for finding in findings if finding.startswith(f"{path}:{line}: ")]
            self.assertTrue(here, findings)
            for word in words:
                self.assertIn(word, " ".join(here))

    def test_finds_nothing_where_every_layer_uses_what_it_may(self):
        self.assertEqual(self.judge(), (0, []))

    def test_finds_every_forbidden_arrow(self):
        forbidden = [
            ("model/vocabulary/time.hpp", "model/catalogue/catalogue.hpp"),
            ("model/vocabulary/time.hpp", "model/profile.hpp"),
            ("model/catalogue/ids.hpp", "model/core/control.hpp"),
            ("model/machines/order.cpp", "sim/clock.hpp"),
            ("model/world_test.cpp", "sim/clock.hpp"),
            ("sim/clock.hpp", "model/machines/order.hpp"),
            ("sim/clock.hpp", "model/core/rule.hpp"),
            ("sim/clock.hpp", "model/profile.hpp"),
            ("sim/clock.hpp", "fakes/fake.hpp"),
            ("fakes/ca/ca.cpp", "model/core/rule.hpp"),
            ("fakes/ca/ca.cpp", "scenarios/runner.hpp"),
            ("scenarios/runner.hpp", "model/machines/order.hpp"),
            ("scenarios/runner.hpp", "properties/laws/payment.hpp"),
            ("scenarios/runner.hpp", "reports/junit.hpp"),
            ("properties/laws/payment.hpp", "model/world.hpp"),
            ("properties/laws/payment.hpp", "sim/clock.hpp"),
            ("properties/laws/payment.hpp", "properties/generators.hpp"),
            ("properties/explorer.cpp", "model/core/rule.hpp"),
            ("properties/explorer.cpp", "reports/junit.hpp"),
            ("reports/junit.hpp", "model/world.hpp"),
            ("reports/junit.hpp", "sim/clock.hpp"),
            ("reports/junit.hpp", "scenarios/runner.hpp"),
            ("cli/main.cpp", "python/module.hpp"),
            ("bench/step.cpp", "python/module.hpp"),
            ("python/module.cpp", "cli/commands.hpp"),
        ]
        for path, included in forbidden:
            self.assert_finds(
                path,
                f'#include "{included}"',
                f"{included} is a forbidden arrow",
                "may include only",
            )

    def test_finds_paths_that_do_not_start_at_the_root(self):
        for included in ["clock.hpp", "../model/world.hpp", "./clock.hpp", "core/rule.hpp"]:
            self.assert_finds("sim/clock.hpp", f'#include "{included}"', "repository's root")

    def test_finds_our_header_in_angle_brackets(self):
        self.assert_finds("sim/clock.hpp", "#include <model/catalogue/ids.hpp>", "is ours")

    def test_finds_libraries_outside_the_folder_that_hides_them(self):
        for path, included, home in [
            ("model/machines/order.cpp", "boost/msm/front/functor_row.hpp", "model/core/"),
            ("fakes/mail/mail.cpp", "openssl/x509.h", "fakes/ca/"),
            ("sim/clock.hpp", "openssl/evp.h", "fakes/ca/"),
            ("fakes/ca/ca.cpp", "gmime/gmime.h", "fakes/mail/"),
        ]:
            self.assert_finds(path, f"#include <{included}>", f"only {home}")

    def test_finds_a_header_that_reaches_the_state_machine_library_through_another(self):
        self.assert_finds(
            "model/machines/order.hpp",
            '#include "model/core/machine.hpp"',
            "through model/core/machine.hpp this header reaches boost/msm/",
        )

    def test_finds_real_time_and_real_chance_in_the_model_and_the_simulator(self):
        for code in [
            "std::random_device seed;",
            "auto now = std::chrono::system_clock::now();",
            "auto now = std::chrono::steady_clock::now();",
            "std::this_thread::sleep_for(delay);",
            "int draw = rand();",
            "int draw = std::rand ();",
        ]:
            for path in ["model/world.hpp", "model/machines/order.cpp", "sim/clock.hpp"]:
                self.assert_finds(path, code, "real time or real chance")

    def test_finds_input_output_and_threads_in_the_model(self):
        for header in ["fstream", "iostream", "thread", "random", "filesystem"]:
            self.assert_finds("model/world.hpp", f"#include <{header}>", "is pure")

    def test_finds_a_circle_of_headers(self):
        self.write("model/vocabulary/zodiac.hpp", '#include "model/vocabulary/time.hpp"\n')
        code, findings = self.judge()
        self.assertEqual((code, findings), (0, []))

        with self.planted("model/vocabulary/time.hpp", '#include "model/vocabulary/zodiac.hpp"'):
            code, findings = self.judge()

        self.assertEqual((code, len(findings)), (1, 1), findings)
        self.assertTrue(findings[0].startswith("model/vocabulary/zodiac.hpp:1: "), findings)
        self.assertIn("a circle of includes: model/vocabulary/time.hpp -> ", findings[0])

    def test_does_not_mind_comments_texts_and_longer_words(self):
        harmless = (
            '// #include "model/core/rule.hpp" and std::chrono::system_clock\n'
            '/* rand()\n   #include "../model/world.hpp" */\n'
            "const char* kText = \"rand() // steady_clock\"; int strand(); long n = 1'000'000;\n"
            'const char* kRaw = R"(sleep_for)";'
        )

        with self.planted("sim/clock.hpp", harmless):
            self.assertEqual(self.judge(), (0, []))

    def test_says_that_a_folder_without_our_files_is_not_the_repository(self):
        with tempfile.TemporaryDirectory() as empty:
            done = subprocess.run(
                [sys.executable, TOOL, empty], capture_output=True, text=True, check=False
            )

        self.assertEqual(done.returncode, 2)
        self.assertIn("is this the repository's root?", done.stderr)


if __name__ == "__main__":
    unittest.main()
