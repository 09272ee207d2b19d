/// A file as a whole, for those that are short.
#pragma once

#include <string>

#include "model/vocabulary/result.hpp"

namespace shinsa::cli {

/// The bytes of a file. @return an Error if it cannot be read.
[[nodiscard]] Result<std::string> read_file(const std::string& path);

}  // namespace shinsa::cli
