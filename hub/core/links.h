// The wire to one peer, as the core sees it: say something, or end it.
#pragma once

#include "absl/status/status.h"
#include "chathub/v1/adapters.pb.h"
#include "chathub/v1/handlers.pb.h"

namespace chathub {

// Owned by the doorway that made it. Saying never blocks and keeps nothing of the command; a peer
// that does not read is cut by its link. After Close, or when the peer is gone, the link destroys
// its session and never calls it again; Close may be called from within the session.
class AdapterLink {
 public:
  virtual ~AdapterLink() = default;
  virtual void Say(const v1::AdapterCommand& command) = 0;
  virtual void Close(const absl::Status& why) = 0;
};

// Likewise.
class HandlerLink {
 public:
  virtual ~HandlerLink() = default;
  virtual void Say(const v1::HandlerCommand& command) = 0;
  virtual void Close(const absl::Status& why) = 0;
};

}  // namespace chathub
