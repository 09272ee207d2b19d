#include "cli/collect/log_lint.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

namespace shinsa::cli {

namespace {

/// Keys whose values are secret, in lower case, without `-` and `_`.
constexpr std::array<std::string_view, 18> kSecretKeys{
    "password", "passwd",      "passphrase",   "pwd",       "secret",     "clientsecret",
    "apikey",   "accesstoken", "refreshtoken", "authtoken", "sessionid",  "authorization",
    "cookie",   "setcookie",   "hmackey",      "eabhmac",   "eabhmackey", "mackey"};
/// Keys whose values are a person's number.
constexpr std::array<std::string_view, 4> kTelephoneKeys{"phone", "tel", "telephone", "mobile"};
/// What the keys of known services start with, and how long they are at least.
constexpr std::array<std::pair<std::string_view, std::size_t>, 8> kServiceKeys{{{"ghp_", 36},
                                                                                {"gho_", 36},
                                                                                {"github_pat_", 40},
                                                                                {"xoxb-", 24},
                                                                                {"xoxp-", 24},
                                                                                {"AKIA", 20},
                                                                                {"glpat-", 20},
                                                                                {"sk_live_", 24}}};
/// Mailboxes of a role: RFC 2142, and those that CAs send to.
constexpr std::array<std::string_view, 14> kRoles{
    "admin", "administrator", "webmaster", "hostmaster", "postmaster", "info",     "support",
    "noc",   "abuse",         "security",  "sales",      "noreply",    "no-reply", "www"};
/// Ends of names that nobody owns (RFC 2606, RFC 6761, JPRS's own for examples).
constexpr std::array<std::string_view, 8> kNobodys{".test",       ".example",    ".invalid",
                                                   ".localhost",  "example.com", "example.net",
                                                   "example.org", "example.jp"};

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_token(char c) {
  return is_word(c) || c == '-' || c == '_' || c == '.' || c == '+' || c == '/' || c == '=';
}

std::string lower(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

/// A value that stands for another: stars, a digest, a word that says so, what the event table
/// itself writes of a password.
bool is_masked(std::string_view value) {
  if (value.size() < 4 || value.find_first_not_of("*xX.-") == std::string_view::npos) return true;
  const std::string text = lower(value);
  static constexpr std::array<std::string_view, 8> kWords{
      "right", "wrong", "redacted", "[redacted]", "masked", "hidden", "null", "none"};
  return std::ranges::count(kWords, std::string_view(text)) > 0 || text.starts_with("sha256");
}

class Search {
 public:
  explicit Search(std::string_view piece) : piece_(piece) {}

  std::vector<Exposed> all() {
    pem();
    keys();
    tokens();
    urls();
    mails();
    telephones();
    for (const auto& [byte, kind] : found_) all_.push_back({kind, byte});
    return all_;
  }

 private:
  void add(Exposed::Kind kind, std::size_t byte) { found_.try_emplace(byte, kind); }
  template <class Found>
  void each(std::string_view what, const Found& found) {
    for (std::size_t at = piece_.find(what); at != std::string_view::npos;
         at = piece_.find(what, at + what.size()))
      found(at);
  }

  void pem() {
    each("-----BEGIN ", [&](std::size_t at) {
      const std::string_view label = piece_.substr(at + 11, 40);
      if (label.substr(0, label.find("-----")).ends_with("PRIVATE KEY"))
        add(Exposed::Kind::private_key, at);
    });
  }

  /// `"key": "value"` in JSON.
  void keys() {
    each("\":", [&](std::size_t close) {
      const std::size_t open = piece_.rfind('"', close == 0 ? 0 : close - 1);
      if (open == std::string_view::npos || open >= close) return;
      std::string key = lower(piece_.substr(open + 1, close - open - 1));
      std::erase_if(key, [](char c) { return c == '-' || c == '_'; });
      std::size_t at = close + 2;
      while (at < piece_.size() && piece_[at] == ' ') ++at;
      if (at >= piece_.size() || piece_[at] != '"') return;
      const std::string_view value = piece_.substr(at + 1, piece_.find('"', at + 1) - at - 1);
      if (std::ranges::count(kSecretKeys, std::string_view(key)) > 0 && !is_masked(value))
        add(Exposed::Kind::password, at + 1);
      if (key == "d" && value.size() >= 20 && piece_.find("\"kty\"") != std::string_view::npos)
        add(Exposed::Kind::private_key, at + 1);
      if (std::ranges::count(kTelephoneKeys, std::string_view(key)) > 0 &&
          std::ranges::count_if(value, is_digit) >= 9)
        add(Exposed::Kind::telephone, at + 1);
    });
  }

  [[nodiscard]] std::size_t token_length(std::size_t at) const {
    std::size_t size = 0;
    while (at + size < piece_.size() && is_token(piece_[at + size])) ++size;
    return size;
  }

  void tokens() {
    for (const std::string_view word : {"Bearer ", "bearer "})
      each(word, [&](std::size_t at) {
        if (token_length(at + word.size()) >= 16) add(Exposed::Kind::token, at + word.size());
      });
    each("eyJ", [&](std::size_t at) {  // two of three parts of a JWT are JSON objects
      const std::string_view token = piece_.substr(at, token_length(at));
      if (std::ranges::count(token, '.') == 2 && token.find(".eyJ") != std::string_view::npos)
        add(Exposed::Kind::token, at);
    });
    for (const auto& [start, size] : kServiceKeys)
      each(start, [&, least = size](std::size_t at) {
        const bool begins = at == 0 || !is_word(piece_[at - 1]);
        if (begins && token_length(at) >= least) add(Exposed::Kind::token, at);
      });
  }

  /// `https://user:password@host`.
  void urls() {
    each("://", [&](std::size_t at) {
      const std::string_view rest = piece_.substr(at + 3);
      const std::string_view authority = rest.substr(0, rest.find_first_of("/\" ?#"));
      const std::size_t host = authority.rfind('@');
      const std::size_t colon = authority.find(':');
      if (host != std::string_view::npos && colon < host &&
          !is_masked(authority.substr(colon + 1, host - colon - 1)))
        add(Exposed::Kind::password, at + 3 + colon + 1);
    });
  }

  void mails() {
    each("@", [&](std::size_t at) {
      std::size_t from = at, to = at + 1;
      while (from > 0 &&
             (is_word(piece_[from - 1]) ||
              std::string_view("._%+-").find(piece_[from - 1]) != std::string_view::npos))
        --from;
      while (to < piece_.size() && (is_word(piece_[to]) || piece_[to] == '.' || piece_[to] == '-'))
        ++to;
      while (to > at + 1 && piece_[to - 1] == '.') --to;
      const std::string local = lower(piece_.substr(from, at - from));
      const std::string host = lower(piece_.substr(at + 1, to - at - 1));
      if (local.empty() || host.find('.') == std::string::npos) return;
      if (std::ranges::count(kRoles, std::string_view(local)) > 0) return;
      if (std::ranges::any_of(kNobodys, [&](std::string_view end) { return is_of(host, end); }))
        return;
      add(Exposed::Kind::mail_address, from);
    });
  }
  static bool is_of(std::string_view host, std::string_view end) {
    if (!host.ends_with(end)) return false;
    return end.front() == '.' || host.size() == end.size() ||
           host[host.size() - end.size() - 1] == '.';
  }

  /// `03-1234-5678`, `090-1234-5678`, `+81-3-1234-5678`: digits in groups, and as many as a number
  /// has.
  void telephones() {
    for (std::size_t at = 0; at < piece_.size(); ++at) {
      const bool begins = at == 0 || (!is_word(piece_[at - 1]) && piece_[at - 1] != '-' &&
                                      piece_[at - 1] != '.' && piece_[at - 1] != '+');
      if (!begins || (piece_[at] != '0' && piece_[at] != '+')) continue;
      std::size_t end = at + 1, digits = piece_[at] == '0' ? 1 : 0, groups = 1;
      while (end < piece_.size() && (is_digit(piece_[end]) || piece_[end] == '-')) {
        digits += is_digit(piece_[end]) ? 1 : 0;
        groups += piece_[end] == '-' ? 1 : 0;
        ++end;
      }
      const bool ends = end == piece_.size() || !is_word(piece_[end]);
      const bool national = piece_[at] == '0' && groups == 3 && (digits == 10 || digits == 11);
      const bool abroad = piece_[at] == '+' && digits >= 9 && digits <= 15;
      if (ends && (national || abroad)) add(Exposed::Kind::telephone, at);
      at = end;
    }
  }

  std::string_view piece_;
  std::map<std::size_t, Exposed::Kind> found_;  // the first kind that was seen at a place
  std::vector<Exposed> all_;
};

}  // namespace

std::vector<Exposed> exposed_in(std::string_view piece) { return Search(piece).all(); }

bool is_secret(Exposed::Kind kind) {
  return kind != Exposed::Kind::mail_address && kind != Exposed::Kind::telephone;
}

std::string_view name_of(Exposed::Kind kind) {
  switch (kind) {
    case Exposed::Kind::private_key:
      return "a private key";
    case Exposed::Kind::password:
      return "a password or secret";
    case Exposed::Kind::token:
      return "a token";
    case Exposed::Kind::mail_address:
      return "a mail address of a person";
    case Exposed::Kind::telephone:
      return "a telephone number";
  }
  return "a secret";
}

std::string_view remedy_for(Exposed::Kind kind) {
  switch (kind) {
    case Exposed::Kind::private_key:
      return "do not log it, and take the key out of use";
    case Exposed::Kind::password:
      return "do not log it, and change it";
    case Exposed::Kind::token:
      return "do not log it, and revoke it";
    case Exposed::Kind::mail_address:
    case Exposed::Kind::telephone:
      return "write a name that stands for it, the same each time, before the log is handed on";
  }
  return "do not log it";
}

}  // namespace shinsa::cli
