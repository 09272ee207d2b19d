/// A search on disk, to go on from after it was stopped or killed: plain values, one after the
/// other, for the same program on the same machine. A file is whole or it is not there, and a
/// damaged one is refused.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/vocabulary/result.hpp"

namespace shinsa::properties::bounded {

class CheckpointWriter {
 public:
  /// @param path  where it will be once it is finished; what is there stays until then.
  /// @param of    what is searched and by what: to be said again by who goes on from it.
  CheckpointWriter(std::string path, std::string_view of);
  CheckpointWriter(const CheckpointWriter&) = delete;
  CheckpointWriter& operator=(const CheckpointWriter&) = delete;
  ~CheckpointWriter();

  /// @return an Error where it cannot be written at all: to be asked before a long search.
  [[nodiscard]] Result<void> opened() const;

  template <class T>
  void one(const T& value) {
    list(&value, 1);
  }
  /// Items alone: how many there are is for the caller to write.
  template <class T>
  void list(const T* items, std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    write(items, count * sizeof(T));
  }
  /// How many items follow.
  void count(std::size_t count) { one<std::uint64_t>(count); }
  /// With how many there are.
  template <class T>
  void all(std::span<const T> items) {
    count(items.size());
    list(items.data(), items.size());
  }
  void text(std::string_view text) { all(std::span<const char>(text)); }

  /// @return an Error where the disk is full or the folder cannot be written.
  [[nodiscard]] Result<void> finish();

 private:
  void write(const void* bytes, std::size_t size);
  [[nodiscard]] Failure failed() const;

  struct Digesting;
  std::string path_, part_;
  std::FILE* file_;
  std::unique_ptr<Digesting> digesting_;
};

class CheckpointReader {
 public:
  /// @return an Error for a file that is not there, not a checkpoint, damaged, or of something
  /// else.
  [[nodiscard]] static Result<CheckpointReader> open(const std::string& path, std::string_view of);
  CheckpointReader(CheckpointReader&& other) noexcept;
  CheckpointReader& operator=(CheckpointReader&&) = delete;
  ~CheckpointReader();

  template <class T>
  void one(T& value) {
    list(&value, 1);
  }
  template <class T>
  void list(T* items, std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    read(items, count * sizeof(T));
  }
  template <class T>
  void all(std::vector<T>& items) {
    items.resize(count());
    list(items.data(), items.size());
  }
  /// @return  stays as long as the reader.
  [[nodiscard]] std::string_view text();
  /// How many items follow.
  [[nodiscard]] std::size_t count() {
    std::uint64_t count = 0;
    one(count);
    return count;
  }

 private:
  CheckpointReader(const char* bytes, std::size_t size)
      : bytes_(bytes), mapped_(size), size_(size) {}
  void read(void* to, std::size_t size);

  const char* bytes_ = nullptr;  // the file, mapped
  std::size_t mapped_ = 0;
  std::size_t size_ = 0;  // without the sum at its end
  std::size_t at_ = 0;
};

}  // namespace shinsa::properties::bounded
