#include "model/machines/acme_names.hpp"

#include <algorithm>
#include <string>

#include "model/core/rule.hpp"
#include "model/machines/use_fqdn.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa::model::acme_names {

namespace {

using fqdn::is_wildcard;

constexpr std::string_view kWildcard = "*.";

std::string_view base_of(std::string_view wildcard) { return wildcard.substr(kWildcard.size()); }

bool is_www_of(std::string_view name, std::string_view base) {
  constexpr std::string_view www = kLabel<"ACM-07", "label">;
  return name.size() == www.size() + 1 + base.size() && name.starts_with(www) &&
         name[www.size()] == '.' && name.ends_with(base);
}

/// A name that is asked for, in lower case.
struct Wanted {
  Wanted(const Context& c, TextId asked) : id(c.store().lower(asked)), name(c.facts().text(id)) {
    constexpr std::string_view www = kLabel<"ACM-07", "label">;
    if (name.size() > www.size() && name[www.size()] == '.' && name.starts_with(www))
      behind_www = name.substr(www.size() + 1);
  }
  TextId id;
  std::string_view name;
  std::string_view behind_www;  ///< empty without www
};

enum class Fit : std::uint8_t { none, by_rule, exact };

Fit fit_of(const Context& c, TextId registered_name, const Wanted& wanted) {
  if (!registered_name) return Fit::none;
  if (wanted.id == registered_name) return Fit::exact;
  const std::string_view registered = c.facts().text(registered_name);
  if (!is_wildcard(registered)) return registered == wanted.behind_www ? Fit::by_rule : Fit::none;
  const bool with_the_base = Under<"ACM-Q8", "with-the-base">::test(c, 0);
  return with_the_base && wanted.name == base_of(registered) ? Fit::by_rule : Fit::none;
}

bool can_be_issued_for(const Context& c, const Object& registration, Instant ordered) {
  switch (registration.states[fqdn::kUse]) {
    case use_fqdn::kUpcoming:
    case use_fqdn::kEffective:
      return true;
    case use_fqdn::kLapsed:
      return Under<"ACM-Q9", "ordered-by-then">::test(c, 0) &&
             ordered < registration[fqdn::kIssueBy];
    default:
      return false;
  }
}

/// The clause of a name that no registration covers.
ClauseIndex why_not_covered(const Context& c, std::string_view name) {
  bool above = false, beside = false, under_a_wildcard = false;
  for (const Object& object : c.group().objects) {
    if (object.kind != ObjectKind::fqdn || !object[fqdn::kName]) continue;
    const std::string_view registered = c.facts().text(object[fqdn::kName]);
    above = above || is_www_of(registered, name);
    beside = beside || (!is_wildcard(registered) && is_at_or_under(name, registered));
    under_a_wildcard =
        under_a_wildcard || (is_wildcard(registered) && is_at_or_under(name, base_of(registered)));
  }
  if (above) return kClause<"ACM-09">;
  if (beside) return kClause<"ACM-08">;
  return under_a_wildcard ? kClause<"ACM-04"> : kClause<"ACM-38">;
}

}  // namespace

ObjectIndex registration_for(const Context& c, TextId name, Instant ordered) {
  const Wanted wanted(c, name);
  ObjectIndex best = kNoObject;
  const auto& objects = c.group().objects;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (objects[i].kind != ObjectKind::fqdn) continue;
    const Fit fit = fit_of(c, objects[i][fqdn::kName], wanted);
    if (fit == Fit::none || !can_be_issued_for(c, objects[i], ordered)) continue;
    if (best == kNoObject || fit == Fit::exact) best = static_cast<ObjectIndex>(i);
    if (fit == Fit::exact) break;
  }
  return best;
}

ClauseIndex objection(const Context& c, TextId name, Instant ordered) {
  const Wanted wanted(c, name);
  bool lapsed = false, incomplete = false;
  for (const Object& object : c.group().objects) {
    if (object.kind != ObjectKind::fqdn) continue;
    if (fit_of(c, object[fqdn::kName], wanted) == Fit::none) continue;
    if (can_be_issued_for(c, object, ordered)) return kNoClause;
    lapsed = lapsed || object.states[fqdn::kUse] == use_fqdn::kLapsed;
    incomplete = true;
  }
  if (lapsed) return kClause<"ACM-54">;
  return incomplete ? kClause<"ACM-38"> : why_not_covered(c, wanted.name);
}

bool is_with_www(const Context& c, TextId name, TextId registered) {
  const std::string_view base = c.facts().text(registered);
  return !is_wildcard(base) && is_www_of(c.facts().text(c.store().lower(name)), base);
}

bool has_wildcard(const Facts& facts, ListId names) {
  return std::ranges::any_of(facts.list(names),
                             [&](TextId name) { return is_wildcard(facts.text(name)); });
}

TextId common_name(const Facts& facts, ListId names) {
  const auto all = facts.list(names);
  const auto wildcard =
      std::ranges::find_if(all, [&](TextId name) { return is_wildcard(facts.text(name)); });
  if (wildcard != all.end()) return *wildcard;
  return all.empty() ? TextId{} : all.front();
}

}  // namespace shinsa::model::acme_names
