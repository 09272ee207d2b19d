#include "properties/campaign/sakura_reissue/beginning.hpp"

namespace shinsa::properties::campaign::sakura_reissue {

namespace {

constexpr std::array kInstants{
    std::string_view("2026-11-24T10:00:00+09:00"), std::string_view("2026-12-31T23:58:00+09:00"),
    std::string_view("2027-02-26T23:50:00+09:00"), std::string_view("2027-01-31T22:00:00+09:00"),
    std::string_view("2026-11-30T09:30:00+09:00")};
constexpr std::array kStrikes{std::string_view(""),
                              std::string_view("dns:servfail@nth=1"),
                              std::string_view("dns:timeout@probability=0.3"),
                              std::string_view("web:refused@nth=1"),
                              std::string_view("web:error@probability=0.3"),
                              std::string_view("mail:loss@nth=1")};
constexpr std::size_t kPinned = 11;  // choices
static_assert(kInstants.size() == kStarts && kStrikes.size() == kFaults);

}  // namespace

std::string entry_of(std::uint8_t order) { return "entry/" + std::to_string(order % kOrders + 1); }
std::string certificate_of(std::uint8_t order) {
  return std::string("certificate/") + static_cast<char>('A' + order % kOrders);
}
std::string site_of(std::uint8_t order) { return "site/" + std::string(kNames[order % kOrders]); }

Beginning beginning_of(const Plan& plan) {
  Beginning beginning;
  beginning.start = *parse_instant(kInstants[plan.start % kStarts]);
  std::size_t rest = plan.conduct % kConducts;
  const auto choose = [&rest](std::initializer_list<const char*> options) {
    const char* const chosen = options.begin()[rest % options.size()];
    rest /= options.size();
    return chosen;
  };
  const auto pin = [&](std::string_view choice, std::string_view option) {
    beginning.conduct.emplace_back(choice, option);
  };
  beginning.conduct.reserve(kPinned);
  pin("confirmation-screen", rest % 2 ? "after-seconds" : "at-once");
  pin("notice", choose({"never", "next-day"}));
  pin("address-check", choose({"never", "with-the-list"}));
  pin("validation", rest % 2 ? "after-an-hour" : "at-once");
  pin("second-try", choose({"after-a-day", "after-an-hour"}));
  pin("pages", rest % 2 ? "an-hour-later" : "at-once");
  pin("issuing", choose({"at-once", "next-day"}));
  pin("clipping", choose({"month-end", "min-397"}));
  const std::string_view installation = choose({"at-once", "after-an-hour"});
  pin("installation", installation);
  pin("completion-mail", installation);
  pin("old-certificate", choose({"at-once", "next-day", "next-week"}));
  beginning.fault = kStrikes[plan.fault % kFaults];
  return beginning;
}

}  // namespace shinsa::properties::campaign::sakura_reissue
