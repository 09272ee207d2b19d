/// How help looks: in the language chosen, in 80 columns, a full-width character taking two.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace shinsa::cli {

/// The help of a command: what it is, usage, arguments, options, commands below it, examples.
/// Lines of the footer that begin with two blanks are examples, `  command   what it shows`; their
/// second parts stand below one another.
/// @param name  as it is called: `shinsa fuzz`.
[[nodiscard]] std::string help_text(const CLI::App& app, const std::string& name);

}  // namespace shinsa::cli
