/// Draws what is done next, with an eye on what the customer has seen: mostly what leads on, often
/// wrong in one way, sometimes anything at all. There is always something to do.
#pragma once

#include <cstdint>

#include "properties/campaign/jpdirect_reissue/knowledge.hpp"
#include "sim/stream.hpp"

namespace shinsa::properties::campaign::jpdirect_reissue {

class Drawer {
 public:
  explicit Drawer(sim::Stream& dice) : dice_(dice) {}

  /// How a run begins, with the certificates given beforehand.
  /// @param readings  how many choices of readings there are.
  Plan beginning(std::size_t readings);
  /// A request.
  Command next(const Knowledge& knowledge);

 private:
  std::uint8_t below(std::size_t n) { return static_cast<std::uint8_t>(dice_.below(n)); }
  std::uint8_t variant(double p, std::size_t n);
  std::uint8_t gap();
  std::uint8_t order_variant();
  Command anything();
  Command useful(const Knowledge& knowledge);
  void before_issue(const Order& order, Command& c);
  void after_issue(Command& c);

  sim::Stream& dice_;
};

}  // namespace shinsa::properties::campaign::jpdirect_reissue
