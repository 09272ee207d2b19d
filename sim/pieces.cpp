#include "sim/pieces.hpp"

#include <algorithm>
#include <cstring>

namespace shinsa::sim {

namespace {

constexpr std::size_t kChunk = std::size_t{1} << 16;  // bytes asked for at once
constexpr std::size_t kShown = 256;                   // of a piece that is too long
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t") == std::string_view::npos;
}

/// Looks for the end of a JSON value, byte by byte, without understanding it.
class ValueEnd {
 public:
  /// @return whether the byte ends the value: what is outside of it and of no string.
  bool is_end(char c) {
    if (escaped_) return escaped_ = false;
    if (in_text_) {
      escaped_ = c == '\\';
      in_text_ = c != '"';
      return false;
    }
    if (depth_ == 0 && (c == ',' || c == ']')) return true;
    in_text_ = c == '"';
    if (c == '{' || c == '[') ++depth_;
    if ((c == '}' || c == ']') && depth_ > 0) --depth_;
    return false;
  }

 private:
  std::size_t depth_ = 0;
  bool in_text_ = false, escaped_ = false;
};

}  // namespace

Result<std::size_t> TextSource::read(std::span<char> into) {
  const std::size_t size = std::min(into.size(), text_.size());
  std::memcpy(into.data(), text_.data(), size);
  text_.remove_prefix(size);
  return size;
}

bool Pieces::next(Piece& piece) {
  if (!begun_ && !begin()) return false;
  return in_array_ ? next_element(piece) : next_line(piece);
}

/// Looks at the first bytes: a byte order mark, and what the log is made of.
bool Pieces::begin() {
  begun_ = true;
  while (filled_ < kByteOrderMark.size() && fill()) continue;
  if (ahead().starts_with(kByteOrderMark)) {
    byte_order_mark_ = true;
    at_ += kByteOrderMark.size();
  }
  if (form_ != Form::json) return !broken_;
  std::size_t first = 0;
  const auto find_first = [&] { return first = ahead().find_first_not_of(" \t\r\n", first); };
  while (find_first() == std::string_view::npos && filled_ - at_ < kLineMax && fill()) first = 0;
  if (first < ahead().size() && ahead()[first] == '[') {
    in_array_ = true;
    note_skipped(ahead().substr(0, first + 1));
    at_ += first + 1;
  }
  return !broken_;
}

/// Reads on; what is no longer needed makes room. @return whether anything came.
bool Pieces::fill() {
  if (over_ || broken_) return false;
  if (at_ > 0) {
    std::memmove(bytes_.data(), bytes_.data() + at_, filled_ - at_);
    filled_ -= at_;
    at_ = 0;
  }
  if (bytes_.size() < filled_ + kChunk + Piece::kPadding)
    bytes_.resize(filled_ + kChunk + Piece::kPadding);
  const auto read = source_.read({bytes_.data() + filled_, kChunk});
  if (!read) {
    broken_ = read.error();
    return false;
  }
  filled_ += *read;
  over_ = *read == 0;
  return !over_;
}

void Pieces::stop(std::string what, std::string remedy) {
  broken_ = Error{std::move(what), std::to_string(line_) + ":" + std::to_string(column_),
                  std::move(remedy)};
}

// -- lines and rows

bool Pieces::next_line(Piece& piece) {
  std::size_t looked = 0;  // bytes ahead that hold no end
  bool too_long = false;
  while (true) {
    const std::size_t end = end_of_row(looked);
    const bool found = end != std::string_view::npos;
    const bool last = !found && over_ && at_ < filled_;
    if (found || last) {
      std::string_view text = ahead().substr(0, found ? end : std::string_view::npos);
      const std::size_t line = line_;
      line_ +=
          1 + static_cast<std::size_t>(form_ == Form::rows ? std::ranges::count(text, '\n') : 0);
      at_ += text.size() + (found ? 1 : 0);
      quoted_ = false;
      if (text.ends_with('\r')) text.remove_suffix(1);
      if (!too_long && is_blank(text)) {
        looked = 0;
        continue;
      }
      too_long = too_long || text.size() > kLineMax;
      piece = {text, line, 1, too_long, found};
      if (too_long) piece.text = text.substr(0, kShown);
      return true;
    }
    looked = ahead().size();
    if (looked > kLineMax + 1) {  // none of it is kept
      too_long = true;
      line_ +=
          static_cast<std::size_t>(form_ == Form::rows ? std::ranges::count(ahead(), '\n') : 0);
      quoted_ = false;  // a quote that is never closed ends with its line
      at_ = filled_;
      looked = 0;
    }
    if (!fill()) {
      if (broken_ || (at_ == filled_ && !too_long)) return false;
      if (too_long && at_ == filled_) {
        piece = {{}, line_, 1, true, false};
        return true;
      }
    }
  }
}

void Pieces::take_line(std::size_t size, Piece& piece) {
  piece = {ahead().substr(0, size), line_++, 1, false, true};
  at_ += size + (bytes_[at_ + size] == '\r' ? 2 : 1);
}

/// Where the line or row ends that is ahead; npos if its end is not there yet.
std::size_t Pieces::end_of_row(std::size_t from) {
  const std::string_view text = ahead();
  if (from == text.size()) return std::string_view::npos;
  if (form_ != Form::rows) {
    const void* const end = std::memchr(text.data() + from, '\n', text.size() - from);
    return end ? static_cast<std::size_t>(static_cast<const char*>(end) - text.data())
               : std::string_view::npos;
  }
  for (std::size_t i = from; i < text.size(); ++i) {
    if (text[i] == '"') quoted_ = !quoted_;
    if (text[i] == '\n' && !quoted_) return i;
  }
  return std::string_view::npos;
}

// -- elements of an array

bool Pieces::next_element(Piece& piece) {
  if (array_over_ || !skip_to_element()) return false;
  const std::size_t line = line_, column = column_;
  ValueEnd value;
  std::size_t looked = 0;
  bool too_long = false;
  while (true) {
    for (; looked < ahead().size(); ++looked) {
      if (!value.is_end(ahead()[looked])) continue;
      std::string_view text = ahead().substr(0, looked);
      note_skipped(text);
      at_ += looked;  // the comma or bracket is still ahead
      too_long = too_long || text.size() > kLineMax;
      while (!text.empty() && std::strchr(" \t\r\n", text.back())) text.remove_suffix(1);
      piece = {too_long ? text.substr(0, kShown) : text, line, column, too_long, true};
      after_element_ = true;
      return true;
    }
    if (looked > kLineMax + 1) {
      too_long = true;
      note_skipped(ahead());
      at_ = filled_;
      looked = 0;
    }
    if (!fill()) {
      if (!broken_) stop("the array is not closed", "the end of the log is lost");
      return false;
    }
  }
}

/// Goes over blanks and the comma between two elements. @return whether an element follows.
bool Pieces::skip_to_element() {
  while (true) {
    if (at_ == filled_ && !fill()) {
      if (!broken_) stop("the array is not closed", "the end of the log is lost");
      return false;
    }
    const char c = bytes_[at_];
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!blank && c == ']') return end_array();
    if (!blank && !(c == ',' && after_element_)) return true;
    if (!blank) after_element_ = false;
    note_skipped({&c, 1});
    ++at_;
  }
}

/// Nothing may follow an array. @return false: no element does.
bool Pieces::end_array() {
  array_over_ = true;
  note_skipped("]");
  ++at_;
  while (at_ < filled_ || fill()) {
    const char c = bytes_[at_];
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
      stop("something follows the array", "one array a log, or one object a line");
      return false;
    }
    note_skipped({&c, 1});
    ++at_;
  }
  return false;
}

/// Counts lines and characters of what lies before the next piece.
void Pieces::note_skipped(std::string_view bytes) {
  for (const char c : bytes) {
    if (c == '\n') {
      ++line_;
      column_ = 1;
    } else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) {
      ++column_;
    }
  }
}

}  // namespace shinsa::sim
