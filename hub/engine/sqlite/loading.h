// Reads everything that a store holds, and finds what is damaged.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "hub/engine/sqlite/connection.h"
#include "hub/engine/sqlite/rows.h"

namespace chathub::sqlite {

// A row whose checksum is wrong: what can be read of it.
struct Damage {
  std::string row;      // for people: "row 17 of entries"
  std::string mailbox;  // of an entry
  std::string id;
  std::string bytes;
  Batch removal;  // takes the row away
};

class RowReader {
 public:
  virtual ~RowReader() = default;
  // By place.
  virtual void Entry(std::uint64_t place, std::string_view mailbox, std::string_view id,
                     std::string_view envelope) = 0;
  virtual void Ended(std::uint64_t number, std::string_view id, std::int64_t until) = 0;
  // By space and key.
  virtual void Value(std::string_view space, std::string_view key, std::string_view value,
                     std::uint64_t revision, std::int64_t expires_at) = 0;
  virtual void Damaged(Damage damage) = 0;
};

absl::Status ReadRows(Connection& connection, RowReader& reader);

}  // namespace chathub::sqlite
