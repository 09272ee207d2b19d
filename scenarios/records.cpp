#include "scenarios/records.hpp"

#include "fakes/ca/csr.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::scenarios {

namespace {

ListId list_of(const Term& term, const Names& names, Facts& facts) {
  std::vector<TextId> items;
  for (const Term& item : term.items) items.push_back(facts.intern(filled(item.text, names)));
  return facts.intern_list(items);
}

fakes::ca::CsrHeader header_of(const std::string& word) {
  if (word == "new") return fakes::ca::CsrHeader::new_request;
  if (word == "spaced") return fakes::ca::CsrHeader::spaced;
  if (word == "none") return fakes::ca::CsrHeader::none;
  return fakes::ca::CsrHeader::standard;
}

fakes::ca::CsrRequest csr_request(const Term& term) {
  fakes::ca::CsrRequest request;
  for (const auto& [key, value] : term.entries) {
    if (key == "key") request.key_name = value.text;
    if (key == "cn") request.common_name = value.text;
    if (key == "organisation") request.organisation = value.text;
    if (key == "sans")
      for (const Term& item : value.items) request.sans.push_back(item.text);
    if (key == "spoil" && value.text == "bad-signature")
      request.spoil = fakes::ca::CsrSpoil::bad_signature;
    if (key == "marks") request.header = header_of(value.text);
  }
  return request;
}

}  // namespace

std::string filled(std::string text, const Names& names) {
  for (const auto& [name, value] : names) {
    const std::string hole = "${" + name + "}";
    for (std::size_t at = text.find(hole); at != std::string::npos;
         at = text.find(hole, at + value.size()))
      text.replace(at, hole.size(), value);
  }
  return text;
}

void put_field(RecordBuilder& record, const EventType& type, const Entry& entry, const Names& names,
               Facts& facts) {
  const auto at = type.field(entry.name);
  SHINSA_ASSERT(at, "the loader lets only known fields pass");
  const std::string text = filled(entry.value.text, names);
  switch (type.fields[*at].kind) {
    case FieldKind::text:
    case FieldKind::choice:
      record.set(entry.name, std::string_view(text));
      return;
    case FieldKind::truth:
      record.set(entry.name, text == "true");
      return;
    case FieldKind::number:
      record.set(entry.name, static_cast<std::int64_t>(std::stoll(text)));
      return;
    case FieldKind::instant:
      record.set(entry.name, *parse_instant(text));
      return;
    case FieldKind::list:
      record.set(entry.name, list_of(entry.value, names, facts));
      return;
  }
}

Result<void> put_csr(RecordBuilder& record, const EventType& type, const Term& term,
                     fakes::Cast& cast, Facts& facts) {
  std::string text = term.text;
  if (term.kind == Term::Kind::map) {
    auto made = fakes::ca::make_csr(csr_request(term));
    if (!made) return fail(made.error().what, term.place.text(), made.error().remedy);
    text = *made;
  }
  const fakes::PreparedCsr csr = cast.prepare(text);
  record.set("csr", std::string_view(csr.event_text));
  if (!csr.common_name.empty()) record.set("csr_cn", std::string_view(csr.common_name));
  if (type.field("csr_names") && !csr.names.empty()) {
    std::vector<TextId> names;
    for (const std::string& name : csr.names) names.push_back(facts.intern(name));
    record.set("csr_names", facts.intern_list(names));
  }
  if (!csr.key.empty()) record.set("key", std::string_view(csr.key));
  if (!csr.problem.empty()) record.set("csr_problem", std::string_view(csr.problem));
  return {};
}

}  // namespace shinsa::scenarios
