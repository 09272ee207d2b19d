#include "cli/graphviz.hpp"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>

#include "reports/write_files.hpp"

namespace shinsa::cli {

Result<std::string> to_svg(const std::string& dot, const std::string& asked_by,
                           const std::string& remedy) {
  const auto file =
      std::filesystem::temp_directory_path() / ("shinsa-" + std::to_string(getpid()) + ".dot");
  if (auto written = reports::write_atomically(file, dot); !written)
    return Failure(written.error());
  std::string svg;
  FILE* pipe = popen(("dot -Tsvg '" + file.string() + "' 2>/dev/null").c_str(), "r");
  std::array<char, 4096> buffer{};
  while (pipe) {
    const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), pipe);
    if (got == 0) break;
    svg.append(buffer.data(), got);
  }
  const int status = pipe ? pclose(pipe) : -1;
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  if (status != 0 || svg.empty()) return fail("Graphviz's dot could not draw", asked_by, remedy);
  return svg;
}

}  // namespace shinsa::cli
