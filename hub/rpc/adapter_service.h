// chathub.v1.Adapters: frames to and from the adapters' sessions.
#pragma once

#include "chathub/v1/adapters.pb.h"
#include "hub/core/adapter_session.h"
#include "hub/core/hub.h"
#include "hub/rpc/desk.h"
#include "hub/rpc/stream.h"

namespace chathub {

// What Stream must know of it.
struct AdapterKind {
  using Link = AdapterLink;
  using Session = AdapterSession;
  using Item = v1::AdapterItem;
  using Command = v1::AdapterCommand;
  using InFrame = v1::AdaptersAttachRequest;

  static std::unique_ptr<Session> Open(Hub& hub, Link& link, Pass pass) {
    return hub.OpenAdapter(link, pass);
  }
  static bool CanWait(const Command& command) { return command.has_accepted(); }
  static bool GoesFirst(const Item& item) { return item.has_done() || item.has_pong(); }
  static Milliseconds Wait(Session&, const Item&) { return Milliseconds::zero(); }
  static constexpr std::size_t kReadAhead = 1024 * 1024;
};

void ServeAdapters(Desk& desk);

}  // namespace chathub
