/// Takes contents from one fact store into another, each once: how a run without end goes on in a
/// store that holds only what it still needs.
#pragma once

#include <cstdint>
#include <vector>

#include "model/vocabulary/events.hpp"

namespace shinsa {

class Carrier {
 public:
  /// Both outlive the carrier; `from` is read only.
  Carrier(const Facts& from, Facts& to) : from_(from), to_(to) {}

  /// @return  the id of the same content in the other store; zero for zero.
  TextId operator()(TextId id);
  ListId operator()(ListId id);
  RecordId operator()(RecordId id);
  Event operator()(Event event);

  /// Whether the text was carried already.
  [[nodiscard]] bool has(TextId id) const {
    return id.index < texts_.size() && texts_[id.index] != 0;
  }

 private:
  using Known = std::vector<std::uint32_t>;  // by id; zero: not carried yet
  static std::uint32_t& known(Known& all, std::uint32_t id);

  const Facts& from_;
  Facts& to_;
  Known texts_, lists_, records_;
};

}  // namespace shinsa
