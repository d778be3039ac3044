#include "hub/core/route_book.h"

#include <algorithm>
#include <utility>

#include "hub/base/errors.h"

namespace chathub {
namespace {

Milliseconds LongestLinger(const RouteSet& set) {
  Milliseconds longest{0};
  for (const CompiledRoute& route : set.routes()) longest = std::max(longest, route.linger);
  return longest;
}

}  // namespace

RouteBook::RouteBook(Loop& loop, Workshop& workshop, Listener& listener)
    : loop_(loop), workshop_(workshop), listener_(listener), table_(RouteTable::Build({})) {}

void RouteBook::Register(std::string handler, std::int64_t revision,
                         google::protobuf::RepeatedPtrField<v1::Route> routes, Answer answer) {
  Compile(std::move(handler), revision, std::move(routes), true, std::move(answer));
}

void RouteBook::Announce(std::string handler, std::int64_t revision,
                         google::protobuf::RepeatedPtrField<v1::Route> routes, Answer answer) {
  Compile(std::move(handler), revision, std::move(routes), false, std::move(answer));
}

void RouteBook::Compile(std::string handler, std::int64_t revision,
                        google::protobuf::RepeatedPtrField<v1::Route> routes, bool attach,
                        Answer answer) {
  workshop_.Do([this, handler = std::move(handler), revision, routes = std::move(routes), attach,
                answer = std::move(answer)]() mutable -> Task {
    auto set = RouteSet::Compile(std::move(handler), revision, routes);
    return [this, set = std::move(set), attach, answer = std::move(answer)]() mutable {
      if (!set.ok()) return answer(set.status());
      absl::StatusOr<Grant> grant = Admit(*std::move(set), attach);
      if (!grant.ok()) return answer(grant.status());
      AnswerWhenBuilt(*std::move(grant), std::move(answer));
    };
  });
}

absl::StatusOr<RouteBook::Grant> RouteBook::Admit(std::shared_ptr<const RouteSet> set,
                                                  bool attach) {
  const std::string& handler = set->handler();
  Chapter& chapter = chapters_[handler];
  const auto same_revision = chapter.attached.find(set->revision());
  if (same_revision != chapter.attached.end()) {
    if (!same_revision->second.set->SameRoutes(*set)) {
      return Fail(Reason::kNameTaken,
                  "handler '" + handler + "' is attached with other routes under revision " +
                      std::to_string(set->revision()) +
                      "; give the new routes a higher revision, or stop the other instances");
    }
    set = same_revision->second.set;
  }
  auto collisions = triggers_.Admit(*set);
  if (!collisions.ok()) return collisions.status();

  if (attach) {
    Attached& attached = chapter.attached[set->revision()];
    attached.set = set;
    ++attached.instances;
    chapter.end_of_linger.Cancel();
  }
  // The highest attached revision is in charge; what is only kept gives way to anybody.
  const bool leads =
      chapter.attached.empty() || set->revision() >= chapter.attached.rbegin()->first;
  if (leads) SetInCharge(handler, chapter, set);
  if (chapter.attached.empty()) {
    chapter.last_left = loop_.Now();
    chapter.end_of_linger =
        loop_.After(LongestLinger(*set), [this, name = handler] { Park(name); });
  }
  return Grant{std::move(set), *std::move(collisions)};
}

void RouteBook::AttachKept(const std::string& handler, Answer answer) {
  const auto found = chapters_.find(handler);
  if (found == chapters_.end() || found->second.in_charge == nullptr) {
    return answer(Fail(Reason::kNoSuchPeer, "no routes are registered for '" + handler +
                                                "'; call chathub.v1.Handlers/RegisterRoutes"));
  }
  absl::StatusOr<Grant> grant = Admit(found->second.in_charge, true);
  if (!grant.ok()) return answer(grant.status());
  AnswerWhenBuilt(*std::move(grant), std::move(answer));
}

void RouteBook::Release(const std::string& handler, std::int64_t revision) {
  Chapter& chapter = chapters_[handler];
  const auto attached = chapter.attached.find(revision);
  if (attached == chapter.attached.end() || --attached->second.instances > 0) return;
  chapter.attached.erase(attached);
  if (!chapter.attached.empty()) {
    return SetInCharge(handler, chapter, chapter.attached.rbegin()->second.set);
  }
  chapter.last_left = loop_.Now();
  chapter.end_of_linger =
      loop_.After(LongestLinger(*chapter.in_charge), [this, handler] { Park(handler); });
}

// Kept for whoever attaches again, but matching no more.
void RouteBook::Park(const std::string& handler) {
  chapters_[handler].in_table = false;
  triggers_.Remove(handler);
  ++edition_;
  Build();
}

void RouteBook::SetInCharge(const std::string& handler, Chapter& chapter,
                            std::shared_ptr<const RouteSet> set) {
  if (chapter.in_table && chapter.in_charge == set) return;
  const bool same =
      chapter.in_table && chapter.in_charge != nullptr && chapter.in_charge->SameRoutes(*set);
  chapter.in_charge = std::move(set);
  triggers_.Put(chapter.in_charge);
  chapter.in_table = true;
  listener_.RoutesChanged(handler, chapter.in_charge);
  // A snapshot of the same routes would match no differently.
  if (same) return;
  ++edition_;
  Build();
}

void RouteBook::AnswerWhenBuilt(Grant grant, Answer answer) {
  auto tell = [grant = std::move(grant), answer = std::move(answer)]() mutable {
    answer(std::move(grant));
  };
  if (built_edition_ == edition_) return tell();
  waiting_.emplace(edition_, std::move(tell));
}

// One build at a time; what changes meanwhile goes into the next one together.
void RouteBook::Build() {
  if (building_) return;
  building_ = true;
  std::vector<std::shared_ptr<const RouteSet>> sets;
  for (const auto& [handler, chapter] : chapters_) {
    if (chapter.in_table) sets.push_back(chapter.in_charge);
  }
  workshop_.Do([this, sets = std::move(sets), edition = edition_]() mutable -> Task {
    auto table = RouteTable::Build(std::move(sets));
    return
        [this, table = std::move(table), edition]() mutable { Built(std::move(table), edition); };
  });
}

void RouteBook::Built(std::shared_ptr<const RouteTable> table, std::uint64_t edition) {
  table_ = std::move(table);
  built_edition_ = edition;
  building_ = false;
  if (edition_ != built_edition_) Build();
  const auto end = waiting_.upper_bound(edition);
  std::vector<absl::AnyInvocable<void()>> ready;
  for (auto at = waiting_.begin(); at != end; ++at) ready.push_back(std::move(at->second));
  waiting_.erase(waiting_.begin(), end);
  for (auto& tell : ready) tell();
}

bool RouteBook::StillMatches(const RouteSet& set, const CompiledRoute& route) const {
  const auto found = chapters_.find(set.handler());
  if (found == chapters_.end()) return false;
  const Chapter& chapter = found->second;
  return !chapter.attached.empty() || loop_.Now() < chapter.last_left + route.linger;
}

}  // namespace chathub
