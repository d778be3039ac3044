#include "hub/engine/memory/memory_engine.h"

#include <utility>

namespace chathub {
namespace {

// A delivery and the order that answers it have the same id, in different mailboxes.
std::string KeyOf(const internal::Envelope& envelope) {
  return envelope.to() + ' ' + envelope.id();
}

}  // namespace

absl::StatusOr<Applied> MemoryEngine::Apply(Step step) {
  const std::int64_t now = loop_.WallNow();
  absl::Status holds = store_.Check(step.writes, now, conflict_);
  if (!holds.ok()) return holds;

  Applied applied;
  applied.revisions = store_.Apply(step.writes, now);
  for (const EntryPtr& entry : step.end) End(entry);

  std::vector<std::pair<Reader*, EntryPtr>> arrivals;
  for (EntryPtr& entry : step.put) {
    auto& mailbox = mailboxes_[entry->envelope.to()];
    if (mailbox == nullptr) mailbox = std::make_unique<Mailbox>();
    if (Knows(*mailbox, entry->envelope)) {
      ++applied.known;
      continue;
    }
    entry->unkept.reset();
    mailbox->places[entry->envelope.id()] = ++last_place_;
    mailbox->unfinished[last_place_] = entry;
    if (mailbox->reader != nullptr) arrivals.emplace_back(mailbox->reader, std::move(entry));
  }
  // Last: a reader may apply a step of its own.
  for (auto& [reader, entry] : arrivals) reader->Arrived(std::move(entry));
  return applied;
}

bool MemoryEngine::Knows(const Mailbox& mailbox, const internal::Envelope& envelope) const {
  return mailbox.places.contains(envelope.id()) || ended_.Contains(KeyOf(envelope));
}

void MemoryEngine::End(const EntryPtr& entry) {
  const auto found = mailboxes_.find(entry->envelope.to());
  if (found == mailboxes_.end()) return;
  Mailbox& mailbox = *found->second;
  const auto place = mailbox.places.find(entry->envelope.id());
  if (place == mailbox.places.end()) return;
  ended_.Add(KeyOf(entry->envelope));
  mailbox.unfinished.erase(place->second);
  mailbox.places.erase(place);
}

void MemoryEngine::Read(const std::string& mailbox_name, Reader* reader) {
  auto& mailbox = mailboxes_[mailbox_name];
  if (mailbox == nullptr) mailbox = std::make_unique<Mailbox>();
  mailbox->reader = reader;
  if (reader == nullptr) return;
  std::vector<EntryPtr> waiting;
  for (const auto& [place, entry] : mailbox->unfinished) waiting.push_back(entry);
  for (EntryPtr& entry : waiting) reader->Arrived(std::move(entry));
}

std::vector<std::string> MemoryEngine::Mailboxes() const {
  std::vector<std::string> names;
  for (const auto& [name, mailbox] : mailboxes_) {
    if (!mailbox->unfinished.empty()) names.push_back(name);
  }
  return names;
}

std::optional<StoreEntry> MemoryEngine::Find(std::string_view space, std::string_view key) const {
  return store_.Find(space, key, loop_.WallNow());
}

std::vector<StoreEntry> MemoryEngine::List(std::string_view space, std::string_view prefix,
                                           std::string_view after, std::size_t limit) const {
  return store_.List(space, prefix, after, limit, loop_.WallNow());
}

}  // namespace chathub
