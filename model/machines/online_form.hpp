/// What an acceptable online form is, each rule named by its clause.
/// Source: NTT-03, 04, 17, 27, 32, 36, 37, 43, 44 (page lines 20 to 32, 71, 101, 109, 114, 119,
/// 120), readings NTT-Q2, NTT-Q6, NTT-Q15.
#pragma once

#include <string_view>

#include "model/core/context.hpp"
#include "model/core/rule.hpp"
#include "model/machines/agency.hpp"
#include "model/machines/service_contract.hpp"

namespace shinsa::model::online_form {

/// Without a contract in force there is nothing to log in to: that is NTT-28's to say.
struct LoggedIn : Guard<"NTT-03"> {
  static bool test(const Context& c, const auto& form) {
    const Object* contract = service_contract::contract_of(c, form.template text<"contract">());
    return !contract || contract->states[0] != service_contract::kSigned ||
           (*contract)[service_contract::kLoggedIn];
  }
};

/// A log that does not record menus and buttons cannot contradict them.
struct SelectsTheItem : Guard<"NTT-04"> {
  static bool test(const Context& c, const auto& form) {
    const Value item = form.template get<"item">();
    return !item.present() || agency::is_text(c, item, kLabel<"NTT-04", "item">) ||
           (Under<"NTT-Q15", "same-menu">::test(c, form) &&
            agency::is_text(c, item, kLabel<"NTT-04", "item_pictured">));
  }
};
struct PressesTheButton : Guard<"NTT-04"> {
  static bool test(const Context& c, const auto& form) {
    const Value button = form.template get<"button">();
    return !button.present() || agency::is_text(c, button, kLabel<"NTT-04", "button">);
  }
};
/// Of an OV certificate the organisation is part.
struct FillsInTheItems : Guard<"NTT-04"> {
  static bool test(const Context&, const auto& form) {
    return is_domain_validated(form.template get<"kind">()) || form.template has<"organisation">();
  }
};

struct NamesNoRecipient : Guard<"NTT-17"> {
  static bool test(const Context& c, const auto& form) {
    return !form.template has<"authentication_mail">() ||
           Under<"NTT-Q6", "chosen-among-them">::test(c, form);
  }
};
struct ConfirmsTheNotes : Guard<"NTT-27"> {
  static bool test(const Context&, const auto& form) {
    return !form.template has<"notes_confirmed">() || form.template truth<"notes_confirmed">();
  }
};
struct AgreesToTheTerms : Guard<"NTT-32"> {
  static bool test(const Context&, const auto& form) { return form.template truth<"consent">(); }
};

/// Of the whole subject but its common name; how they are counted is reading NTT-Q2.
struct WithinTheLength : Guard<"NTT-36"> {
  static bool test(const Context& c, const auto& form) {
    std::size_t sum = 0;
    for (const Value part : {form.template get<"organisation">(), form.template get<"unit">(),
                             form.template get<"locality">(), form.template get<"prefecture">()})
      if (part.present()) sum += length(c, c.facts().text(part.text()), form);
    if (!Under<"NTT-Q2", "without-country">::test(c, form))
      sum += kLabel<"NTT-37", "country">.size();
    return sum <= static_cast<std::size_t>(c.number<"NTT-36", "characters">());
  }

 private:
  static std::size_t length(const Context& c, std::string_view text, const auto& form) {
    if (Under<"NTT-Q2", "bytes">::test(c, form)) return text.size();
    std::size_t characters = 0;
    for (const char byte : text)
      if ((static_cast<unsigned char>(byte) & 0xc0) != 0x80) ++characters;
    return characters;
  }
};
struct CountryIsJp : Guard<"NTT-37"> {
  static bool test(const Context& c, const auto& form) {
    const Value country = form.template get<"country">();
    return !country.present() || agency::is_text(c, country, kLabel<"NTT-37", "country">);
  }
};

struct SetsNoTimeOfRestart : Guard<"NTT-43"> {
  static bool test(const Context&, const auto& form) { return !form.template has<"restart_at">(); }
};
struct CarriesNothingOver : Guard<"NTT-44"> {
  static bool test(const Context&, const auto& form) {
    return !form.template truth<"carry_over">();
  }
};

}  // namespace shinsa::model::online_form
