/// Registration of a use-FQDN, screen by screen: type and name, purchase, check, payment method,
/// fixed. One may go back until it is fixed; then nothing is corrected and nothing moved.
/// Source: ACM-02, 03, 06, 11, 12, 16, 24 to 26, 28 to 32 (page lines 46 to 48, 55 to 57, 68 to 74,
/// 122 to 163), readings ACM-Q3, ACM-Q14, ACM-Q18. Not here: the bill (fqdn_billing).
#include "model/machines/fqdn_screens.hpp"

#include <algorithm>

#include "model/core/machine.hpp"
#include "model/machines/acme_account.hpp"
#include "model/machines/membership.hpp"

namespace shinsa::model::fqdn_screens {
namespace {

using namespace fqdn;
using customer::Presses;

// clang-format off
struct Blank : State {};
struct Drafted : State {};         // 5: type and use-FQDN were entered
struct ToPurchase : State {};      // 6: on to the purchase
struct Reviewed : State {};        // 7: the use-FQDN was checked again
struct MethodChosen : State {};    // 8: how to pay is chosen, the terms are agreed to
struct Confirmed : State {};       // 9: 「申し込みを確定する」: only now there is an application

struct FqdnDrafted : On<"fqdn.drafted"> { using On::On; };
struct FqdnProceeded : On<"fqdn.proceeded"> { using On::On; };
struct FqdnReviewed : On<"fqdn.reviewed"> { using On::On; };
struct PaymentMethodChosen : On<"payment_method.chosen"> { using On::On; };
struct FqdnConfirmed : On<"fqdn.confirmed"> { using On::On; };
struct CorrectionRequested : On<"correction.requested"> { using On::On; };
struct TransferRequested : On<"transfer.requested"> { using On::On; };

struct IsAMember; struct AppliedForAcme; struct AccountComesFirst; struct OneOfTwoTypes; struct TypeFitsTheName; struct PeriodAndPriceChecked;
struct InPunycode; struct NamesAHost; struct NoDoubleAddress;
struct PressesNext; struct PressesPurchase; struct PressesPayment; struct PressesAgree; struct PressesConfirm;
struct AsEntered; struct NameAsEntered; struct AsShown; struct ChoosesAMethod; struct Agrees; struct StaysWithTheCustomer;
using Acceptable = All<IsAMember, AppliedForAcme, AccountComesFirst, OneOfTwoTypes, TypeFitsTheName, PeriodAndPriceChecked,
                       InPunycode, NamesAHost, NoDoubleAddress, PressesNext>;

struct KeepDraft; struct RegisterAsALabel;
struct BeforeTheAccount;   // seen, permitted

struct FqdnScreens : Machine<FqdnScreens> {
  using states = mp_list<Blank, Drafted, ToPurchase, Reviewed, MethodChosen, Confirmed>;
  using events = mp_list<FqdnDrafted, FqdnProceeded, FqdnReviewed, PaymentMethodChosen, FqdnConfirmed, CorrectionRequested, TransferRequested, RegistrationKnown>;
  using initial_state = Blank;
  using Draft = Do<KeepDraft, RegisterAsALabel, BeforeTheAccount>;
  using transition_table = mp_list<
    //   in            on                   go to         do                           provided
    Row< Blank,        FqdnDrafted,         Drafted,      Draft,                       Acceptable                                   >,
    Row< Drafted,      FqdnDrafted,         none,         Draft,                       Acceptable                                   >,
    Row< ToPurchase,   FqdnDrafted,         Drafted,      Draft,                       Acceptable                                   >,
    Row< Reviewed,     FqdnDrafted,         Drafted,      Draft,                       Acceptable                                   >,
    Row< MethodChosen, FqdnDrafted,         Drafted,      Draft,                       Acceptable                                   >,
    Row< Drafted,      FqdnProceeded,       ToPurchase,   Do<>,                        All<AsEntered, PressesPurchase>              >,
    Row< ToPurchase,   FqdnReviewed,        Reviewed,     Do<>,                        All<NameAsEntered, PressesPayment>           >,
    Row< Reviewed,     PaymentMethodChosen, MethodChosen, Do<>,                        All<ChoosesAMethod, Agrees, PressesAgree>    >,
    Row< MethodChosen, FqdnConfirmed,       Confirmed,    Do<Post<RegistrationConfirmed>>, All<AsShown, PressesConfirm>             >,
    Row< Blank,        RegistrationKnown,   Confirmed                                                                               >,
    Row< Confirmed,    CorrectionRequested, none,         Do<>,                        All<NotForASlip>                             >,
    Row< Confirmed,    TransferRequested,   none,         Do<>,                        All<StaysWithTheCustomer>                    >>;
  using unaccepted = mp_list<
    Breaks< FqdnDrafted,         Ids<"ACM-32"> >,                // fixed: no application with other contents
    Breaks< FqdnProceeded,       Ids<"ACM-28"> >,
    Breaks< FqdnReviewed,        Ids<"ACM-29"> >,
    Breaks< PaymentMethodChosen, Ids<"ACM-30"> >,
    Breaks< FqdnConfirmed,       Ids<"ACM-31"> >,
    Breaks< CorrectionRequested, Ids<"ACM-31"> >,                // not fixed: there is no application to correct
    Breaks< TransferRequested,   Ids<"ACM-26"> >>;
};
// clang-format on

// -- type and name
// ------------------------------------------------------------------------------------------------------

[[nodiscard]] bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}
[[nodiscard]] std::string_view entered(const Context& c, const FqdnDrafted& draft) {
  return c.facts().text(draft.text<"fqdn">());
}
[[nodiscard]] bool has_an_account(const Context& c) {
  return std::ranges::any_of(c.group().objects,
                             [](const Object& object) { return acme_account::is_valid(&object); });
}
[[nodiscard]] const Object* customer_of(const Context& c, const FqdnDrafted& draft) {
  return c.object(c.find(draft.text<"customer">()));
}

struct IsAMember : Guard<"ACM-16"> {
  static bool test(const Context& c, const FqdnDrafted& draft) {
    return membership::is_member(customer_of(c, draft));
  }
};
// An EAB that has run out since does as well (reading ACM-Q3).
struct AppliedForAcme : Guard<"ACM-25"> {
  static bool test(const Context& c, const FqdnDrafted& draft) {
    const Object* customer = customer_of(c, draft);
    return customer && ((*customer)[customer::kEab] || has_an_account(c));
  }
};
struct AccountComesFirst : Guard<"ACM-02"> {
  static bool test(const Context& c, const FqdnDrafted& draft) {
    return !Under<"ACM-Q3", "account-first">::test(c, draft) || has_an_account(c);
  }
};
struct OneOfTwoTypes : Guard<"ACM-03"> {
  static bool test(const Context&, const FqdnDrafted& draft) {
    return !draft.has<"kind">() || draft.is_word<"kind", "DV">() ||
           draft.is_word<"kind", "DV-wildcard">();
  }
};
struct TypeFitsTheName : Guard<"ACM-24"> {  // reading ACM-Q18
  static bool test(const Context& c, const FqdnDrafted& draft) {
    if (!draft.has<"kind">() || !draft.has<"fqdn">()) return false;
    return OneOfTwoTypes::test(c, draft) == false ||
           draft.is_word<"kind", "DV-wildcard">() == is_wildcard(entered(c, draft));
  }
};
// Both must have been looked at; the price is that of the type.
struct PeriodAndPriceChecked : Guard<"ACM-24"> {
  static bool test(const Context& c, const FqdnDrafted& draft) {
    if (!draft.has<"months">() || !draft.has<"price">()) return false;
    const Value price = price_of(c, draft.get<"kind">());
    return !price.present() || price == draft.get<"price">();
  }
  static Value price_of(const Context& c, Value kind) {
    const std::string subject = "product/" + std::string(choice_word(kProducts, kind.number()));
    const Record* product = c.background(c.store().intern(subject));
    return product ? product->fields[kField<"fact.price", "amount">] : Value{};
  }
};
struct InPunycode : Guard<"ACM-11"> {
  static bool test(const Context& c, const FqdnDrafted& draft) {
    return is_ascii(entered(c, draft)) || Under<"ACM-Q14", "converted">::test(c, draft);
  }
};
struct NamesAHost : Guard<"RFC-10"> {
  static bool test(const Context& c, const FqdnDrafted& draft) {
    return !draft.has<"fqdn">() || !InPunycode::test(c, draft) ||
           c.store().a_label(draft.text<"fqdn">());
  }
};
struct NoDoubleAddress : Guard<"ACM-06"> {
  static bool test(const Context&, const FqdnDrafted& draft) {
    return !draft.truth<"double_address">();
  }
};
struct PressesNext : Presses<"ACM-24"> {};

struct KeepDraft : Note {
  static void run(Context& c, const FqdnDrafted& draft) {
    c.me()[kDraft] = draft.event->data;
    c.me()[kCustomer] = draft.text<"customer">();
  }
};
struct RegisterAsALabel : Effect<"ACM-12"> {
  static void run(Context& c, const FqdnDrafted& draft) {
    if (const TextId name = c.store().a_label(draft.text<"fqdn">())) c.me()[kName] = name;
  }
};
struct BeforeTheAccount : Permission<"ACM-02"> {
  static bool applies(const Context& c, const FqdnDrafted&) { return !has_an_account(c); }
};

// -- the screens after it: what is checked is what was entered
// --------------------------------------------------------------------

[[nodiscard]] bool is_the_name(const Context& c, const auto& screen) {
  if (!screen.template has<"fqdn">()) return true;
  const TextId name = c.store().a_label(screen.template text<"fqdn">());
  return name && name == c.me()[kName];
}
[[nodiscard]] bool is_the_type(const Context& c, const auto& screen) {
  return !screen.template has<"kind">() ||
         screen.template get<"kind">() == c.said<"fqdn.drafted", "kind">(kDraft);
}

struct AsEntered : Guard<"ACM-28"> {
  static bool test(const Context& c, const FqdnProceeded& screen) {
    return is_the_name(c, screen) && is_the_type(c, screen);
  }
};
struct PressesPurchase : Presses<"ACM-28"> {};
struct NameAsEntered : Guard<"ACM-29"> {
  static bool test(const Context& c, const FqdnReviewed& screen) { return is_the_name(c, screen); }
};
struct PressesPayment : Presses<"ACM-29"> {};
struct ChoosesAMethod : Guard<"ACM-30"> {
  static bool test(const Context&, const PaymentMethodChosen& choice) {
    return choice.has<"method">();
  }
};
struct Agrees : Guard<"ACM-30"> {
  static bool test(const Context&, const PaymentMethodChosen& choice) {
    return choice.truth<"consent">();
  }
};
struct PressesAgree : Presses<"ACM-30"> {};
struct AsShown : Guard<"ACM-31"> {
  static bool test(const Context& c, const FqdnConfirmed& screen) {
    return is_the_name(c, screen) && is_the_type(c, screen);
  }
};
struct PressesConfirm : Presses<"ACM-31"> {};

// -- afterwards
// -------------------------------------------------------------------------------------------------------------

struct StaysWithTheCustomer : Guard<"ACM-26"> {
  static bool test(const Context& c, const TransferRequested& request) {
    return request.text<"to">() == c.me()[kCustomer];
  }
};

constexpr MachineApi kApi = Tables<FqdnScreens>::api("FqdnScreens", ObjectKind::fqdn);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<FqdnScreens>::state_id<Confirmed> == kConfirmed);

}  // namespace shinsa::model::fqdn_screens
