/// A question to the customer centre: technical ones are declined or referred, an answer may wait
/// for the next business day. Source: JPR-27, JPR-46 to JPR-49 (page lines 67, 148, 153 to 159).
#include "model/machines/customer_centre.hpp"

#include "model/core/machine.hpp"
#include "model/vocabulary/calendar.hpp"

namespace shinsa::model::customer_centre {
namespace {

// clang-format off
struct Unasked : State {};
struct Asked : State {};      // must be answered, referred or declined
struct Answered : State {};

struct QuestionAsked : On<"question.asked"> { using On::On; };
struct QuestionAnswered : On<"question.answered"> { using On::On; };

struct IsTechnical; struct LeavesTechnicalToOthers;
struct KeepQuestion; struct OweReferral; struct OweAnswer; struct NoteHours;
struct QuotesTheOrder; struct RefersCsrMaking; struct AnswersLater;   // seen, permitted

struct CustomerCentre : Machine<CustomerCentre> {
  using states = mp_list<Unasked, Asked, Answered>;
  using events = mp_list<QuestionAsked, QuestionAnswered>;
  using initial_state = Unasked;
  using transition_table = mp_list<
    //   in       on                go to     do                                            provided
    Row< Unasked, QuestionAsked,    Asked,    Do<KeepQuestion, OweReferral, QuotesTheOrder>, All<IsTechnical>             >,
    Row< Unasked, QuestionAsked,    Asked,    Do<KeepQuestion, OweAnswer, QuotesTheOrder>,   All<Not<IsTechnical>>        >,
    Row< Asked,   QuestionAnswered, Answered, Do<NoteHours, RefersCsrMaking, AnswersLater>,  All<LeavesTechnicalToOthers> >>;
  using unaccepted = mp_list<
    Breaks< QuestionAsked,    Ids<"ASM-07"> >,
    Breaks< QuestionAnswered, Ids<"JPR-49"> >>;
};
// clang-format on

struct IsTechnical : Question {
  static bool test(const Context&, const QuestionAsked& question) {
    return question.is_word<"topic", "technical">();
  }
};
struct KeepQuestion : Note {
  static void run(Context& c, const QuestionAsked& question) {
    c.me()[kQuestion] = question.event->data;
    c.me()[kAskedAt] = question.time();
  }
};
struct OweReferral : Effect<"JPR-46"> {
  static void run(Context& c, const QuestionAsked&) { c.must(c.action<"question.answered">()); }
};
struct OweAnswer : Effect<"JPR-49"> {
  static void run(Context& c, const QuestionAsked&) { c.must(c.action<"question.answered">()); }
};
[[nodiscard]] bool is_about(const Context& c, std::string_view topic) {
  constexpr auto topics =
      kEventTypes[kType<"question.asked">].fields[kField<"question.asked", "topic">].choices;
  return choice_word(topics, c.said<"question.asked", "topic">(kQuestion).number()) == topic;
}
struct LeavesTechnicalToOthers : Guard<"JPR-46"> {
  static bool test(const Context& c, const QuestionAnswered& answer) {
    return !is_about(c, "technical") || !answer.is_word<"answer", "answered">();
  }
};
struct NoteHours : Effect<"JPR-47"> {
  static void run(Context& c, const QuestionAnswered& answer) {
    if (!is_open(answer.time(), c.desk())) c.remark(kClause<"JPR-47">);
  }
};
struct QuotesTheOrder : Permission<"JPR-48"> {
  static bool applies(const Context&, const QuestionAsked& question) {
    return question.has<"cn">() || question.has<"bill">();
  }
};
struct RefersCsrMaking : Permission<"JPR-27"> {
  static bool applies(const Context& c, const QuestionAnswered&) { return is_about(c, "csr"); }
};
struct AnswersLater : Permission<"JPR-49"> {
  static bool applies(const Context& c, const QuestionAnswered& answer) {
    return date_of(answer.time()) > date_of(c.me()[kAskedAt]);
  }
};

constexpr MachineApi kApi = Tables<CustomerCentre>::api("CustomerCentre", ObjectKind::question);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<CustomerCentre>::state_id<Answered> == kAnswered);

}  // namespace shinsa::model::customer_centre
