// chathub.v1.Handlers: frames to and from the handlers' sessions, and their routes.
#pragma once

#include "chathub/v1/handlers.pb.h"
#include "hub/core/handler_session.h"
#include "hub/core/hub.h"
#include "hub/rpc/desk.h"
#include "hub/rpc/stream.h"

namespace chathub {

// What Stream must know of it.
struct HandlerKind {
  using Link = HandlerLink;
  using Session = HandlerSession;
  using Item = v1::HandlerItem;
  using Command = v1::HandlerCommand;
  using InFrame = v1::HandlersAttachRequest;

  static std::unique_ptr<Session> Open(Hub& hub, Link& link, Pass pass) {
    return hub.OpenHandler(link, pass);
  }
  static bool CanWait(const Command& command) {
    return command.has_posted() || command.finish_result().outcome() == v1::FINISH_OUTCOME_OK;
  }
  static bool GoesFirst(const Item&) { return false; }
  static Milliseconds Wait(Session& session, const Item& item) { return session.Wait(item); }
  static constexpr std::size_t kReadAhead = 0;
};

void ServeHandlers(Desk& desk);

}  // namespace chathub
