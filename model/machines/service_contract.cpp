/// The contract for the service: login to the online form, the application contact, the end.
/// Source: NTT-03, NTT-28, NTT-48 (page lines 20 to 27, 102, 126 to 127), ASM-45, ASM-48.
/// Not here: what is applied for under it (agency_application, other_change).
#include "model/machines/service_contract.hpp"

#include "model/core/machine.hpp"

namespace shinsa::model::service_contract {
namespace {

// clang-format off
struct Unknown : State {};
struct Signed : State {};     // in service from its start on
struct Ended : State {};

struct ContractKnown : On<"fact.contract"> { using On::On; };
struct LoginMade : On<"login.made"> { using On::On; };
struct ContactChangeRequested : On<"contact.change-requested"> { using On::On; };
struct ContractTerminated : On<"contract.terminated"> { using On::On; };

struct WithItsId; struct WithItsPassword; struct ByTheNamedForm;
struct Remember; struct OpenTheForm; struct ChangeContact;

struct ServiceContract : Machine<ServiceContract> {
  using states = mp_list<Unknown, Signed, Ended>;
  using events = mp_list<ContractKnown, LoginMade, ContactChangeRequested, ContractTerminated>;
  using initial_state = Unknown;
  using transition_table = mp_list<
    //   in       on                      go to   do                                           provided
    Row< Unknown, ContractKnown,          Signed, Do<Remember>                                                                 >,
    Row< Signed,  LoginMade,              none,   Do<OpenTheForm>,                             All<WithItsId, WithItsPassword> >,
    Row< Signed,  ContactChangeRequested, none,   Do<ChangeContact, Announce<ContactChanged>>, All<ByTheNamedForm>             >,
    Row< Signed,  ContractTerminated,     Ended,  Do<Announce<ContractOver>>                                                   >>;
  using unaccepted = mp_list<
    Breaks< ContractKnown,          Ids<"ASM-48"> >,
    Breaks< LoginMade,              Ids<"NTT-03"> >,
    Breaks< ContactChangeRequested, Ids<"NTT-28"> >,
    Breaks< ContractTerminated,     Ids<"ASM-48"> >>;
};
// clang-format on

struct WithItsId : Guard<"NTT-03"> {
  static bool test(const Context& c, const LoginMade& login) {
    return login.get<"auth_id">() == c.said<"fact.contract", "auth_id">(kContract);
  }
};
struct WithItsPassword : Guard<"NTT-03"> {
  static bool test(const Context&, const LoginMade& login) {
    return login.is_word<"password", "right">();
  }
};
struct ByTheNamedForm : Guard<"NTT-48"> {
  static bool test(const Context& c, const ContactChangeRequested& request) {
    return c.store().as_read(request.text<"form">()) ==
           c.store().as_read(c.label(kLabel<"NTT-48", "form">));
  }
};

struct Remember : Note {
  static void run(Context& c, const ContractKnown& contract) {
    c.me()[kContract] = contract.event->data;
    c.me()[kContact] = contract.text<"contact">();
  }
};
struct OpenTheForm : Note {
  static void run(Context& c, const LoginMade&) { c.me().set(kLoggedIn); }
};
struct ChangeContact : Effect<"NTT-48"> {
  static void run(Context& c, const ContactChangeRequested& request) {
    c.me()[kContact] = request.text<"contact">();
  }
};

constexpr MachineApi kApi = Tables<ServiceContract>::api("ServiceContract", ObjectKind::contract);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<ServiceContract>::state_id<Ended> == kEnded);

}  // namespace shinsa::model::service_contract
