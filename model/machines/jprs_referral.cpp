/// A question to the provider: who asks something technical about the certificate is sent to the
/// CA; an answer instead is remarked on, never refused. Source: NTT-34 (page lines 111 to 112).
#include "model/machines/jprs_referral.hpp"

#include "model/core/machine.hpp"

namespace shinsa::model::jprs_referral {
namespace {

// clang-format off
struct Unasked : State {};
struct Asked : State {};
struct Answered : State {};

struct QuestionAsked : On<"question.asked"> { using On::On; };
struct QuestionAnswered : On<"question.answered"> { using On::On; };

struct IsTechnical;
struct KeepQuestion; struct OweReferral; struct NoteAnswer;

struct JprsReferral : Machine<JprsReferral> {
  using states = mp_list<Unasked, Asked, Answered>;
  using events = mp_list<QuestionAsked, QuestionAnswered>;
  using initial_state = Unasked;
  using transition_table = mp_list<
    //   in       on                go to     do                             provided
    Row< Unasked, QuestionAsked,    Asked,    Do<KeepQuestion, OweReferral>, All<IsTechnical>      >,
    Row< Unasked, QuestionAsked,    Asked,    Do<KeepQuestion>,              All<Not<IsTechnical>> >,
    Row< Asked,   QuestionAnswered, Answered, Do<NoteAnswer>                                       >>;
  using unaccepted = mp_list<
    Breaks< QuestionAsked,    Ids<"ASM-07"> >,
    Breaks< QuestionAnswered, Ids<"NTT-34"> >>;
};
// clang-format on

[[nodiscard]] bool is_technical(Value topic) {
  constexpr auto technical = *choice_index(
      kEventTypes[kType<"question.asked">].fields[kField<"question.asked", "topic">].choices,
      "technical");
  return topic.number() == technical;
}
struct IsTechnical : Question {
  static bool test(const Context&, const QuestionAsked& question) {
    return is_technical(question.get<"topic">());
  }
};
struct KeepQuestion : Note {
  static void run(Context& c, const QuestionAsked& question) {
    c.me()[kQuestion] = question.event->data;
  }
};
struct OweReferral : Effect<"NTT-34"> {
  static void run(Context& c, const QuestionAsked&) { c.must(c.action<"question.answered">()); }
};
struct NoteAnswer : Effect<"NTT-34"> {
  static void run(Context& c, const QuestionAnswered& answer) {
    if (is_technical(c.said<"question.asked", "topic">(kQuestion)) &&
        answer.is_word<"answer", "answered">())
      c.remark(kClause<"NTT-34">);
  }
};

constexpr MachineApi kApi = Tables<JprsReferral>::api("JprsReferral", ObjectKind::question);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<JprsReferral>::state_id<Answered> == kAnswered);

}  // namespace shinsa::model::jprs_referral
