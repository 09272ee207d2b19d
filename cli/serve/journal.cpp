#include "cli/serve/journal.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

namespace shinsa::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kUnwrittenMax = std::size_t{64} * 1024;  // where nothing waits for the disk
constexpr const char* kCheck = "check the folder and its rights";

Failure cannot(const char* what, const fs::path& path) {
  return fail(std::string(what) + " (" + std::strerror(errno) + ")", path.string(), kCheck);
}

/// Writes all of it. @return whether that went well; else errno says why.
bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// A folder's own list of names is on disk.
bool sync_folder(const fs::path& folder) {
  const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return false;
  const bool done = ::fsync(opened) == 0;
  ::close(opened);
  return done;
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

bool is_json(std::string_view line) {
  boost::json::parse_options options;
  options.allow_invalid_utf8 = true;
  boost::system::error_code failed;
  boost::json::parse(line, failed, {}, options);
  return !failed;
}

/// Nothing: there is no such file, or nothing in it.
std::optional<std::string> first_line_of(const fs::path& file) {
  std::ifstream lines(file, std::ios::binary);
  std::string line;
  if (!std::getline(lines, line)) return std::nullopt;
  return line;
}

}  // namespace

Result<std::unique_ptr<Journal>> Journal::open(JournalOptions options, const Begin& begin) {
  std::unique_ptr<Journal> journal(new Journal(std::move(options)));
  std::error_code failed;
  fs::create_directories(journal->snapshots(), failed);
  if (failed) return fail("the folder cannot be made", journal->options_.folder.string(), kCheck);
  if (auto locked = journal->lock(); !locked) return Failure(locked.error());
  const auto kept = first_line_of(journal->file());
  auto first = begin(kept);
  if (!first) return Failure(first.error());
  journal->was_there_ = kept.has_value();
  journal->first_ = kept.value_or(*first);
  if (!kept)
    if (auto written = journal->write(journal->file(), *first + "\n"); !written)
      return Failure(written.error());
  if (auto opened = journal->open_file(); !opened) return Failure(opened.error());
  return journal;
}

Journal::~Journal() {
  if (file_ >= 0) {
    static_cast<void>(write_out());
    ::close(file_);
  }
  if (lock_ >= 0) ::close(lock_);
}

/// The lock is gone with the process, however it ends.
Result<void> Journal::lock() {
  const fs::path path = options_.folder / "lock";
  lock_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_ < 0) return cannot("the file cannot be written", path);
  if (::flock(lock_, LOCK_EX | LOCK_NB) != 0)
    return fail("another service has this folder", options_.folder.string(),
                "end that one, or choose another folder");
  return {};
}

Result<void> Journal::open_file() {
  if (auto dropped = drop_torn_end(); !dropped) return dropped;
  if (file_ >= 0) ::close(file_);
  file_ = ::open(file().c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (file_ < 0) return cannot("the file cannot be written", file());
  return {};
}

/// What stands behind the last end of a line was never answered; nor was a last line that is no
/// JSON.
Result<void> Journal::drop_torn_end() {
  const std::string text = text_of(file());
  std::size_t whole = text.rfind('\n') + 1;  // 0 where there is none
  if (whole > 0) {
    const std::size_t last = whole < 2 ? 0 : text.rfind('\n', whole - 2) + 1;
    if (!is_json(std::string_view(text).substr(last, whole - 1 - last))) whole = last;
  }
  if (whole == text.size()) return {};
  if (whole == 0)
    return fail("this is no journal of shinsa serve", file().string(), "choose another folder");
  if (options_.warn)
    options_.warn("dropped the last line, which was written in part: " +
                  std::to_string(text.size() - whole) + " bytes of " + file().string());
  std::error_code failed;
  fs::resize_file(file(), whole, failed);
  if (failed) return fail("the file cannot be written", file().string(), kCheck);
  return {};
}

Result<void> Journal::read(const std::function<Result<void>(std::string_view, std::size_t)>& see) {
  if (auto written = write_out(); !written) return written;
  std::ifstream lines(file(), std::ios::binary);
  std::string line;
  std::getline(lines, line);
  for (std::size_t number = 2; std::getline(lines, line); ++number)
    if (auto seen = see(line, number); !seen) return seen;
  return {};
}

void Journal::append(std::string_view line) {
  unwritten_ += line;
  unwritten_ += '\n';
}

Result<void> Journal::sync() {
  if (unwritten_.empty()) return {};
  if (!options_.durable && unwritten_.size() < kUnwrittenMax) return {};
  if (auto written = write_out(); !written) return written;
  if (options_.durable && ::fdatasync(file_) != 0)
    return cannot("the file cannot be written", file());
  return {};
}

Result<void> Journal::write_out() {
  if (!write_all(file_, unwritten_)) return cannot("the file cannot be written", file());
  unwritten_.clear();
  return {};
}

// -- snapshots
// ---------------------------------------------------------------------------------------------------------

Result<std::string> Journal::snapshot() {
  std::size_t newest = 0;
  std::error_code failed;
  for (const auto& one : fs::directory_iterator(snapshots(), failed))
    newest = std::max<std::size_t>(newest, std::strtoul(one.path().stem().c_str(), nullptr, 10));
  const std::string name = std::to_string(newest + 1);
  if (auto done = write_out(); !done) return Failure(done.error());
  if (auto written = write(snapshots() / (name + ".jsonl"), text_of(file())); !written)
    return Failure(written.error());
  return name;
}

Result<void> Journal::restore(const std::string& name) {
  const fs::path path = snapshots() / (name + ".jsonl");
  const bool is_a_name = !name.empty() && std::ranges::all_of(name, [](unsigned char c) {
    return c >= '0' && c <= '9';
  });
  std::error_code failed;
  if (!is_a_name || !fs::exists(path, failed)) return fail("there is no such snapshot", name);
  return become(text_of(path));
}

Result<void> Journal::reset() { return become(first_ + "\n"); }

Result<void> Journal::become(std::string_view text) {
  unwritten_.clear();
  if (auto written = write(file(), text); !written) return written;
  return open_file();
}

/// Under a temporary name first, so that nobody ever finds half of it.
Result<void> Journal::write(const fs::path& path, std::string_view text) const {
  const fs::path draft = path.string() + ".new";
  const int opened = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (opened < 0) return cannot("the file cannot be written", draft);
  const bool written = write_all(opened, text) && (!options_.durable || ::fdatasync(opened) == 0);
  ::close(opened);
  if (!written || ::rename(draft.c_str(), path.c_str()) != 0 ||
      (options_.durable && !sync_folder(path.parent_path())))
    return cannot("the file cannot be written", path);
  return {};
}

}  // namespace shinsa::cli
