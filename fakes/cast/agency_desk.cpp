#include "fakes/cast/agency_desk.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "fakes/ca/csr.hpp"
#include "fakes/cast/demanded.hpp"
#include "model/catalogue/ids.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::cast {

using model::Duty;
using sim::Performed;
using sim::Stage;

namespace {

constexpr std::size_t kDigits = 8;  // of a bill's number

/// Keys that the provider takes for its servers, in turn.
constexpr std::array<std::string_view, 2> kKeys{"rsa-2048-a", "rsa-2048-b"};

}  // namespace

Result<Performed> AgencyDesk::perform(const Duty& duty, TextId subject, Stage& stage) {
  if (duty.type == kType<"application.forwarded">) return forward(duty, subject, stage);
  if (duty.type == kType<"renewal.started">) return renew(duty, stage);
  if (duty.type == kType<"invoice.issued">) return bill(duty, subject, stage);
  RecordBuilder record = as_demanded(duty, stage);
  if (duty.type == kType<"question.answered">) record.set("answer", "referred");
  return Performed{subject, record.build()};
}

const sim::TypeSet& AgencyDesk::watches() const {
  static constexpr sim::TypeSet watched{kType<"application.registered">, kType<"renewal.started">,
                                        kType<"fact.price">, kType<"certificate.issued">,
                                        kType<"invoice.issued">};
  return watched;
}

void AgencyDesk::observe(const Event& event, Stage& stage) {
  const Record& said = stage.facts.record(event.data);
  if (event.type == kType<"application.registered"> || event.type == kType<"renewal.started">)
    forms_[event.subject] = event.data;
  if (event.type == kType<"invoice.issued">) ++bills_;
  if (event.type == kType<"renewal.started">) ++renewals_;
  if (event.type == kType<"fact.price">)
    prices_[event.subject] = said.fields[kField<"fact.price", "amount">].number();
  if (event.type == kType<"certificate.issued">)
    products_[event.subject] =
        choice_word(kProducts, said.fields[kField<"certificate.issued", "kind">].number());
}

Result<Performed> AgencyDesk::forward(const Duty& duty, TextId subject, Stage& stage) {
  RecordBuilder record = as_demanded(duty, stage);
  record.set("items", items_of(subject, stage));
  if (detail_ == Detail::events) return Performed{subject, record.build()};
  ca::CsrRequest request;
  request.key_name = kKeys[requests_++ % kKeys.size()];
  request.common_name =
      stage.facts.text(demanded<"application.forwarded", "cn">(duty, stage).text());
  const auto pem = ca::make_csr(request);
  if (!pem) return Failure(pem.error());
  const ca::Csr csr = ca::Csr::read(*pem);
  const std::string abridged = ca::abridge(*pem, csr.report());
  ca_->keep(csr);
  record.set("csr", std::string_view(abridged))
      .set("key", std::string_view(csr.report().key_sha256));
  return Performed{subject, record.build()};
}

Result<Performed> AgencyDesk::renew(const Duty& duty, Stage& stage) {
  RecordBuilder record = as_demanded(duty, stage);
  record.set("documents_needed", stage.decide("renewal-documents") == "needed");
  const std::string name = "application/renewal-" + std::to_string(renewals_ + 1);
  return Performed{stage.facts.intern(name), record.build()};
}

Result<Performed> AgencyDesk::bill(const Duty& duty, TextId subject, Stage& stage) {
  RecordBuilder record = as_demanded(duty, stage);
  std::vector<std::string_view> products{"setting"};
  if (const auto product = products_.find(subject); product != products_.end()) {
    products.push_back(product->second);
    std::vector<TextId> items;
    for (std::string_view fee :
         {kLabel<"NTT-24", "certificate_fee">, kLabel<"NTT-24", "setting_fee">})
      items.push_back(stage.facts.intern(fee));
    record.set("items", stage.facts.intern_list(items));
  }
  std::int64_t amount = 0;
  for (std::string_view product : products) {
    const auto price = prices_.find(stage.facts.find("product/" + std::string(product)));
    if (price == prices_.end())
      return fail("the portal has to bill an order, but no price is known",
                  std::string(stage.facts.text(subject)), "give a fact.price for the product");
    amount += price->second;
  }
  std::string number = std::to_string(bills_ + 1);
  number.insert(0, kDigits - std::min(kDigits, number.size()), '0');
  record.set("bill", std::string_view(number)).set("amount", amount);
  return Performed{subject, record.build()};
}

/// What the form says of the items that are handed on, and nothing else.
ListId AgencyDesk::items_of(TextId application, Stage& stage) const {
  std::vector<TextId> items;
  const auto form = forms_.find(application);
  SHINSA_ASSERT(form != forms_.end(), "an application to the CA without a form");
  const Record& said = stage.facts.record(form->second);
  items.reserve(kWordsOf<events::kApplicationItems>.size());
  for (const std::string_view item : kWordsOf<events::kApplicationItems>) {
    const bool is_there = item == "documents" ? field_of<"documents_needed">(said).truth()
                                              : field_of(said, item).present();
    if (is_there) items.push_back(stage.facts.intern(item));
  }
  return stage.facts.intern_list(items);
}

}  // namespace shinsa::fakes::cast
