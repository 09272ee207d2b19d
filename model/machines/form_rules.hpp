/// What every form must be, whether it asks for a reissue, orders a new certificate or changes a
/// pending application. Source: JPR-26, JPR-28, JPR-31 (page lines 63 to 69, 78), RFC-01, POL-01.
#pragma once

#include <algorithm>
#include <string_view>

#include "model/core/context.hpp"
#include "model/core/machine_api.hpp"

namespace shinsa::model {

struct CarriesACsr : Guard<"JPR-26"> {
  static bool test(const Context&, const auto& form) { return form.template has<"csr">(); }
};

/// Begin and end marks, which may differ in part: with or without blanks, NEW, five hyphens either
/// way.
struct CsrHasItsMarks : Guard<"JPR-28"> {
  static bool test(const Context& c, const auto& form) {
    if (!form.template has<"csr">()) return true;
    const std::string_view text = c.facts().text(form.template text<"csr">());
    if (text.starts_with("-----BEGIN CERTIFICATE REQUEST-----\n") &&
        text.ends_with("-----END CERTIFICATE REQUEST-----\n"))
      return true;  // as most are written
    const std::size_t begin = mark(text, "BEGIN", 0);
    return begin != std::string_view::npos &&
           mark(text, "END", begin + 1) != std::string_view::npos;
  }
  /// Where a line of hyphens, the word and "CERTIFICATE REQUEST" stands, blanks and NEW apart.
  static std::size_t mark(std::string_view text, std::string_view word, std::size_t from) {
    std::size_t behind = 0;  // the hyphens that were found
    for (std::size_t at = text.find("-----", from); at != std::string_view::npos;
         at = text.find("-----", behind)) {
      behind = at;
      while (behind < text.size() && (text[behind] == '-' || text[behind] == ' ')) ++behind;
      std::string_view line = text.substr(behind);
      if (!line.starts_with(word)) continue;  // nor would it where the line ended before
      line = line.substr(0, line.find('\n'));
      line = line.substr(0, line.find('\r'));
      const std::size_t what = line.find("CERTIFICATE REQUEST");
      if (what != std::string_view::npos && line.find("-----", what) != std::string_view::npos)
        return at;
    }
    return std::string_view::npos;
  }
};

struct CsrIsSigned : Guard<"RFC-01"> {
  static bool test(const Context& c, const auto& form) {
    return c.facts().text(form.template text<"csr_problem">()) != "bad-signature";
  }
};

struct KeyIsStrong : Guard<"POL-01"> {
  static bool test(const Context& c, const auto& form) {
    const std::string_view problem = c.facts().text(form.template text<"csr_problem">());
    return problem != "weak-key" && problem != "key-type-not-allowed";
  }
};

struct ChoosesAnAddress : Guard<"JPR-31"> {
  static bool test(const Context&, const auto& form) {
    return form.template has<"authentication_mail">();
  }
};

}  // namespace shinsa::model
