/// The model of `bench/spin/issuance.pml` as Boost.MSM machines: three orders of one common name.
///
/// The head comment of that file is the semantics, action by action; this is what the explorer and
/// Spin are compared with.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "properties/explorer/seen.hpp"

namespace shinsa::bench::twin {

inline constexpr std::size_t kOrders = 3;

/// The record of one order, in one word; all zero in the beginning.
struct Order {
  std::uint32_t state : 4;  ///< of the machine `Life`
  std::uint32_t orig : 2;   ///< 0: a new order, k: a reissue of order k - 1
  std::uint32_t ov : 1;
  std::uint32_t paid : 2;  ///< 0 nothing, 1 paid, 2 refunded
  std::uint32_t mail : 2;  ///< 0 none, 1 in flight, 2 delivered, 3 lost
  std::uint32_t tries : 2;
  std::uint32_t chal : 2;
  std::uint32_t age : 2;
  std::uint32_t dcv : 1;
  std::uint32_t phone : 1;
  std::uint32_t cert : 2;  ///< state of the machine `Certificate`
  std::uint32_t cage : 2;
  std::uint32_t unused : 9;
};

/// What is broken on purpose, as `-DMUT` says it.
enum class Bug : std::uint8_t { none, cap, payment, expiry };

class Issuance {
 public:
  using Key = std::array<std::uint32_t, kOrders>;  ///< an `Order` each

  explicit Issuance(Bug bug = Bug::none) : bug_(bug) {}

  [[nodiscard]] Key initial() const { return {}; }
  /// @param emit  called with a step and the state after it, for each that is enabled.
  template <class Emit>
  void expand(const Key& key, Emit&& emit) const;
  /// Whether I1, I2 or I3 is broken.
  [[nodiscard]] bool broken(const Key& key) const;
  /// The step in words, such as `pay 1`.
  [[nodiscard]] static std::string text(properties::explorer::Step step);

 private:
  using Sink = void (*)(void* to, properties::explorer::Step step, const Key& successor);
  void successors(const Key& key, Sink sink, void* to) const;
  Bug bug_;
};

template <class Emit>
void Issuance::expand(const Key& key, Emit&& emit) const {
  const auto sink = [](void* to, properties::explorer::Step step, const Key& successor) {
    (*static_cast<std::remove_reference_t<Emit>*>(to))(step, successor);
  };
  successors(key, sink, &emit);
}

}  // namespace shinsa::bench::twin
