#include "hub/core/store/store_writes.h"

#include "hub/base/errors.h"
#include "hub/base/text.h"
#include "hub/core/problems.h"

namespace chathub {
namespace {

absl::StatusOr<Write> ToWrite(const std::string& space, const v1::StoreWrite& wire,
                              std::int64_t now) {
  if (absl::Status status = CheckKey(wire.key()); !status.ok()) return status;
  Write write{.space = space, .key = wire.key(), .value = {}};
  if (wire.has_if_revision()) write.if_revision = wire.if_revision();
  switch (wire.change_case()) {
    case v1::StoreWrite::kPut:
      if (wire.put().value().size() > kLargestValue) {
        return Fail(Reason::kTooLarge,
                    "the value of '" + ForLog(wire.key(), 40) + "' is larger than 128 KiB");
      }
      write.value = wire.put().value();
      if (!wire.put().has_ttl()) return write;
      write.expires_at = now + ToMilliseconds(wire.put().ttl()).count();
      if (write.expires_at > now) return write;
      return Fail(Reason::kBadFrame,
                  "the ttl of '" + ForLog(wire.key(), 40) +
                      "' is less than a millisecond; to remove a key, delete it");
    case v1::StoreWrite::kDelete:
      write.kind = Write::Kind::kDelete;
      return write;
    case v1::StoreWrite::kAdd:
      write.kind = Write::Kind::kAdd;
      write.amount = wire.add();
      return write;
    case v1::StoreWrite::CHANGE_NOT_SET:
      break;
  }
  return Fail(Reason::kBadFrame, "the store write of '" + ForLog(wire.key(), 40) +
                                     "' says neither put, delete nor add");
}

}  // namespace

absl::Status CheckKey(const std::string& key) {
  if (key.empty()) return Fail(Reason::kBadFrame, "a store key is empty");
  if (key.find('\0') != std::string::npos) {
    return Fail(Reason::kBadFrame, "the store key '" + ForLog(key) + "' holds a NUL");
  }
  if (key.size() <= kLongestKey) return absl::OkStatus();
  return Fail(Reason::kTooLarge, "the store key '" + ForLog(key, 40) + "' is longer than " +
                                     std::to_string(kLongestKey) + " bytes");
}

absl::StatusOr<std::vector<Write>> ToWrites(
    const std::string& space, const google::protobuf::RepeatedPtrField<v1::StoreWrite>& writes,
    std::int64_t now) {
  std::vector<Write> result;
  result.reserve(static_cast<std::size_t>(writes.size()));
  for (const v1::StoreWrite& wire : writes) {
    auto write = ToWrite(space, wire, now);
    if (!write.ok()) return write.status();
    result.push_back(*std::move(write));
  }
  return result;
}

}  // namespace chathub
