#include "reports/write_files.hpp"

#include <fstream>

#include "reports/junit.hpp"
#include "reports/results_json.hpp"
#include "reports/sarif.hpp"

namespace shinsa::reports {

namespace fs = std::filesystem;

Result<void> write_atomically(const fs::path& path, std::string_view bytes) {
  std::error_code error;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  if (error)
    return fail("the folder cannot be made: " + error.message(), path.parent_path().string(),
                "check the name and the rights");
  fs::path temporary = path;
  temporary += ".part";
  {
    std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) {
      fs::remove(temporary, error);
      return fail("cannot be written", path.string(), "check the rights and the space");
    }
  }
  fs::rename(temporary, path, error);
  if (!error) return {};
  std::error_code ignored;
  fs::remove(temporary, ignored);
  return fail("cannot be written: " + error.message(), path.string(), "check the rights");
}

Result<void> write_report_files(const fs::path& folder, const Results& results) {
  if (auto done = write_atomically(folder / "results.json", to_json(results)); !done) return done;
  if (results.kind == "check")
    if (auto done = write_atomically(folder / "results.sarif", to_sarif(results)); !done)
      return done;
  return write_atomically(folder / "junit.xml", to_junit(results));
}

}  // namespace shinsa::reports
