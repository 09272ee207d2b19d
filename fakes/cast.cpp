#include "fakes/cast.hpp"

#include "fakes/ca/csr.hpp"
#include "fakes/cast/bank.hpp"
#include "fakes/cast/caller.hpp"
#include "fakes/cast/certifier.hpp"
#include "fakes/cast/portal.hpp"
#include "fakes/cast/post.hpp"

namespace shinsa::fakes {

struct Cast::Parts {
  explicit Parts(Detail detail) : post(detail), ca(post, detail) {}
  cast::Post post;
  cast::Certifier ca;
  cast::DeskClerk desk;
  cast::Caller caller;
  cast::Bookkeeper bookkeeper;
  cast::Bank bank;
  cast::Page page;
  cast::Centre centre;
};

Cast::Cast(Detail detail) : parts_(std::make_unique<Parts>(detail)) {}
Cast::~Cast() = default;

void Cast::join(sim::Simulation& simulation) {
  simulation.cast(kType<"mail.sent">, parts_->post);
  simulation.cast(kType<"certificate.issued">, parts_->ca);
  simulation.cast(kType<"certificate.revoked">, parts_->ca);
  simulation.cast(kType<"application.refused">, parts_->desk);
  simulation.cast(kType<"call.made">, parts_->caller);
  simulation.cast(kType<"invoice.issued">, parts_->bookkeeper);
  simulation.cast(kType<"payment.confirmed">, parts_->bookkeeper);
  simulation.cast(kType<"mypage.shown">, parts_->page);
  simulation.cast(kType<"question.answered">, parts_->centre);
  simulation.watch(parts_->bank);
}

PreparedCsr Cast::prepare(const std::string& csr_text) {
  const ca::CsrReport report = ca::examine_csr(csr_text);
  const std::string abridged = ca::abridge(csr_text);
  parts_->ca.keep(abridged, csr_text);
  return {abridged, report.common_name, report.key_sha256, report.problem};
}

std::optional<FoundCode> Cast::code_for(std::string_view application, bool in_spam,
                                        Instant now) const {
  return parts_->post.code_for(application, in_spam, now);
}

std::vector<mail::Message> Cast::mails(std::string_view address, bool in_spam, Instant now) const {
  return parts_->post.folder(address, in_spam, now);
}

std::string Cast::root_pem() const {
  const auto* ca = parts_->ca.authority();
  return ca ? ca->root_pem() : std::string{};
}
std::string Cast::chain_pem() const {
  const auto* ca = parts_->ca.authority();
  return ca ? ca->chain_pem() : std::string{};
}

}  // namespace shinsa::fakes
