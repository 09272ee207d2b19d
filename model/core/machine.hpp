/// The only header that includes Boost.MSM: the row type, the machine base, and what is derived
/// from a table.
///
/// Included by the .cpp files of model/machines alone (it costs seconds and hundreds of MB). A row
/// is an MSM row that knows its own index and reports that it fired; all names, guards, effects and
/// refusals are read off the table.
#pragma once

#include <boost/version.hpp>
static_assert(BOOST_VERSION >= 108100 && BOOST_VERSION < 108400,
              "written against the MSM of Boost 1.81 (unchanged from 1.77 to 1.83): install "
              "libboost1.81-dev");
#include <boost/mp11.hpp>
#include <boost/mp11/mpl.hpp>  // makes mp_list a sequence for MSM: no limit on rows
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>

#include "model/core/context.hpp"
#ifndef SHINSA_STOCK_TABLES
#include "model/core/dispatch_tables.hpp"
#endif

namespace shinsa::model {

namespace mp = boost::mp11;
namespace msm = boost::msm;
using boost::mp11::mp_list;
using msm::front::none;

struct State : msm::front::state<> {};

namespace detail {

template <class T>
consteval std::string_view name_of() {
  std::string_view text = __PRETTY_FUNCTION__;
  const auto begin = text.find("T = ") + 4;
  auto end = text.find(';', begin);
  if (end == std::string_view::npos) end = text.rfind(']');
  text = text.substr(begin, end - begin);
  const auto colons = text.substr(0, text.find('<')).rfind("::");
  return colons == std::string_view::npos ? text : text.substr(colons + 2);
}

// A conjunction as a flat list of (question, negated): All nests, so that a long condition can have
// a name.
template <class Q, bool Negated>
struct AtomType {
  using Question = Q;
  static constexpr bool negated = Negated;
};
template <class Q>
struct Flatten {
  using type = mp_list<AtomType<Q, false>>;
};
template <class Q>
struct Flatten<Not<Q>> {
  using type = mp_list<AtomType<Q, true>>;
};
template <class... Q>
struct Flatten<All<Q...>> {
  using type = mp::mp_append<mp_list<>, typename Flatten<Q>::type...>;
};
// Do nests likewise.
template <class E>
struct Effects {
  using type = mp_list<E>;
};
template <class... E>
struct Effects<Do<E...>> {
  using type = mp::mp_append<mp_list<>, typename Effects<E>::type...>;
};

template <class A>
using QuestionOf = typename A::Question;
template <class B>
struct BreakOf;
template <class E, class What, class... States>
struct BreakOf<Breaks<E, What, States...>> {
  using Event = E;
  using Told = What;
  using In = mp_list<States...>;
};

}  // namespace detail

/// One line of a transition table: `Row< in, on, go to, do, provided >`. `none` as the target: an
/// internal row.
template <class S, class E, class T, class Do_ = Do<>, class Provided = All<>>
struct Row : msm::front::Row<S, E, T, Do_, Provided> {
  using Atoms = typename detail::Flatten<Provided>::type;
  using EffectList = typename detail::Effects<Do_>::type;
  static constexpr bool internal = std::is_same_v<T, none>;
  using row_type_tag = std::conditional_t<internal, msm::irow_tag, msm::row_tag>;

  template <class Ev, class F, class X, class Y, class Z>
  static bool guard_call(F& fsm, const Ev& event, X&, Y&, Z&) {
    return F::Table::template holds<Row>(std::as_const(*fsm.context), event);
  }
  template <class Ev, class F, class X, class Y, class Z>
  static msm::back::HandledEnum action_call(F& fsm, const Ev& event, X&, Y&, Z&) {
    fsm.fired = F::Table::template row_id<Row>;
    F::Table::template run<Row>(*fsm.context, event);
    return msm::back::HANDLED_TRUE;
  }
};

template <class Definition>
struct Tables;

/// Base of a machine's definition: states, events, initial_state, transition_table, and optionally
/// `unaccepted`.
template <class Definition>
struct Machine : msm::front::state_machine_def<Definition> {
  using Table = Tables<Definition>;
  using unaccepted = mp_list<>;
  typedef int no_message_queue;     // NOLINT(modernize-use-using): effects never process events
  typedef int no_exception_thrown;  // NOLINT(modernize-use-using)
  Context* context = nullptr;
  std::uint8_t fired = kNoRow;
  template <class F, class E>
  void no_transition(const E&, F&, int) {}
};

/// Everything that is derived from the table of a machine.
template <class Definition>
struct Tables {
#ifdef SHINSA_STOCK_TABLES
  using Fsm = msm::back::state_machine<Definition>;
#else
  using Fsm = msm::back::state_machine<Definition, DispatchTables>;
#endif
  using Rows = typename Definition::transition_table;
  using States = typename Definition::states;
  using Events = typename Definition::events;
  using Broken = typename Definition::unaccepted;

  template <class R>
  using source_of = typename R::Source;
  template <class R>
  using target_of = std::conditional_t<R::internal, typename R::Source, typename R::Target>;
  template <class R>
  using event_of = typename R::Evt;
  template <class R>
  using questions_of = mp::mp_transform<detail::QuestionOf, typename R::Atoms>;
  template <class R>
  using effects_of = typename R::EffectList;
  template <class B>
  using told_by = typename detail::BreakOf<B>::Told;
  template <class T>
  struct IsBareIds : std::false_type {};
  template <Literal... I>
  struct IsBareIds<Ids<I...>> : std::true_type {};

  using RowGuards = mp::mp_flatten<mp::mp_transform<questions_of, Rows>>;
  using BrokenGuards = mp::mp_remove_if<mp::mp_transform<told_by, Broken>, IsBareIds>;
  using Guards = mp::mp_unique<mp::mp_append<RowGuards, BrokenGuards>>;
  using EffectTypes = mp::mp_unique<mp::mp_flatten<mp::mp_transform<effects_of, Rows>>>;

  static constexpr std::size_t kRows = mp::mp_size<Rows>::value;
  static constexpr std::size_t kStates = mp::mp_size<States>::value;
  static constexpr std::size_t kEvents = mp::mp_size<Events>::value;
  static constexpr std::size_t kGuards = mp::mp_size<Guards>::value;

  template <class A, class B>
  static constexpr bool same_set = mp::mp_empty<mp::mp_set_difference<mp::mp_unique<A>, B>>::value&&
      mp::mp_empty<mp::mp_set_difference<B, mp::mp_unique<A>>>::value;
  static_assert(mp::mp_is_set<Rows>::value, "the same row twice");
  static_assert(kRows <= 40, "a table past 40 rows is two machines");
  static_assert(kEvents <= 64 && kStates <= 64 && kGuards <= 64);
  static_assert(same_set<mp::mp_transform<event_of, Rows>, Events>,
                "events and the table disagree");
  static_assert(
      same_set<mp::mp_append<mp::mp_transform<source_of, Rows>, mp::mp_transform<target_of, Rows>>,
               States>,
      "states and the table disagree");
  static_assert(std::is_same_v<mp::mp_front<States>, typename Definition::initial_state>,
                "the initial state comes first, so that zeroed control is initial control");

  template <class S>
  static constexpr std::uint8_t state_id = static_cast<std::uint8_t>(mp::mp_find<States, S>::value);
  template <class E>
  static constexpr std::uint8_t event_id = static_cast<std::uint8_t>(mp::mp_find<Events, E>::value);
  template <class R>
  static constexpr std::uint8_t row_id = static_cast<std::uint8_t>(mp::mp_find<Rows, R>::value);
  template <class G>
  static constexpr std::uint8_t guard_id = static_cast<std::uint8_t>(mp::mp_find<Guards, G>::value);
  template <class E>
  static constexpr std::uint8_t effect_id =
      static_cast<std::uint8_t>(mp::mp_find<EffectTypes, E>::value);

  // -- asking and acting
  // ------------------------------------------------------------------------------------------------
  template <class G>
  static bool ask_guard(const Context& context, const auto& event) {
    return context.ask(guard_id<G>, [&] { return G::test(context, event); });
  }
  template <class R>
  static bool holds(const Context& context, const auto& event) {
    return []<class... A>(mp_list<A...>, const Context& c, const auto& e) {
      return ((ask_guard<typename A::Question>(c, e) != A::negated) && ...);
    }(typename R::Atoms{}, context, event);
  }
  template <class R>
  static void run(Context& context, const auto& event) {
    []<class... E>(mp_list<E...>, Context& c, const auto& e) { (run_effect<E>(c, e), ...); }(
        typename R::EffectList{}, context, event);
  }
  template <class E>
  static void run_effect(Context& context, const auto& event) {
    if constexpr (requires { E::applies(std::as_const(context), event); })
      if (!E::applies(std::as_const(context), event)) return;
    context.act(effect_id<E>, E::clauses, [&] { E::run(context, event); });
  }

  // -- the machine as data
  // ------------------------------------------------------------------------------------------------
  static constexpr auto state_names = []<class... S>(mp_list<S...>) {
    return std::array<std::string_view, kStates>{detail::name_of<S>()...};
  }(States{});
  static constexpr auto guards = []<class... G>(mp_list<G...>) {
    return std::array<GuardInfo, kGuards>{GuardInfo{detail::name_of<G>(), G::clauses}...};
  }(Guards{});
  template <class E>
  static constexpr bool kPermits = [] {
    if constexpr (requires { E::permits; }) return true;
    return false;
  }();
  template <class E>
  static constexpr bool kShows = [] {
    if constexpr (requires { E::shows; }) return true;
    return false;
  }();
  static constexpr auto effects = []<class... E>(mp_list<E...>) {
    return std::array<EffectInfo, sizeof...(E)>{
        EffectInfo{detail::name_of<E>(), E::clauses, kPermits<E>, kShows<E>}...};
  }(EffectTypes{});

  template <class E>
  static constexpr EventInfo event_info() {
    EventInfo info;
    info.name = detail::name_of<E>();
    if constexpr (requires { E::message; }) {
      info.source = EventInfo::Source::message;
      info.message = E::message;
    } else if constexpr (requires { E::slot; }) {
      info.source = EventInfo::Source::deadline;
      info.slot = E::slot;
    } else {
      info.source = EventInfo::Source::trace;
      info.type = E::type;
      info.via = E::via;
      if constexpr (requires(const E& e, const Context& c) { E::is(e, c); })
        info.is = +[](const Context& c, const Event& event, const Record& record) {
          return E::is(E(event, record), c);
        };
      if constexpr (requires(const E& e, const Context& c, std::span<const ClauseIndex> clauses) {
                      E::refusal(e, c, clauses);
                    })
        info.refusal = +[](const Context& c, const Event& event, const Record& record,
                           std::span<const ClauseIndex> clauses) {
          return E::refusal(E(event, record), c, clauses).record(c.store());
        };
    }
    return info;
  }
  static constexpr auto events = []<class... E>(mp_list<E...>) {
    return std::array<EventInfo, kEvents>{event_info<E>()...};
  }(Events{});

  template <class R>
  static constexpr auto atoms_of = []<class... A>(mp_list<A...>) {
    return std::array<Atom, sizeof...(A)>{Atom{guard_id<typename A::Question>, A::negated}...};
  }(typename R::Atoms{});
  template <class R>
  static constexpr auto effect_ids_of = []<class... E>(mp_list<E...>) {
    return std::array<std::uint8_t, sizeof...(E)>{effect_id<E>...};
  }(typename R::EffectList{});
  static constexpr auto rows = []<class... R>(mp_list<R...>) {
    return std::array<RowInfo, kRows>{RowInfo{state_id<source_of<R>>, event_id<event_of<R>>,
                                              state_id<target_of<R>>, R::internal, atoms_of<R>,
                                              effect_ids_of<R>}...};
  }(Rows{});
  static constexpr auto accepts = [] {
    std::array<std::uint64_t, kStates> masks{};
    for (const RowInfo& row : rows) masks[row.source] |= 1ull << row.event;
    return masks;
  }();
  template <class B>
  static constexpr BreakInfo break_info() {
    using Broken_ = detail::BreakOf<B>;
    BreakInfo info;
    info.event = event_id<typename Broken_::Event>;
    static_assert(event_id<typename Broken_::Event> < kEvents,
                  "Breaks names an event that the table does not have");
    info.clauses = Broken_::Told::clauses;
    if constexpr (!IsBareIds<typename Broken_::Told>::value)
      info.guard = guard_id<typename Broken_::Told>;
    info.any_state = mp::mp_empty<typename Broken_::In>::value;
    info.states = []<class... S>(mp_list<S...>) {
      static_assert(((state_id<S> < kStates) && ...),
                    "Breaks names a state that the table does not have");
      return ((1ull << state_id<S>) | ... | 0ull);
    }(typename Broken_::In{});
    return info;
  }
  static constexpr auto breaks = []<class... B>(mp_list<B...>) {
    return std::array<BreakInfo, sizeof...(B)>{break_info<B>()...};
  }(Broken{});

  static constexpr auto to_msm = []<class... S>(mp_list<S...>) {
    return std::array<std::uint8_t, kStates>{
        static_cast<std::uint8_t>(msm::back::get_state_id<typename Fsm::stt, S>::value)...};
  }(States{});
  static constexpr auto from_msm = [] {
    std::array<std::uint8_t, kStates> ids{};
    for (std::size_t i = 0; i < kStates; ++i) ids[to_msm[i]] = static_cast<std::uint8_t>(i);
    return ids;
  }();

  // -- the three functions
  // ------------------------------------------------------------------------------------------------
  /// Writes the state through MSM's public serialisation, which the compiler reduces to a move.
  struct Poke {
    int state;
    template <std::size_t N>
    Poke& operator&(int (&states)[N]) {
      static_assert(N == 1, "one region per machine");
      states[0] = state;
      return *this;
    }
    Poke& operator&(bool&) { return *this; }
    template <class T>
    Poke& operator&(T&) {
      return *this;
    }
  };
  template <class E>
  static void fire(Fsm& fsm, const Event& event, const Record& record) {
    fsm.process_event(E(event, record));
  }
  static constexpr auto dispatch = []<class... E>(mp_list<E...>) {
    return std::array<void (*)(Fsm&, const Event&, const Record&), kEvents>{&fire<E>...};
  }(Events{});

  static std::uint8_t step(std::uint8_t state, Context& context, std::uint8_t event,
                           const Event& what, const Record& record, std::uint8_t& fired) {
    Fsm fsm;
    fsm.context = &context;
    Poke poke{to_msm[state]};
    fsm.serialize(poke, 0);
    dispatch[event](fsm, what, record);
    fired = fsm.fired;
    return from_msm[static_cast<std::size_t>(fsm.current_state()[0])];
  }

  template <class R>
  static bool row_holds(const Context& context, const Event& what, const Record& record) {
    return holds<R>(context, event_of<R>(what, record));
  }
  static constexpr auto row_tests = []<class... R>(mp_list<R...>) {
    return std::array<bool (*)(const Context&, const Event&, const Record&), kRows>{
        &row_holds<R>...};
  }(Rows{});
  static std::uint8_t enabled(std::uint8_t state, const Context& context, std::uint8_t event,
                              const Event& what, const Record& record) {
    for (std::size_t i = kRows; i-- > 0;)
      if (rows[i].source == state && rows[i].event == event && row_tests[i](context, what, record))
        return static_cast<std::uint8_t>(i);
    return kNoRow;
  }

  // A guard can be asked for the events of the rows (or Breaks lines) it stands in.
  template <class E, class G>
  static bool ask_for(const Context& context, const Event& what, const Record& record) {
    if constexpr (requires(const E& e) { G::test(context, e); })
      return ask_guard<G>(context, E(what, record));
    else
      return true;
  }
  template <class E>
  static bool ask_any(std::uint8_t guard, const Context& context, const Event& what,
                      const Record& record) {
    bool yes = true;
    mp::mp_for_each<mp::mp_transform<mp::mp_identity, Guards>>([&]<class G>(mp::mp_identity<G>) {
      using asked_here = mp::mp_contains<guards_on<E>, G>;
      if constexpr (asked_here::value)
        if (guard_id<G> == guard) yes = ask_for<E, G>(context, what, record);
    });
    return yes;
  }
  template <class E>
  struct row_is_on {
    template <class R>
    using fn = std::is_same<event_of<R>, E>;
  };
  template <class E>
  struct break_is_on {
    template <class B>
    using fn = std::is_same<typename detail::BreakOf<B>::Event, E>;
  };
  template <class E>
  using guards_on = mp::mp_append<
      mp::mp_flatten<mp::mp_transform<questions_of, mp::mp_copy_if_q<Rows, row_is_on<E>>>>,
      mp::mp_transform<told_by, mp::mp_copy_if_q<Broken, break_is_on<E>>>>;
  static constexpr auto asks = []<class... E>(mp_list<E...>) {
    return std::array<bool (*)(std::uint8_t, const Context&, const Event&, const Record&), kEvents>{
        &ask_any<E>...};
  }(Events{});
  static bool ask(std::uint8_t guard, const Context& context, std::uint8_t event, const Event& what,
                  const Record& record) {
    return asks[event](guard, context, what, record);
  }

  static constexpr MachineApi api(std::string_view name, ObjectKind kind) {
    return {name,    kind,   state_names, events, rows,     guards,
            effects, breaks, accepts,     &step,  &enabled, &ask};
  }
};

}  // namespace shinsa::model
