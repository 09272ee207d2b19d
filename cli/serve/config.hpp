/// The settings of `shinsa serve` as a YAML file: each key is an option without its dashes, and
/// `faults` are those of the admin API, to begin with.
///
///     given: docs/serve/member.yaml
///     acme-port: 14000
///     frozen: true
///     faults:
///       - {front: dns, name: www.example.jp, kind: servfail, nth: 1}
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands.hpp"
#include "model/vocabulary/result.hpp"

namespace shinsa::cli {

/// Puts what the file says where the command line says nothing.
/// @param file     its name in errors. @param text  what stands in it, YAML in UTF-8.
/// @param is_said  whether the command line has that option, named without its dashes.
/// @return every error with file, line and column; where there is one, nothing may be started.
[[nodiscard]] std::vector<Error> read_serve_config(
    const std::string& file, const std::string& text,
    const std::function<bool(std::string_view option)>& is_said, Common& common,
    ServeCommand& command);

}  // namespace shinsa::cli
