// libFuzzer: lines of a log, in both ways of reading them.
#include "cli/parsers_fuzz/fuzzing.hpp"
#include "sim/careful_reader.hpp"
#include "sim/quick_reader.hpp"

using namespace shinsa;
using namespace shinsa::cli;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read_log(text_of(data, size), {});
  // The quick way of reading a line must say what the careful way says.
  const std::string line(text_of(data, size));
  const std::string padded = line + std::string(sim::Piece::kPadding, ' ');
  static sim::QuickReader quick;
  static sim::CarefulReader careful;
  sim::Seen one, other;
  if (!quick.read({padded.data(), line.size()}, one)) return 0;
  must(!careful.read(line, other));
  must(one.items == other.items && one.data.size() == other.data.size());
  for (std::size_t i = 0; i < one.data.size(); ++i)
    must(one.data[i].kind == other.data[i].kind && one.data[i].text == other.data[i].text &&
         one.data[i].number == other.data[i].number);
  return 0;
}
