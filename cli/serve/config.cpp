#include "cli/serve/config.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

#include "cli/serve/wire_faults.hpp"
#include "model/vocabulary/suggest.hpp"
#include "scenarios/terms.hpp"

namespace shinsa::cli {

namespace json = boost::json;
using scenarios::Term;

namespace {

template <class Number>
std::optional<Number> number_in(const std::string& text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// One file, key by key.
class Reader {
 public:
  Reader(const std::function<bool(std::string_view)>& is_said, Common& common,
         ServeCommand& command)
      : is_said_(is_said), common_(common), command_(command) {}

  std::vector<Error> read(const Term& root) {
    if (root.kind != Term::Kind::map && !root.text.empty())
      put_error("the file has no settings", root.place, "write key: value");
    for (const auto& [key, value] : root.entries) take(key, value);
    return std::move(errors_);
  }

 private:
  void put_error(std::string what, const scenarios::Place& place, std::string remedy = {}) {
    errors_.push_back({std::move(what), place.text(), std::move(remedy)});
  }

  void take(const std::string& key, const Term& value) {
    struct Setting {
      std::string_view key;
      void (Reader::*take)(const Term& value, void* into);
      void* into;
    };
    const Setting settings[] = {
        {"given", &Reader::take_text, &command_.given},
        {"address", &Reader::take_text, &command_.address},
        {"anyone", &Reader::take_flag, &command_.anyone},
        {"token", &Reader::take_text, &command_.token},
        {"ca-dir", &Reader::take_text, &command_.ca_dir},
        {"state", &Reader::take_text, &command_.state},
        {"keep", &Reader::take_count, &command_.keep},
        {"threads", &Reader::take_threads, nullptr},
        {"judge", &Reader::take_judge, nullptr},
        {"frozen", &Reader::take_flag, &command_.frozen},
        {"always-valid", &Reader::take_flag, &command_.always_valid},
        {"quiet", &Reader::take_flag, &command_.quiet},
        {"acme-port", &Reader::take_port, &command_.acme_port},
        {"admin-port", &Reader::take_port, &command_.admin_port},
        {"ca-port", &Reader::take_port, &command_.ca_port},
        {"dns-port", &Reader::take_port, &command_.dns_port},
        {"http-port", &Reader::take_port, &command_.http_port},
        {"https-port", &Reader::take_port, &command_.https_port},
        {"customer-http-port", &Reader::take_port, &command_.customer_http_port},
        {"customer-https-port", &Reader::take_port, &command_.customer_https_port},
        {"system", &Reader::take_system, nullptr},
        {"seed", &Reader::take_seed, &common_.seed},
        {"readings", &Reader::take_readings, nullptr},
        {"faults", &Reader::take_faults, nullptr}};
    const auto at = std::ranges::find(settings, key, &Setting::key);
    if (at == std::end(settings)) {
      std::vector<std::string_view> known;
      for (const Setting& one : settings) known.push_back(one.key);
      return put_error("there is no setting '" + key + "'" + did_you_mean(key, known),
                       value.key_place, "see: shinsa serve --help");
    }
    key_ = key;
    if (!is_said_(key)) (this->*at->take)(value, at->into);
  }

  void wants(const Term& value, const std::string& what) {
    put_error(key_ + " wants " + what, value.place);
  }
  bool is_text(const Term& value) const {
    return value.kind == Term::Kind::text && !value.is_null && !value.text.empty();
  }

  void take_text(const Term& value, void* into) {
    if (!is_text(value)) return wants(value, "a text");
    *static_cast<std::string*>(into) = value.text;
  }
  void take_flag(const Term& value, void* into) {
    if (value.text != "true" && value.text != "false") return wants(value, "true or false");
    *static_cast<bool*>(into) = value.text == "true";
  }
  void take_count(const Term& value, void* into) {
    const auto number = number_in<std::size_t>(value.text);
    if (!number || *number == 0) return wants(value, "a number from 1");
    *static_cast<std::size_t*>(into) = *number;
  }
  void take_threads(const Term& value, void*) {
    const auto number = number_in<std::size_t>(value.text);
    if (!number || *number == 0 || *number > ServeCommand::kThreadsMax)
      return wants(value, "a number from 1 to " + std::to_string(ServeCommand::kThreadsMax));
    command_.threads = *number;
  }
  void take_port(const Term& value, void* into) {
    const auto number = number_in<std::uint16_t>(value.text);
    if (!number) return wants(value, "a port from 0 to 65535");
    *static_cast<std::uint16_t*>(into) = *number;
  }
  void take_seed(const Term& value, void* into) {
    const auto number = number_in<std::uint64_t>(value.text);
    if (!number) return wants(value, "a number from 0");
    *static_cast<std::uint64_t*>(into) = *number;
  }
  void take_judge(const Term& value, void*) {
    if (!is_text(value)) return wants(value, "true, false or a file .json or .html");
    command_.judge = value.text != "false";
    if (command_.judge && value.text != "true") command_.judge_file = value.text;
  }
  void take_system(const Term& value, void*) {
    if (!is_text(value)) return wants(value, "a text");
    common_.system = value.text;
    common_.system_given = true;
  }
  /// Those of the command line stay.
  void take_readings(const Term& value, void*) {
    if (value.kind != Term::Kind::map) return wants(value, "readings such as ACM-Q5: followed");
    for (const auto& [id, name] : value.entries)
      if (is_text(name))
        common_.readings.try_emplace(id, name.text);
      else
        wants(name, "readings such as ACM-Q5: followed");
  }

  void take_faults(const Term& value, void*) {
    if (value.kind != Term::Kind::list) return wants(value, "a list of faults");
    for (const Term& one : value.items) take_fault(one);
  }
  /// A fault as the admin API takes it; what is wrong is told at its member.
  void take_fault(const Term& fault) {
    if (fault.kind != Term::Kind::map) return wants(fault, "a list of faults");
    json::object said;
    for (const auto& [name, value] : fault.entries) {
      const auto number = number_in<std::int64_t>(value.text);
      said[name] = number && name != "name" && name != "path" ? json::value(*number)
                                                              : json::value(value.text);
    }
    const auto read = parse_wire_fault(json::serialize(said));
    if (read) return command_.faults.push_back(to_json(*read));
    const Term* member = fault.find(read.error().where);
    put_error(read.error().where + ": " + read.error().what, member ? member->place : fault.place,
              read.error().remedy);
  }

  const std::function<bool(std::string_view)>& is_said_;
  Common& common_;
  ServeCommand& command_;
  std::string key_;
  std::vector<Error> errors_;
};

}  // namespace

std::vector<Error> read_serve_config(const std::string& file, const std::string& text,
                                     const std::function<bool(std::string_view)>& is_said,
                                     Common& common, ServeCommand& command) {
  std::vector<Error> errors;
  const scenarios::SourceText source(file, text);
  const Term root = scenarios::read_terms(source, errors);
  if (!errors.empty()) return errors;
  return Reader(is_said, common, command).read(root);
}

}  // namespace shinsa::cli
