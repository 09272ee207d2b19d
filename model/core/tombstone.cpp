#include "model/core/tombstone.hpp"

#include <zstd.h>

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <cstring>

#include "model/vocabulary/assert.hpp"

namespace shinsa::model {

namespace {

constexpr std::size_t kHead = 1 + sizeof(std::uint32_t);   // of a block
using Bytes = boost::container::small_vector<char, 1024>;  // most groups need half of that

std::string_view view(const Bytes& bytes) { return {bytes.data(), bytes.size()}; }

/// Small numbers of either sign become small ones without.
std::uint64_t folded(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  return value < 0 ? ~(bits << 1) : bits << 1;
}
std::int64_t unfolded(std::uint64_t bits) {
  return static_cast<std::int64_t>((bits & 1) != 0 ? ~(bits >> 1) : bits >> 1);
}

/// Writes numbers in as few bytes as they need, and each content once: where it comes again its
/// number stands in its place.
class Packer {
 public:
  Packer(Bytes& bytes, const Facts& facts) : bytes_(bytes), facts_(facts) {}

  void count(std::uint64_t number) {
    for (; number >= 0x80; number >>= 7) bytes_.push_back(static_cast<char>(number | 0x80));
    bytes_.push_back(static_cast<char>(number));
  }
  /// A number that may be negative.
  void number(std::int64_t value) { count(folded(value)); }
  void instant(Instant at) { count(at == kNever ? 0 : folded(at.seconds) + 1); }
  void text(TextId id) {
    if (!is_new(texts_, id.index)) return;
    const std::string_view content = facts_.text(id);
    count(content.size());
    bytes_.insert(bytes_.end(), content.begin(), content.end());
  }
  void list(ListId id) {
    const auto items = facts_.list(id);
    count(items.size());
    for (const TextId item : items) text(item);
  }
  void record(RecordId id) {
    if (!is_new(records_, id.index)) return;
    const Record& record = facts_.record(id);
    count(record.type);
    std::uint64_t present = 0;
    for (std::size_t i = 0; i < record.fields.size(); ++i)
      present |= std::uint64_t{record.fields[i].present()} << i;
    count(present);
    for (std::size_t i = 0; i < record.fields.size(); ++i)
      if (record.fields[i].present()) field(kEventTypes[record.type].fields[i], record.fields[i]);
  }

 private:
  /// Writes the number of a content. @return whether the content must follow.
  bool is_new(boost::container::small_vector_base<std::uint32_t>& known, std::uint32_t id) {
    if (id == 0) {
      count(0);
      return false;
    }
    const auto at = std::ranges::find(known, id);
    count(static_cast<std::uint64_t>(at - known.begin()) + 1);
    if (at != known.end()) return false;
    known.push_back(id);
    return true;
  }
  void field(const FieldType& type, Value value) {
    if (type.kind == FieldKind::text)
      text(value.text());
    else if (type.kind == FieldKind::list)
      list(value.list());
    else
      number(value.raw);
  }

  Bytes& bytes_;
  const Facts& facts_;
  boost::container::small_vector<std::uint32_t, 16> texts_, records_;
};

/// Reads what a Packer wrote.
class Unpacker {
 public:
  Unpacker(std::string_view bytes, Facts& facts) : bytes_(bytes), facts_(facts) {}

  std::uint64_t count() {
    std::uint64_t number = 0;
    for (int shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      number |= std::uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return number;
    }
  }
  template <class T>
  void count(T& into) {
    into = static_cast<T>(count());
  }
  std::int64_t number() { return unfolded(count()); }
  Instant instant() {
    const std::uint64_t bits = count();
    return bits == 0 ? kNever : Instant{unfolded(bits - 1)};
  }
  TextId text() {
    const std::uint64_t at = count();
    if (at == 0) return {};
    if (at <= texts_.size()) return texts_[at - 1];
    const std::uint64_t size = count();
    texts_.push_back(facts_.intern(bytes_.substr(0, size)));
    bytes_.remove_prefix(size);
    return texts_.back();
  }
  ListId list() {
    std::vector<TextId> items(count());
    for (TextId& item : items) item = text();
    return facts_.intern_list(items);
  }
  RecordId record() {
    const std::uint64_t at = count();
    if (at == 0) return {};
    if (at <= records_.size()) return records_[at - 1];
    const auto type = static_cast<TypeIndex>(count());
    const std::uint64_t present = count();
    std::array<Value, kFieldsMax> fields{};
    for (std::size_t i = 0; i < kFieldCounts[type]; ++i)
      if ((present >> i & 1) != 0) fields[i] = field(kEventTypes[type].fields[i].kind);
    records_.push_back(facts_.intern_record(type, {fields.data(), kFieldCounts[type]}));
    return records_.back();
  }

 private:
  Value field(FieldKind kind) {
    if (kind == FieldKind::text) return Value::of(text());
    if (kind == FieldKind::list) return Value::of(list());
    return {number()};
  }

  std::string_view bytes_;
  Facts& facts_;
  std::vector<TextId> texts_;
  std::vector<RecordId> records_;
};

void pack(Packer& to, const Object& object) {
  to.text(object.subject);
  to.count(static_cast<std::uint64_t>(object.kind));
  for (const std::uint8_t state : object.states) to.count(state);
  to.count(object.flags);
  for (const RecordId record : object.records) to.record(record);
  for (const TextId text : object.texts) to.text(text);
  for (const ObjectIndex link : object.links) to.count(link == kNoObject ? 0u : link + 1u);
  for (const Instant at : object.instants) to.number(at.seconds);
  for (const std::int64_t number : object.numbers) to.number(number);
}

Object unpack_object(Unpacker& from) {
  Object object;
  object.subject = from.text();
  from.count(object.kind);
  for (std::uint8_t& state : object.states) from.count(state);
  from.count(object.flags);
  for (RecordId& record : object.records) record = from.record();
  for (TextId& text : object.texts) text = from.text();
  for (ObjectIndex& link : object.links) {
    const std::uint64_t at = from.count();
    link = at == 0 ? kNoObject : static_cast<ObjectIndex>(at - 1);
  }
  for (Instant& at : object.instants) at.seconds = from.number();
  for (std::int64_t& number : object.numbers) number = from.number();
  return object;
}

void pack(Packer& to, const Duty& duty) {
  to.count(duty.type);
  to.count((duty.modality == Duty::Modality::may ? 1u : 0u) | (duty.refusal ? 2u : 0u) |
           (duty.overdue ? 4u : 0u));
  to.count(duty.machine);
  to.count(duty.effect);
  to.count(duty.object);
  to.count(duty.clause);
  to.record(duty.match);
  to.list(duty.clauses);
  to.instant(duty.not_before);
  to.instant(duty.due);
}

Duty unpack_duty(Unpacker& from) {
  Duty duty;
  from.count(duty.type);
  const std::uint64_t flags = from.count();
  duty.modality = (flags & 1) != 0 ? Duty::Modality::may : Duty::Modality::must;
  duty.refusal = (flags & 2) != 0;
  duty.overdue = (flags & 4) != 0;
  from.count(duty.machine);
  from.count(duty.effect);
  from.count(duty.object);
  from.count(duty.clause);
  duty.match = from.record();
  duty.clauses = from.list();
  duty.not_before = from.instant();
  duty.due = from.instant();
  return duty;
}

}  // namespace

Tombstone::Tombstone(const Named& named, const Facts& facts) {
  const Group& group = named.group;
  Bytes packed{Compressor::kUnchanged};
  Packer to(packed, facts);
  to.text(group.key);
  to.count(group.objects.size());
  for (std::size_t i = 0; i < group.objects.size(); ++i) {
    to.count(named.leads[i] ? 1 : 0);
    pack(to, group.objects[i]);
  }
  to.count(group.duties.size());
  for (const Duty& duty : group.duties) pack(to, duty);
  to.instant(group.next_deadline);
  const bool owes = std::ranges::any_of(group.duties, [](const Duty& duty) {
    return duty.modality == Duty::Modality::must && !duty.overdue;
  });
  keep(owes, view(packed));
}

void Tombstone::keep(bool owes, std::string_view content) {
  const auto size = static_cast<std::uint32_t>(content.size());
  block_ = std::make_unique_for_overwrite<char[]>(kHead + size);
  block_[0] = owes;
  std::memcpy(block_.get() + 1, &size, sizeof size);
  std::memcpy(block_.get() + kHead, content.data(), size);
}

void Tombstone::shrink(Compressor& compressor) {
  if (block_) keep(owes(), compressor.small(content()));
}

Tombstone::Tombstone(const Tombstone& other) { *this = other; }

Tombstone& Tombstone::operator=(const Tombstone& other) {
  if (this == &other) return *this;
  block_.reset();
  if (!other) return *this;
  block_ = std::make_unique_for_overwrite<char[]>(other.bytes());
  std::memcpy(block_.get(), other.block_.get(), other.bytes());
  return *this;
}

std::size_t Tombstone::bytes() const { return block_ ? kHead + content().size() : 0; }

std::string_view Tombstone::content() const {
  std::uint32_t size = 0;
  std::memcpy(&size, block_.get() + 1, sizeof size);
  return {block_.get() + kHead, size};
}

Named Tombstone::raised(Facts& facts, const Compressor& compressor) const {
  SHINSA_ASSERT(block_, "there is no group in this tombstone");
  std::string room;
  Unpacker from(compressor.plain(content(), room), facts);
  Named named;
  named.group.key = from.text();
  for (std::uint64_t n = from.count(); n > 0; --n) {
    named.leads.push_back(from.count() != 0);
    named.group.objects.push_back(unpack_object(from));
  }
  for (std::uint64_t n = from.count(); n > 0; --n) named.group.duties.push_back(unpack_duty(from));
  named.group.next_deadline = from.instant();
  return named;
}

// -- compression

namespace {
constexpr std::size_t kDictionary = std::size_t{1} << 15;  // bytes
constexpr int kLevel = -4;                                 // quick rather than small
constexpr char kCompressed = 1;
static_assert(kCompressed != Compressor::kUnchanged);
}  // namespace

struct Compressor::State {
  ~State() {
    ZSTD_freeCCtx(compressing);
    ZSTD_freeDCtx(unpacking);
    ZSTD_freeCDict(to);
    ZSTD_freeDDict(from);
  }
  ZSTD_CCtx* compressing = ZSTD_createCCtx();
  ZSTD_DCtx* unpacking = ZSTD_createDCtx();
  ZSTD_CDict* to = nullptr;  // from when enough came to be like
  ZSTD_DDict* from = nullptr;
  std::string first;  // what came before
  std::string made;   // scratch
};

Compressor::Compressor() : state_(std::make_unique<State>()) {}
Compressor::~Compressor() = default;

std::string Compressor::small(std::string_view as_they_are) {
  State& s = *state_;
  if (as_they_are.front() == kCompressed) return std::string(as_they_are);
  const std::string_view bytes = as_they_are.substr(1);
  if (!s.to) {
    s.first += bytes;
    if (s.first.size() >= kDictionary) {
      s.to = ZSTD_createCDict(s.first.data(), s.first.size(), kLevel);
      s.from = ZSTD_createDDict(s.first.data(), s.first.size());
      std::string().swap(s.first);
    }
    return std::string(as_they_are);
  }
  s.made.resize(ZSTD_compressBound(bytes.size()));
  const std::size_t size = ZSTD_compress_usingCDict(s.compressing, s.made.data(), s.made.size(),
                                                    bytes.data(), bytes.size(), s.to);
  SHINSA_ASSERT(!ZSTD_isError(size), "what was packed cannot be compressed");
  return kCompressed + s.made.substr(0, size);
}

std::string_view Compressor::plain(std::string_view small, std::string& room) const {
  const std::string_view bytes = small.substr(1);
  if (small.front() == kUnchanged) return bytes;
  room.resize(ZSTD_getFrameContentSize(bytes.data(), bytes.size()));
  const std::size_t size = ZSTD_decompress_usingDDict(state_->unpacking, room.data(), room.size(),
                                                      bytes.data(), bytes.size(), state_->from);
  SHINSA_ASSERT(size == room.size(), "what was compressed cannot be unpacked");
  return room;
}

std::string pack_record(RecordId record, const Facts& facts) {
  Bytes bytes;
  Packer(bytes, facts).record(record);
  return std::string(view(bytes));
}

RecordId unpack_record(std::string_view bytes, Facts& facts) {
  return Unpacker(bytes, facts).record();
}

}  // namespace shinsa::model
