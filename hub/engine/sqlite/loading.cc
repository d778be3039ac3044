#include "hub/engine/sqlite/loading.h"

#include <utility>

namespace chathub::sqlite {
namespace {

using TakeRow = void (*)(const Statement& row, RowReader& reader);

std::uint64_t Unsigned(std::int64_t number) { return static_cast<std::uint64_t>(number); }

void TakeEntry(const Statement& row, RowReader& reader) {
  const std::uint64_t place = Unsigned(row.Number(0));
  const std::string_view mailbox = row.Text(1);
  const std::string_view id = row.Text(2);
  const std::string_view envelope = row.Bytes(3);
  if (ChecksumOf(place, mailbox, id, envelope) == row.Number(4)) {
    return reader.Entry(place, mailbox, id, envelope);
  }
  reader.Damaged({.row = "row " + std::to_string(place) + " of entries",
                  .mailbox = std::string(mailbox),
                  .id = std::string(id),
                  .bytes = std::string(envelope),
                  .removal = {.ended_places = {place}}});
}

void TakeEnded(const Statement& row, RowReader& reader) {
  const std::uint64_t number = Unsigned(row.Number(0));
  const std::string_view id = row.Text(1);
  const std::int64_t until = row.Number(2);
  if (ChecksumOf(number, id, until) == row.Number(3)) return reader.Ended(number, id, until);
  reader.Damaged({.row = "row " + std::to_string(number) + " of ended",
                  .mailbox = {},
                  .id = std::string(id),
                  .bytes = {},
                  .removal = {.forgotten = {number}}});
}

void TakeValue(const Statement& row, RowReader& reader) {
  const std::string_view space = row.Text(0);
  const std::string_view key = row.Text(1);
  const std::string_view value = row.Bytes(2);
  const std::uint64_t revision = Unsigned(row.Number(3));
  const std::int64_t expires_at = row.Number(4);
  if (ChecksumOf(space, key, value, revision, expires_at) == row.Number(5)) {
    return reader.Value(space, key, value, revision, expires_at);
  }
  const std::string name = std::string(space) + "/" + std::string(key);
  ValueRow gone{.space = std::string(space), .key = std::string(key), .value = {}};
  reader.Damaged({.row = "key " + name + " of stored",
                  .mailbox = {},
                  .id = name,
                  .bytes = std::string(value),
                  .removal = {.values = {std::move(gone)}}});
}

absl::Status ReadTable(Connection& connection, std::string_view sql, TakeRow take,
                       RowReader& reader) {
  auto statement = connection.Prepare(sql);
  if (!statement.ok()) return statement.status();
  while (true) {
    const auto row = statement->Step();
    if (!row.ok()) return row.status();
    if (!*row) return absl::OkStatus();
    take(*statement, reader);
  }
}

}  // namespace

absl::Status ReadRows(Connection& connection, RowReader& reader) {
  const std::pair<std::string_view, TakeRow> tables[] = {
      {"SELECT place, mailbox, id, envelope, checksum FROM entries ORDER BY place", TakeEntry},
      {"SELECT number, id, until, checksum FROM ended ORDER BY number", TakeEnded},
      {"SELECT space, key, value, revision, expires_at, checksum FROM stored ORDER BY space, key",
       TakeValue},
  };
  for (const auto& [sql, take] : tables) {
    absl::Status status = ReadTable(connection, sql, take, reader);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace chathub::sqlite
