#include "hub/engine/sqlite/burial.h"

#include <cstdio>

#include "absl/strings/escaping.h"

namespace chathub::sqlite {

Write Bury(const Damage& damage, std::size_t number, std::int64_t now) {
  internal::DeadEnvelope dead;
  internal::Envelope& envelope = *dead.mutable_envelope();
  // A flipped bit often leaves the rest readable.
  if (damage.mailbox.empty() || !envelope.ParseFromString(damage.bytes)) envelope.Clear();
  // Damaged bytes may be no text any more, and a letter must stay readable.
  envelope.set_id(absl::CHexEscape(damage.id));
  envelope.set_to(absl::CHexEscape(damage.mailbox));
  dead.set_why(absl::CHexEscape(damage.row) + " was damaged on the disk: its checksum is wrong");
  dead.set_died_at(now);
  char key[48];
  std::snprintf(key, sizeof key, "%015lld-d%07zu", static_cast<long long>(now), number);
  return {.space = "hub.dead", .key = key, .value = dead.SerializeAsString()};
}

}  // namespace chathub::sqlite
