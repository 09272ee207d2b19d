#include "fakes/whois/domain_kind.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <unordered_map>
#include <vector>

#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa::fakes::whois {
namespace {

constexpr std::size_t kKnownMax = 1000;  // names that were looked up and are remembered

constexpr auto kOrganisational =
    std::to_array<std::string_view>({"ac", "ad", "co", "ed", "go", "gr", "lg", "ne", "or"});

constexpr auto kPrefectures = std::to_array<std::string_view>(
    {"aichi",     "akita",    "aomori",   "chiba",     "ehime",     "fukui",    "fukuoka",
     "fukushima", "gifu",     "gunma",    "hiroshima", "hokkaido",  "hyogo",    "ibaraki",
     "ishikawa",  "iwate",    "kagawa",   "kagoshima", "kanagawa",  "kochi",    "kumamoto",
     "kyoto",     "mie",      "miyagi",   "miyazaki",  "nagano",    "nagasaki", "nara",
     "niigata",   "oita",     "okayama",  "okinawa",   "osaka",     "saga",     "saitama",
     "shiga",     "shimane",  "shizuoka", "tochigi",   "tokushima", "tokyo",    "tottori",
     "toyama",    "wakayama", "yamagata", "yamaguchi", "yamanashi"});
static_assert(kPrefectures.size() == 47);

constexpr auto kPrefecturesInKanji = std::to_array<std::string_view>(
    {"愛知", "秋田",   "青森", "千葉",   "愛媛", "福井", "福岡", "福島",   "岐阜",   "群馬",
     "広島", "北海道", "兵庫", "茨城",   "石川", "岩手", "香川", "鹿児島", "神奈川", "高知",
     "熊本", "京都",   "三重", "宮城",   "宮崎", "長野", "長崎", "奈良",   "新潟",   "大分",
     "岡山", "沖縄",   "大阪", "佐賀",   "埼玉", "滋賀", "島根", "静岡",   "栃木",   "徳島",
     "東京", "鳥取",   "富山", "和歌山", "山形", "山口", "山梨"});
static_assert(kPrefecturesInKanji.size() == 47);

/// The cities that have a place of their own in the geographic type.
constexpr auto kCities = std::to_array<std::string_view>(
    {"kawasaki", "kitakyushu", "kobe", "nagoya", "sapporo", "sendai", "yokohama"});

/// Nobody registers below these (RFC 2606, RFC 6761, RFC 7686; `internal` by ICANN's reservation).
constexpr auto kReserved = std::to_array<std::string_view>(
    {"arpa", "example", "internal", "invalid", "local", "localhost", "onion", "test"});

template <class List>
bool has(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// From the right: `www.example.jp` gives jp, example, www. Empty for what is no name.
std::vector<std::string> labels_of(std::string_view name) {
  const auto a_label = to_a_label(name);
  std::vector<std::string> labels;
  if (!a_label) return labels;
  for (std::size_t end = a_label->size();;) {
    const auto dot = a_label->rfind('.', end - 1);
    labels.push_back(a_label->substr(dot + 1, end - dot - 1));
    if (dot == std::string::npos) break;
    end = dot;
  }
  if (labels.back() == "*") labels.pop_back();
  return labels;
}

bool is_a_place(const std::string& label) {
  return has(kPrefectures, label) || has(kCities, label) ||
         (label.starts_with("xn--") && has(kPrefecturesInKanji, to_u_label(label)));
}

bool is_generic(const std::string& top) {
  return top.size() > 2 && !top.starts_with("xn--") && !has(kReserved, top);
}

struct Domain {
  DomainKind kind = DomainKind::other;
  std::size_t labels = 2;  ///< of the registrable part, the top-level domain included
};

Domain domain_of(const std::vector<std::string>& labels) {
  if (labels.empty()) return {};
  if (labels[0] != "jp") return {is_generic(labels[0]) ? DomainKind::gtld : DomainKind::other, 2};
  if (labels.size() < 2) return {DomainKind::other, 2};
  if (has(kOrganisational, labels[1])) return {DomainKind::organisational_jp, 3};
  return is_a_place(labels[1]) ? Domain{DomainKind::other, 3} : Domain{DomainKind::general_jp, 2};
}

/// Whether the name has a part that somebody can register.
bool can_be_registered(const std::vector<std::string>& labels, const Domain& domain) {
  return labels.size() >= domain.labels && !has(kReserved, labels[0]);
}

}  // namespace

std::string_view to_text(DomainKind kind) {
  switch (kind) {
    case DomainKind::organisational_jp:
      return "organisational-jp";
    case DomainKind::general_jp:
      return "general-jp";
    case DomainKind::gtld:
      return "gtld";
    case DomainKind::other:
      return "other";
  }
  SHINSA_ASSERT(false, "no such kind");
}

namespace {

struct LookedUp {
  std::string registrable;
  DomainKind kind = DomainKind::other;
};

LookedUp looked_up(std::string_view name) {
  const auto labels = labels_of(name);
  const Domain domain = domain_of(labels);
  if (!can_be_registered(labels, domain)) return {};
  std::string registrable = labels[domain.labels - 1];
  for (std::size_t i = domain.labels - 1; i-- > 0;) registrable.append(".").append(labels[i]);
  return {registrable, domain.kind};
}

/// A run asks for the same few names again and again.
const LookedUp& remembered(std::string_view name) {
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  thread_local std::unordered_map<std::string, LookedUp, Hash, std::equal_to<>> known;
  if (const auto at = known.find(name); at != known.end()) return at->second;
  if (known.size() >= kKnownMax) known.clear();
  return known.emplace(name, looked_up(name)).first->second;
}

}  // namespace

DomainKind domain_kind(std::string_view name) { return remembered(name).kind; }

bool is_registrable_domain_of(std::string_view domain, std::string_view name) {
  return remembered(name).registrable == domain;
}

std::string registrable_domain(std::string_view name) { return remembered(name).registrable; }

}  // namespace shinsa::fakes::whois
