/// A question to the customer centre: how to use an ACME client is left to others; an EAB that has
/// run out is a matter for an inquiry; an answer may wait for the next business day.
/// Source: ACM-10, ACM-20, ACM-56 to ACM-58 (page lines 63 to 66, 102, 227 to 233).
#include "model/machines/acme_centre.hpp"

#include "model/core/machine.hpp"
#include "model/vocabulary/calendar.hpp"

namespace shinsa::model::acme_centre {
namespace {

// clang-format off
struct Unasked : State {};
struct Asked : State {};      // must be answered, referred or declined
struct Answered : State {};

struct QuestionAsked : On<"question.asked"> { using On::On; };
struct QuestionAnswered : On<"question.answered"> { using On::On; };

struct IsAboutTheClient; struct IsAboutAnEab; struct LeavesTheClientToOthers;
struct KeepQuestion; struct OweReferral; struct OweAnswer; struct AskForAnEab; struct NoteHours;
struct QuotesNameOrBill; struct AnswersLater;   // seen, permitted

struct AcmeCentre : Machine<AcmeCentre> {
  using states = mp_list<Unasked, Asked, Answered>;
  using events = mp_list<QuestionAsked, QuestionAnswered>;
  using initial_state = Unasked;
  using Keep = Do<KeepQuestion, QuotesNameOrBill>;
  using transition_table = mp_list<
    //   in       on                go to     do                                provided
    Row< Unasked, QuestionAsked,    Asked,    Do<Keep, OweReferral>,            All<IsAboutTheClient>                         >,
    Row< Unasked, QuestionAsked,    Asked,    Do<Keep, OweAnswer, AskForAnEab>, All<Not<IsAboutTheClient>, IsAboutAnEab>      >,
    Row< Unasked, QuestionAsked,    Asked,    Do<Keep, OweAnswer>,              All<Not<IsAboutTheClient>, Not<IsAboutAnEab>> >,
    Row< Asked,   QuestionAnswered, Answered, Do<NoteHours, AnswersLater>,      All<LeavesTheClientToOthers>                  >>;
  using unaccepted = mp_list<
    Breaks< QuestionAsked,    Ids<"ASM-07"> >,
    Breaks< QuestionAnswered, Ids<"ACM-58"> >>;
};
// clang-format on

struct IsAboutTheClient : Question {
  static bool test(const Context&, const QuestionAsked& question) {
    return question.is_word<"topic", "acme-client">();
  }
};
struct IsAboutAnEab : Question {
  static bool test(const Context&, const QuestionAsked& question) {
    return question.is_word<"topic", "eab">();
  }
};
struct LeavesTheClientToOthers : Guard<"ACM-10"> {
  static bool test(const Context& c, const QuestionAnswered& answer) {
    constexpr auto topics =
        kEventTypes[kType<"question.asked">].fields[kField<"question.asked", "topic">].choices;
    const Value topic = c.said<"question.asked", "topic">(kQuestion);
    return choice_word(topics, topic.number()) != "acme-client" ||
           !answer.is_word<"answer", "answered">();
  }
};

struct KeepQuestion : Note {
  static void run(Context& c, const QuestionAsked& question) {
    c.me()[kQuestion] = question.event->data;
    c.me()[kAskedAt] = question.time();
  }
};
struct OweReferral : Effect<"ACM-10"> {
  static void run(Context& c, const QuestionAsked&) { c.must(c.action<"question.answered">()); }
};
struct OweAnswer : Effect<"ACM-58"> {
  static void run(Context& c, const QuestionAsked&) { c.must(c.action<"question.answered">()); }
};
struct AskForAnEab : Effect<"ACM-20"> {
  static void run(Context& c, const QuestionAsked& question) {
    c.tell_to(c.find(question.text<"customer">()), MessageId::eab_inquired);
  }
};
// Hours are those in which it is open: an answer at another time is remarked on, never a violation.
struct NoteHours : Effect<"ACM-56"> {
  static void run(Context& c, const QuestionAnswered& answer) {
    if (!is_open(answer.time(), c.desk())) c.remark(kClause<"ACM-56">);
  }
};
struct QuotesNameOrBill : Permission<"ACM-57"> {
  static bool applies(const Context&, const QuestionAsked& question) {
    return question.has<"cn">() || question.has<"bill">();
  }
};
struct AnswersLater : Permission<"ACM-58"> {
  static bool applies(const Context& c, const QuestionAnswered& answer) {
    return date_of(answer.time()) > date_of(c.me()[kAskedAt]);
  }
};

constexpr MachineApi kApi = Tables<AcmeCentre>::api("AcmeCentre", ObjectKind::question);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<AcmeCentre>::state_id<Answered> == kAnswered);

}  // namespace shinsa::model::acme_centre
