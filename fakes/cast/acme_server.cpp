#include "fakes/cast/acme_server.hpp"

#include <string>
#include <utility>

#include "fakes/cast/demanded.hpp"
#include "model/catalogue/ids.hpp"
#include "sim/hash.hpp"

namespace shinsa::fakes::cast {

using model::Duty;
using sim::Performed;
using sim::Stage;

namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
// Whole octets, 18 of them, for clients decode a token and encode it again; RFC 8555 section 8.3
// wants 128 bits.
constexpr std::size_t kTokenLetters = 24;
constexpr std::size_t kDigestLetters = 43;

std::string draw(sim::Stream& stream, std::size_t letters) {
  std::string text;
  text.reserve(letters);
  while (text.size() < letters) text += kAlphabet[stream.below(kAlphabet.size())];
  return text;
}

/// base64url without padding of the SHA-256, as in a TXT record (RFC 8555 section 8.4).
std::string digest_of(std::string_view text) {
  std::string encoded;
  encoded.reserve(kDigestLetters);
  unsigned bits = 0;  // that wait to be written, six for a letter
  unsigned waiting = 0;
  for (char digit : sim::sha256_hex(text)) {
    bits =
        (bits << 4 | static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10)) & 0xff;
    waiting += 4;
    if (waiting < 6) continue;
    waiting -= 6;
    encoded += kAlphabet[bits >> waiting & 63];
  }
  if (waiting > 0) encoded += kAlphabet[bits << (6 - waiting) & 63];
  return encoded;
}

/// `authorization/1-2`: the second of `order/1`.
TextId of(std::string_view kind, TextId whole, std::string_view which, Facts& facts) {
  const std::string_view name = facts.text(whole);
  std::string subject(kind);
  subject.append("/").append(name.substr(name.find('/') + 1)).append("-").append(which);
  return facts.intern(subject);
}

}  // namespace

Result<Performed> AcmeServer::perform(const Duty& duty, TextId subject, Stage& stage) {
  if (duty.type == kType<"authorization.created">) return open_authorization(duty, subject, stage);
  if (duty.type == kType<"challenge.offered">) return offer(duty, subject, stage);
  RecordBuilder record = as_demanded(duty, stage);
  if (duty.type == kType<"acme.refused"> && duty.refusal) record.set("clauses", duty.clauses);
  return Performed{subject, record.build()};
}

const sim::TypeSet& AcmeServer::watches() const {
  static constexpr sim::TypeSet watched{kType<"order.requested">, kType<"authorization.created">};
  return watched;
}

void AcmeServer::observe(const Event& event, Stage& stage) {
  const Record& said = stage.facts.record(event.data);
  if (event.type == kType<"order.requested">)
    account_of_[event.subject] = said.fields[kField<"order.requested", "account">].text();
  if (event.type == kType<"authorization.created">) {
    const TextId order = said.fields[kField<"authorization.created", "order">].text();
    const auto [at, is_new] = order_of_.try_emplace(event.subject, order);
    if (!is_new) --opened_[std::exchange(at->second, order)];
    ++opened_[order];
  }
}

Performed AcmeServer::open_authorization(const Duty& duty, TextId order, Stage& stage) {
  const std::string number = std::to_string(opened_[order] + 1);
  return {of("authorization", order, number, stage.facts), as_demanded(duty, stage).build()};
}

/// The file holds the key authorization, the TXT record its digest.
Performed AcmeServer::offer(const Duty& duty, TextId authorization, Stage& stage) {
  const model::Profile& profile = stage.system.profile();
  const std::string_view method = choice_word(
      events::kChallengeTypes, demanded<"challenge.offered", "type">(duty, stage).number());
  const bool by_file = method == kLabel<"ACM-39", "file">;
  const std::string token = draw(stage.streams["acme/token"], kTokenLetters);
  const std::string authorized = token + "." + thumbprint(authorization, stage);
  const auto valid = by_file ? profile.numbers[kNumber<"ACM-44", "days">]
                             : profile.numbers[kNumber<"ACM-51", "days">];
  RecordBuilder record = as_demanded(duty, stage);
  record.set("token", std::string_view(token))
      .set("string", std::string_view(by_file ? authorized : digest_of(authorized)))
      .set("expires", stage.now + days(valid));
  return {of("challenge", authorization, by_file ? "file" : "dns", stage.facts), record.build()};
}

void AcmeServer::forget(std::span<const TextId> things, Stage&) {
  for (const TextId thing : things) {
    order_of_.erase(thing);
    account_of_.erase(thing);
    opened_.erase(thing);
  }
}

void AcmeServer::know(std::string_view account, const std::string& thumbprint) {
  thumbprints_.insert_or_assign(std::string(account), thumbprint);
}

std::string AcmeServer::thumbprint(TextId authorization, Stage& stage) {
  const std::string account(stage.facts.text(account_of_[order_of_[authorization]]));
  const auto [at, is_new] = thumbprints_.try_emplace(account);
  if (is_new) at->second = draw(stage.streams["acme/thumbprint/" + account], kDigestLetters);
  return at->second;
}

}  // namespace shinsa::fakes::cast
