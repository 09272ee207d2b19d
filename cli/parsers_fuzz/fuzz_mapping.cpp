// libFuzzer: files of mappings, and what each makes of a record.
#include "cli/collect/read_mapping.hpp"
#include "cli/parsers_fuzz/fuzzing.hpp"

using namespace shinsa;
using namespace shinsa::cli;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto mapping = parse_mapping("map", std::string(text_of(data, size)));
  if (!mapping) {
    must(mapping.error().where.starts_with("map:"));
    return 0;
  }
  read_log("{\"id\":\"1\",\"time\":\"2026-11-24T10:00:00Z\",\"a\":{\"b\":[\"c\",7]}}\n", *mapping);
  read_log("a,b\n1,2026-11-24\n\"x\"\"\",y\n", *mapping);
  return 0;
}
