/// What the fuzzing targets have in common: the bytes as a text, and a stop that libFuzzer sees.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sim/trace_reader.hpp"

namespace shinsa::cli {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Stops where something is not as it must be.
inline void must(bool holds) {
  if (!holds) std::abort();
}

/// Reads a whole log; what must hold of every reading is held against it.
inline sim::ReadResult read_log(std::string_view text, const sim::Mapping& mapping) {
  Facts facts;
  sim::ReadOptions options;
  options.mapping = mapping;
  sim::ReadResult result = sim::read_all(text, "log", facts, options);
  must(result.errors.size() <= options.errors_max + 1);
  for (const Error& error : result.errors) must(!error.what.empty() && !error.where.empty());
  return result;
}

}  // namespace shinsa::cli
