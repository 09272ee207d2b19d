// The machines of issuance.pml. Its action numbers (A1 to A21) stand beside the rows.
#include "bench/twin/issuance.hpp"

#include <bit>
#include <boost/mp11.hpp>
#include <boost/mp11/mpl.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>

#include "model/core/dispatch_tables.hpp"

namespace shinsa::bench::twin {
namespace {

namespace mp = boost::mp11;
namespace msm = boost::msm;
using mp::mp_list;
using msm::front::none;

/// What the machines of one order see: its record, and what they may know of the others.
struct Scene {
  Order me;
  std::uint32_t active = 0;  ///< active certificates of all orders
  Order origin{};            ///< of what is reissued
  std::uint32_t origin_number = 0;
  Bug bug = Bug::none;
  bool issued = false;  ///< the order's machine tells the certificate's
};

// -- events, one for each action; the tick is shared

enum class Action : std::uint8_t {
  new_dv,
  new_ov,
  reissue,
  submit,
  accept,
  reject,
  pay,
  decline,
  challenge,
  deliver,
  lose,
  resend,
  confirm,
  answer,
  no_answer,
  refuse,
  issue,
  ca_error,
  cancel,
  revoke,
  tick
};
constexpr std::array kWords{"new DV",  "new OV",  "reissue",   "submit",  "accept", "reject",
                            "pay",     "decline", "challenge", "deliver", "lose",   "resend",
                            "confirm", "answer",  "no answer", "refuse",  "issue",  "CA error",
                            "cancel",  "revoke",  "tick"};
template <Action>
struct On {};
struct Issued {};

/// An action as a bit of a mask; what is told within an order is none.
template <Action A>
constexpr std::uint32_t bit_of(On<A>) {
  return 1u << static_cast<unsigned>(A);
}
constexpr std::uint32_t bit_of(Issued) { return 0; }

struct State : msm::front::state<> {};

/// A guard or an effect over the scene.
template <auto F>
struct If {
  template <class E, class M, class S, class T>
  bool operator()(const E&, M& machine, S&, T&) const {
    return F(std::as_const(*machine.scene));
  }
};
template <auto F>
struct Do {
  template <class E, class M, class S, class T>
  void operator()(const E&, M& machine, S&, T&) const {
    F(*machine.scene);
    machine.fired = true;
  }
};

template <class Definition>
struct Machine : msm::front::state_machine_def<Definition> {
  typedef int no_message_queue;     // NOLINT(modernize-use-using)
  typedef int no_exception_thrown;  // NOLINT(modernize-use-using)
  Scene* scene = nullptr;
  bool fired = false;
  template <class F, class E>
  void no_transition(const E&, F&, int) {}
};
template <class S, class E, class T, auto Effect, auto Guard>
using Row = msm::front::Row<S, E, T, Do<Effect>, If<Guard>>;

// -- guards

constexpr auto always = [](const Scene&) { return true; };
constexpr auto is_new = [](const Scene& s) {
  return s.me.orig == 0 && !(s.bug == Bug::payment && s.me.ov == 1);
};
constexpr auto is_paid_for = [](const Scene& s) { return !is_new(s); };
constexpr auto first_try = [](const Scene& s) { return s.me.tries == 0; };
constexpr auto last_try = [](const Scene& s) { return s.me.tries == 1; };
constexpr auto in_flight = [](const Scene& s) { return s.me.mail == 1; };
constexpr auto may_resend = [](const Scene& s) { return s.me.mail == 3 && s.me.tries < 2; };
constexpr auto by_phone = [](const Scene& s) {
  return s.me.mail == 2 && s.me.ov == 1 && s.me.phone == 0;
};
constexpr auto at_once = [](const Scene& s) {
  return s.me.mail == 2 && !(s.me.ov == 1 && s.me.phone == 0);
};
constexpr auto has_room = [](const Scene& s) { return s.active < (s.bug == Bug::cap ? 3u : 2u); };
constexpr auto is_young = [](const Scene& s) { return s.me.age < 2; };
constexpr auto is_old = [](const Scene& s) { return s.me.age == 2; };
constexpr auto may_try_again = [](const Scene& s) { return s.me.age == 2 && s.me.chal < 2; };
constexpr auto has_tried_twice = [](const Scene& s) { return s.me.age == 2 && s.me.chal == 2; };
// Expiry is not enforced while the telephone is waited for, if that is the bug.
constexpr auto stays = [](const Scene& s) { return s.bug == Bug::expiry || s.me.age < 2; };
constexpr auto tries_again = [](const Scene& s) {
  return s.bug != Bug::expiry && may_try_again(s);
};
constexpr auto ends_late = [](const Scene& s) {
  return s.bug != Bug::expiry && has_tried_twice(s);
};

// -- effects

constexpr auto nothing = [](Scene&) {};
constexpr auto take_ov = [](Scene& s) { s.me.ov = 1; };
constexpr auto take_origin = [](Scene& s) {
  s.me.orig = s.origin_number + 1;
  s.me.ov = s.origin.ov;
  s.me.phone = s.origin.phone;
};
constexpr auto end = [](Scene& s) {
  s.me.mail = s.me.tries = s.me.chal = s.me.age = s.me.dcv = s.me.phone = 0;
  if (s.me.paid == 1) s.me.paid = 2;
};
constexpr auto take_payment = [](Scene& s) {
  s.me.paid = 1;
  s.me.tries = s.me.age = 0;
};
constexpr auto count_try = [](Scene& s) { s.me.tries = 1; };
constexpr auto send = [](Scene& s) {
  s.me.mail = s.me.tries = 1;
  s.me.age = s.me.dcv = 0;
  s.me.chal = s.me.chal + 1;
};
constexpr auto arrive = [](Scene& s) { s.me.mail = 2; };
constexpr auto get_lost = [](Scene& s) { s.me.mail = 3; };
constexpr auto send_again = [](Scene& s) {
  s.me.mail = 1;
  s.me.tries = 2;
};
constexpr auto note_control = [](Scene& s) {
  s.me.dcv = 1;
  s.me.mail = s.me.tries = 0;
};
constexpr auto note_phone = [](Scene& s) {
  s.me.phone = 1;
  s.me.tries = 0;
};
constexpr auto tell_issued = [](Scene& s) { s.issued = true; };
constexpr auto grow = [](Scene& s) {
  if (s.me.age < 3) s.me.age = s.me.age + 1;
};
constexpr auto start_over = [](Scene& s) { s.me.mail = s.me.tries = s.me.age = s.me.dcv = 0; };
constexpr auto begin_age = [](Scene& s) { s.me.cage = 0; };
constexpr auto grow_older = [](Scene& s) { s.me.cage = s.me.cage + 1; };
constexpr auto is_fresh = [](const Scene& s) { return s.me.cage < 2; };
constexpr auto has_run_out = [](const Scene& s) { return s.me.cage == 2; };

// -- the machines

struct None : State {};
struct Draft : State {};
struct Submitted : State {};
struct AwaitPay : State {};
struct Paid : State {};
struct DcvPending : State {};
struct OvPending : State {};
struct Issuing : State {};
struct WasIssued : State {};
struct Cancelled : State {};
struct Rejected : State {};

using enum Action;

struct Life : Machine<Life> {
  using states = mp_list<None, Draft, Submitted, AwaitPay, Paid, DcvPending, OvPending, Issuing,
                         WasIssued, Cancelled, Rejected>;
  using initial_state = None;
  // clang-format off
  using transition_table = mp_list<
    //   in          on              go to       do            provided
    Row< None,       On<new_dv>,     Draft,      nothing,      always          >,  // A1
    Row< None,       On<new_ov>,     Draft,      take_ov,      always          >,  // A2
    Row< None,       On<reissue>,    Draft,      take_origin,  always          >,  // A3
    Row< Draft,      On<submit>,     Submitted,  nothing,      always          >,  // A4
    Row< Submitted,  On<accept>,     AwaitPay,   nothing,      is_new          >,  // A5
    Row< Submitted,  On<accept>,     Paid,       nothing,      is_paid_for     >,
    Row< Submitted,  On<reject>,     Rejected,   end,          always          >,  // A6
    Row< AwaitPay,   On<pay>,        Paid,       take_payment, always          >,  // A7
    Row< AwaitPay,   On<decline>,    none,       count_try,    first_try       >,  // A8
    Row< AwaitPay,   On<decline>,    Cancelled,  end,          last_try        >,
    Row< Paid,       On<challenge>,  DcvPending, send,         always          >,  // A9
    Row< DcvPending, On<deliver>,    none,       arrive,       in_flight       >,  // A10
    Row< DcvPending, On<lose>,       none,       get_lost,     in_flight       >,  // A11
    Row< DcvPending, On<resend>,     none,       send_again,   may_resend      >,  // A12
    Row< DcvPending, On<confirm>,    OvPending,  note_control, by_phone        >,  // A13
    Row< DcvPending, On<confirm>,    Issuing,    note_control, at_once         >,
    Row< OvPending,  On<answer>,     Issuing,    note_phone,   always          >,  // A14
    Row< OvPending,  On<no_answer>,  none,       count_try,    first_try       >,  // A15
    Row< OvPending,  On<no_answer>,  Rejected,   end,          last_try        >,
    Row< OvPending,  On<refuse>,     Rejected,   end,          always          >,  // A16
    Row< Issuing,    On<issue>,      WasIssued,  tell_issued,  has_room        >,  // A17
    Row< Issuing,    On<ca_error>,   Rejected,   end,          always          >,  // A18
    Row< Draft,      On<cancel>,     Cancelled,  end,          always          >,  // A19
    Row< Submitted,  On<cancel>,     Cancelled,  end,          always          >,
    Row< AwaitPay,   On<cancel>,     Cancelled,  end,          always          >,
    Row< Paid,       On<cancel>,     Cancelled,  end,          always          >,
    Row< DcvPending, On<cancel>,     Cancelled,  end,          always          >,
    Row< OvPending,  On<cancel>,     Cancelled,  end,          always          >,
    Row< AwaitPay,   On<tick>,       none,       grow,         is_young        >,  // A21
    Row< AwaitPay,   On<tick>,       Cancelled,  end,          is_old          >,
    Row< DcvPending, On<tick>,       none,       grow,         is_young        >,
    Row< DcvPending, On<tick>,       Paid,       start_over,   may_try_again   >,
    Row< DcvPending, On<tick>,       Rejected,   end,          has_tried_twice >,
    Row< OvPending,  On<tick>,       none,       grow,         stays           >,
    Row< OvPending,  On<tick>,       Paid,       start_over,   tries_again     >,
    Row< OvPending,  On<tick>,       Rejected,   end,          ends_late       >,
    Row< Issuing,    On<tick>,       none,       grow,         is_young        >,
    Row< Issuing,    On<tick>,       Paid,       start_over,   may_try_again   >,
    Row< Issuing,    On<tick>,       Rejected,   end,          has_tried_twice >>;
  // clang-format on
};

struct NoCertificate : State {};
struct Active : State {};
struct Revoked : State {};
struct Expired : State {};

struct Certificate : Machine<Certificate> {
  using states = mp_list<NoCertificate, Active, Revoked, Expired>;
  using initial_state = NoCertificate;
  // clang-format off
  using transition_table = mp_list<
    Row< NoCertificate, Issued,     Active,  begin_age,  always      >,
    Row< Active,        On<revoke>, Revoked, begin_age,  always      >,  // A20
    Row< Active,        On<tick>,   none,    grow_older, is_fresh    >,
    Row< Active,        On<tick>,   Expired, begin_age,  has_run_out >>;
  // clang-format on
};

/// A machine that is made anew for each step: its state is in the record alone.
template <class Definition>
struct Steps {
  using Fsm = msm::back::state_machine<Definition, model::DispatchTables>;
  using States = typename Definition::states;
  static constexpr std::size_t kStates = mp::mp_size<States>::value;
  static constexpr auto to_msm = []<class... S>(mp_list<S...>) {
    return std::array<int, kStates>{msm::back::get_state_id<typename Fsm::stt, S>::value...};
  }(States{});
  static constexpr auto from_msm = [] {
    std::array<std::uint8_t, kStates> ids{};
    for (std::size_t i = 0; i < kStates; ++i)
      ids[static_cast<std::size_t>(to_msm[i])] = static_cast<std::uint8_t>(i);
    return ids;
  }();
  /// By state: which actions have a row there.
  static constexpr auto accepts = [] {
    std::array<std::uint32_t, kStates> masks{};
    mp::mp_for_each<mp::mp_transform<mp::mp_identity, typename Definition::transition_table>>(
        [&]<class R>(mp::mp_identity<R>) {
          masks[mp::mp_find<States, typename R::Source>::value] |= bit_of(typename R::Evt{});
        });
    return masks;
  }();

  struct Poke {  // writes the state through MSM's public serialisation
    int state;
    Poke& operator&(int (&states)[1]) {
      states[0] = state;
      return *this;
    }
    template <class T>
    Poke& operator&(T&) {
      return *this;
    }
  };
  /// @return whether a row fired; the state is changed then.
  template <class E>
  static bool step(std::uint8_t& state, Scene& scene, const E& event) {
    Fsm fsm;
    fsm.scene = &scene;
    Poke poke{to_msm[state]};
    fsm.serialize(poke, 0);
    fsm.process_event(event);
    if (fsm.fired) state = from_msm[static_cast<std::size_t>(fsm.current_state()[0])];
    return fsm.fired;
  }
};

// -- the model

using Key = Issuance::Key;
using properties::explorer::Step;
using Orders = std::array<Order, kOrders>;

constexpr Step step_of(Action action, std::size_t order, std::size_t origin = 0) {
  return static_cast<Step>(static_cast<unsigned>(action) << 4 | order << 2 | origin);
}

template <Action A>
bool step_life(std::uint8_t& state, Scene& scene) {
  return Steps<Life>::step(state, scene, On<A>{});
}
/// By action: how it is put to the order's machine.
constexpr auto kLife = []<std::size_t... A>(std::index_sequence<A...>) {
  return std::array{&step_life<static_cast<Action>(A)>...};
}
(std::make_index_sequence<static_cast<std::size_t>(tick) + 1>{});

/// One action of one order, and what it brings about for its certificate.
bool act(Scene& scene, Action action) {
  std::uint8_t state = scene.me.state;
  if (!kLife[static_cast<std::size_t>(action)](state, scene)) return false;
  scene.me.state = state;
  if (!scene.issued) return true;
  std::uint8_t cert = scene.me.cert;
  Steps<Certificate>::step(cert, scene, Issued{});
  scene.me.cert = cert;
  scene.issued = false;
  return true;
}

template <class E>
bool act_on_certificate(Scene& scene, const E& event) {
  std::uint8_t cert = scene.me.cert;
  if (!Steps<Certificate>::step(cert, scene, event)) return false;
  scene.me.cert = cert;
  return true;
}

constexpr auto kNone = static_cast<std::uint32_t>(mp::mp_find<Life::states, None>::value);
constexpr auto kDcvPending =
    static_cast<std::uint32_t>(mp::mp_find<Life::states, DcvPending>::value);
constexpr auto kIssuing = static_cast<std::uint32_t>(mp::mp_find<Life::states, Issuing>::value);
constexpr auto kWasIssued = static_cast<std::uint32_t>(mp::mp_find<Life::states, WasIssued>::value);
constexpr auto kActive =
    static_cast<std::uint32_t>(mp::mp_find<Certificate::states, Active>::value);

std::uint32_t active(const Orders& orders) {
  std::uint32_t count = 0;
  for (const Order& one : orders) count += one.cert == kActive;
  return count;
}

/// Whether the order was paid for, itself or by the order that it goes back to.
bool is_settled(const Orders& orders, std::size_t i) {
  while (orders[i].orig != 0) i = orders[i].orig - 1;
  return orders[i].paid == 1;
}

}  // namespace

void Issuance::successors(const Key& key, Sink sink, void* to) const {
  const auto orders = std::bit_cast<Orders>(key);
  const std::uint32_t now_active = active(orders);
  const auto tell = [&](Step step, std::size_t i, const Order& after) {
    Key successor = key;
    successor[i] = std::bit_cast<std::uint32_t>(after);
    sink(to, step, successor);
  };
  constexpr std::uint32_t kTick = bit_of(On<tick>{});
  bool clocked = false;
  for (std::size_t i = 0; i < kOrders; ++i) {
    const Order& me = orders[i];
    const Scene before{me, now_active, {}, 0, bug_};
    const auto attempt = [&](Scene scene, Action action, std::size_t origin = 0) {
      if (act(scene, action)) tell(step_of(action, i, origin), i, scene.me);
    };
    const std::uint32_t accepted = Steps<Life>::accepts[me.state];
    if (me.state == kNone) {
      if (i > 0 && orders[i - 1].state == kNone) break;  // made in the order of their numbers
      attempt(before, new_dv);
      attempt(before, new_ov);
      for (std::size_t j = 0; j < i; ++j)
        if (orders[j].cert == kActive)
          attempt({me, now_active, orders[j], static_cast<std::uint32_t>(j), bug_}, reissue, j);
    } else {
      for (std::uint32_t left = accepted & ~kTick; left; left &= left - 1)
        attempt(before, static_cast<Action>(std::countr_zero(left)));
    }
    const std::uint32_t of_certificate = Steps<Certificate>::accepts[me.cert];
    clocked = clocked || ((accepted | of_certificate) & kTick) != 0;
    if (Scene scene = before;
        (of_certificate & bit_of(On<revoke>{})) && act_on_certificate(scene, On<revoke>{}))
      tell(step_of(revoke, i), i, scene.me);
  }
  if (!clocked) return;
  Key successor = key;
  for (std::size_t i = 0; i < kOrders; ++i) {
    Scene scene{orders[i], now_active, {}, 0, bug_};
    if (Steps<Life>::accepts[scene.me.state] & kTick)
      act(scene, tick);
    else if (Steps<Certificate>::accepts[scene.me.cert] & kTick)
      act_on_certificate(scene, On<tick>{});
    successor[i] = std::bit_cast<std::uint32_t>(scene.me);
  }
  sink(to, step_of(tick, 0), successor);
}

bool Issuance::broken(const Key& key) const {
  const auto orders = std::bit_cast<Orders>(key);
  for (std::size_t i = 0; i < kOrders; ++i) {
    const Order& o = orders[i];
    if (o.cert != 0 && !is_settled(orders, i)) return true;                        // I1
    if (o.state == kWasIssued && !(o.dcv == 1 && o.age < 3)) return true;          // I3
    if (o.state >= kDcvPending && o.state <= kIssuing && o.age >= 3) return true;  // I3
  }
  return active(orders) > 2;  // I2
}

std::string Issuance::text(Step step) {
  const auto action = static_cast<Action>(step >> 4);
  std::string words = kWords[static_cast<std::size_t>(action)];
  if (action == tick) return words;
  words += " " + std::to_string((step >> 2 & 3) + 1);
  if (action == reissue) words += " of " + std::to_string((step & 3) + 1);
  return words;
}

}  // namespace shinsa::bench::twin
