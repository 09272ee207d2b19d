// libFuzzer: arrays of CloudEvents.
#include "cli/parsers_fuzz/fuzzing.hpp"

using namespace shinsa;
using namespace shinsa::cli;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = "[" + std::string(text_of(data, size));
  read_log(text, {});
  return 0;
}
