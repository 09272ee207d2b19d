#include "fakes/cast.hpp"

#include <optional>
#include <utility>

#include "fakes/ca/csr.hpp"
#include "fakes/cast/acme_portal.hpp"
#include "fakes/cast/acme_server.hpp"
#include "fakes/cast/agency_desk.hpp"
#include "fakes/cast/bank.hpp"
#include "fakes/cast/browser.hpp"
#include "fakes/cast/caller.hpp"
#include "fakes/cast/certifier.hpp"
#include "fakes/cast/hosted_certifier.hpp"
#include "fakes/cast/internet.hpp"
#include "fakes/cast/letter_carrier.hpp"
#include "fakes/cast/portal.hpp"
#include "fakes/cast/post.hpp"
#include "fakes/cast/registrar.hpp"
#include "fakes/cast/renewal_cast.hpp"
#include "fakes/cast/rental_host.hpp"
#include "fakes/cast/screen.hpp"
#include "fakes/cast/server_room.hpp"

namespace shinsa::fakes {

namespace {

/// A performer that only some systems have; it is there once a simulation of such a one is joined.
template <class Performer>
class Part {
 public:
  template <class... Arguments>
  Performer& enter(Arguments&&... arguments) {
    return there_ ? *there_ : there_.emplace(std::forward<Arguments>(arguments)...);
  }
  [[nodiscard]] Performer* there() { return there_ ? &*there_ : nullptr; }

 private:
  std::optional<Performer> there_;
};

}  // namespace

struct Cast::Parts {
  Parts(Detail how_much, const ca::Addresses& addresses)
      : detail(how_much), post(detail), ca(detail, addresses) {}

  void join_jpdirect(sim::Simulation& simulation);
  void join_jpdirect_reissue(sim::Simulation& simulation);
  void join_jpdirect_acme(sim::Simulation& simulation);
  void join_sakura(sim::Simulation& simulation);
  void join_nttcom(sim::Simulation& simulation);
  void join_renewal(sim::Simulation& simulation);

  Detail detail;
  cast::Post post;
  cast::Certifier ca;
  cast::DeskClerk desk;
  cast::Bank bank;
  Part<cast::Caller> caller;
  Part<cast::Bookkeeper> bookkeeper;
  Part<cast::Page> page;
  Part<cast::Centre> centre;
  Part<cast::Internet> internet;
  Part<cast::AcmePortal> acme_portal;
  Part<cast::AcmeServer> acme_server;
  Part<cast::Browser> browser;
  Part<cast::RenewalCast> renewal;
  Part<cast::AgencyDesk> agency_desk;
  Part<cast::Registrar> registrar;
  Part<cast::LetterCarrier> letter_carrier;
  Part<cast::ServerRoom> server_room;
  Part<cast::HostedCertifier> hosted;
  Part<cast::RentalHost> rental_host;
  Part<cast::Screen> screen;
};

/// What both of JPDirect's systems have.
void Cast::Parts::join_jpdirect(sim::Simulation& simulation) {
  simulation.cast(kType<"mail.sent">, post);
  simulation.cast(kType<"certificate.issued">, ca);
  simulation.cast(kType<"certificate.revoked">, ca);
  simulation.cast(kType<"application.refused">, desk);
  simulation.cast(kType<"invoice.issued">, bookkeeper.enter());
  simulation.cast(kType<"payment.confirmed">, bookkeeper.enter());
  simulation.cast(kType<"question.answered">, centre.enter());
  simulation.watch(bank);
}

void Cast::Parts::join_jpdirect_reissue(sim::Simulation& simulation) {
  join_jpdirect(simulation);
  simulation.cast(kType<"call.made">, caller.enter());
  simulation.cast(kType<"mypage.shown">, page.enter());
}

void Cast::Parts::join_jpdirect_acme(sim::Simulation& simulation) {
  join_jpdirect(simulation);
  simulation.cast(kType<"dns.queried">, internet.enter());
  simulation.cast(kType<"http.requested">, internet.enter());
  for (const TypeIndex action :
       {kType<"eab.issued">, kType<"fqdn_list.shown">, kType<"refund.made">})
    simulation.cast(action, acme_portal.enter());
  for (const TypeIndex action :
       {kType<"acme.refused">, kType<"account.created">, kType<"order.created">,
        kType<"authorization.created">, kType<"challenge.offered">, kType<"challenge.validated">,
        kType<"challenge.failed">, kType<"order.failed">, kType<"certificate.delivered">})
    simulation.cast(action, acme_server.enter());
  simulation.cast(kType<"site.shown">, browser.enter(ca));
}

/// The provider's centre, which does most of it, with the CA, the registries, the postal service
/// and the customers' servers.
void Cast::Parts::join_nttcom(sim::Simulation& simulation) {
  simulation.cast(kType<"mail.sent">, post);
  simulation.cast(kType<"certificate.issued">, ca);
  simulation.cast(kType<"certificate.revoked">, ca);
  simulation.cast(kType<"application.refused">, desk);
  simulation.cast(kType<"call.made">, caller.enter());
  for (TypeIndex type :
       {kType<"application.checked">, kType<"customer.called">, kType<"application.forwarded">,
        kType<"renewal.started">, kType<"invoice.issued">, kType<"change.completed">,
        kType<"question.answered">, kType<"damages.paid">})
    simulation.cast(type, agency_desk.enter(ca, detail));
  simulation.cast(kType<"whois.queried">, registrar.enter());
  simulation.cast(kType<"certificate.installed">, server_room.enter(ca));
  simulation.cast(kType<"server.restarted">, server_room.enter(ca));
  simulation.watch(letter_carrier.enter());
}

/// The rental server's portal and its host; it has no desk, and its CA issues to the host.
void Cast::Parts::join_sakura(sim::Simulation& simulation) {
  simulation.cast(kType<"mail.sent">, post);
  const auto& certificates = hosted.enter(ca);
  simulation.cast(kType<"certificate.issued">, hosted.enter(ca));
  simulation.cast(kType<"certificate.revoked">, ca);
  for (TypeIndex type : {kType<"list.shown">, kType<"entry.shown">, kType<"confirmation.shown">,
                         kType<"completion.shown">})
    simulation.cast(type, screen.enter());
  simulation.cast(kType<"support.declined">, desk);
  for (TypeIndex type : {kType<"dns.queried">, kType<"http.requested">,
                         kType<"certificate.installed">, kType<"site.shown">})
    simulation.cast(type, rental_host.enter(certificates, ca));
}

/// Host and card company, the CA and the host's server; mails and transfers go their usual ways.
void Cast::Parts::join_renewal(sim::Simulation& simulation) {
  simulation.cast(kType<"mail.sent">, post);
  simulation.watch(bank);
  renewal.enter(ca).join(simulation);
}

Cast::Cast(Detail detail, const ca::Addresses& addresses)
    : parts_(std::make_unique<Parts>(detail, addresses)) {}
Cast::~Cast() = default;

void Cast::join(sim::Simulation& simulation) {
  switch (simulation.system().profile().system) {
    case kSak:
      return parts_->join_sakura(simulation);
    case kAcm:
      return parts_->join_jpdirect_acme(simulation);
    case kNtt:
      return parts_->join_nttcom(simulation);
    case kRen:
      return parts_->join_renewal(simulation);
    default:
      return parts_->join_jpdirect_reissue(simulation);
  }
}

PreparedCsr Cast::prepare(const ca::Csr& csr) {
  const ca::CsrReport& report = csr.report();
  parts_->ca.keep(csr);
  return {ca::abridge(csr.text(), report), report.common_name, report.sans, report.key_sha256,
          report.problem};
}

void Cast::know_account_key(std::string_view account, const std::string& thumbprint) {
  if (auto* server = parts_->acme_server.there()) server->know(account, thumbprint);
}

void Cast::keep_letters(std::size_t newest) { parts_->post.keep_letters(newest); }

std::optional<FoundCode> Cast::code_for(std::string_view application, bool in_spam, Instant now,
                                        std::string_view to) const {
  return parts_->post.code_for(application, in_spam, now, to);
}

std::vector<mail::Message> Cast::mails(std::string_view address, bool in_spam, Instant now) const {
  return parts_->post.folder(address, in_spam, now);
}

cast::Internet* Cast::internet() { return parts_->internet.there(); }

std::string Cast::root_pem() const {
  const auto* ca = parts_->ca.authority();
  return ca ? ca->root_pem() : std::string{};
}
std::string Cast::chain_pem() const {
  const auto* ca = parts_->ca.authority();
  return ca ? ca->chain_pem() : std::string{};
}
std::string Cast::crl_pem(Instant now) {
  return parts_->ca.authority() ? parts_->ca.current_list(now) : std::string{};
}
wire::HttpResponse Cast::ask_ca(const wire::HttpRequest& request, Instant now) {
  if (!parts_->ca.authority()) return {.status = 404};
  return parts_->ca.answer(request, now);
}

}  // namespace shinsa::fakes
