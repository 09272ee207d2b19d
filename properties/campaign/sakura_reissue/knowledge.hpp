/// What the members know: what the trace has shown, and what was asked for. Nothing of the rules.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "model/vocabulary/events.hpp"
#include "properties/campaign/sakura_reissue/beginning.hpp"

namespace shinsa::properties::campaign::sakura_reissue {

/// An order of the list, as its member sees it.
struct Row {
  bool known = false;
  std::string status;   ///< shown last
  bool screen = false;  ///< the confirmation screen is open
  bool applied = false;
  std::string issued;  ///< the new certificate
  Instant end;         ///< last valid second of the certificate
  bool host = false;   ///< it has a host
};

class Knowledge {
 public:
  /// Reads an event, as a member would.
  void learn(const Event& event, const Facts& facts);
  /// Remembers what was asked for with a command. A request is made before, and happens after.
  void sent(const Command& command);

  [[nodiscard]] const std::array<Row, kOrders>& rows() const { return rows_; }
  [[nodiscard]] const Row& row(std::uint8_t order) const { return rows_[order % kOrders]; }
  /// A visit that the member is in, counting from 0; nothing if there is none.
  [[nodiscard]] std::optional<std::uint8_t> visit() const;
  [[nodiscard]] std::size_t logins() const { return logins_; }
  [[nodiscard]] bool setting(std::uint8_t order) const { return settings_[order % kOrders]; }
  [[nodiscard]] bool failed(std::uint8_t order) const { return failed_[order % kOrders]; }
  [[nodiscard]] bool elsewhere(std::uint8_t order) const { return elsewhere_[order % kOrders]; }
  [[nodiscard]] bool backed_up(std::uint8_t order) const { return backed_up_[order % kOrders]; }
  /// Something other than its own lies on the server.
  [[nodiscard]] bool replaced(std::uint8_t order) const { return replaced_[order % kOrders]; }

 private:
  Row* row_of(TextId subject, const Facts& facts);

  std::array<Row, kOrders> rows_;
  std::array<bool, kSessions> in_{};
  std::size_t logins_ = 0;
  std::array<bool, kOrders> settings_{}, failed_{}, elsewhere_{}, backed_up_{}, replaced_{};
};

}  // namespace shinsa::properties::campaign::sakura_reissue
