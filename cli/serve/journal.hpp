/// The journal of a service: how it began, and every input since, a line of JSON each; appended,
/// never changed. From it the service is made again as it was (see `ServedState`).
///
/// `journal.jsonl` lies in a folder of its own, with snapshots beside it: copies of a journal as it
/// was. One service at a time has the folder. In a durable journal a line counts once `sync` has
/// returned; what a kill leaves half written at the end is dropped when it is opened again.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "model/vocabulary/result.hpp"

namespace shinsa::cli {

struct JournalOptions {
  std::filesystem::path folder;
  bool durable = true;  ///< false: for snapshots alone; nothing waits for the disk
  /// Told what was dropped at the end, in a sentence.
  std::function<void(const std::string& what)> warn = {};
};

class Journal {
 public:
  /// Given the line with which the journal begins, nothing where there is none yet. @return the
  /// line with which a new one begins, or an Error: what is there cannot be gone on from.
  using Begin = std::function<Result<std::string>(const std::optional<std::string>& kept)>;
  /// Opens what lies in the folder, or begins there, once nobody else has it.
  /// @return an Error: the folder cannot be used, another service has it, or that of `begin`.
  [[nodiscard]] static Result<std::unique_ptr<Journal>> open(JournalOptions options,
                                                             const Begin& begin);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  /// The line that it began with.
  [[nodiscard]] const std::string& first() const { return first_; }
  /// Whether it was there before.
  [[nodiscard]] bool was_there() const { return was_there_; }
  [[nodiscard]] bool is_durable() const { return options_.durable; }
  /// Shows each line after the first, with its number in the file, until one is an Error.
  [[nodiscard]] Result<void> read(
      const std::function<Result<void>(std::string_view line, std::size_t number)>& see);

  /// Adds a line, which has no end; it is in the file once `sync` has returned.
  void append(std::string_view line);
  /// Writes what was added; in a durable journal it is on disk then.
  /// @return an Error: it could not be written. Nothing may be answered from then on.
  [[nodiscard]] Result<void> sync();

  /// Keeps a copy of all until now. @return its name, a number; it is there after a restart too.
  [[nodiscard]] Result<std::string> snapshot();
  /// Goes on from such a copy; what came after it is gone. An Error: there is none of that name.
  [[nodiscard]] Result<void> restore(const std::string& name);
  /// Goes on from the first line.
  [[nodiscard]] Result<void> reset();

 private:
  explicit Journal(JournalOptions options) : options_(std::move(options)) {}
  [[nodiscard]] Result<void> lock();
  [[nodiscard]] Result<void> open_file();
  [[nodiscard]] Result<void> drop_torn_end();
  [[nodiscard]] Result<void> write_out();
  [[nodiscard]] Result<void> write(const std::filesystem::path& path, std::string_view text) const;
  [[nodiscard]] Result<void> become(std::string_view text);
  [[nodiscard]] std::filesystem::path file() const { return options_.folder / "journal.jsonl"; }
  [[nodiscard]] std::filesystem::path snapshots() const { return options_.folder / "snapshots"; }

  JournalOptions options_;
  std::string first_;
  bool was_there_ = false;
  int lock_ = -1;
  int file_ = -1;
  std::string unwritten_;
};

}  // namespace shinsa::cli
