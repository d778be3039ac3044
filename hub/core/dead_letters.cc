#include "hub/core/dead_letters.h"

#include <cstdio>

#include "hub/base/log.h"

namespace chathub {
namespace {

constexpr char kSpace[] = "hub.dead";

}  // namespace

void DeadLetters::Add(Step& step, const EntryPtr& entry, std::string_view why) {
  const std::int64_t now = loop_.WallNow();
  Log(LogLevel::kWarning, "dead letter",
      {{"id", entry->envelope.id()}, {"mailbox", entry->envelope.to()}, {"why", why}});
  ++counters_.dead_letters;
  tail_.Tell("dead", entry->envelope.id(), entry->envelope.from(), entry->envelope.to(), why);

  internal::DeadEnvelope dead;
  *dead.mutable_envelope() = entry->envelope;
  dead.set_why(std::string(why));
  dead.set_died_at(now);
  char key[48];
  std::snprintf(key, sizeof key, "%015lld-%08llu", static_cast<long long>(now),
                static_cast<unsigned long long>(++last_number_));
  keys_.emplace_back(key);

  step.end.push_back(entry);
  step.writes.push_back({.space = kSpace, .key = key, .value = dead.SerializeAsString()});
  if (keys_.size() > kMost) {
    step.writes.push_back(
        {.space = kSpace, .key = keys_.front(), .kind = Write::Kind::kDelete, .value = {}});
    keys_.pop_front();
  }
}

}  // namespace chathub
