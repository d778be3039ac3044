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
  // The same for what must not be repeated: a hub that is not there yet is waited for, but one
  // failure is the end.
  std::optional<Problem> Once(const Attempt& attempt);

  // For a call of one's own: says on it who calls. Null: there is no hub now.
  std::shared_ptr<grpc::Channel> Prepare(grpc::ClientContext& context);
  // The channel failed: the next call looks for the hub anew.
  void Forget(const std::shared_ptr<grpc::Channel>& channel);

 private:
  struct Line {
    HubAddress address;
    std::shared_ptr<grpc::Channel> channel;
  };

  enum class Repeating { kUntilAnswered, kNever };

  std::optional<Problem> Call(const Attempt& attempt, Repeating repeating);
  Result<Line> Connect();

  const HubOptions hub_;
  const std::string peer_;
  std::mutex mutex_;
  std::optional<Line> line_;  // guarded by mutex_
};

}  // namespace chathub::sdk
