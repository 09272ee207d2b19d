/// What is said in a run, as both an event and a scenario can be made of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/vocabulary/events.hpp"
#include "properties/campaign/csrs.hpp"

namespace shinsa::properties::campaign {

struct Field {
  enum class Kind : std::uint8_t { text, list, truth, number, instant, csr, code };
  std::string_view name;
  Kind kind = Kind::text;
  std::string text;                ///< of a text or a code; of a csr: the common name
  std::vector<std::string> items;  ///< of a list; of a code: who received it, if that matters
  /// Of a number, a truth or an instant; of a csr: the CsrSpec; of a code: whether it was mailed.
  std::int64_t number = 0;
};

/// An event type by its name; one that there is not does not compile.
struct TypeName {
  template <std::size_t N>
  consteval TypeName(const char (&name)[N]) : index(find_type({name, N - 1}).value()) {}
  [[nodiscard]] constexpr std::string_view text() const { return kEventTypes[index].name; }
  TypeIndex index;
};

/// A fact or a request: its type, whom it is about, and its fields in the order of saying.
struct Said {
  TypeName type;
  std::string subject;
  std::vector<Field> fields;

  void text(std::string_view name, std::string value);
  void list(std::string_view name, std::vector<std::string> items);
  void truth(std::string_view name, bool yes);
  void number(std::string_view name, std::int64_t value);
  void instant(std::string_view name, Instant value);
  void csr(CsrSpec spec, std::string cn);
  /// @param mailed  whether a scenario can find the code in the mail.
  /// @param to      whose mail, where several were sent for approval; empty: the newest.
  void code(std::string value, bool mailed, const std::string& to = {});
  void drop(std::string_view name);
  /// The field says something else, and last.
  void replace(std::string_view name, std::string value);

 private:
  Field& add(std::string_view name, Field::Kind kind);
};

/// The record of an event that says so.
[[nodiscard]] RecordId record_of(const Said& said, Facts& facts);

/// An entry below `facts:` of a scenario.
[[nodiscard]] std::string fact_in_yaml(const Said& said);
/// An entry below `steps:`.
[[nodiscard]] std::string request_in_yaml(const Said& said, Instant at);

}  // namespace shinsa::properties::campaign
