/// A load client for an ACME server, ours or another: many certificates over connections that stay
/// open, one thread each. What it prints is read by acme.py, which measures the server.
///
///     bench_acme DIRECTORY ROOT NAMES ISSUANCES CONNECTIONS KEYS [ADMIN]
///
/// DIRECTORY is the URL of the directory, ROOT the file of the root to trust. NAMES has a host name
/// a line, ordered by customer; KEYS a line for each customer: how many of the names are its, then,
/// where the server wants an external account binding, the key's id and the key. Every customer has
/// an account of its own. An issuance is seven requests (RFC 8555 section 7.1): newOrder, its
/// authorization, the challenge, the authorization again, finalize, the order, the certificate;
/// where the server is not done yet it is asked again, and that is counted. With ADMIN, the URL of
/// the admin API of `shinsa serve`, the file of each challenge is put into its web first.
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/json.hpp>
#include <chrono>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include "fakes/acme/base64url.hpp"
#include "fakes/acme/signer.hpp"
#include "fakes/ca/csr.hpp"
#include "fakes/ca/key_pool.hpp"

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace json = boost::json;
using namespace shinsa;
using Response = http::response<http::string_body>;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kBeforeAgain{20};  // real clients wait seconds

[[noreturn]] void stop(const std::string& what) { throw std::runtime_error(what); }

struct Address {
  std::string host, port, path;
};

/// `https://127.0.0.1:14000/directory` in its parts.
Address parts_of(const std::string& url) {
  const std::size_t begin = url.find("://") + 3, colon = url.find(':', begin),
                    slash = url.find('/', begin);
  return {url.substr(begin, colon - begin), url.substr(colon + 1, slash - colon - 1),
          url.substr(slash)};
}

/// One connection to the server, kept open.
class Connection {
 public:
  Connection(const Address& server, asio::ssl::context& trust) : stream_(context_, trust) {
    asio::ip::tcp::resolver resolver(context_);
    asio::connect(beast::get_lowest_layer(stream_).socket(),
                  resolver.resolve(server.host, server.port));
    beast::get_lowest_layer(stream_).socket().set_option(asio::ip::tcp::no_delay(true));
    stream_.handshake(asio::ssl::stream_base::client);
    host_ = server.host + ":" + server.port;
  }

  Response ask(http::verb method, const std::string& path, std::string body) {
    http::request<http::string_body> request(method, path, 11, std::move(body));
    request.set(http::field::host, host_);
    request.set(http::field::user_agent, "bench_acme");
    if (method == http::verb::post) request.set(http::field::content_type, "application/jose+json");
    request.prepare_payload();
    http::write(stream_, request);
    http::response_parser<http::string_body> parser;
    if (method == http::verb::head) parser.skip(true);
    http::read(stream_, buffer_, parser);
    return parser.release();
  }

 private:
  asio::io_context context_;
  beast::ssl_stream<beast::tcp_stream> stream_;
  beast::flat_buffer buffer_;
  std::string host_;
};

/// The admin API, over a connection that stays open.
class Admin {
 public:
  explicit Admin(const Address& server) : host_(server.host + ":" + server.port) {
    asio::ip::tcp::resolver resolver(context_);
    asio::connect(socket_, resolver.resolve(server.host, server.port));
    socket_.set_option(asio::ip::tcp::no_delay(true));
  }

  /// From now on the web server of that name has the file.
  void put_file(const std::string& name, const std::string& path, const std::string& body) {
    http::request<http::string_body> request(http::verb::post, "/events", 11);
    request.set(http::field::host, host_);
    request.body() =
        json::serialize(json::object{{"type", "site.changed"},
                                     {"subject", "site/" + name},
                                     {"data", json::object{{"path", path}, {"body", body}}}});
    request.prepare_payload();
    http::write(socket_, request);
    Response response;
    http::read(socket_, buffer_, response);
    if (response.result_int() != 200) stop("no file could be put: " + response.body());
  }

 private:
  asio::io_context context_;
  asio::ip::tcp::socket socket_{context_};
  beast::flat_buffer buffer_;
  std::string host_;
};

struct Endpoints {
  std::string new_nonce, new_account, new_order;
};

/// A new key on P-256: an account is found by its key (RFC 8555 section 7.3.1), so each has one.
fakes::acme::Signer new_signer() {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const std::unique_ptr<BIO, decltype(&BIO_free)> text(BIO_new(BIO_s_mem()), BIO_free);
  if (!key || PEM_write_bio_PKCS8PrivateKey(text.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                            nullptr) != 1)
    stop("no key could be made");
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(text.get(), &bytes);
  return *fakes::acme::Signer::from_pem({bytes, static_cast<std::size_t>(size)});
}

struct Customer {
  std::size_t names = 0;
  fakes::acme::Signer signer = new_signer();
  std::string key_id, key;       // of the binding; empty: none is wanted
  std::string account_url = {};  // once there is an account
};

/// What all threads share.
struct Load {
  Address server;
  std::optional<Address> admin;  // where files are put; nothing: challenges are met by themselves
  Endpoints at;
  std::vector<std::string> names;
  std::vector<std::size_t> owner;  // of each name, among the customers
  std::vector<Customer> customers;
  std::size_t issuances = 0;
  std::atomic<std::size_t> next{0}, done{0}, requests{0}, again{0};
  std::atomic<bool> failed{false};
};

/// Signs and sends for any customer: one connection and its nonce.
class Client {
 public:
  Client(Load& load, asio::ssl::context& trust) : load_(load), connection_(load.server, trust) {
    if (load.admin) admin_.emplace(*load.admin);
    nonce_ = std::string(connection_.ask(http::verb::head, load.at.new_nonce, "")["Replay-Nonce"]);
  }

  Response post(const std::string& path, const Customer& customer, const std::string& payload) {
    const std::string who = customer.account_url.empty()
                                ? "\"jwk\":" + customer.signer.jwk()
                                : "\"kid\":\"" + customer.account_url + "\"";
    const std::string url = "https://" + load_.server.host + ":" + load_.server.port + path;
    const std::string header = "{\"alg\":\"" + customer.signer.algorithm() + "\",\"nonce\":\"" +
                               nonce_ + "\",\"url\":\"" + url + "\"," + who + "}";
    Response answer = connection_.ask(http::verb::post, path, customer.signer.jws(header, payload));
    nonce_ = std::string(answer["Replay-Nonce"]);
    ++load_.requests;
    if (answer.result_int() >= 400)
      stop(path + ": " + std::to_string(answer.result_int()) + " " + answer.body());
    return answer;
  }

  std::string open_account(const Customer& customer) {
    std::string payload = R"({"termsOfServiceAgreed":true,"contact":["mailto:taro@example.jp"])";
    if (!customer.key_id.empty()) {
      const std::string url =
          "https://" + load_.server.host + ":" + load_.server.port + load_.at.new_account;
      payload += ",\"externalAccountBinding\":" +
                 fakes::acme::mac_jws("HS256", *fakes::acme::from_base64url(customer.key),
                                      "{\"alg\":\"HS256\",\"kid\":\"" + customer.key_id +
                                          "\",\"url\":\"" + url + "\"}",
                                      customer.signer.jwk());
    }
    const Response made = post(load_.at.new_account, customer, payload + "}");
    return std::string(made[http::field::location]);
  }

  void issue(const std::string& name, const Customer& customer, const std::string& csr) {
    const Response ordered = post(load_.at.new_order, customer,
                                  R"({"identifiers":[{"type":"dns","value":")" + name + R"("}]})");
    const std::string order_at = parts_of(std::string(ordered[http::field::location])).path;
    const json::value order = json::parse(ordered.body());
    const std::string authorization =
        parts_of(json::value_to<std::string>(order.at("authorizations").at(0))).path;
    const json::value asked = json::parse(post(authorization, customer, "").body());
    std::string challenge, token;
    for (const json::value& one : asked.at("challenges").as_array())
      if (one.at("type") == "http-01") {
        challenge = json::value_to<std::string>(one.at("url"));
        token = json::value_to<std::string>(one.at("token"));
      }
    if (admin_)
      admin_->put_file(name, "/.well-known/acme-challenge/" + token,
                       token + "." + customer.signer.thumbprint());
    post(parts_of(challenge).path, customer, "{}");
    until_valid(authorization, customer);
    post(parts_of(json::value_to<std::string>(order.at("finalize"))).path, customer,
         "{\"csr\":\"" + csr + "\"}");
    const json::value ready = until_valid(order_at, customer);
    const Response chain =
        post(parts_of(json::value_to<std::string>(ready.at("certificate"))).path, customer, "");
    if (chain.body().find("BEGIN CERTIFICATE") == std::string::npos) stop("no certificate came");
  }

 private:
  json::value until_valid(const std::string& path, const Customer& customer) {
    while (true) {
      json::value now = json::parse(post(path, customer, "").body());
      const auto status = json::value_to<std::string>(now.at("status"));
      if (status == "valid") return now;
      if (status == "invalid") stop(path + ": " + json::serialize(now));
      ++load_.again;
      std::this_thread::sleep_for(kBeforeAgain);
    }
  }

  Load& load_;
  Connection connection_;
  std::optional<Admin> admin_;
  std::string nonce_;
};

/// A request of that name with a key of the pool, as finalize takes it.
std::string request_for(const std::string& name) {
  fakes::ca::CsrRequest wanted;
  wanted.key_name = "p256-b";
  wanted.common_name = name.size() <= 64 ? name : "";
  wanted.sans = {name};
  const auto pem = fakes::ca::make_csr(wanted);
  if (!pem) stop(pem.error().text());
  std::string body;
  std::istringstream lines(*pem);
  for (std::string line; std::getline(lines, line);)
    if (!line.starts_with("-----")) body += line;
  while (body.ends_with('=')) body.pop_back();
  std::ranges::replace(body, '+', '-');
  std::ranges::replace(body, '/', '_');
  return body;
}

/// One connection, until there is nothing left to issue.
void work(Load& load, asio::ssl::context& trust) try {
  Client client(load, trust);
  while (!load.failed) {
    const std::size_t at = load.next++;
    if (at >= load.issuances) return;
    const std::size_t name = at % load.names.size();
    client.issue(load.names[name], load.customers[load.owner[name]], request_for(load.names[name]));
    ++load.done;
  }
} catch (const std::exception& error) {
  if (!load.failed.exchange(true)) std::cerr << "bench_acme: " << error.what() << "\n";
}

void read_load(int count, char** arguments, Load& load) {
  load.server = parts_of(arguments[1]);
  std::ifstream names(arguments[3]), keys(arguments[6]);
  for (std::string name; std::getline(names, name);) load.names.push_back(name);
  for (std::string line; std::getline(keys, line);) {
    Customer one;
    std::istringstream(line) >> one.names >> one.key_id >> one.key;
    load.owner.insert(load.owner.end(), one.names, load.customers.size());
    load.customers.push_back(std::move(one));
  }
  if (load.names.empty() || load.owner.size() != load.names.size())
    stop("KEYS speaks of other names than NAMES has");
  load.issuances = std::stoul(arguments[4]);
  if (count > 7) load.admin = parts_of(std::string(arguments[7]) + "/");
}

void find_endpoints(Load& load, asio::ssl::context& trust) {
  Connection connection(load.server, trust);
  const json::value at = json::parse(connection.ask(http::verb::get, load.server.path, "").body());
  const auto path = [&](std::string_view name) {
    return parts_of(json::value_to<std::string>(at.at(name))).path;
  };
  load.at = {path("newNonce"), path("newAccount"), path("newOrder")};
}

int run(int count, char** arguments) {
  Load load;
  read_load(count, arguments, load);
  asio::ssl::context trust(asio::ssl::context::tls_client);
  trust.load_verify_file(arguments[2]);
  trust.set_verify_mode(asio::ssl::verify_peer);
  find_endpoints(load, trust);
  {
    Client client(load, trust);
    for (Customer& one : load.customers) one.account_url = client.open_account(one);
  }
  load.requests = 0;
  std::cout << "READY" << std::endl;  // the server's CPU time is counted from here
  std::string go;
  std::getline(std::cin, go);
  const auto begun = Clock::now();
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < std::stoul(arguments[5]); ++i)
    threads.emplace_back([&] { work(load, trust); });
  for (std::thread& one : threads) one.join();
  const std::chrono::duration<double> wall = Clock::now() - begun;
  std::cout << "DONE " << load.done << " " << load.requests << " " << load.again << " "
            << wall.count() << std::endl;
  return load.failed ? 1 : 0;
}

}  // namespace

int main(int count, char** arguments) try {
  if (count != 7 && count != 8) stop("DIRECTORY ROOT NAMES ISSUANCES CONNECTIONS KEYS [ADMIN]");
  return run(count, arguments);
} catch (const std::exception& error) {
  std::cerr << "bench_acme: " << error.what() << "\n";
  return 2;
}
