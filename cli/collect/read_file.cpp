#include "cli/collect/read_file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace shinsa::cli {

Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path))  // which opens like a file
    return fail("cannot be read", path, "check the name and the rights");
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace shinsa::cli
