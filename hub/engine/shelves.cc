#include "hub/engine/shelves.h"

#include <algorithm>
#include <chrono>

#include "absl/strings/string_view.h"
#include "hub/base/log.h"

namespace chathub {
namespace {

// However short an entry's life: what was sent again crosses its end.
constexpr Milliseconds kShortestMemory{60'000};

// A delivery and the order that answers it have the same id, in different mailboxes.
std::string KeyOf(const internal::Envelope& envelope) {
  return envelope.to() + ' ' + envelope.id();
}

Milliseconds MaxAge(const internal::Envelope& envelope) {
  return std::max(Milliseconds(envelope.expires_at() - envelope.received_at()), kShortestMemory);
}

EntryPtr EntryOf(Held& held) {
  if (held.entry == nullptr) {
    held.entry = std::make_shared<Entry>();
    held.entry->envelope.ParseFromString(std::exchange(held.bytes, {}));
  }
  return held.entry;
}

}  // namespace

Shelves::Mailbox& Shelves::MailboxOf(std::string_view name) {
  auto& mailbox = mailboxes_[absl::string_view(name.data(), name.size())];
  if (mailbox == nullptr) mailbox = std::make_unique<Mailbox>();
  return *mailbox;
}

HeldPtr Shelves::Put(const EntryPtr& entry, Arrivals& arrivals) {
  const internal::Envelope& envelope = entry->envelope;
  Mailbox& mailbox = MailboxOf(envelope.to());
  if (mailbox.places.contains(envelope.id())) return nullptr;
  if (ended_ids_.Contains(KeyOf(envelope), loop_.Now())) return nullptr;
  auto held = std::make_shared<Held>();
  held->place = ++last_place_;
  held->entry = entry;
  mailbox.places[envelope.id()] = held->place;
  mailbox.unfinished.emplace_hint(mailbox.unfinished.end(), held->place, held);
  if (mailbox.reader != nullptr) arrivals.emplace_back(mailbox.reader, entry);
  return held;
}

HeldPtr Shelves::Find(const internal::Envelope& envelope) const {
  const auto mailbox = mailboxes_.find(envelope.to());
  if (mailbox == mailboxes_.end()) return nullptr;
  const auto place = mailbox->second->places.find(envelope.id());
  if (place == mailbox->second->places.end()) return nullptr;
  return mailbox->second->unfinished.find(place->second)->second;
}

Shelves::Ended Shelves::End(const EntryPtr& entry) {
  const internal::Envelope& envelope = entry->envelope;
  Ended ended{.held = Find(envelope), .id = {}};
  if (ended.held == nullptr) return ended;
  Mailbox& mailbox = MailboxOf(envelope.to());
  mailbox.unfinished.erase(ended.held->place);
  mailbox.places.erase(envelope.id());
  ended.id = KeyOf(envelope);
  ended.until = loop_.WallNow() + MaxAge(envelope).count();
  ended_ids_.Add(ended.id, loop_.Now() + MaxAge(envelope));
  return ended;
}

void Shelves::Read(const std::string& mailbox_name, Reader* reader) {
  Mailbox& mailbox = MailboxOf(mailbox_name);
  mailbox.reader = reader;
  if (reader == nullptr) return;
  std::vector<EntryPtr> waiting;
  waiting.reserve(mailbox.unfinished.size());
  for (const auto& [place, held] : mailbox.unfinished) waiting.push_back(EntryOf(*held));
  for (EntryPtr& entry : waiting) reader->Arrived(std::move(entry));
}

std::vector<std::string> Shelves::Mailboxes() const {
  std::vector<std::string> names;
  for (const auto& [name, mailbox] : mailboxes_) {
    if (!mailbox->unfinished.empty()) names.push_back(name);
  }
  return names;
}

void Shelves::Restore(std::uint64_t place, std::string_view mailbox_name, std::string_view id,
                      std::string bytes) {
  auto held = std::make_shared<Held>();
  held->place = place;
  held->bytes = std::move(bytes);
  held->row = Held::Row::kThere;
  Mailbox& mailbox = MailboxOf(mailbox_name);
  mailbox.places.emplace(std::string(id), place);
  mailbox.unfinished.emplace_hint(mailbox.unfinished.end(), place, std::move(held));
  last_place_ = std::max(last_place_, place);
}

void Shelves::RestoreEnded(std::string_view id, std::int64_t until, std::uint64_t row) {
  ended_ids_.Add(id, loop_.Now() + Milliseconds(until - loop_.WallNow()));
  ended_ids_.SetRow(id, row);
}

void Deliver(Shelves::Arrivals arrivals) {
  for (auto& [reader, entry] : arrivals) reader->Arrived(std::move(entry));
}

}  // namespace chathub
