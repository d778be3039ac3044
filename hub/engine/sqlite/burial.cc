#include "hub/engine/sqlite/burial.h"

#include <cstdio>

namespace chathub::sqlite {

Write Bury(const Damage& damage, std::size_t number, std::int64_t now) {
  internal::DeadEnvelope dead;
  internal::Envelope& envelope = *dead.mutable_envelope();
  // A flipped bit often leaves the rest readable.
  if (damage.mailbox.empty() || !envelope.ParseFromString(damage.bytes)) envelope.Clear();
  envelope.set_id(damage.id);
  envelope.set_to(damage.mailbox);
  dead.set_why(damage.row + " was damaged on the disk: its checksum is wrong");
  dead.set_died_at(now);
  char key[48];
  std::snprintf(key, sizeof key, "%015lld-d%07zu", static_cast<long long>(now), number);
  return {.space = "hub.dead", .key = key, .value = dead.SerializeAsString()};
}

}  // namespace chathub::sqlite
