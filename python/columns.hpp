/// Tables for Python: every column is one contiguous array, built here and handed to numpy without
/// copying.
///
/// An array's memory is a `std::vector` that a capsule owns; numpy keeps the capsule as the array's
/// base. Texts of long tables are codes into a list of distinct texts, so that no Python object is
/// made per row. `shinsa/_frames.py` turns a table into a DataFrame; the kinds below are all that
/// the two agree on.
#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/vocabulary/time.hpp"

namespace shinsa::python {

namespace py = pybind11;

/// A Python text; bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] py::str text_of(std::string_view text);

/// Columns of equal length, in the order in which they are added.
///
/// In Python: a dict from name to a tuple that begins with the kind, `("number", int64[])`,
/// `("number?", int64[], absent[])`, `("truth", bool[])`, `("truth?", bool[], absent[])`,
/// `("instant", int64[])` in nanoseconds since the epoch, `("duration", int64[])` in nanoseconds,
/// `("category", codes[], [text])` with -1 for absent, `("text", [text])`, and
/// `("list", codes[], [tuple])`. Codes have the narrowest type that pandas would choose for so many
/// categories; any other would make it copy.
class Table {
 public:
  void numbers(const char* name, std::vector<std::int64_t> values);
  /// @param absent  one for each value: 1 where there is none.
  void numbers(const char* name, std::vector<std::int64_t> values,
               std::vector<std::uint8_t> absent);
  void truths(const char* name, std::vector<std::uint8_t> values);
  void truths(const char* name, std::vector<std::uint8_t> values, std::vector<std::uint8_t> absent);
  /// @param seconds  since the epoch; Value::kAbsent where there is none. An instant that
  /// nanoseconds cannot hold (before 1678, after 2262) is refused: throws Refused.
  void instants(const char* name, std::vector<std::int64_t> seconds);
  void durations(const char* name, std::vector<std::int64_t> seconds);
  void categories(const char* name, const std::vector<std::int32_t>& codes,
                  const std::vector<std::string>& words);
  /// One Python text per row: for short tables.
  void texts(const char* name, const std::vector<std::string>& texts);
  void lists(const char* name, const std::vector<std::int32_t>& codes,
             const std::vector<std::vector<std::string>>& lists);
  /// One list per row: for short tables.
  void lists(const char* name, const std::vector<std::vector<std::string>>& lists);

  [[nodiscard]] py::dict take() { return std::move(columns_); }

 private:
  py::dict columns_;
};

/// What the world outside did wrong, on its way to Python, where it is a `shinsa.Error`.
struct Refused {
  Error error;       ///< the first, or only one
  std::string text;  ///< all of it, as printed
  explicit Refused(Error one) : error(std::move(one)), text(error.text()) {}
  Refused(Error first, std::string all) : error(std::move(first)), text(std::move(all)) {}
  /// Several at once, one a line. @param errors  at least one.
  explicit Refused(const std::vector<Error>& errors);
};

}  // namespace shinsa::python
