/// The ledger of sakura-reissue: what a trace has said so far, as an outsider can know it.
///
/// It takes events one by one and judges none. Whether a request was accepted a trace does not say:
/// where it matters the ledger keeps every possibility, and a law asks for what is sure.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "model/catalogue/ids.hpp"
#include "model/vocabulary/events.hpp"
#include "model/vocabulary/name.hpp"
#include "properties/laws/by_subject.hpp"
#include "properties/laws/place.hpp"

namespace shinsa::properties::sakura_reissue {

struct Member {
  TextId subject;
  TextId mail;
};

struct Certificate {
  TextId subject;
  TextId customer;
  std::string name;  ///< common name, lower case
  Value names, key;
  Instant begin, end;
  std::optional<Instant> revoked;
  bool jprs_dv = true;
  TextId order;  ///< of a reissue: its entry
  bool installed = false;
  bool copied = false;  ///< the member may have a copy
  [[nodiscard]] bool active(Instant at) const { return at <= end && !(revoked && *revoked <= at); }
};

/// Which page an order belongs to, as its type says.
enum class PageOf : std::uint8_t { this_one, the_other, neither };

/// On 『再発行』. Whether it was accepted a trace does not say.
struct Click {
  Instant at;
  TextId session;
};

struct Order {
  TextId subject;
  TextId customer;
  TextId certificate;
  PageOf page = PageOf::neither;
  bool named = false;
  bool named_here = false;              ///< by a mail of the trace
  std::vector<Click> clicks;            ///< that the next or the last screen may answer
  bool answered = false;                ///< a screen was shown since the last click
  bool confirmed_screen = false;        ///< one was shown
  bool confirmed = false;               ///< 『再発行する』 was clicked after it
  std::optional<Instant> confirmed_at;  ///< last
  bool applied = false;                 ///< the completion screen was shown
  bool address_asked = false;           ///< a question to the DNS is open; one answer belongs to it
  bool address_known = false;           ///< some answer came
  bool address_right = false;           ///< what the last one said
  bool file_asked = false;              ///< likewise of the web
  bool file_found = false;
  bool failed_before = false;  ///< an answer since the application was not right
  bool hindered = false;       ///< something stood in the way since the application
  TextId issued;
  Instant issued_at;
  bool told = false;       ///< the completion mail went out
  bool row_due = false;    ///< a list named it, and its row was not shown since
  bool row_shown = false;  ///< since the list was last opened: a row may come before its list
  bool looked_up = false;  ///< the DNS was asked for its address
};

struct Host {
  TextId subject;
  TextId customer;
  std::string name;
  TextId address;
  std::vector<TextId> may_lie;  ///< certificates that may lie on the server; an empty id: none
  bool failed = false;
  std::size_t visits = 0, shown = 0;
};

struct Setting {
  TextId subject;
  TextId customer;
  std::string name;
  bool there = false;
  bool was_removed = false;
};

struct Visit {
  TextId subject;
  TextId customer;
  bool in = false;
  bool list_due = false;
  Asking list;
};

struct Plea {
  TextId subject;
  bool declined = false;
};

class Ledger : public Place {
 public:
  /// Everything that it knows.
  template <class Self>
  [[nodiscard]] static auto parts(Self& self) {
    return std::tie(self.members_, self.certificates_, self.orders_, self.hosts_, self.settings_,
                    self.visits_, self.pleas_);
  }
  /// Begins a new trace, in the memory of the last.
  void restart() {
    Place::restart();
    std::apply([](auto&... part) { (part.clear(), ...); }, parts(*this));
    read_.clear();
  }
  void tell_needed(Needed& needed) const {
    Place::tell_needed(needed);
    needed.keys(read_);
  }
  /// Enters what the event says.
  void enter(const Event& event, const Record& said);

  [[nodiscard]] std::string lower(TextId id) const;

  // What is on record. Null for what was never spoken of.

  [[nodiscard]] const Member* member(TextId subject) const { return members_.find(subject); }
  [[nodiscard]] const Certificate* certificate(TextId subject) const {
    return certificates_.find(subject);
  }
  [[nodiscard]] const Order* order(TextId subject) const { return orders_.find(subject); }
  [[nodiscard]] const Host* host(TextId subject) const { return hosts_.find(subject); }
  [[nodiscard]] const Visit* visit(TextId subject) const { return visits_.find(subject); }
  [[nodiscard]] const BySubject<Certificate>& certificates() const { return certificates_; }
  [[nodiscard]] const BySubject<Order>& orders() const { return orders_; }
  [[nodiscard]] const BySubject<Host>& hosts() const { return hosts_; }
  [[nodiscard]] const BySubject<Visit>& visits() const { return visits_; }
  [[nodiscard]] const BySubject<Plea>& pleas() const { return pleas_; }

  // What follows from it.

  [[nodiscard]] const Certificate* source_of(const Order& order) const {
    return certificate(order.certificate);
  }
  [[nodiscard]] const Host* host_of(const Order& order) const;
  /// To be reissued as far as mail, type and certificate go, and not applied for.
  [[nodiscard]] bool is_target(const Order& order) const;
  /// A 「新しい設定」 of its common name is there.
  [[nodiscard]] bool has_new_setting(const Order& order) const;
  /// Whether one was there and was taken away.
  [[nodiscard]] bool had_new_setting(const Order& order) const;
  /// Whatever lies on the server, it is not JPRS's and domain-validated; or it may be so.
  [[nodiscard]] bool surely_another_certificate(const Order& order) const;
  [[nodiscard]] bool maybe_another_certificate(const Order& order) const;
  /// There is no host for it, or its service is in trouble.
  [[nodiscard]] bool service_fails(const Order& order) const;
  [[nodiscard]] bool surely_hindered(const Order& order) const {
    return has_new_setting(order) || surely_another_certificate(order) || service_fails(order);
  }
  /// How much longer than 397 days it runs from an instant on; negative: less.
  [[nodiscard]] Duration beyond_the_limit(const Order& order, Instant at) const;
  /// Texts compare as readers see them.
  template <Literal Id, Literal Key>
  [[nodiscard]] bool reads(TextId id) const {
    static const std::string label = as_read(kLabel<Id, Key>);
    return as_it_reads(id) == label;
  }

 private:
  [[nodiscard]] const std::string& as_it_reads(TextId id) const;
  void facts_of_before(const Event& event, const Record& said);
  void screen(const Event& event, const Record& said);
  void ask_for_the_list(Visit& visit);
  void panel(const Event& event, const Record& said);
  void answers(const Event& event, const Record& said);
  void issue(const Event& event, const Record& said);
  void configured(Host& host, TextId certificate);
  void note_hindrances();

  BySubject<Member> members_;
  BySubject<Certificate> certificates_;
  BySubject<Order> orders_;
  BySubject<Host> hosts_;
  BySubject<Setting> settings_;
  BySubject<Visit> visits_;
  BySubject<Plea> pleas_;
  mutable std::map<TextId, std::string> read_;  // as readers see them, as far as asked for
};

}  // namespace shinsa::properties::sakura_reissue
