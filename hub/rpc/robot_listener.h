// Who calls oco.Robot.Listen: a handler that only hears.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>

#include "hub/core/handler_session.h"
#include "hub/core/hub.h"
#include "hub/core/links.h"
#include "hub/rpc/caller.h"
#include "hub/rpc/server_stream.h"
#include "oco/core.pb.h"

namespace chathub {

// A delivery is finished when its event is written; what was not written goes elsewhere.
class RobotListener final : public HandlerLink, public Source<oco::Event> {
 public:
  // Who listens for which plugin; a second listener ends the first.
  using ByPlugin = std::map<std::string, RobotListener*>;

  RobotListener(std::string plugin, const Caller& caller, Hub& hub,
                std::shared_ptr<ByPlugin> listeners, Outlet& outlet);
  ~RobotListener() override;

  // HandlerLink. All but deliveries is not for OpenChatOps' ears.
  void Say(const v1::HandlerCommand& command) override;
  void Close(const absl::Status& why) override { outlet_.Close(why); }

  // Source
  bool Next(oco::Event& event) override;
  void Written(bool ok) override;

 private:
  std::string PatternOf(const v1::Delivery& delivery) const;

  const std::string plugin_;
  const Pass pass_;
  Hub& hub_;
  const std::shared_ptr<ByPlugin> listeners_;  // of all calls
  Outlet& outlet_;
  std::deque<v1::Delivery> waiting_;  // the first may be on its way
  std::unique_ptr<HandlerSession> session_;
};

}  // namespace chathub
