/// The list of a customer's use-FQDNs: those to become effective under the page's own heading, and
/// those that are effective. Source: ACM-16, ACM-36, ACM-37 (page lines 92 to 95, 179 to 181).
#include "model/machines/fqdn_list.hpp"

#include "model/core/machine.hpp"
#include "model/machines/membership.hpp"
#include "model/machines/screen.hpp"
#include "model/machines/use_fqdn.hpp"

namespace shinsa::model::fqdn_list {
namespace {

// clang-format off
struct Page : State {};

struct ListOpened : On<"fqdn_list.opened"> { using On::On; };
struct ListShown : On<"fqdn_list.shown"> { using On::On; };

struct IsAMember; struct HasItsHeading; struct ListsWhatIsToCome; struct ListsWhatIsEffective;
struct OwePage;

struct FqdnList : Machine<FqdnList> {
  using states = mp_list<Page>;
  using events = mp_list<ListOpened, ListShown>;
  using initial_state = Page;
  using transition_table = mp_list<
    //   in    on          go to do           provided
    Row< Page, ListOpened, none, Do<OwePage>, All<IsAMember>                                                           >,
    Row< Page, ListShown,  none, Do<>,        All<WasAskedFor, HasItsHeading, ListsWhatIsToCome, ListsWhatIsEffective> >>;
};
// clang-format on

/// The names in the group that are in one of its states.
[[nodiscard]] ListId registered(const Context& c, use_fqdn::StateId state) {
  std::vector<TextId> names;
  for (const Object& object : c.group().objects)
    if (object.kind == ObjectKind::fqdn && object.states[fqdn::kUse] == state)
      names.push_back(object[fqdn::kName]);
  return c.store().intern_list(names);
}

struct IsAMember : Guard<"ACM-16"> {
  static bool test(const Context& c, const auto&) { return membership::is_member(&c.me()); }
};
struct HasItsHeading : Guard<"ACM-36"> {
  static bool test(const Context& c, const ListShown& page) {
    return !page.has<"heading">() || c.store().as_read(page.text<"heading">()) ==
                                         c.store().as_read(c.label(kLabel<"ACM-36", "list">));
  }
};
struct ListsWhatIsToCome : Guard<"ACM-36"> {
  static bool test(const Context& c, const ListShown& page) {
    return c.same_names(page.list<"upcoming">(), registered(c, use_fqdn::kUpcoming)) ||
           c.as_asked<"upcoming">(page);
  }
};
struct ListsWhatIsEffective : Guard<"ACM-37"> {
  static bool test(const Context& c, const ListShown& page) {
    return !page.has<"effective">() ||
           c.same_names(page.list<"effective">(), registered(c, use_fqdn::kEffective)) ||
           c.as_asked<"effective">(page);
  }
};
struct OwePage : Showing<"ACM-36"> {
  static void run(Context& c, const ListOpened&) {
    c.must(c.action<"fqdn_list.shown">()
               .with<"heading">(c.label(kLabel<"ACM-36", "list">))
               .with<"upcoming">(registered(c, use_fqdn::kUpcoming))
               .with<"effective">(registered(c, use_fqdn::kEffective)));
  }
};

constexpr MachineApi kApi = Tables<FqdnList>::api("FqdnList", ObjectKind::customer);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<FqdnList>::state_id<Page> == kPage);

}  // namespace shinsa::model::fqdn_list
