/// Stories that go on in several systems at once, and steps that are said once and done for each of
/// a list: both are taken apart here, before a story is read.
///
/// `parts:` names systems, each with its `given:`; every step says `in:` which of them it happens.
/// `- each: [{n: 1, cn: a.example.jp}, ...]` with `steps:` (or, among facts, `facts:`) stands for
/// its steps once for each row, with `${n}` put in.
#pragma once

#include <string>
#include <vector>

#include "model/vocabulary/result.hpp"
#include "scenarios/story.hpp"

namespace shinsa::scenarios {

/// What one system has of a file: the file as if it spoke of that system alone.
struct Part {
  std::string name;                 ///< empty where a file has no parts
  Term root;                        ///< without `parts:`, `in:` and `each:`
  std::vector<std::size_t> orders;  ///< of each step: its position among all steps of the file
};

/// @return the parts of a file, one where it has none; errors are added to `errors`.
[[nodiscard]] std::vector<Part> parts_of(const Term& root, std::vector<Error>& errors);

/// Names that steps of the file give to what they see (`as:`, `keep:`).
[[nodiscard]] std::vector<std::string> names_given(const Term& root);

}  // namespace shinsa::scenarios
