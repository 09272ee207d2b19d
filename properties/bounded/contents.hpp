/// Contents of any length, each held once and named by a small number: what a state is packed from.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#define XXH_INLINE_ALL  // most contents are so short that a call takes longer than their hash
#include <xxhash.h>

#include "model/vocabulary/assert.hpp"
#include "properties/bounded/checkpoint.hpp"

namespace shinsa::properties::bounded {

/// Names a content of one store, in the order in which they came, from 0.
using ContentId = std::uint32_t;

class Contents {
 public:
  /// @return the id of the bytes; whole contents are compared, never only their hash.
  ContentId intern(std::string_view bytes) {
    const auto hash = static_cast<std::uint32_t>(XXH3_64bits(bytes.data(), bytes.size()));
    if (2 * entries_.size() >= slots_.size()) grow();
    std::size_t at = hash & (slots_.size() - 1);
    for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
      const Entry& known = entries_[slots_[at] - 1];
      if (known.hash == hash && bytes == std::string_view(known.at, known.size))
        return slots_[at] - 1;
    }
    SHINSA_ASSERT(entries_.size() < UINT32_MAX - 1, "too many contents for one store");
    entries_.push_back({keep(bytes), static_cast<std::uint32_t>(bytes.size()), hash});
    slots_[at] = static_cast<std::uint32_t>(entries_.size());
    return slots_[at] - 1;
  }
  /// @return  stays where it is as long as the store lives.
  [[nodiscard]] std::string_view operator[](ContentId id) const {
    return {entries_[id].at, entries_[id].size};
  }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  /// Writes all of them.
  void save(CheckpointWriter& to) const {
    to.count(entries_.size());
    for (const Entry& entry : entries_) to.text({entry.at, entry.size});
  }
  /// Takes in what was written, under the same ids; what is here already comes first in it.
  /// @return whether that is so.
  [[nodiscard]] bool load(CheckpointReader& from) {
    const std::size_t count = from.count();
    for (std::size_t id = 0; id < count; ++id)
      if (intern(from.text()) != id) return false;
    return entries_.size() == count;
  }

  /// Memory that they take.
  [[nodiscard]] std::size_t bytes() const {
    return blocks_.size() * kBlock + entries_.capacity() * sizeof(Entry) + slots_.size() * 4;
  }

 private:
  struct Entry {
    const char* at;
    std::uint32_t size;
    std::uint32_t hash;
  };
  static constexpr std::size_t kBlock = 1 << 18;

  const char* keep(std::string_view bytes) {
    if (bytes.empty()) return "";
    if (bytes.size() > left_) {
      SHINSA_ASSERT(bytes.size() <= kBlock, "a content that is too long for its store");
      blocks_.push_back(std::make_unique_for_overwrite<char[]>(kBlock));
      next_ = blocks_.back().get();
      left_ = kBlock;
    }
    char* const at = next_;
    std::memcpy(at, bytes.data(), bytes.size());
    next_ += bytes.size();
    left_ -= bytes.size();
    return at;
  }
  void grow() {
    slots_.assign(std::max<std::size_t>(1024, slots_.size() * 2), 0);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      std::size_t at = entries_[i].hash & (slots_.size() - 1);
      while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = static_cast<std::uint32_t>(i + 1);
    }
  }

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  // id + 1; 0: free
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

/// Plain values, one after the other, as the bytes of a content. Its memory is used again.
class Packing {
 public:
  /// Begins anew.
  Packing& restart() {
    size_ = 0;
    return *this;
  }
  template <class... T>
  void operator()(const T&... values) {
    static_assert(
        ((std::is_trivially_copyable_v<T> && std::has_unique_object_representations_v<T>)&&...));
    constexpr std::size_t added = (sizeof(T) + ...);
    if (buffer_.size() - size_ < added) buffer_.resize(2 * (buffer_.size() + added));
    char* at = buffer_.data() + size_;
    ((std::memcpy(at, &values, sizeof values), at += sizeof values), ...);
    size_ += added;
  }
  /// Everything since it began, until more comes.
  [[nodiscard]] std::string_view bytes() const { return {buffer_.data(), size_}; }

 private:
  std::vector<char> buffer_;
  std::size_t size_ = 0;
};

/// The same values, read again in their order.
class Unpacking {
 public:
  explicit Unpacking(std::string_view bytes) : bytes_(bytes) {}
  template <class... T>
  void operator()(T&... values) {
    (get(values), ...);
  }
  [[nodiscard]] bool done() const { return bytes_.empty(); }

 private:
  template <class T>
  void get(T& value) {
    std::memcpy(&value, bytes_.data(), sizeof value);
    bytes_.remove_prefix(sizeof value);
  }
  std::string_view bytes_;
};

}  // namespace shinsa::properties::bounded
