/// Distinguished names as browsers show them: the subject of a certificate on one line.
///
/// Source: RFC 4514 (the string form, most specific first); the attributes are those of server
/// certificates that name an organisation (Baseline Requirements 7.1.2.7.4).
#pragma once

#include <string>
#include <string_view>

namespace shinsa {

/// The attributes of a subject, UTF-8. An empty one is not in it.
struct DistinguishedName {
  std::string_view common_name;   ///< CN
  std::string_view unit;          ///< OU
  std::string_view organisation;  ///< O
  std::string_view locality;      ///< L
  std::string_view prefecture;    ///< ST
  std::string_view country;       ///< C
};

/// `CN=www.example.jp,OU=Sales,O=Example K.K.,L=Chiyoda-ku,ST=Tokyo,C=JP`. What RFC 4514 section
/// 2.4 reserves is escaped by a backslash: `O=Example\, Inc.`.
[[nodiscard]] std::string to_text(const DistinguishedName& name);

}  // namespace shinsa
