#include "scenarios/terms.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>

namespace shinsa::scenarios {

namespace {

constexpr std::size_t kNodesMax = 100'000;  // aliases may multiply; a scenario has some hundred
constexpr int kDepthMax = 64;

class Converter {
 public:
  Converter(const SourceText& source, std::vector<Error>& errors)
      : source_(source), errors_(errors) {}

  Term convert(const YAML::Node& node, int depth) {
    Term term;
    term.place = source_.place(node.Mark().line, node.Mark().column);
    if (++count_ > kNodesMax || depth > kDepthMax) {
      if (!told_)
        errors_.push_back({"the file has too many or too deeply nested values", term.place.text(),
                           "shorten it; do not multiply aliases"});
      told_ = true;
      return term;
    }
    if (node.IsMap()) return convert_map(node, std::move(term), depth);
    if (node.IsSequence()) {
      term.kind = Term::Kind::list;
      for (const auto& item : node) term.items.push_back(convert(item, depth + 1));
      return term;
    }
    term.is_null = node.IsNull();
    if (!term.is_null) term.text = node.Scalar();
    return term;
  }

 private:
  Term convert_map(const YAML::Node& node, Term term, int depth) {
    term.kind = Term::Kind::map;
    for (const auto& pair : node) {
      const Place place = source_.place(pair.first.Mark().line, pair.first.Mark().column);
      if (!pair.first.IsScalar()) {
        errors_.push_back({"a key is not a word", place.text(), "write key: value"});
        continue;
      }
      const std::string key = pair.first.Scalar();
      if (term.find(key)) {
        errors_.push_back({"the key '" + key + "' stands twice", place.text(), "keep one of them"});
        continue;
      }
      Term value = convert(pair.second, depth + 1);
      term.entries.push_back({key, std::move(value)});
      term.entries.back().value.key_place = place;
    }
    return term;
  }

  const SourceText& source_;
  std::vector<Error>& errors_;
  std::size_t count_ = 0;
  bool told_ = false;
};

std::string fill_text(const std::string& text, const Variables& variables,
                      std::set<std::string>& used) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t open = text.find("${", at);
    const std::size_t close = open == std::string::npos ? open : text.find('}', open);
    if (close == std::string::npos) return out + text.substr(at);
    const std::string name = text.substr(open + 2, close - open - 2);
    out += text.substr(at, open - at);
    if (const auto known = variables.find(name); known != variables.end()) {
      used.insert(name);
      out += known->second.text;
    } else {
      out += text.substr(open, close + 1 - open);
    }
    at = close + 1;
  }
  return out;
}

}  // namespace

Term read_terms(const SourceText& source, std::vector<Error>& errors) {
  if (const auto bad = source.first_bad_byte()) {
    errors.push_back(
        {"the file is not UTF-8 text", source.place_at(*bad).text(), "save it as UTF-8"});
    return {};
  }
  try {
    return Converter(source, errors).convert(YAML::Load(source.text()), 0);
  } catch (const YAML::Exception& exception) {
    const Place place =
        source.place(std::max(0, exception.mark.line), std::max(0, exception.mark.column));
    errors.push_back(
        {"this is no YAML: " + exception.msg, place.text(), "check indentation and quotes"});
    return {};
  }
}

Term filled_in(const Term& term, const Variables& variables, std::set<std::string>& used) {
  if (term.kind == Term::Kind::text) {
    const bool whole = term.text.starts_with("${") && term.text.find('}') == term.text.size() - 1;
    if (whole)
      if (const auto known = variables.find(term.text.substr(2, term.text.size() - 3));
          known != variables.end()) {
        used.insert(known->first);
        Term value = known->second;
        value.place = term.place;
        value.key_place = term.key_place;
        return value;
      }
  }
  Term out = term;
  out.text = fill_text(term.text, variables, used);
  for (Term& item : out.items) item = filled_in(item, variables, used);
  for (auto& [key, value] : out.entries) {
    key = fill_text(key, variables, used);
    value = filled_in(value, variables, used);
  }
  return out;
}

}  // namespace shinsa::scenarios
