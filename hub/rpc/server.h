// The gRPC door: listens, accepts calls, handles them in the hub's turn.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "hub/base/hub_loop.h"
#include "hub/core/hub.h"
#include "hub/core/rights/reception.h"
#include "hub/rpc/tls.h"

namespace chathub {

struct RpcOptions {
  // gRPC targets: `unix:/path` or `127.0.0.1:6196`; port 0 is any free one.
  std::vector<std::string> addresses;
  // For all but the Unix socket; nothing: as it is, which only loopback may.
  std::optional<TlsFiles> tls;
};

// Owned by whoever serves; the hub, the loop and the reception must outlive it.
class RpcServer {
 public:
  // Accepts calls from now on; the loop must be running or will be. kGoingAway if an address
  // cannot be had.
  static absl::StatusOr<std::unique_ptr<RpcServer>> Start(const RpcOptions& options, Hub& hub,
                                                          HubLoop& loop, Reception& reception);
  RpcServer(const RpcServer&) = delete;
  RpcServer& operator=(const RpcServer&) = delete;
  // After Stop only.
  ~RpcServer();

  // As given, with the ports that were found.
  const std::vector<std::string>& addresses() const;

  // Health checks say NOT_SERVING from now on. Any thread.
  void SayNotReady();

  // Ends every stream with UNAVAILABLE and waits until gRPC has let go of everything. Main thread,
  // while the loop runs; calls that do not end by themselves are cut after `patience`.
  void Stop(std::chrono::milliseconds patience);

 private:
  struct Parts;
  explicit RpcServer(std::unique_ptr<Parts> parts);

  const std::unique_ptr<Parts> parts_;
};

}  // namespace chathub
