#include "hub/engine/sqlite/rows.h"

#include "hub/base/checksum.h"

namespace chathub::sqlite {

std::uint32_t ChecksumOf(std::uint64_t place, std::string_view mailbox, std::string_view id,
                         std::string_view envelope) {
  return Checksum().Add(place).Add(mailbox).Add(id).Add(envelope).value();
}

std::uint32_t ChecksumOf(std::uint64_t number, std::string_view id, std::int64_t until) {
  return Checksum().Add(number).Add(id).Add(static_cast<std::uint64_t>(until)).value();
}

std::uint32_t ChecksumOf(std::string_view space, std::string_view key, std::string_view value,
                         std::uint64_t revision, std::int64_t expires_at) {
  return Checksum()
      .Add(space)
      .Add(key)
      .Add(value)
      .Add(revision)
      .Add(static_cast<std::uint64_t>(expires_at))
      .value();
}

}  // namespace chathub::sqlite
