/// Documents by post: what is needed is awaited without a limit, and counts once it lies at the
/// provider's centre. Source: NTT-07 to NTT-09, NTT-49 (page lines 41 to 52, 128), reading NTT-Q9.
#include "model/machines/application_documents.hpp"

#include "model/core/machine.hpp"

namespace shinsa::model::application_documents {
namespace {

using namespace agency;

// clang-format off
struct Unopened : State {};     // nothing was applied for
struct NotNeeded : State {};
struct Awaited : State {};      // neither application to the CA nor work before they arrive
struct Arrived : State {};

struct DocumentsPosted : On<"documents.posted"> { using On::On; };
struct DocumentsArrived : On<"documents.arrived"> { using On::On; };

struct AreNeeded; struct AtTheCentre;
struct AwaitDocuments; struct AwaitForRenewal; struct NoteArrival;
struct PostsThem;   // seen: it is the customer who does it

struct ApplicationDocuments : Machine<ApplicationDocuments> {
  using states = mp_list<Unopened, NotNeeded, Awaited, Arrived>;
  using events = mp_list<ApplicationAccepted, DocumentsPosted, DocumentsArrived>;
  using initial_state = Unopened;
  using transition_table = mp_list<
    //   in         on                   go to      do                                provided
    Row< Unopened,  ApplicationAccepted, NotNeeded, Do<>,                             All<Not<AreNeeded>>            >,
    Row< Unopened,  ApplicationAccepted, Awaited,   Do<AwaitDocuments>,               All<AreNeeded, Not<IsRenewal>> >,
    Row< Unopened,  ApplicationAccepted, Awaited,   Do<AwaitForRenewal>,              All<AreNeeded, IsRenewal>      >,
    Row< NotNeeded, DocumentsPosted,     none,      Do<PostsThem>                                                    >,
    Row< Awaited,   DocumentsPosted,     none,      Do<PostsThem>                                                    >,
    Row< Arrived,   DocumentsPosted,     none,      Do<PostsThem>                                                    >,
    Row< NotNeeded, DocumentsArrived,    none,      Do<>,                             All<AtTheCentre>               >,
    Row< Awaited,   DocumentsArrived,    Arrived,   Do<NoteArrival, Tell<PartReady>>, All<AtTheCentre>               >,
    Row< Arrived,   DocumentsArrived,    none,      Do<>,                             All<AtTheCentre>               >>;
  using unaccepted = mp_list<
    Breaks< DocumentsPosted,  Ids<"NTT-02"> >,    // STEP2 comes after STEP1
    Breaks< DocumentsArrived, Ids<"NTT-02"> >>;
};
// clang-format on

struct AreNeeded : Guard<"NTT-07"> {
  static bool test(const Context& c, const auto&) { return applied<"documents_needed">(c).truth(); }
};
// As it is read: width and blanks do not count.
struct AtTheCentre : Guard<"NTT-09"> {
  static bool test(const Context& c, const DocumentsArrived& letter) {
    Facts& store = c.store();
    return store.as_read(letter.text<"address">()) ==
           store.as_read(c.label(kLabel<"NTT-09", "address">));
  }
};

struct AwaitDocuments : Effect<"NTT-08"> {
  static void run(Context& c, const auto&) { c.me().set(kDocumentsAwaited); }
};
struct AwaitForRenewal : Effect<"NTT-49"> {
  static void run(Context& c, const auto&) { c.me().set(kDocumentsAwaited); }
};
struct NoteArrival : Note {
  static void run(Context& c, const auto&) { c.me().set(kDocumentsAwaited, false); }
};
struct PostsThem : Permission<"NTT-07"> {
  static bool applies(const Context&, const DocumentsPosted&) { return true; }
};

constexpr MachineApi kApi =
    Tables<ApplicationDocuments>::api("ApplicationDocuments", ObjectKind::application);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<ApplicationDocuments>::state_id<Arrived> == kArrived);

}  // namespace shinsa::model::application_documents
