/// What a browser shows of a host: the certificate with its end and subject, and an error once it
/// has expired. Source: REN-14, REN-16, REN-33 (page lines 42 to 51, 56 to 58, 97).
/// The last second of notAfter is still valid (RFC 5280 section 4.1.2.5). Who is shown it late sees
/// what was served when he came, or what is served by then.
#include "model/machines/browser_view.hpp"

#include "model/core/machine.hpp"
#include "model/machines/dedicated_certificate.hpp"
#include "model/machines/screen.hpp"

namespace shinsa::model::browser_view {
namespace {

// clang-format off
struct Serving : State {};   // a host that serves a certificate, or none yet

struct SiteVisited : On<"site.visited"> { using On::On; };
struct SiteShown : On<"site.shown"> { using On::On; };

struct ServesACertificate; struct HasNotExpired; struct ShowsEndAndSubject; struct ShowsTheLockAlike; struct ShowsAnErrorOnceExpired;
struct OweCertificateView; struct OweError;

struct BrowserView : Machine<BrowserView> {
  using states = mp_list<Serving>;
  using events = mp_list<SiteVisited, SiteShown>;
  using initial_state = Serving;
  using transition_table = mp_list<
    //   in       on            go to  do                       provided
    Row< Serving, SiteVisited,  none,  Do<OweCertificateView>,  All<ServesACertificate, HasNotExpired>                                           >,
    Row< Serving, SiteVisited,  none,  Do<OweError>,            All<ServesACertificate, Not<HasNotExpired>>                                      >,
    Row< Serving, SiteShown,    none,  Do<>,                    All<WasAskedFor, ShowsEndAndSubject, ShowsTheLockAlike, ShowsAnErrorOnceExpired> >>;
};
// clang-format on

[[nodiscard]] const Object* served(const Context& c) { return c.object(c.me()[kServed]); }

[[nodiscard]] bool has_ended(const Context& c) {
  const Object* one = served(c);
  return one && c.now() > dedicated_certificate::end_of(c.facts(), *one);
}
[[nodiscard]] bool has_begun(const Context& c) {
  const Object* one = served(c);
  return one && c.now() >= dedicated_certificate::content<"not_before">(c.facts(), *one).instant();
}

struct ServesACertificate : Guard<"REN-14"> {
  static bool test(const Context& c, const auto&) { return served(c) != nullptr; }
};
struct HasNotExpired : Guard<"REN-33"> {
  static bool test(const Context& c, const auto&) { return !has_ended(c); }
};
// What a log leaves out cannot be told.
struct ShowsEndAndSubject : Guard<"REN-14"> {
  static bool test(const Context& c, const SiteShown& shown) {
    if (c.as_asked<"certificate", "not_after", "subject_dn">(shown)) return true;
    const Object* one = served(c);
    if (!one) return shown.is_word<"result", "no-certificate">();
    const std::string subject = to_text(dedicated_certificate::subject_of(c.facts(), *one));
    return (!shown.has<"certificate">() || shown.text<"certificate">() == one->subject) &&
           (!shown.has<"not_after">() ||
            shown.instant<"not_after">() == dedicated_certificate::end_of(c.facts(), *one)) &&
           (!shown.has<"subject_dn">() || c.facts().text(shown.text<"subject_dn">()) == subject);
  }
};
// Whether it came by renewal or as a new one is not asked.
struct ShowsTheLockAlike : Guard<"REN-16"> {
  static bool test(const Context& c, const SiteShown& shown) {
    return !has_begun(c) || has_ended(c) || shown.is_word<"result", "lock">() ||
           c.as_asked<"result">(shown);
  }
};
struct ShowsAnErrorOnceExpired : Guard<"REN-33"> {
  static bool test(const Context& c, const SiteShown& shown) {
    return !has_ended(c) || shown.is_word<"result", "expired">() || c.as_asked<"result">(shown);
  }
};

template <Literal Word>
constexpr Value kResult = Value::of(*choice_index(
    kEventTypes[kType<"site.shown">].fields[kField<"site.shown", "result">].choices, Word.view()));

void owe_view(Context& c, Value result) {
  const Object* there = served(c);
  if (!there) return;
  const Object& one = *there;
  const std::string subject = to_text(dedicated_certificate::subject_of(c.facts(), one));
  c.must(c.action<"site.shown">()
             .with<"result">(result)
             .with<"certificate">(one.subject)
             .with<"not_before">(dedicated_certificate::content<"not_before">(c.facts(), one))
             .with<"not_after">(dedicated_certificate::content<"not_after">(c.facts(), one))
             .with<"subject_dn">(c.store().intern(subject)));
}
struct OweCertificateView : Showing<"REN-14"> {
  static void run(Context& c, const SiteVisited&) {
    owe_view(c, has_begun(c) ? kResult<"lock"> : kResult<"not-yet-valid">);
  }
};
struct OweError : Showing<"REN-33"> {
  static void run(Context& c, const SiteVisited&) { owe_view(c, kResult<"expired">); }
};

constexpr MachineApi kApi = Tables<BrowserView>::api("BrowserView", ObjectKind::site);

}  // namespace

const MachineApi& kMachine = kApi;
static_assert(Tables<BrowserView>::state_id<Serving> == kServing);

}  // namespace shinsa::model::browser_view
