/// A compile policy for Boost.MSM 1.81 whose dispatch tables are constant expressions made with
/// mp11.
///
/// Halves the compile time of a machine and takes the tables out of dynamic initialisation. It
/// relies on internals of a pinned header, as MSM's own policies do; `-DSHINSA_STOCK_TABLES` builds
/// without it, and the behaviour is the same for what our machines are: one region, no submachine,
/// no deferral, no event inheritance.
#pragma once

#include <boost/mp11.hpp>
#include <boost/mp11/mpl.hpp>
#include <boost/msm/back/state_machine.hpp>

namespace shinsa::model {

struct DispatchTables {
  typedef int compile_policy;  // NOLINT(modernize-use-using): MSM asks for the name
  typedef boost::mpl::true_ add_forwarding_rows;  // NOLINT(modernize-use-using)
};

namespace detail {

template <class Sequence>
using AsList =
    typename boost::mpl::fold<Sequence, boost::mp11::mp_list<>,
                              boost::mpl::push_back<boost::mpl::_1, boost::mpl::_2>>::type;

template <class E>
struct RowsOn {
  template <class R>
  using fn = std::is_same<typename R::transition_event, E>;
};

template <class S>
struct RowsFrom {
  template <class R>
  using fn = std::is_same<typename R::current_state_type, S>;
};

template <class R>
using SourceOf = typename R::current_state_type;

}  // namespace detail
}  // namespace shinsa::model

namespace boost::msm::back {

template <class Fsm, class Stt, class Event>
struct dispatch_table<Fsm, Stt, Event, ::shinsa::model::DispatchTables> {
  using cell = HandledEnum (*)(Fsm&, int, int, const Event&);
  // MSM tries the rows of a cell from the bottom of the table up.
  using rows = ::boost::mp11::mp_reverse<::boost::mp11::mp_copy_if_q<
      ::shinsa::model::detail::AsList<Stt>, ::shinsa::model::detail::RowsOn<Event>>>;
  static constexpr int kStates = ::boost::mpl::size<typename Fsm::state_list>::value;

  template <class... R>
  static HandledEnum chain(Fsm& fsm, int region, int state, const Event& event) {
    HandledEnum result = HANDLED_FALSE;
    bool rejected = false;
    bool done = false;
    ((done ||
      (result = R::execute(fsm, region, state, event), rejected |= result == HANDLED_GUARD_REJECT,
       done = (result == HANDLED_TRUE || result == HANDLED_DEFERRED))),
     ...);
    return done ? result : rejected ? HANDLED_GUARD_REJECT : HANDLED_FALSE;
  }

  template <class S>
  static constexpr cell cell_for() {
    return []<class... R>(::boost::mp11::mp_list<R...>) -> cell {
      if constexpr (sizeof...(R) == 0)
        return &Fsm::template call_no_transition<Event>;
      else if constexpr (sizeof...(R) == 1)
        return (&R::execute, ...);
      else
        return &chain<R...>;
    }(::boost::mp11::mp_copy_if_q<rows, ::shinsa::model::detail::RowsFrom<S>>{});
  }

  cell entries[kStates + 1];

  constexpr dispatch_table() : entries{} {
    entries[0] = &Fsm::template call_no_transition_internal<Event>;
    for (int i = 1; i <= kStates; ++i) entries[i] = &Fsm::template call_no_transition<Event>;
    using sources = ::boost::mp11::mp_unique<
        ::boost::mp11::mp_transform<::shinsa::model::detail::SourceOf, rows>>;
    [this]<class... S>(::boost::mp11::mp_list<S...>) {
      ((entries[get_state_id<typename Fsm::stt, S>::value + 1] = cell_for<S>()), ...);
    }(sources{});
  }

  static const dispatch_table instance;
};

template <class Fsm, class Stt, class Event>
constinit const dispatch_table<Fsm, Stt, Event, ::shinsa::model::DispatchTables>
    dispatch_table<Fsm, Stt, Event, ::shinsa::model::DispatchTables>::instance{};

}  // namespace boost::msm::back
