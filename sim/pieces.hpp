/// Takes a log apart, piece by piece, in memory that does not grow with it: lines, the elements of
/// a JSON array, or rows of CSV.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "model/vocabulary/result.hpp"

namespace shinsa::sim {

inline constexpr std::size_t kLineMax = 1 << 20;  ///< bytes of one line, element or row

/// Where the bytes of a log come from.
class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;
  /// @return  how many bytes were put into the span, 0 at the end; an Error if it cannot be read.
  [[nodiscard]] virtual Result<std::size_t> read(std::span<char> into) = 0;
};

/// A text that is there already, and outlives this.
class TextSource : public ByteSource {
 public:
  explicit TextSource(std::string_view text) : text_(text) {}
  [[nodiscard]] Result<std::size_t> read(std::span<char> into) override;

 private:
  std::string_view text_;
};

/// A piece of a log. The bytes behind `text` may be read too, up to `kPadding`.
struct Piece {
  static constexpr std::size_t kPadding = 64;
  std::string_view text;   ///< valid until the next one; its first bytes alone if it is too long
  std::size_t line = 1;    ///< where it starts, from 1
  std::size_t column = 1;  ///< the same, in characters from 1
  bool too_long = false;   ///< it has more than kLineMax bytes
  bool ended = true;       ///< its end was seen, and not the end of the log
};

class Pieces {
 public:
  enum class Form : std::uint8_t {
    json,   ///< one JSON value a line, or an array of values
    lines,  ///< one piece a line
    rows,   ///< CSV (RFC 4180): a quoted field may hold the end of a line
  };
  Pieces(ByteSource& source, Form form) : source_(source), form_(form) {}

  /// Blank lines are skipped; lines end in LF or CRLF. @return whether there is another piece.
  bool next(Piece& piece);

  /// What is there of a log of lines from the next one on, for whoever finds its end without a
  /// search; empty before the first piece, and of any other log.
  [[nodiscard]] std::string_view lines_ahead() const {
    return begun_ && !in_array_ && form_ != Form::rows ? ahead() : std::string_view();
  }
  /// The next piece is a line of so many bytes ahead, behind which its end stands.
  void take_line(std::size_t size, Piece& piece);

  /// Why there is none although the log goes on: it cannot be read, or its array is not closed.
  [[nodiscard]] const std::optional<Error>& broken() const { return broken_; }
  [[nodiscard]] bool had_byte_order_mark() const { return byte_order_mark_; }
  [[nodiscard]] bool is_array() const { return in_array_; }

 private:
  bool begin();
  bool fill();
  bool next_line(Piece& piece);
  bool next_element(Piece& piece);
  bool skip_to_element();
  bool end_array();
  std::size_t end_of_row(std::size_t from);
  void note_skipped(std::string_view bytes);
  void stop(std::string what, std::string remedy);
  [[nodiscard]] std::string_view ahead() const { return {bytes_.data() + at_, filled_ - at_}; }

  ByteSource& source_;
  Form form_;
  std::vector<char> bytes_;
  std::size_t at_ = 0;      // of the next piece
  std::size_t filled_ = 0;  // bytes that are there
  std::size_t line_ = 1;
  std::size_t column_ = 1;
  bool begun_ = false;
  bool over_ = false;  // the source has ended
  bool byte_order_mark_ = false;
  bool in_array_ = false;
  bool array_over_ = false;
  bool after_element_ = false;  // a comma may come
  bool quoted_ = false;         // a row: within quotes, as far as it was looked through
  std::optional<Error> broken_;
};

}  // namespace shinsa::sim
