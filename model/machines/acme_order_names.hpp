/// What an ACME order asks of its names, when it is made and when it is finalized.
///
/// Each guard keeps the names out that its clause speaks of; a refusal tells each of them with its
/// error and its clause. Source: ACM-04, 05, 08, 09, 38, 54 (page lines 49 to 61, 135 to 137, 183
/// to 187, 223 to 224), reading ACM-Q20; RFC 8555 sections 6.7.1 and 7.4 (RFC-10, RFC-12).
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "model/core/rule.hpp"
#include "model/machines/acme_certificate.hpp"
#include "model/machines/acme_errors.hpp"
#include "model/machines/acme_names.hpp"
#include "model/machines/acme_order.hpp"

namespace shinsa::model::acme_order {

template <class What>
inline constexpr bool kIsTheOrder = [] {
  if constexpr (requires { What::type; }) return What::type == kType<"order.requested">;
  return false;
}();

/// The names of the order that the event makes, or of the one that it is about.
template <class What>
[[nodiscard]] ListId names_of(const Context& c, const What& what) {
  if constexpr (kIsTheOrder<What>)
    return what.template list<"identifiers">();
  else
    return identifiers(c.facts(), c.me());
}

/// When the order is made, or was.
template <class What>
[[nodiscard]] Instant ordered_at(const Context& c, const What& what) {
  if constexpr (kIsTheOrder<What>)
    return what.time();
  else
    return c.me()[kOrdered];
}

struct NamesSomething : Guard<"RFC-12"> {
  static bool test(const Context& c, const auto& order) {
    return !c.facts().list(names_of(c, order)).empty();
  }
};
struct NamesHosts : Guard<"RFC-10"> {
  static bool test(const Context& c, const auto& order) {
    return std::ranges::all_of(c.facts().list(names_of(c, order)), [&](TextId name) {
      const TextId spelt = c.store().a_label(name);
      return spelt && spelt == c.store().lower(name);
    });
  }
};

/// Whether a clause keeps none of the names out; an account that nobody knows has no names.
template <Literal Id>
[[nodiscard]] bool keeps_none_out(const Context& c, const auto& what) {
  return std::ranges::none_of(c.facts().list(names_of(c, what)), [&](TextId name) {
    return acme_names::objection(c, name, ordered_at(c, what)) == kClause<Id>;
  });
}
struct NoneBesideWww : Guard<"ACM-08"> {
  static bool test(const Context& c, const auto& what) { return keeps_none_out<"ACM-08">(c, what); }
};
struct NoneAboveWww : Guard<"ACM-09"> {
  static bool test(const Context& c, const auto& what) { return keeps_none_out<"ACM-09">(c, what); }
};
struct NoneUnderAWildcard : Guard<"ACM-04"> {
  static bool test(const Context& c, const auto& what) { return keeps_none_out<"ACM-04">(c, what); }
};
struct AllRegistered : Guard<"ACM-38"> {
  static bool test(const Context& c, const auto& what) { return keeps_none_out<"ACM-38">(c, what); }
};
struct AllInTime : Guard<"ACM-54"> {
  static bool test(const Context& c, const auto& what) { return keeps_none_out<"ACM-54">(c, what); }
};

// Only under the other reading of ACM-Q20 do certificates of both editions count together.
struct RoomBesideTheOthers : Guard<"ACM-05"> {
  static bool test(const Context& c, const auto& what) {
    if (!Under<"ACM-Q20", "together">::test(c, what)) return true;
    const TextId name = acme_names::common_name(c.facts(), names_of(c, what));
    const auto here = std::ranges::count_if(c.group().objects, [&](const Object& object) {
      return &object != &c.me() && (holds_it(c, object, name) || is_about_to(c, object, name));
    });
    return here < c.number<"JPR-23", "certificates">();
  }
  static bool holds_it(const Context& c, const Object& object, TextId name) {
    return acme_certificate::is_active(object) &&
           c.same_name(acme_certificate::content<"cn">(c.facts(), object).text(), name);
  }
  static bool is_about_to(const Context& c, const Object& object, TextId name) {
    return object.kind == ObjectKind::order && object.states[0] == kProcessing &&
           c.same_name(acme_names::common_name(c.facts(), identifiers(c.facts(), object)), name);
  }
};

/// Each refused name with its error and its clause.
[[nodiscard]] inline ListId subproblems(const Context& c, ListId names, Instant ordered) {
  std::vector<TextId> all;
  for (TextId name : c.facts().list(names)) {
    const ClauseIndex why = acme_names::objection(c, name, ordered);
    if (why == kNoClause) continue;
    std::string said(c.facts().text(name));
    said += " ";
    said += kWordsOf<events::kAcmeErrors>[static_cast<std::size_t>(acme_error_of(why).number())];
    said += " ";
    said += clause(why).id;
    all.push_back(c.store().intern(said));
  }
  return c.store().intern_list(all);
}
[[nodiscard]] inline bool is_about_names(std::span<const ClauseIndex> clauses) {
  return std::ranges::all_of(clauses, [](ClauseIndex index) {
    return acme_error_of(index) == acme_error(kLabel<"ACM-38", "error">);
  });
}

/// The refusal of an order, or of finalizing it; what is wrong with names is told for each.
template <class What>
[[nodiscard]] ActionMatch<"acme.refused"> refusal_of_names(const Context& c, const What& what,
                                                           std::span<const ClauseIndex> clauses) {
  auto refusal = acme_refusal(clauses);
  // What cannot be read is not asked about, once it is known who asks.
  if (names(clauses, kClause<"RFC-10">) && !names(clauses, kClause<"ACM-02">))
    refusal.template with<"error">(acme_error_of(kClause<"RFC-10">));
  if (is_about_names(clauses))
    refusal.template with<"subproblems">(subproblems(c, names_of(c, what), ordered_at(c, what)));
  return refusal;
}

}  // namespace shinsa::model::acme_order
