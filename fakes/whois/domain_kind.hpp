/// What kind of domain a name belongs to, told from the name alone.
///
/// Sources: JPRS, "JPドメイン名の種類" (organisational type `co.jp` and its like, general-use type,
/// prefecture type, and the older geographic type), ISO 3166 for the two letters of a country's
/// domain, RFC 6761 and 2606 for names that nobody registers.
#pragma once

#include <string>
#include <string_view>

namespace shinsa::fakes::whois {

enum class DomainKind {
  organisational_jp,  ///< 属性型: `example.co.jp`, `example.or.jp`, ...
  general_jp,         ///< 汎用: `example.jp`, `例え.jp`
  gtld,               ///< `example.com`, `example.net`, `example.tokyo`
  other               ///< prefecture and geographic types of .jp, other countries, no domain at all
};
/// `organisational-jp`, `general-jp`, `gtld`, `other`
[[nodiscard]] std::string_view to_text(DomainKind kind);

/// The kind of the domain that the name is or stands below. Any spelling that `to_a_label` takes; a
/// leading `*.` does not count. What is no name is `other`.
[[nodiscard]] DomainKind domain_kind(std::string_view name);

/// The part that somebody registered, as an A-label: `www.example.co.jp` -> `example.co.jp`,
/// `*.shop.example.com` -> `example.com`. Empty where nothing is registered: `co.jp`, `jp`, what is
/// no name.
/// Three labels for prefecture and geographic types (`example.tokyo.jp`), although the latter has a
/// fourth (`example.chiyoda.tokyo.jp`); two for other countries, whatever they do below
/// (`example.co.uk` gives `co.uk`): these are of kind `other`, for which no page has a rule.
[[nodiscard]] std::string registrable_domain(std::string_view name);
/// Whether it is that.
[[nodiscard]] bool is_registrable_domain_of(std::string_view domain, std::string_view name);

}  // namespace shinsa::fakes::whois
