/// A visit to the reissue screen: login with the member ID, then the list of every order. Source:
/// SAK-01, SAK-12 to SAK-14 (page lines 2, 20 to 26), readings SAK-Q7, SAK-Q10, ASM-24.
#include "model/machines/reissue_screen.hpp"

#include <algorithm>
#include <vector>

#include "model/core/machine.hpp"
#include "model/machines/entry.hpp"
#include "model/machines/screen.hpp"

namespace shinsa::model::reissue_screen {
namespace {

// clang-format off
struct NoVisit : State {};    // nobody has logged in
struct LoggedIn : State {};
struct Left : State {};

struct MemberLoggedIn : On<"member.logged_in"> { using On::On; };
struct MemberLoggedOut : On<"member.logged_out"> { using On::On; };
struct ListOpened : On<"list.opened"> { using On::On; };
struct ListShown : On<"list.shown"> { using On::On; };

struct WithTheMemberId; struct WasAskedByMail; struct ListsEveryOrder;
struct OweList; struct DropList; struct WantRows;
struct ThroughTheMailedUrl;   // seen: the way that the mail shows

struct ReissueScreen : Machine<ReissueScreen> {
  using states = mp_list<NoVisit, LoggedIn, Left>;
  using events = mp_list<MemberLoggedIn, MemberLoggedOut, ListOpened, ListShown>;
  using initial_state = NoVisit;
  using transition_table = mp_list<
    //   in        on               go to     do                                          provided
    Row< NoVisit,  MemberLoggedIn,  LoggedIn, Do<ThroughTheMailedUrl, OweList, WantRows>, All<WithTheMemberId, WasAskedByMail> >,
    Row< LoggedIn, ListOpened,      none,     Do<DropList, OweList, WantRows>                                                  >,
    Row< LoggedIn, ListShown,       none,     Do<>,                                       All<WasAskedFor, ListsEveryOrder>    >,
    Row< LoggedIn, MemberLoggedOut, Left,     Do<DropList>                                                                     >>;
  using unaccepted = mp_list<
    Breaks< MemberLoggedIn,  Ids<"ASM-24"> >,
    Breaks< MemberLoggedOut, Ids<"ASM-24"> >,
    Breaks< ListOpened,      Ids<"SAK-13"> >,
    Breaks< ListShown,       Ids<"SAK-13"> >>;
};
// clang-format on

// -- who may enter
// --------------------------------------------------------------------------------------------------------

struct WithTheMemberId : Guard<"SAK-13"> {
  static bool test(const Context& c, const MemberLoggedIn& login) {
    return c.background(login.text<"customer">()) && !login.is_word<"credentials", "wrong">();
  }
};
// Whether a member whom no mail asked is kept out is reading SAK-Q10.
struct WasAskedByMail : Guard<"SAK-01"> {
  static bool test(const Context& c, const MemberLoggedIn& login) {
    return !Under<"SAK-Q10", "blocked">::test(c, login) ||
           std::ranges::any_of(c.group().objects, [](const Object& object) {
             return object.kind == ObjectKind::entry && object[entry::kNamed];
           });
  }
};
struct ThroughTheMailedUrl : Permission<"SAK-12"> {
  static bool applies(const Context&, const MemberLoggedIn& login) {
    return login.is_word<"by", "mailed-url">();
  }
};

// -- the list
// -------------------------------------------------------------------------------------------------------------

/// Whether the order belongs on the list: JPRS domain-validated of either page, expired or not
/// (reading SAK-Q7).
[[nodiscard]] bool is_listed(const Context& c, const Object& object) {
  if (object.kind != ObjectKind::entry || !object[entry::kOrder]) return false;
  if (!entry::is_of_this_page(c, object) && !entry::is_of_the_other_page(c, object)) return false;
  if (!Under<"SAK-Q7", "without-expired">::test(c, 0)) return true;
  const TextId issued = object[entry::kIssued];
  const Object* one = issued ? c.object(c.find(issued)) : entry::source_of(c, object);
  return !one || one->states[0] != certificate::kExpired;
}
[[nodiscard]] ListId listed(const Context& c) {
  std::vector<TextId> rows;
  for (const Object& object : c.group().objects)
    if (is_listed(c, object)) rows.push_back(object.subject);
  return c.store().intern_list(rows);
}
struct OweList : Showing<"SAK-14"> {
  static void run(Context& c, const auto&) {
    c.must(c.action<"list.shown">().with<"entries">(listed(c)));
  }
};
struct DropList : Note {
  static void run(Context& c, const auto&) { c.withdraw_own_duties(); }
};
struct WantRows : Note {
  static void run(Context& c, const auto&) {
    for (std::size_t i = 0; i < c.group().objects.size(); ++i)
      if (is_listed(c, c.group().objects[i]))
        c.post_to(static_cast<ObjectIndex>(i), MessageId::row_wanted);
  }
};
struct ListsEveryOrder : Guard<"SAK-14"> {
  static bool test(const Context& c, const ListShown& list) {
    return c.same_names(list.list<"entries">(), listed(c)) || c.as_asked<"entries">(list);
  }
};

constexpr MachineApi kApi = Tables<ReissueScreen>::api("ReissueScreen", ObjectKind::session);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<ReissueScreen>::state_id<LoggedIn> == kLoggedIn);

}  // namespace shinsa::model::reissue_screen
