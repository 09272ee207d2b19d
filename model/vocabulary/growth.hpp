/// How what grows without an end gets its room.
#pragma once

#include <cstddef>
#include <vector>

namespace shinsa {

/// The room for a vector that is full. What is large gets an eighth more instead of as much again:
/// room that waits is memory that somebody else could have.
/// @param large  bytes.
template <class T>
[[nodiscard]] std::size_t next_room(const std::vector<T>& full, std::size_t large = 1 << 16) {
  const std::size_t size = full.size();
  return size + (size * sizeof(T) < large ? size : size / 8) + 1;
}

/// Makes room for one more.
template <class T>
void make_room(std::vector<T>& items, std::size_t large = 1 << 16) {
  if (items.size() == items.capacity()) items.reserve(next_room(items, large));
}

}  // namespace shinsa
