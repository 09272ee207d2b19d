/// Draws what is done next, with an eye on what was seen: mostly what leads on, often wrong in one
/// way, sometimes anything at all. There is always something to do.
#pragma once

#include <cstdint>

#include "properties/campaign/sakura_reissue/knowledge.hpp"
#include "sim/stream.hpp"

namespace shinsa::properties::campaign::sakura_reissue {

class Drawer {
 public:
  explicit Drawer(sim::Stream& dice) : dice_(dice) {}

  /// How a run begins, with the orders given beforehand.
  /// @param readings  how many choices of readings there are.
  Plan beginning(std::size_t readings);
  /// A request.
  Command next(const Knowledge& knowledge);

 private:
  std::uint8_t below(std::size_t n) { return static_cast<std::uint8_t>(dice_.below(n)); }
  /// In order with probability p, else one of the other `n - 1` variants.
  std::uint8_t variant(double p, std::size_t n) {
    return dice_.chance(p) ? 0 : static_cast<std::uint8_t>(1 + below(n - 1));
  }
  std::uint8_t gap();
  Command anything();
  Command useful(const Knowledge& knowledge);
  Command on_the_screen(const Knowledge& knowledge, Command c);
  Command on_the_server(const Knowledge& knowledge, Command c);

  sim::Stream& dice_;
};

}  // namespace shinsa::properties::campaign::sakura_reissue
