/// The text of an input file: where things stand in it, and how to show one of its lines under a
/// message.
///
/// Three counts differ as soon as a line holds Japanese: bytes (what parsers count), characters
/// (what editors show and what a `Place` counts, from 1), and columns of a terminal (two for a
/// full-width character, none for a combining one).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/story.hpp"

namespace shinsa::scenarios {

class SourceText {
 public:
  /// @param file  the name that places carry; nothing is read.
  /// @param text  UTF-8; a leading byte order mark is dropped, lines may end in LF or CRLF.
  SourceText(std::string file, std::string text);

  [[nodiscard]] const std::string& text() const { return text_; }
  /// @param line, byte  both from 0, as yaml-cpp marks them. A line past the end gives the last
  /// line's end.
  [[nodiscard]] Place place(int line, int byte) const;
  [[nodiscard]] Place place_at(std::size_t offset) const;
  /// Offset in `text()` of a line and byte as above.
  [[nodiscard]] std::size_t offset(int line, int byte) const;
  /// The first byte that is not valid UTF-8, or a control character that no text file should hold.
  [[nodiscard]] std::optional<std::size_t> first_bad_byte() const;

 private:
  [[nodiscard]] std::string_view line(std::size_t index) const;
  std::string file_;
  std::string text_;
  std::vector<std::size_t> starts_;  ///< offset of each line
};

/// Two lines: the source line, and below it a caret under the character at `column` (from 1). Tabs
/// become blanks.
[[nodiscard]] std::string caret(std::string_view source_line, int column);

/// What `caret` says for the place of an error, read from the file that `where`
/// (`file:line:column`) names; empty when there is no such file or line. Every line of the result
/// ends in a newline.
[[nodiscard]] std::string excerpt(const Error& error);

}  // namespace shinsa::scenarios
