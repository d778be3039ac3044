// What travels between the hub thread and the disk thread: rows as values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chathub::sqlite {

struct EntryRow {
  std::uint64_t place = 0;
  std::string mailbox;
  std::string id;
  std::string envelope;
};

struct EndedRow {
  std::uint64_t number = 0;
  std::string id;
  std::int64_t until = 0;
};

struct ValueRow {
  std::string space;
  std::string key;
  bool there = false;  // else the key is deleted
  std::string value;
  std::uint64_t revision = 0;
  std::int64_t expires_at = 0;
};

// What is written in one transaction. Says what will be, not what to change: doing it twice is
// doing it once.
struct Batch {
  std::vector<EntryRow> entries;
  std::vector<std::uint64_t> ended_places;
  std::vector<EndedRow> ended;
  std::vector<std::uint64_t> forgotten;  // numbers of ended rows
  std::vector<ValueRow> values;
  std::uint64_t last_revision = 0;

  bool empty() const {
    return entries.empty() && ended_places.empty() && ended.empty() && forgotten.empty() &&
           values.empty();
  }
};

// What the checksum columns hold.
std::uint32_t ChecksumOf(std::uint64_t place, std::string_view mailbox, std::string_view id,
                         std::string_view envelope);
std::uint32_t ChecksumOf(std::uint64_t number, std::string_view id, std::int64_t until);
std::uint32_t ChecksumOf(std::string_view space, std::string_view key, std::string_view value,
                         std::uint64_t revision, std::int64_t expires_at);

}  // namespace chathub::sqlite
