#include "fakes/wire/own_root.hpp"

#include <fcntl.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

namespace shinsa::fakes::wire {

namespace {

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
  void operator()(BIGNUM* number) const { BN_free(number); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;
using Key = Owned<EVP_PKEY>;
using Certificate = Owned<X509>;

constexpr std::int64_t kHour = 3600, kYear = 365 * 24 * kHour;
constexpr const char* kRootName = "Shinsa test servers (not a real CA)";

struct Root {
  Certificate certificate;
  Key key;
};

template <class Write>
std::string pem_of(const Write& write) {
  const Owned<BIO> memory(BIO_new(BIO_s_mem()));
  if (!memory || !write(memory.get())) return {};
  char* data = nullptr;
  const long length = BIO_get_mem_data(memory.get(), &data);
  return {data, static_cast<std::size_t>(length)};
}
std::string pem_of(X509* certificate) {
  return pem_of([&](BIO* to) { return PEM_write_bio_X509(to, certificate); });
}
std::string pem_of(EVP_PKEY* key) {
  return pem_of([&](BIO* to) {
    return PEM_write_bio_PKCS8PrivateKey(to, key, nullptr, nullptr, 0, nullptr, nullptr);
  });
}

bool add(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Owned<X509_EXTENSION> extension(
      X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  return extension && X509_add_ext(certificate, extension.get(), -1);
}

bool set_serial(X509* certificate) {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return false;
  bytes[0] &= 0x7f;
  const Owned<BIGNUM> number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
  return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

/// A certificate with everything but its extensions and signature.
Certificate begun(EVP_PKEY* key, const char* name, std::int64_t now, std::int64_t lasts) {
  Certificate certificate(X509_new());
  X509_NAME* const subject = X509_get_subject_name(certificate.get());
  const bool done =
      X509_set_version(certificate.get(), X509_VERSION_3) && set_serial(certificate.get()) &&
      ASN1_TIME_set(X509_getm_notBefore(certificate.get()), now - kHour) &&
      ASN1_TIME_set(X509_getm_notAfter(certificate.get()), now + lasts) &&
      X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                 reinterpret_cast<const unsigned char*>(name), -1, -1, 0) &&
      X509_set_pubkey(certificate.get(), key);
  return done ? std::move(certificate) : nullptr;
}

Failure broken(const std::string& what) { return fail("OpenSSL cannot make " + what, "TLS root"); }

Result<Root> fresh_root(std::int64_t now) {
  Root root;
  root.key.reset(EVP_EC_gen("P-256"));
  if (!root.key) return broken("a key");
  root.certificate = begun(root.key.get(), kRootName, now, 10 * kYear);
  X509* const made = root.certificate.get();
  if (!made || !X509_set_issuer_name(made, X509_get_subject_name(made)) ||
      !add(made, made, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") ||
      !add(made, made, NID_key_usage, "critical,keyCertSign,cRLSign") ||
      !add(made, made, NID_subject_key_identifier, "hash") ||
      !X509_sign(made, root.key.get(), EVP_sha256()))
    return broken("a root");
  return root;
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

/// Written under another name first, and never readable by anybody else.
Result<void> write_own(const std::filesystem::path& file, const std::string& text) {
  const std::string fresh = file.string() + ".new";
  const int to = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (to < 0) return fail("cannot be written", fresh, "check the folder and its rights");
  const bool whole = write(to, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const bool closed = close(to) == 0;
  std::error_code failed;
  if (whole && closed) std::filesystem::rename(fresh, file, failed);
  if (!whole || !closed || failed)
    return fail("cannot be written", file.string(), "check the folder and its rights");
  return {};
}

Result<Root> root_in(const std::string& folder, std::int64_t now) {
  const auto root_file = std::filesystem::path(folder) / "root.pem";
  const auto key_file = std::filesystem::path(folder) / "root.key";
  if (std::filesystem::exists(root_file) || std::filesystem::exists(key_file)) {
    const std::string certificate = text_of(root_file), key = text_of(key_file);
    const Owned<BIO> from(
        BIO_new_mem_buf(certificate.data(), static_cast<int>(certificate.size())));
    const Owned<BIO> of_key(BIO_new_mem_buf(key.data(), static_cast<int>(key.size())));
    Root root{Certificate(PEM_read_bio_X509(from.get(), nullptr, nullptr, nullptr)),
              Key(PEM_read_bio_PrivateKey(of_key.get(), nullptr, nullptr, nullptr))};
    if (!root.certificate || !root.key ||
        X509_check_private_key(root.certificate.get(), root.key.get()) != 1)
      return fail("root.pem and root.key are no certificate and its key", folder,
                  "remove both, and new ones are made");
    return root;
  }
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  auto root = fresh_root(now);
  if (!root) return root;
  if (auto done = write_own(key_file, pem_of(root->key.get())); !done) return Failure(done.error());
  if (auto done = write_own(root_file, pem_of(root->certificate.get())); !done)
    return Failure(done.error());
  return root;
}

std::string alternative_names(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) {
    const bool is_address = name.find(':') != std::string::npos ||
                            name.find_first_not_of("0123456789.") == std::string::npos;
    all += (all.empty() ? "" : ",") + std::string(is_address ? "IP:" : "DNS:") + name;
  }
  return all;
}

}  // namespace

Result<OwnRoot> make_own_root(const std::vector<std::string>& names, std::int64_t now,
                              const std::string& folder) {
  auto root = folder.empty() ? fresh_root(now) : root_in(folder, now);
  if (!root) return Failure(root.error());
  X509* const above = root->certificate.get();
  const Key key(EVP_EC_gen("P-256"));
  if (!key) return broken("a key");
  const Certificate made = begun(key.get(), names.front().c_str(), now, kYear);
  if (!made || !X509_set_issuer_name(made.get(), X509_get_subject_name(above)) ||
      !add(made.get(), above, NID_basic_constraints, "critical,CA:FALSE") ||
      !add(made.get(), above, NID_key_usage, "critical,digitalSignature") ||
      !add(made.get(), above, NID_ext_key_usage, "serverAuth") ||
      !add(made.get(), above, NID_subject_key_identifier, "hash") ||
      !add(made.get(), above, NID_authority_key_identifier, "keyid") ||
      !add(made.get(), above, NID_subject_alt_name, alternative_names(names)) ||
      !X509_sign(made.get(), root->key.get(), EVP_sha256()))
    return broken("a certificate");
  return OwnRoot{pem_of(above), {pem_of(made.get()) + pem_of(above), pem_of(key.get())}};
}

}  // namespace shinsa::fakes::wire
