/// The bytes of logs: files, plain or compressed, standard input, and files that still grow.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "model/vocabulary/result.hpp"
#include "sim/pieces.hpp"

namespace shinsa::cli {

/// Opens a log. What is compressed by gzip or Zstandard is known by its first bytes and unpacked as
/// it is read. @param path  `-`: standard input.
/// @return an Error if it cannot be opened. What cannot be unpacked is an Error of its `read`.
[[nodiscard]] Result<std::unique_ptr<sim::ByteSource>> open_log(const std::string& path);

/// Opens a file that is still written to: at its end more is waited for, until `stop`. A file that
/// was replaced or cut off is read again from its beginning. Not for compressed files.
[[nodiscard]] Result<std::unique_ptr<sim::ByteSource>> follow_log(const std::string& path,
                                                                  const std::atomic<bool>& stop);

}  // namespace shinsa::cli
