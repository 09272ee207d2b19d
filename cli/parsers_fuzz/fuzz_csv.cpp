// libFuzzer: rows of CSV through a mapping.
#include "cli/collect/read_mapping.hpp"
#include "cli/parsers_fuzz/fuzzing.hpp"

using namespace shinsa;
using namespace shinsa::cli;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const sim::Mapping mapping = *parse_mapping("map", R"(
format: csv
zone: "+09:00"
time: "%Y/%m/%d %H:%M"
event: {time: When, type: What, subject: "job/{No}"}
types: {TEL: call.answered}
subjects: {job: application}
data: {outcome: {from: Result, words: {OK: confirmed}}})");
  read_log("No,When,What,Result\n" + std::string(text_of(data, size)), mapping);
  return 0;
}
