// A frame of items, as a peer said it.
#pragma once

#include <grpcpp/support/byte_buffer.h>

#include "absl/status/status.h"
#include "hub/base/errors.h"
#include "hub/rpc/call.h"
#include "hub/rpc/outbox.h"

namespace chathub {

// Empties `bytes`. kBadFrame or kTooLarge: what is in `frame` then is not to be heard.
template <class InFrame>
absl::Status ParseFrame(grpc::ByteBuffer& bytes, InFrame& frame) {
  const bool may_hold_large_item = bytes.Length() > kLargestItem;
  if (!Unpack(bytes, frame)) {
    return Fail(Reason::kBadFrame, "a frame is not what this service speaks");
  }
  if (!may_hold_large_item) return absl::OkStatus();
  for (const auto& item : frame.items()) {
    if (item.ByteSizeLong() <= kLargestItem) continue;
    return Fail(Reason::kTooLarge, "an item of a frame is larger than 256 KiB");
  }
  return absl::OkStatus();
}

}  // namespace chathub
