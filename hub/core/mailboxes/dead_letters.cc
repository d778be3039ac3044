#include "hub/core/mailboxes/dead_letters.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/errors.h"
#include "hub/base/log.h"
#include "hub/base/secrets.h"

namespace chathub {
namespace {

constexpr char kSpace[] = "hub.dead";
constexpr std::size_t kPage = 500;
constexpr std::size_t kNumberAt = 16;  // behind the time and a dash

std::string LetterId(std::int64_t died_at, std::uint64_t number) {
  return absl::StrCat(absl::Dec(died_at, absl::kZeroPad15), "-",
                      absl::Dec(number, absl::kZeroPad8));
}

// A full mailbox makes many, so the envelope is lent, not copied.
std::string BytesOf(internal::Envelope& envelope, std::string_view why, std::int64_t died_at) {
  internal::DeadEnvelope dead;
  dead.set_why(std::string(why));
  dead.set_died_at(died_at);
  dead.unsafe_arena_set_allocated_envelope(&envelope);
  std::string bytes = dead.SerializeAsString();
  dead.unsafe_arena_release_envelope();
  return bytes;
}

DeadLetters::Letter LetterIn(const StoreEntry& entry) {
  DeadLetters::Letter letter{.id = entry.key, .dead = {}};
  if (!letter.dead.ParseFromString(entry.value)) {
    letter.dead.Clear();
    letter.dead.set_why("what was kept of it cannot be read");
  }
  return letter;
}

// A known id would be taken for what has ended.
EntryPtr Reborn(const internal::Envelope& dead, std::int64_t now) {
  auto entry = std::make_shared<Entry>();
  internal::Envelope& envelope = entry->envelope;
  envelope = dead;
  envelope.set_id(IdOf(dead) + "/replay/" + RandomId());
  if (envelope.has_delivery()) envelope.mutable_delivery()->set_id(envelope.id());
  if (envelope.has_order()) envelope.mutable_order()->set_key(envelope.id());
  const std::int64_t born = std::max(dead.received_at(), dead.not_before());
  envelope.set_expires_at(now + std::max<std::int64_t>(dead.expires_at() - born, 1'000));
  envelope.set_received_at(now);
  envelope.clear_not_before();
  envelope.clear_attempt();
  envelope.clear_out_to();
  return entry;
}

}  // namespace

DeadLetters::DeadLetters(Loop& loop, Engine& engine, Counters& counters, Tail& tail)
    : loop_(loop), engine_(engine), counters_(counters), tail_(tail) {
  std::string after;
  for (;;) {
    const auto page = engine_.List(kSpace, "", after, kPage);
    for (const StoreEntry& entry : page) {
      ids_.push_back(entry.key);
      const std::uint64_t number =
          entry.key.size() > kNumberAt ? std::strtoull(&entry.key[kNumberAt], nullptr, 10) : 0;
      last_number_ = std::max(last_number_, number);
    }
    if (page.size() < kPage) return;
    after = page.back().key;
  }
}

void DeadLetters::Add(Step& step, const EntryPtr& entry, std::string_view why) {
  const std::int64_t now = loop_.WallNow();
  if (lines_.Allow(entry->envelope.to(), loop_.Now())) {
    Log(LogLevel::kWarning, "dead letter",
        {{"id", entry->id()}, {"mailbox", entry->envelope.to()}, {"why", why}});
  }
  ++counters_.dead_letters;
  tail_.Tell("dead", entry->id(), entry->envelope.from(), entry->envelope.to(), why);

  ids_.push_back(LetterId(now, ++last_number_));

  step.end.push_back(entry);
  step.unkept = entry->unkept;
  step.writes.push_back(
      {.space = kSpace, .key = ids_.back(), .value = BytesOf(entry->envelope, why, now)});
  if (ids_.size() <= kMost) return;
  step.writes.push_back(Forgetting(ids_.front()));
  ids_.pop_front();
}

std::vector<DeadLetters::Letter> DeadLetters::List(std::string_view mailbox, std::string_view after,
                                                   std::size_t limit) const {
  std::vector<Letter> letters;
  std::string from(after);
  while (letters.size() < limit) {
    const auto page = engine_.List(kSpace, "", from, kPage);
    for (const StoreEntry& entry : page) {
      Letter letter = LetterIn(entry);
      if (!mailbox.empty() && letter.dead.envelope().to() != mailbox) continue;
      letters.push_back(std::move(letter));
      if (letters.size() == limit) break;
    }
    if (page.size() < kPage) break;
    from = page.back().key;
  }
  return letters;
}

absl::StatusOr<DeadLetters::Letter> DeadLetters::Find(const std::string& id) const {
  const auto entry = engine_.Find(kSpace, id);
  if (!entry.has_value()) return Fail(Reason::kNoSuchPeer, "there is no dead letter '" + id + "'");
  return LetterIn(*entry);
}

absl::Status DeadLetters::Replay(const std::string& id) {
  const auto letter = Find(id);
  if (!letter.ok()) return letter.status();
  if (letter->dead.envelope().to().empty()) {
    return Fail(Reason::kBadFrame, "'" + id + "' cannot be replayed: " + letter->dead.why());
  }
  Step step;
  step.put.push_back(Reborn(letter->dead.envelope(), loop_.WallNow()));
  step.writes.push_back(Forgetting(id));
  return engine_.Apply(std::move(step)).status();
}

absl::Status DeadLetters::Drop(const std::string& id) {
  if (auto letter = Find(id); !letter.ok()) return letter.status();
  Step step;
  step.writes.push_back(Forgetting(id));
  return engine_.Apply(std::move(step)).status();
}

Write DeadLetters::Forgetting(const std::string& id) {
  return {.space = kSpace, .key = id, .kind = Write::Kind::kDelete, .value = {}};
}

}  // namespace chathub
