#include "hub/core/store/plugin_store.h"

#include <algorithm>
#include <set>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/log.h"
#include "hub/base/text.h"
#include "hub/core/problems.h"
#include "hub/core/store/store_writes.h"

namespace chathub {
namespace {

constexpr std::size_t kPage = 64;                 // entries that are read at once
constexpr std::size_t kMostWrites = 1000;         // in one step
constexpr std::size_t kMostExpired = 500;         // keys that are removed at once
constexpr std::size_t kLongestNumber = 20;        // bytes of a decimal number of 64 bits
constexpr std::int64_t kLongestWait = 3'600'000;  // milliseconds; the wall clock may be set anew

std::size_t SizeOf(const StoreEntry& entry) { return entry.key.size() + entry.value.size(); }

std::string ForPeople(std::size_t bytes) {
  constexpr std::size_t kMebibyte = 1024 * 1024;
  if (bytes % kMebibyte == 0) return std::to_string(bytes / kMebibyte) + " MiB";
  return std::to_string(bytes) + " bytes";
}

}  // namespace

v1::StoreEntry ToWire(StoreEntry entry) {
  v1::StoreEntry wire;
  wire.set_key(std::move(entry.key));
  wire.set_value(std::move(entry.value));
  wire.set_revision(entry.revision);
  if (entry.expires_at != 0) *wire.mutable_expires_at() = ToTimestamp(entry.expires_at);
  return wire;
}

// --- reading

absl::StatusOr<std::optional<StoreEntry>> PluginStore::Get(const std::string& peer,
                                                           const std::string& key) const {
  if (absl::Status status = CheckKey(key); !status.ok()) return status;
  return engine_.Find(peer, key);
}

std::vector<StoreEntry> PluginStore::List(const std::string& peer, std::string_view prefix,
                                          std::string_view after, std::size_t limit,
                                          std::size_t bytes) const {
  std::vector<StoreEntry> entries;
  std::size_t size = 0;
  std::string last(after);
  while (entries.size() < limit) {
    const std::size_t wanted = std::min(kPage, limit - entries.size());
    auto page = engine_.List(peer, prefix, last, wanted);
    for (StoreEntry& entry : page) {
      size += SizeOf(entry);
      if (size > bytes && !entries.empty()) return entries;
      entries.push_back(std::move(entry));
    }
    if (page.size() < wanted) break;
    last = entries.back().key;
  }
  return entries;
}

// --- writing

// A plugin's account is made when it is first used.
PluginStore::Space& PluginStore::Open(const std::string& peer) {
  const auto [place, is_new] = spaces_.try_emplace(peer);
  Space& space = place->second;
  if (!is_new) return space;
  std::string after;
  for (auto page = engine_.List(peer, "", after, kPage); !page.empty();
       page = engine_.List(peer, "", after, kPage)) {
    for (const StoreEntry& entry : page) {
      space.ledger.Set(entry.key, SizeOf(entry), entry.expires_at);
    }
    after = page.back().key;
  }
  WaitForExpiry();
  return space;
}

// What makes the account smaller is always allowed.
absl::Status PluginStore::CheckQuota(const std::string& peer, const StoreLedger& ledger,
                                     const std::vector<Write>& writes) const {
  absl::flat_hash_map<std::string, std::optional<std::size_t>> foreseen;
  std::size_t bytes = ledger.bytes();
  std::size_t keys = ledger.keys();
  for (const Write& write : writes) {
    auto& now = foreseen.try_emplace(write.key, ledger.BytesOf(write.key)).first->second;
    if (now.has_value()) {
      --keys;
      bytes -= *now;
    }
    now = std::nullopt;
    if (write.kind == Write::Kind::kPut) now = write.key.size() + write.value.size();
    if (write.kind == Write::Kind::kAdd) now = write.key.size() + kLongestNumber;
    if (!now.has_value()) continue;
    ++keys;
    bytes += *now;
  }
  if (keys > limits_.keys && keys > ledger.keys()) {
    return Fail(Reason::kTooMuch, "the store of " + peer + " would hold more than " +
                                      std::to_string(limits_.keys) + " keys; delete some first");
  }
  if (bytes > limits_.bytes && bytes > ledger.bytes()) {
    return Fail(Reason::kTooMuch, "the store of " + peer + " would hold more than " +
                                      ForPeople(limits_.bytes) + "; delete something first");
  }
  return absl::OkStatus();
}

absl::StatusOr<PluginStore::Change> PluginStore::Prepare(
    const std::string& peer, const google::protobuf::RepeatedPtrField<v1::StoreWrite>& wire) {
  Change change{.peer = peer, .writes = {}, .lines = {}};
  if (wire.empty()) return change;
  if (static_cast<std::size_t>(wire.size()) > kMostWrites) {
    return Fail(Reason::kTooLarge,
                "more than " + std::to_string(kMostWrites) + " store writes at once");
  }
  auto writes = ToWrites(peer, wire, loop_.WallNow());
  if (!writes.ok()) return writes.status();
  absl::Status status = CheckQuota(peer, Open(peer).ledger, *writes);
  if (!status.ok()) return status;
  for (const Write& write : *writes) {
    change.lines.push_back({.key = write.key,
                            .kind = write.kind,
                            .bytes = write.key.size() + write.value.size(),
                            .expires_at = write.expires_at});
  }
  change.writes = *std::move(writes);
  return change;
}

void PluginStore::Note(const Change& change) {
  if (change.lines.empty()) return;
  Space& space = Open(change.peer);
  for (const Change::Line& line : change.lines) Enter(change.peer, space.ledger, line);
  WaitForExpiry();
  if (space.watchers.empty()) return;
  std::set<std::string_view> told;  // each key once, as it is now
  for (const Change::Line& line : change.lines) {
    if (told.insert(line.key).second) Tell(change.peer, space, line.key);
  }
}

void PluginStore::Enter(const std::string& peer, StoreLedger& ledger,
                        const Change::Line& line) const {
  switch (line.kind) {
    case Write::Kind::kPut:
      return ledger.Set(line.key, line.bytes, line.expires_at);
    case Write::Kind::kDelete:
      return ledger.Erase(line.key);
    case Write::Kind::kAdd:
      break;
  }
  const auto entry = engine_.Find(peer, line.key);
  if (entry.has_value()) ledger.Set(line.key, SizeOf(*entry), entry->expires_at);
}

absl::StatusOr<Applied> PluginStore::Apply(
    const std::string& peer, const google::protobuf::RepeatedPtrField<v1::StoreWrite>& writes,
    Duty unkept) {
  auto change = Prepare(peer, writes);
  if (!change.ok()) return change.status();
  Step step;
  step.writes = std::move(change->writes);
  step.unkept = std::move(unkept);
  auto applied = engine_.Apply(std::move(step));
  if (applied.ok()) {
    Note(*change);
  } else if (ReasonOf(applied.status()) == Reason::kConflict) {
    const Conflict& conflict = engine_.LastConflict();
    return Fail(Reason::kConflict, "the store key '" + ForLog(conflict.key, 80) +
                                       "' has changed since it was read; its revision is now " +
                                       std::to_string(conflict.revision));
  }
  return applied;
}

// --- watching

void PluginStore::Add(const std::string& peer, const std::string& prefix, Watcher& watcher) {
  Open(peer).watchers.push_back({prefix, &watcher});
}

void PluginStore::Remove(const std::string& peer, Watcher& watcher) {
  std::erase_if(spaces_.at(peer).watchers,
                [&](const Watching& watching) { return watching.watcher == &watcher; });
}

void PluginStore::Tell(const std::string& peer, const Space& space, const std::string& key) const {
  v1::StoreChange change;
  if (auto entry = engine_.Find(peer, key)) {
    *change.mutable_entry() = ToWire(*std::move(entry));
  } else {
    change.mutable_entry()->set_key(key);
    change.set_deleted(true);
  }
  for (const Watching& watching : space.watchers) {
    if (key.starts_with(watching.prefix)) watching.watcher->Changed(change);
  }
}

// --- expiring

void PluginStore::WaitForExpiry() {
  std::int64_t next = 0;
  for (const auto& [peer, space] : spaces_) {
    const std::int64_t expiry = space.ledger.next_expiry();
    if (expiry != 0 && (next == 0 || expiry < next)) next = expiry;
  }
  if (next == 0) return expiry_.Cancel();
  const std::int64_t wait = std::clamp<std::int64_t>(next - loop_.WallNow(), 0, kLongestWait);
  expiry_ = loop_.After(Milliseconds(wait), [this] { RemoveExpired(); });
}

void PluginStore::RemoveExpired() {
  const std::int64_t now = loop_.WallNow();
  std::size_t left = kMostExpired;
  for (auto& [peer, space] : spaces_) {
    Change change{.peer = peer, .writes = {}, .lines = {}};
    StoreLedger& ledger = space.ledger;
    while (left > 0 && ledger.next_expiry() != 0 && ledger.next_expiry() <= now) {
      const std::string key = ledger.next_to_expire();
      change.lines.push_back({.key = key, .kind = Write::Kind::kDelete});
      change.writes.push_back({.space = peer, .key = key, .kind = Write::Kind::kDelete});
      ledger.Erase(key);
      --left;
    }
    if (change.lines.empty()) continue;
    Step step;
    step.writes = std::move(change.writes);
    // Nobody sees them any more, whether they are removed or not.
    if (const auto applied = engine_.Apply(std::move(step)); !applied.ok()) {
      Log(LogLevel::kWarning, "expired keys are not removed", {{"peer", peer}});
    }
    for (const Change::Line& line : change.lines) Tell(peer, space, line.key);
  }
  WaitForExpiry();
}

}  // namespace chathub
