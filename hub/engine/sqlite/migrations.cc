#include "hub/engine/sqlite/migrations.h"

namespace chathub::sqlite {
namespace {

// Times are milliseconds since 1970. A checksum is the CRC-32C of the row's other columns, see
// rows.h. Everything is found by its number or key; what else is asked is answered from memory.
constexpr const char* kMigrations[] = {
    R"sql(
CREATE TABLE entries (
  place     INTEGER PRIMARY KEY,  -- by order of the puts
  mailbox   TEXT    NOT NULL,
  id        TEXT    NOT NULL,
  envelope  BLOB    NOT NULL,     -- chathub.internal.Envelope
  checksum  INTEGER NOT NULL
) STRICT;
CREATE TABLE ended (
  number    INTEGER PRIMARY KEY,
  id        TEXT    NOT NULL,     -- mailbox, space, id
  until     INTEGER NOT NULL,
  checksum  INTEGER NOT NULL
) STRICT;
CREATE TABLE stored (
  space      TEXT    NOT NULL,
  key        TEXT    NOT NULL,
  value      BLOB    NOT NULL,
  revision   INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,    -- 0: never
  checksum   INTEGER NOT NULL,
  PRIMARY KEY (space, key)
) STRICT, WITHOUT ROWID;
-- open: 1 while a hub has the store open or died with it; revision: the last that was given
CREATE TABLE counters (
  name   TEXT    PRIMARY KEY,
  value  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counters VALUES ('open', 0), ('revision', 0);
)sql",
};

}  // namespace

std::span<const char* const> Migrations() { return kMigrations; }

}  // namespace chathub::sqlite
