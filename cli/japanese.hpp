/// Help and messages in Japanese. The layers below know no language and speak English; what they
/// say is translated here, where it leaves the command, by one table of phrases with holes
/// (`japanese_table.cpp`). A text that the table does not know stays as it is; CTest
/// `cli.japanese` names those.
///
/// `--json` output, ids, and the line `N passed, N failed, N skipped` are the same in every
/// language.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model/vocabulary/words.hpp"

namespace shinsa::cli {

/// A row of the table. Each `{}` of the English is a hole that any text fills. The Japanese takes
/// the holes in order (`{}`) or by number (`{2}`); with a `t` (`{t}`, `{2t}`) what fills the hole
/// is translated in turn.
struct Phrase {
  std::string_view english;
  std::string_view japanese;
};
[[nodiscard]] std::span<const Phrase> phrases();

/// A message in Japanese, in the form that `Error::text()` gives it: `where: what, remedy`. `where`
/// stays, `, did you mean 'x'?` becomes a parenthesis, a full stop parts `what` from `remedy`, and
/// none ends the message: it may end with a command to be copied.
[[nodiscard]] std::string japanese(std::string_view message);

/// The Japanese of a text that may have come in English alone, as errors do.
[[nodiscard]] inline std::string japanese_of(const Words& words) {
  return words.en == words.ja ? japanese(words.en) : words.ja;
}

/// Chooses the language of this process, `ja` or `en`, before anything is said.
void speak(std::string_view language);

/// A message, label or description in the language chosen.
[[nodiscard]] std::string said(std::string_view message);

}  // namespace shinsa::cli
