#include "sim/fault.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "model/vocabulary/suggest.hpp"

namespace shinsa::sim {

namespace {

constexpr std::array kKinds{
    FaultKind{"mail", "spam", "the mail is put into the spam folder"},
    FaultKind{"mail", "delay", "the mail arrives later, by an hour or by delay=DURATION"},
    FaultKind{"mail", "loss", "the mail never arrives"},
    FaultKind{"telephone", "no-answer", "nobody answers the call"},
    FaultKind{"telephone", "denied", "who answers says that nobody there has applied"},
    FaultKind{"telephone", "engaged", "the line is engaged"},
    FaultKind{"bank", "delay", "the payment arrives later, by a day or by delay=DURATION"},
    FaultKind{"bank", "loss", "the payment never arrives"},
    FaultKind{"dns", "servfail", "the look-up ends in SERVFAIL"},
    FaultKind{"dns", "timeout", "no name server answers the look-up"},
    FaultKind{"dns", "nxdomain", "the look-up says that there is no such name"},
    FaultKind{"web", "refused", "the web server refuses the connection"},
    FaultKind{"web", "slow", "the web server takes longer to answer than anybody waits"},
    FaultKind{"web", "empty", "the web server closes the connection without an answer"},
    FaultKind{"web", "error", "the web server answers with an error (status 503)"},
    FaultKind{"apache", "restart-fails", "Apache does not restart and serves what it served"},
    FaultKind{"post", "delay", "the letter arrives later, by a day or by delay=DURATION"},
    FaultKind{"post", "loss", "the letter never arrives"},
    FaultKind{"card", "declined", "the card company declines the charge"},
    FaultKind{"card", "delay", "the card company answers later, by an hour or by delay=DURATION"},
};

Failure bad(std::string_view text, std::string what) {
  return fail("'" + std::string(text) + "' is no fault: " + std::move(what), "fault",
              "write it as mail:spam@nth=2 (see: shinsa list faults)");
}

Failure unknown(std::string_view text, const std::string& name) {
  std::vector<std::string> known;
  for (const FaultKind& one : kKinds)
    known.push_back(std::string(one.fake) + ":" + std::string(one.kind));
  const std::vector<std::string_view> names(known.begin(), known.end());
  return bad(text, "no fake does " + name + did_you_mean(name, names));
}

std::string read_when(std::string_view text, When& when) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos)
    return "after @ stands nth=, window=, subject= or probability=";
  const std::string_view name = text.substr(0, equals);
  const std::string_view value = text.substr(equals + 1);
  if (name == "nth") {
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), when.nth);
    if (error != std::errc{} || end != value.data() + value.size() || when.nth == 0)
      return "nth is a number from 1";
  } else if (name == "window") {
    const auto slash = value.find('/');
    if (slash == std::string_view::npos) return "a window is FROM/TO";
    const auto from = parse_instant(value.substr(0, slash));
    const auto to = parse_instant(value.substr(slash + 1));
    if (!from) return from.error().text();
    if (!to) return to.error().text();
    when.from = *from;
    when.to = *to;
  } else if (name == "subject") {
    if (value.empty()) return "the subject is empty";
    when.subject = value;
  } else if (name == "probability") {
    double p = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), p);
    if (error != std::errc{} || end != value.data() + value.size() || !(p >= 0 && p <= 1))
      return "a probability is a number from 0 to 1";
    when.probability = p;
  } else {
    static constexpr std::string_view kNames[] = {"nth", "window", "subject", "probability"};
    return "there is no '" + std::string(name) + "'" + did_you_mean(name, kNames);
  }
  return {};
}

bool holds(const Fault& fault, std::uint64_t call, std::string_view subject, Instant now,
           Streams& streams) {
  const When& when = fault.when;
  if (when.nth != 0 && when.nth != call) return false;
  if (when.from && now < *when.from) return false;
  if (when.to && now >= *when.to) return false;
  if (!when.subject.empty() && when.subject != subject) return false;
  return !when.probability ||
         streams["fault/" + fault.fake + ":" + fault.kind].chance(*when.probability);
}

}  // namespace

std::span<const FaultKind> fault_kinds() { return kKinds; }

Result<Fault> parse_fault(std::string_view text) {
  Fault fault;
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return bad(text, "a fault is FAKE:KIND");
  fault.fake = text.substr(0, colon);
  std::string_view rest = text.substr(colon + 1);
  std::string_view kind = rest.substr(0, rest.find('@'));
  rest.remove_prefix(kind.size());
  if (const auto equals = kind.find('='); equals != std::string_view::npos) {
    const auto delay = parse_duration(kind.substr(equals + 1));
    if (!delay || delay->seconds < 0) return bad(text, "the delay is no duration such as PT2H");
    fault.delay = *delay;
    kind = kind.substr(0, equals);
  }
  fault.kind = kind;
  const auto is_it = [&](const FaultKind& one) {
    return one.fake == fault.fake && one.kind == fault.kind;
  };
  if (std::ranges::none_of(kKinds, is_it)) return unknown(text, fault.fake + ":" + fault.kind);
  if (fault.delay && fault.kind != "delay") return bad(text, "only a delay has a duration");
  while (!rest.empty()) {
    rest.remove_prefix(1);
    const std::string_view condition = rest.substr(0, rest.find('@'));
    if (const std::string wrong = read_when(condition, fault.when); !wrong.empty())
      return bad(text, wrong);
    rest.remove_prefix(condition.size());
  }
  return fault;
}

std::string to_text(const Fault& fault) {
  std::string text = fault.fake + ":" + fault.kind;
  if (fault.delay) text += "=" + shinsa::to_text(*fault.delay);
  if (fault.when.nth) text += "@nth=" + std::to_string(fault.when.nth);
  if (fault.when.from && fault.when.to)
    text += "@window=" + shinsa::to_text(*fault.when.from) + "/" + shinsa::to_text(*fault.when.to);
  if (!fault.when.subject.empty()) text += "@subject=" + fault.when.subject;
  if (fault.when.probability) {
    std::array<char, 32> digits{};
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), *fault.when.probability).ptr;
    text += "@probability=" + std::string(digits.data(), end);
  }
  return text;
}

std::optional<Fault> Faults::strikes(std::string_view fake, std::string_view subject, Instant now,
                                     Streams& streams) {
  const std::uint64_t call = ++calls_.try_emplace(std::string(fake), 0).first->second;
  for (const Fault& fault : faults_)
    if (fault.fake == fake && holds(fault, call, subject, now, streams)) return fault;
  return std::nullopt;
}

}  // namespace shinsa::sim
