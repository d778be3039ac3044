// Single calls to the hub: finds it, says who calls, tries again through a restart.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "chathub/channel.h"
#include "chathub/hub_address.h"
#include "chathub/result.h"

namespace chathub::sdk {

// Any thread.
class UnaryCalls {
 public:
  // How long one call may take, all attempts together.
  static constexpr std::chrono::seconds kPatience{10};

  // `peer`, for example `handler/karma`.
  UnaryCalls(HubOptions hub, std::string peer);

  // Calls `attempt` until the hub answers; it must be safe to repeat. Nothing if all went well.
  using Attempt =
      std::function<grpc::Status(std::shared_ptr<grpc::Channel>, grpc::ClientContext& context)>;
  std::optional<Problem> Try(const Attempt& attempt);

 private:
  struct Line {
    HubAddress address;
    std::shared_ptr<grpc::Channel> channel;
  };

  Result<Line> Connect();
  void Forget(const std::shared_ptr<grpc::Channel>& channel);

  const HubOptions hub_;
  const std::string peer_;
  std::mutex mutex_;
  std::optional<Line> line_;  // guarded by mutex_
};

}  // namespace chathub::sdk
