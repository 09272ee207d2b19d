/// Renewal or new: any change of the distinguished name makes it a new acquisition, and so does the
/// end of the current certificate. Source: REN-20 to REN-25 (page lines 62 to 71), readings REN-Q4,
/// Q5, Q10. What follows for the validity is in ca_application.
#include "model/machines/renewal_or_new.hpp"

#include "model/core/machine.hpp"
#include "model/machines/renewal_rules.hpp"

namespace shinsa::model::renewal_or_new {
namespace {

using namespace renewal;

// clang-format off
struct Undecided : State {};   // no documents
struct Renewal : State {};     // as it stands: the old certificate may still run out
struct New : State {};

struct OldOneEnds : Deadline<kOldEnds> { using Deadline::Deadline; };

struct SameCommonName; struct SameOrganisation; struct SameDepartment; struct SamePlace; struct NothingElseChanged; struct BeforeTheEnd; struct IssueDecides;
struct CountFromTheOldEnd; struct CountFromTheIssue;

struct RenewalOrNew : Machine<RenewalOrNew> {
  using states = mp_list<Undecided, Renewal, New>;
  using events = mp_list<DocumentsReady, DocumentsChanged, OldOneEnds>;
  using initial_state = Undecided;
  using transition_table = mp_list<
    //   in          on                 go to      do                       provided
    Row< Undecided,  DocumentsReady,    New,       Do<CountFromTheIssue>,   All<Not<SameCommonName>>                                                                              >,
    Row< Undecided,  DocumentsReady,    New,       Do<CountFromTheIssue>,   All<SameCommonName, Not<SameOrganisation>>                                                            >,
    Row< Undecided,  DocumentsReady,    New,       Do<CountFromTheIssue>,   All<SameCommonName, SameOrganisation, Not<SameDepartment>>                                            >,
    Row< Undecided,  DocumentsReady,    New,       Do<CountFromTheIssue>,   All<SameCommonName, SameOrganisation, SameDepartment, Not<SamePlace>>                                 >,
    Row< Undecided,  DocumentsReady,    New,       Do<CountFromTheIssue>,   All<SameCommonName, SameOrganisation, SameDepartment, SamePlace, Not<NothingElseChanged>>             >,
    Row< Undecided,  DocumentsReady,    New,       Do<CountFromTheIssue>,   All<SameCommonName, SameOrganisation, SameDepartment, SamePlace, NothingElseChanged, Not<BeforeTheEnd>> >,
    Row< Undecided,  DocumentsReady,    Renewal,   Do<CountFromTheOldEnd>,  All<SameCommonName, SameOrganisation, SameDepartment, SamePlace, NothingElseChanged, BeforeTheEnd>    >,
    Row< Renewal,    DocumentsChanged,  Undecided                                                                                                                                 >,
    Row< New,        DocumentsChanged,  Undecided                                                                                                                                 >,
    Row< Renewal,    OldOneEnds,        New,       Do<CountFromTheIssue, Tell<TurnedNew>>, All<IssueDecides>                                                                      >>;
};
// clang-format on

struct SameCommonName : Guard<"REN-21"> {
  static bool test(const Context& c, const auto&) { return same<"cn">(c); }
};
struct SameOrganisation : Guard<"REN-22"> {
  static bool test(const Context& c, const auto&) { return same<"organisation">(c); }
};
struct SameDepartment : Guard<"REN-23"> {
  static bool test(const Context& c, const auto&) { return same<"unit">(c); }
};
struct SamePlace : Guard<"REN-24"> {
  static bool test(const Context& c, const auto&) {
    return same<"locality">(c) && same<"prefecture">(c);
  }
};
// The page's list is not complete (など): what is left of the name is the country.
struct NothingElseChanged : Guard<"REN-20"> {
  static bool test(const Context& c, const auto&) { return same_country(c); }
};
struct BeforeTheEnd : Guard<"REN-25"> {
  static bool test(const Context& c, const auto&) { return in_time(c); }
};
struct IssueDecides : Question {
  static bool test(const Context& c, const auto& event) {
    return Under<"REN-Q4", "issuance">::test(c, event);
  }
};
struct CountFromTheOldEnd : Note {
  static void run(Context& c, const auto&) {
    c.me().set(kRenews);
    c.me()[kOldEnds] = c.now() < too_late_from(c) ? too_late_from(c) : Instant{};
  }
};
struct CountFromTheIssue : Note {
  static void run(Context& c, const auto&) {
    c.me().set(kRenews, false);
    c.me()[kOldEnds] = Instant{};
  }
};

constexpr MachineApi kApi = Tables<RenewalOrNew>::api("RenewalOrNew", ObjectKind::renewal);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<RenewalOrNew>::state_id<New> == kNew);

}  // namespace shinsa::model::renewal_or_new
