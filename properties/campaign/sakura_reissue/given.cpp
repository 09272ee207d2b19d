#include "properties/campaign/sakura_reissue/given.hpp"

#include "model/catalogue/ids.hpp"
#include "model/vocabulary/calendar.hpp"

namespace shinsa::properties::campaign::sakura_reissue {

namespace {

constexpr auto kLimit = tables::kNumbers[kNumber<"SAK-04", "days">].number;

std::string notice() { return std::string(kLabel<"SAK-01", "subject">); }

Said foreign(const char* subject, const char* customer, const char* name, const char* kind) {
  Said said{"fact.certificate", subject, {}};
  said.text<"customer">(customer);
  said.text<"cn">(name);
  said.text<"kind">(kind);
  said.instant<"not_before">(*parse_instant("2026-04-01T00:00:00+09:00"));
  said.instant<"not_after">(*parse_instant("2027-12-31T23:59:59+09:00"));
  return said;
}

/// The last valid second, seen from the start of the run.
Instant end_of(std::uint8_t variant, Instant start) {
  switch (variant) {
    case 1:  // 397 days are left within the first day
      return start + days(kLimit) + hours(20) - seconds(1);
    case 2:
      return last_second_of(end_of_month(plus_months(date_of(start), 20)));
    case 3:
      return start + days(3) - seconds(1);
    case 4:
      return start - days(30);
    case 5:  // 397 days are left to the second
      return start + days(kLimit) + minutes(11) - seconds(1);
    default:
      return last_second_of(end_of_month(plus_months(date_of(start), 4)));
  }
}

Said certificate(const Command& give, Instant start) {
  Said said{"fact.certificate", certificate_of(give.application), {}};
  const std::string name(kNames[give.application % kOrders]);
  said.text<"customer">("customer/M1");
  said.text<"cn">(name);
  said.text<"kind">("DV");
  said.instant<"not_before">(start - days(200));
  said.instant<"not_after">(end_of(give.variant, start));
  if (give.variant != 6) said.list<"sans">({name});
  if (give.variant == 7) said.instant<"revoked">(start - days(1));
  if (give.variant == 8) said.text<"key">(std::string(64, 'a'));
  return said;
}

Said entry(const Command& give) {
  Said said{"fact.entry", entry_of(give.application), {}};
  std::string type(kLabel<"SAK-02", "one_year">);
  if (give.variant == 1) type = kLabel<"SAK-02", "two_years">;
  if (give.variant == 2) type = kLabel<"SAK-03", "one_year">;
  if (give.variant == 3) type = kLabel<"SAK-03", "two_years">;
  if (give.variant == 4) type = "SSL 企業認証型(1年)";
  said.text<"customer">("customer/M1");
  said.text<"certificate">(certificate_of(give.application));
  said.text<"type">(type);
  if (give.variant == 6) said.text<"notice">("SSLサーバ証明書更新のお知らせ");
  if (give.variant < 5) said.text<"notice">(notice());
  return said;
}

Said site(const Command& give) {
  Said said{"fact.site", site_of(give.application), {}};
  said.text<"customer">("customer/M1");
  said.text<"cn">(std::string(kNames[give.application % kOrders]));
  said.text<"address">(std::string(kServer));
  if (give.variant == 1) said.list<"a_records">({std::string(kElsewhere)});
  if (give.variant == 2) said.list<"a_records">({std::string(kServer), std::string(kElsewhere)});
  if (give.variant == 3) said.list<"a_records">({});
  if (give.variant == 5)
    said.text<"certificate">("certificate/X");
  else if (give.variant != 4)
    said.text<"certificate">(certificate_of(give.application));
  return said;
}

}  // namespace

std::vector<Said> always_given() {
  std::vector<Said> all;
  for (const char* member : {"M1", "M2"}) {
    Said said{"fact.customer", std::string("customer/") + member, {}};
    said.text<"mail">(std::string(member) + "@example.com");
    all.push_back(std::move(said));
  }
  all.push_back(foreign("certificate/X", "customer/M1", kNames[0].data(), "OV"));
  all.push_back(foreign("certificate/Y", "customer/M1", kNames[0].data(), "DV"));
  all.back().text<"issued_by">("other");
  all.push_back(foreign("certificate/V", "customer/M1", kNames[0].data(), "DV"));
  all.push_back(foreign("certificate/Z", "customer/M2", "www.example.net", "DV"));
  all[2].text<"organisation">("株式会社例");
  Said other{"fact.entry", "entry/9", {}};
  other.text<"customer">("customer/M2");
  other.text<"certificate">("certificate/Z");
  other.text<"type">(std::string(kLabel<"SAK-02", "one_year">));
  other.text<"notice">(notice());
  all.push_back(std::move(other));
  return all;
}

Said given_fact(const Command& give, Instant start) {
  switch (give.certificate % kGivenKinds) {
    case kCertificate:
      return certificate(give, start);
    case kEntry:
      return entry(give);
    default:
      return site(give);
  }
}

}  // namespace shinsa::properties::campaign::sakura_reissue
