/// Reads a line as almost all lines are: an object of the envelope whose `data` holds texts,
/// numbers, truths and lists of texts. Leaves every other line to the careful reader, which says
/// what is wrong with it, if anything is.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "sim/seen.hpp"

namespace shinsa::sim {

class QuickReader {
 public:
  QuickReader();
  ~QuickReader();
  /// @param line  may be read beyond its end, up to Piece::kPadding.
  /// @return whether `seen` holds all of it, valid until the next line; else it holds nothing.
  bool read(std::string_view line, Seen& seen);
  /// The same for the first line of a text, if there is its end too and it is as lines before it
  /// were. @return how many bytes it has without its end; zero if nothing was read.
  std::size_t read_first(std::string_view text, Seen& seen);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace shinsa::sim
