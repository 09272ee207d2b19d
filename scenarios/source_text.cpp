#include "scenarios/source_text.hpp"

#include <unistr.h>
#include <uniwidth.h>

#include <algorithm>
#include <charconv>
#include <fstream>

namespace shinsa::scenarios {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

const std::uint8_t* bytes(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

/// Takes the first character off `text`. A byte that starts no character counts as one.
std::string_view take_character(std::string_view& text) {
  ucs4_t unused = 0;
  const int length = std::max(1, u8_mbtouc(&unused, bytes(text), text.size()));
  const std::string_view character = text.substr(0, static_cast<std::size_t>(length));
  text.remove_prefix(character.size());
  return character;
}

int count_characters(std::string_view text) {
  int count = 0;
  for (; !text.empty(); ++count) take_character(text);
  return count;
}

int columns_of(std::string_view character) {
  if (character == "\t") return 1;
  return std::max(0, u8_width(bytes(character), character.size(), "UTF-8"));
}

std::optional<int> take_number_behind_colon(std::string_view& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  int number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data() + colon + 1, end, number);
  if (problem != std::errc{} || stop != end) return std::nullopt;
  text = text.substr(0, colon);
  return number;
}

}  // namespace

SourceText::SourceText(std::string file, std::string text)
    : file_(std::move(file)), text_(std::move(text)) {
  if (text_.starts_with(kByteOrderMark)) text_.erase(0, kByteOrderMark.size());
  starts_.push_back(0);
  for (std::size_t i = 0; i < text_.size(); ++i)
    if (text_[i] == '\n') starts_.push_back(i + 1);
}

std::string_view SourceText::line(std::size_t index) const {
  const std::size_t start = starts_[index];
  const std::size_t end = text_.find('\n', start);
  std::string_view found =
      std::string_view(text_).substr(start, end == std::string::npos ? end : end - start);
  if (found.ends_with('\r')) found.remove_suffix(1);
  return found;
}

std::size_t SourceText::offset(int line_number, int byte) const {
  const std::size_t index =
      std::min(static_cast<std::size_t>(std::max(0, line_number)), starts_.size() - 1);
  return std::min(starts_[index] + static_cast<std::size_t>(std::max(0, byte)), text_.size());
}

Place SourceText::place(int line_number, int byte) const {
  const std::size_t wanted = static_cast<std::size_t>(std::max(0, line_number));
  const std::size_t index = std::min(wanted, starts_.size() - 1);
  const std::string_view whole = line(index);
  const std::size_t length =
      index < wanted ? whole.size()
                     : std::min(static_cast<std::size_t>(std::max(0, byte)), whole.size());
  return {file_, static_cast<int>(index) + 1, count_characters(whole.substr(0, length)) + 1};
}

Place SourceText::place_at(std::size_t offset) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const std::size_t index = static_cast<std::size_t>(after - starts_.begin()) - 1;
  return place(static_cast<int>(index), static_cast<int>(offset - starts_[index]));
}

std::optional<std::size_t> SourceText::first_bad_byte() const {
  if (const std::uint8_t* bad = u8_check(bytes(text_), text_.size()))
    return static_cast<std::size_t>(bad - bytes(text_));
  for (std::size_t i = 0; i < text_.size(); ++i) {
    const auto c = static_cast<unsigned char>(text_[i]);
    if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f) return i;
  }
  return std::nullopt;
}

std::string caret(std::string_view source_line, int column) {
  std::string shown;
  std::string blanks;
  for (int at = 1; !source_line.empty(); ++at) {
    const std::string_view character = take_character(source_line);
    shown += character == "\t" ? " " : character;
    if (at < column) blanks.append(static_cast<std::size_t>(columns_of(character)), ' ');
  }
  return shown + "\n" + blanks + "^\n";
}

std::string excerpt(const Error& error) {
  std::string_view file = error.where;
  const std::optional<int> column = take_number_behind_colon(file);
  const std::optional<int> line_number = column ? take_number_behind_colon(file) : std::nullopt;
  if (!line_number) return {};
  std::ifstream in{std::string(file)};
  std::string source_line;
  for (int n = 0; n < *line_number; ++n)
    if (!std::getline(in, source_line)) return {};
  if (source_line.ends_with('\r')) source_line.pop_back();
  if (*line_number == 1 && source_line.starts_with(kByteOrderMark))
    source_line.erase(0, kByteOrderMark.size());
  return caret(source_line, *column);
}

}  // namespace shinsa::scenarios
