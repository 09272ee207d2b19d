#include "model/machines/entry.hpp"

#include <algorithm>
#include <string>

#include "model/vocabulary/name.hpp"

namespace shinsa::model::entry {

namespace {

/// Whether the type of the entry reads as one of the two labels of a clause.
template <Literal Id>
bool is_type(const Context& c, const Object& entry) {
  static const std::string one = as_read(kLabel<Id, "one_year">);
  static const std::string other = as_read(kLabel<Id, "two_years">);
  const TextId type = c.store().as_read(ordered<"type">(c, entry).text());
  return c.facts().text(type) == one || c.facts().text(type) == other;
}

}  // namespace

bool is_of_this_page(const Context& c, const Object& entry) { return is_type<"SAK-02">(c, entry); }

bool is_of_the_other_page(const Context& c, const Object& entry) {
  return is_type<"SAK-03">(c, entry);
}

bool is_bought_with_the_server(const Context& c, TextId certificate) {
  return std::ranges::any_of(c.group().objects, [&](const Object& object) {
    return object.kind == ObjectKind::entry && object[kOrder] && is_of_this_page(c, object) &&
           ordered<"certificate">(c, object).text() == certificate;
  });
}

const Object* source_of(const Context& c, const Object& entry) {
  return c.object(c.find(ordered<"certificate">(c, entry).text()));
}

TextId common_name(const Context& c, const Object& entry) {
  const Object* source = source_of(c, entry);
  return source ? certificate::content<"cn">(c.facts(), *source).text() : TextId{};
}

Instant end_of_source(const Context& c) {
  const Object* source = source_of(c, c.me());
  return source ? certificate::content<"not_after">(c.facts(), *source).instant() + seconds(1)
                : Instant{};
}

Duration beyond_the_limit(const Context& c, Instant at) {
  return end_of_source(c) - (at + days(c.number<"SAK-04", "days">()));
}

}  // namespace shinsa::model::entry
