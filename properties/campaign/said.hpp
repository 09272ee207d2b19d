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
  std::uint8_t place = 0;  ///< among the fields of the type
  Kind kind = Kind::text;
  std::string text;                ///< of a text or a code; of a csr: the common name
  std::vector<std::string> items;  ///< of a list; of a code: who received it, if that matters
  /// Of a number, a truth or an instant; of a csr: the CsrSpec; of a code: whether it was mailed.
  std::int64_t number = 0;
};

/// Where each type has a field of that name and of one of those kinds; negative where it has none.
template <Literal Name, FieldKind... Kinds>
inline constexpr auto kPlacesOfKind = [] {
  auto places = kPlaces<Name>;
  for (std::size_t type = 0; type < places.size(); ++type)
    if (places[type] >= 0) {
      const FieldKind kind = kEventTypes[type].fields[static_cast<std::size_t>(places[type])].kind;
      if (((kind != Kinds) && ...)) places[type] = -1;
    }
  return places;
}();

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

  template <Literal Name>
  void text(std::string value) {
    add(place_of<Name, FieldKind::text, FieldKind::choice>(), Field::Kind::text).text =
        std::move(value);
  }
  /// The same, of a field whose name is not known before.
  void text(std::string_view name, std::string value);
  template <Literal Name>
  void list(std::vector<std::string> items) {
    add(place_of<Name, FieldKind::list>(), Field::Kind::list).items = std::move(items);
  }
  template <Literal Name>
  void truth(bool yes) {
    add(place_of<Name, FieldKind::truth>(), Field::Kind::truth).number = yes;
  }
  template <Literal Name>
  void number(std::int64_t value) {
    add(place_of<Name, FieldKind::number>(), Field::Kind::number).number = value;
  }
  template <Literal Name>
  void instant(Instant value) {
    add(place_of<Name, FieldKind::instant>(), Field::Kind::instant).number = value.seconds;
  }
  void csr(CsrSpec spec, std::string cn);
  /// @param mailed  whether a scenario can find the code in the mail.
  /// @param to      whose mail, where several were sent for approval; empty: the newest.
  void code(std::string value, bool mailed, const std::string& to = {});
  template <Literal Name>
  void drop() {
    std::erase_if(fields,
                  [at = kPlaces<Name>[type.index]](const Field& f) { return f.place == at; });
  }
  /// The field says something else, and last.
  template <Literal Name>
  void replace(std::string value) {
    drop<Name>();
    text<Name>(std::move(value));
  }

 private:
  template <Literal Name, FieldKind... Kinds>
  [[nodiscard]] int place_of() const {
    return kPlacesOfKind<Name, Kinds...>[type.index];
  }
  /// @param place  negative: the type has no such field.
  Field& add(int place, Field::Kind kind);
};

/// The record of an event that says so.
[[nodiscard]] RecordId record_of(const Said& said, Facts& facts);

/// An entry below `facts:` of a scenario.
[[nodiscard]] std::string fact_in_yaml(const Said& said);
/// An entry below `steps:`.
[[nodiscard]] std::string request_in_yaml(const Said& said, Instant at);

}  // namespace shinsa::properties::campaign
