#include "fakes/ca/profile.hpp"

#include <openssl/conf.h>

namespace shinsa::fakes::ca {

namespace {

// An issuing CA names one reserved policy or this; it signs DV and OV alike (Baseline Requirements
// 7.1.2.10.5).
constexpr const char* kAnyPolicy = "2.5.29.32.0";
constexpr const char* kDomainValidated = "2.23.140.1.2.1";
constexpr const char* kOrganisationValidated = "2.23.140.1.2.2";

}  // namespace

std::vector<Extension> root_extensions() {
  return {{NID_basic_constraints, "critical,CA:TRUE"},
          {NID_key_usage, "critical,keyCertSign,cRLSign"},
          {NID_subject_key_identifier, "hash"},
          {NID_authority_key_identifier, "keyid:always"}};
}

std::vector<Extension> issuer_extensions(const Addresses& addresses) {
  return {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
          {NID_key_usage, "critical,digitalSignature,keyCertSign,cRLSign"},
          {NID_ext_key_usage, "serverAuth"},
          {NID_subject_key_identifier, "hash"},
          {NID_authority_key_identifier, "keyid:always"},
          {NID_certificate_policies, kAnyPolicy},
          {NID_info_access, "caIssuers;URI:" + addresses.root},
          {NID_crl_distribution_points, "URI:" + addresses.root_crl}};
}

std::vector<Extension> server_extensions(const Addresses& addresses, bool organisation_validated,
                                         bool rsa_key) {
  return {{NID_basic_constraints, "critical,CA:FALSE"},
          {NID_key_usage,
           rsa_key ? "critical,digitalSignature,keyEncipherment" : "critical,digitalSignature"},
          {NID_ext_key_usage, "serverAuth"},
          {NID_authority_key_identifier, "keyid:always"},
          {NID_certificate_policies,
           organisation_validated ? kOrganisationValidated : kDomainValidated},
          {NID_info_access, "OCSP;URI:" + addresses.ocsp + ",caIssuers;URI:" + addresses.issuer},
          {NID_crl_distribution_points, "URI:" + addresses.crl}};
}

bool add_extensions(X509* certificate, X509* issuer, const std::vector<Extension>& extensions) {
  // Policies are looked up in a configuration before they are read as numbers: an empty one will
  // do.
  Owned<CONF, NCONF_free> no_configuration(NCONF_new(nullptr));
  if (!no_configuration) return false;
  X509V3_CTX context{};
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509V3_set_nconf(&context, no_configuration.get());
  for (const Extension& each : extensions) {
    ExtensionOwner extension(X509V3_EXT_nconf_nid(nullptr, &context, each.nid, each.value.c_str()));
    if (!extension || X509_add_ext(certificate, extension.get(), -1) != 1) return false;
  }
  return true;
}

}  // namespace shinsa::fakes::ca
