#include "hub/core/routing/route_book.h"

#include <algorithm>
#include <utility>

#include "chathub/internal/envelope.pb.h"
#include "hub/base/errors.h"
#include "hub/base/log.h"

namespace chathub {
namespace {

constexpr char kSpace[] = "hub.routes";
constexpr std::size_t kPage = 100;

}  // namespace

RouteBook::RouteBook(Loop& loop, Workshop& workshop, Engine& engine, Listener& listener)
    : loop_(loop),
      workshop_(workshop),
      engine_(engine),
      listener_(listener),
      table_(RouteTable::Build({})) {}

// --- what rests in the store

void RouteBook::Restore() {
  std::vector<std::shared_ptr<const RouteSet>> sets;
  std::string after;
  for (bool more = true; more;) {
    const auto page = engine_.List(kSpace, "", after, kPage);
    for (const StoreEntry& entry : page) {
      auto set = RestoreOne(entry);
      if (set != nullptr) sets.push_back(std::move(set));
    }
    more = page.size() == kPage;
    if (more) after = page.back().key;
  }
  table_ = RouteTable::Build(std::move(sets));
}

// Null if it matches nothing now.
std::shared_ptr<const RouteSet> RouteBook::RestoreOne(const StoreEntry& entry) {
  internal::KeptRoutes kept;
  const bool readable = kept.ParseFromString(entry.value);
  auto set = RouteSet::Compile(entry.key, kept.revision(), kept.routes());
  if (!readable || !set.ok()) {
    Log(LogLevel::kError, "kept routes cannot be used; they return when the handler attaches",
        {{"handler", entry.key},
         {"why", readable ? std::string(set.status().message()) : "they cannot be read"}});
    return nullptr;
  }
  Chapter& chapter = chapters_[entry.key];
  chapter.in_charge = *set;
  chapter.in_table = !kept.parked();
  listener_.RoutesChanged(entry.key, chapter.in_charge);
  if (kept.parked()) return nullptr;
  triggers_.Put(chapter.in_charge);
  Linger(entry.key, chapter);
  return *std::move(set);
}

void RouteBook::Keep(const RouteSet& set, bool parked) {
  internal::KeptRoutes kept;
  kept.set_handler(set.handler());
  kept.set_revision(set.revision());
  kept.set_parked(parked);
  for (const CompiledRoute& route : set.routes()) *kept.add_routes() = route.route;
  Step step;
  step.writes.push_back({.space = kSpace, .key = set.handler(), .value = kept.SerializeAsString()});
  const auto applied = engine_.Apply(std::move(step));
  if (applied.ok()) return;
  Log(LogLevel::kWarning, "routes are not kept: a hub that is killed will not know them",
      {{"handler", set.handler()}, {"why", std::string(applied.status().message())}});
}

// --- registering

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
  if (chapter.attached.empty()) Linger(handler, chapter);
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
  Linger(handler, chapter);
}

void RouteBook::Linger(const std::string& handler, Chapter& chapter) {
  chapter.last_left = loop_.Now();
  chapter.end_of_linger =
      loop_.After(chapter.in_charge->longest_linger(), [this, handler] { Park(handler); });
}

// Kept for whoever attaches again, but matching no more.
void RouteBook::Park(const std::string& handler) {
  Chapter& chapter = chapters_[handler];
  chapter.in_table = false;
  triggers_.Remove(handler);
  Keep(*chapter.in_charge, true);
  ++edition_;
  Build();
}

void RouteBook::SetInCharge(const std::string& handler, Chapter& chapter,
                            std::shared_ptr<const RouteSet> set) {
  if (chapter.in_table && chapter.in_charge == set) return;
  const bool same =
      chapter.in_table && chapter.in_charge != nullptr && chapter.in_charge->SameRoutes(*set);
  const bool kept = same && chapter.in_charge->revision() == set->revision();
  chapter.in_charge = std::move(set);
  triggers_.Put(chapter.in_charge);
  chapter.in_table = true;
  if (!kept) Keep(*chapter.in_charge, false);
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
