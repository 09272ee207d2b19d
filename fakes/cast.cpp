#include "fakes/cast.hpp"

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

struct Cast::Parts {
  explicit Parts(Detail detail)
      : post(detail),
        ca(post, detail),
        browser(post, ca),
        renewal(ca),
        agency_desk(ca, detail),
        server_room(post, ca),
        hosted(ca),
        rental_host(hosted, ca) {}

  void join_jpdirect(sim::Simulation& simulation);
  void join_jpdirect_reissue(sim::Simulation& simulation);
  void join_jpdirect_acme(sim::Simulation& simulation);
  void join_sakura(sim::Simulation& simulation);
  void join_nttcom(sim::Simulation& simulation);

  cast::Post post;
  cast::Certifier ca;
  cast::DeskClerk desk;
  cast::Caller caller;
  cast::Bookkeeper bookkeeper;
  cast::Bank bank;
  cast::Page page;
  cast::Centre centre;
  cast::Internet internet;
  cast::AcmePortal acme_portal;
  cast::AcmeServer acme_server;
  cast::Browser browser;
  cast::RenewalCast renewal;
  cast::AgencyDesk agency_desk;
  cast::Registrar registrar;
  cast::LetterCarrier letter_carrier;
  cast::ServerRoom server_room;
  cast::HostedCertifier hosted;
  cast::RentalHost rental_host;
  cast::Screen screen;
};

/// What both of JPDirect's systems have.
void Cast::Parts::join_jpdirect(sim::Simulation& simulation) {
  simulation.cast(kType<"mail.sent">, post);
  simulation.cast(kType<"certificate.issued">, ca);
  simulation.cast(kType<"certificate.revoked">, ca);
  simulation.cast(kType<"application.refused">, desk);
  simulation.cast(kType<"invoice.issued">, bookkeeper);
  simulation.cast(kType<"payment.confirmed">, bookkeeper);
  simulation.cast(kType<"question.answered">, centre);
  simulation.watch(bank);
}

void Cast::Parts::join_jpdirect_reissue(sim::Simulation& simulation) {
  join_jpdirect(simulation);
  simulation.cast(kType<"call.made">, caller);
  simulation.cast(kType<"mypage.shown">, page);
}

void Cast::Parts::join_jpdirect_acme(sim::Simulation& simulation) {
  join_jpdirect(simulation);
  simulation.cast(kType<"dns.queried">, internet);
  simulation.cast(kType<"http.requested">, internet);
  for (const TypeIndex action :
       {kType<"eab.issued">, kType<"fqdn_list.shown">, kType<"refund.made">})
    simulation.cast(action, acme_portal);
  for (const TypeIndex action :
       {kType<"acme.refused">, kType<"account.created">, kType<"order.created">,
        kType<"authorization.created">, kType<"challenge.offered">, kType<"challenge.validated">,
        kType<"challenge.failed">, kType<"order.failed">, kType<"certificate.delivered">})
    simulation.cast(action, acme_server);
  simulation.cast(kType<"site.shown">, browser);
}

/// The provider's centre, which does most of it, with the CA, the registries, the postal service
/// and the customers' servers.
void Cast::Parts::join_nttcom(sim::Simulation& simulation) {
  simulation.cast(kType<"mail.sent">, post);
  simulation.cast(kType<"certificate.issued">, ca);
  simulation.cast(kType<"certificate.revoked">, ca);
  simulation.cast(kType<"application.refused">, desk);
  simulation.cast(kType<"call.made">, caller);
  for (TypeIndex type :
       {kType<"application.checked">, kType<"customer.called">, kType<"application.forwarded">,
        kType<"renewal.started">, kType<"invoice.issued">, kType<"change.completed">,
        kType<"question.answered">, kType<"damages.paid">})
    simulation.cast(type, agency_desk);
  simulation.cast(kType<"whois.queried">, registrar);
  simulation.cast(kType<"certificate.installed">, server_room);
  simulation.cast(kType<"server.restarted">, server_room);
  simulation.watch(letter_carrier);
}

/// The rental server's portal and its host; it has no desk, and its CA issues to the host.
void Cast::Parts::join_sakura(sim::Simulation& simulation) {
  simulation.cast(kType<"mail.sent">, post);
  simulation.cast(kType<"certificate.issued">, hosted);
  simulation.cast(kType<"certificate.revoked">, ca);
  for (TypeIndex type : {kType<"list.shown">, kType<"entry.shown">, kType<"confirmation.shown">,
                         kType<"completion.shown">})
    simulation.cast(type, screen);
  simulation.cast(kType<"support.declined">, desk);
  for (TypeIndex type : {kType<"dns.queried">, kType<"http.requested">,
                         kType<"certificate.installed">, kType<"site.shown">})
    simulation.cast(type, rental_host);
}

Cast::Cast(Detail detail) : parts_(std::make_unique<Parts>(detail)) {}
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
      simulation.cast(kType<"mail.sent">, parts_->post);
      simulation.watch(parts_->bank);
      return parts_->renewal.join(simulation);
    default:
      return parts_->join_jpdirect_reissue(simulation);
  }
}

PreparedCsr Cast::prepare(const std::string& csr_text) {
  const ca::CsrReport report = ca::examine_csr(csr_text);
  const std::string abridged = ca::abridge(csr_text);
  parts_->ca.keep(abridged, csr_text);
  parts_->renewal.keep(abridged, csr_text);
  return {abridged, report.common_name, report.sans, report.key_sha256, report.problem};
}

std::optional<FoundCode> Cast::code_for(std::string_view application, bool in_spam, Instant now,
                                        std::string_view to) const {
  return parts_->post.code_for(application, in_spam, now, to);
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
