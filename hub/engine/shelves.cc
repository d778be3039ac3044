#include "hub/engine/shelves.h"

#include <algorithm>
#include <utility>

namespace chathub {
namespace {

// However short an entry's life: what was sent again crosses its end.
constexpr Milliseconds kShortestMemory{60'000};

constexpr char kBehindMailbox = ' ';

const EntryPtr& EntryOf(Held& held) {
  if (held.entry == nullptr) {
    held.entry = std::make_shared<Entry>();
    held.entry->envelope.ParseFromString(std::exchange(held.bytes, {}));
    held.entry->held = &held;
  }
  return held.entry;
}

}  // namespace

Shelf& Shelves::ShelfOf(std::string_view mailbox) {
  auto& shelf = shelves_[absl::string_view(mailbox.data(), mailbox.size())];
  if (shelf == nullptr) shelf = std::make_unique<Shelf>(Shelf{.number = shelves_.size()});
  return *shelf;
}

Held* Shelves::Put(const EntryPtr& entry, TimePoint now, Arrivals& arrivals) {
  const internal::Envelope& envelope = entry->envelope;
  Shelf& shelf = ShelfOf(envelope.to());
  const Fingerprint id = FingerprintOf(IdOf(envelope), shelf.number);
  if (ended_ids_.Contains(id, now)) return nullptr;
  const auto [place, is_new] = shelf.unfinished.try_emplace(id);
  if (!is_new) return nullptr;
  place->second = std::make_shared<Held>();
  Held& held = *place->second;
  held.place = ++last_place_;
  held.shelf = &shelf;
  held.id = id;
  held.entry = entry;
  entry->held = &held;
  if (shelf.reader != nullptr) arrivals.emplace_back(shelf.reader, entry);
  return &held;
}

HeldPtr Shelves::Find(const internal::Envelope& envelope) const {
  const auto shelf = shelves_.find(envelope.to());
  if (shelf == shelves_.end()) return nullptr;
  const auto& unfinished = shelf->second->unfinished;
  const auto found = unfinished.find(FingerprintOf(IdOf(envelope), shelf->second->number));
  return found == unfinished.end() ? nullptr : found->second;
}

HeldPtr Shelves::End(Entry& entry, TimePoint now) {
  if (entry.held == nullptr) return nullptr;
  auto& unfinished = entry.held->shelf->unfinished;
  const auto found = unfinished.find(std::exchange(entry.held, nullptr)->id);
  HeldPtr held = std::move(found->second);
  unfinished.erase(found);
  ended_ids_.Add(held->id, now + MemoryOf(entry.envelope));
  return held;
}

void Shelves::Read(const std::string& mailbox, Reader* reader) {
  Shelf& shelf = ShelfOf(mailbox);
  shelf.reader = reader;
  if (reader == nullptr) return;
  std::vector<EntryPtr> waiting;
  waiting.reserve(shelf.unfinished.size());
  for (const auto& [id, held] : shelf.unfinished) waiting.push_back(EntryOf(*held));
  std::sort(waiting.begin(), waiting.end(),
            [](const EntryPtr& a, const EntryPtr& b) { return a->held->place < b->held->place; });
  for (EntryPtr& entry : waiting) reader->Arrived(std::move(entry));
}

std::vector<std::string> Shelves::Mailboxes() const {
  std::vector<std::string> names;
  for (const auto& [name, shelf] : shelves_) {
    if (!shelf->unfinished.empty()) names.push_back(name);
  }
  return names;
}

void Shelves::Restore(std::uint64_t place, std::string_view mailbox, std::string_view id,
                      std::string bytes) {
  Shelf& shelf = ShelfOf(mailbox);
  auto held = std::make_shared<Held>();
  held->place = place;
  held->shelf = &shelf;
  held->id = FingerprintOf(id, shelf.number);
  held->bytes = std::move(bytes);
  held->row = Held::Row::kThere;
  shelf.unfinished[held->id] = std::move(held);
  last_place_ = std::max(last_place_, place);
}

void Shelves::RestoreEnded(std::string_view key, std::int64_t until, std::uint64_t row) {
  const std::size_t mailbox = std::min(key.find(kBehindMailbox), key.size());
  const std::size_t id = std::min(mailbox + 1, key.size());
  const Shelf& shelf = ShelfOf(key.substr(0, mailbox));
  const Fingerprint fingerprint = FingerprintOf(key.substr(id), shelf.number);
  ended_ids_.Add(fingerprint, loop_.Now() + Milliseconds(until - loop_.WallNow()));
  ended_ids_.SetRow(fingerprint, row);
}

std::string EndedKeyOf(const internal::Envelope& envelope) {
  return envelope.to() + kBehindMailbox + IdOf(envelope);
}

Milliseconds MemoryOf(const internal::Envelope& envelope) {
  return std::max(Milliseconds(envelope.expires_at() - envelope.received_at()), kShortestMemory);
}

void Deliver(Shelves::Arrivals arrivals) {
  for (auto& [reader, entry] : arrivals) reader->Arrived(std::move(entry));
}

}  // namespace chathub
