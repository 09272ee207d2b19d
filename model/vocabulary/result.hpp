/// What can go wrong in the world outside, as a value (style: three kinds of errors, never mixed).
///
/// A rule that says no is data (a refusal), never one of these. Our own mistake stops the program
/// (`SHINSA_ASSERT`).
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace shinsa {

/// Something outside refused to be what it should: unreadable script, malformed time, missing file.
struct Error {
  std::string what;    ///< one sentence: what is wrong
  std::string where;   ///< `file:line:column`, or the name of the thing; may be empty
  std::string remedy;  ///< what to do about it; may be empty

  /// `where: what, remedy`, the form that every command prints before it exits with 2.
  [[nodiscard]] std::string text() const {
    std::string line = where.empty() ? what : where + ": " + what;
    return remedy.empty() ? line : line + ", " + remedy;
  }
};

template <class T>
using Result = tl::expected<T, Error>;

using Failure = tl::unexpected<Error>;

/// The short way to return an Error from a function that gives a Result.
[[nodiscard]] inline Failure fail(std::string what, std::string where = {},
                                  std::string remedy = {}) {
  return Failure(Error{std::move(what), std::move(where), std::move(remedy)});
}

}  // namespace shinsa
