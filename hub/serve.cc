#include "hub/serve.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "hub/base/hub_loop.h"
#include "hub/base/log.h"
#include "hub/base/workshop.h"
#include "hub/core/hub.h"
#include "hub/core/rights/reception.h"
#include "hub/engine/open.h"
#include "hub/gateway_start.h"
#include "hub/metrics_start.h"
#include "hub/rpc/server.h"
#include "hub/stop_signals.h"
#include "hub/tls_files.h"

namespace chathub {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kDrain{7'000};       // for what is in flight
constexpr milliseconds kLastWords{1'500};   // for streams to end by themselves
constexpr milliseconds kSecondSignal{300};  // likewise, after a second signal
constexpr milliseconds kLook{20};
constexpr int kFailed = 1;

Hub::Options HubOptions(const Config& config) {
  Hub::Options options{
      .name = config.name,
      .command_prefix = config.command_prefix,
      .selected_adapter = config.adapter,
      .adapters = {},
      .handler_mailbox = config.limits.handler_mailbox,
      .store = {.bytes = config.limits.store_bytes, .keys = config.limits.store_keys},
      .users = config.limits.users,
      .rooms = config.limits.rooms};
  for (const AdapterConfig& adapter : config.adapters) {
    options.adapters.push_back({.name = adapter.name,
                                .resend_in_doubt = adapter.in_doubt == InDoubt::kResend,
                                .capacity = config.limits.order_mailbox});
  }
  if (config.gateway.on) {
    for (const char* name : kGatewayAdapters) {
      const auto is_it = [&](const auto& adapter) { return adapter.name == name; };
      if (std::any_of(config.adapters.begin(), config.adapters.end(), is_it)) continue;
      // What was not said to a legacy program is not said to its successor.
      options.adapters.push_back(
          {.name = name, .resend_in_doubt = false, .capacity = config.limits.order_mailbox});
    }
  }
  return options;
}

absl::StatusOr<RpcOptions> WhereToListen(const Config& config, DataFolder& folder) {
  RpcOptions options;
  if (config.listen.unix_socket) {
    auto socket = folder.ClaimSocket();
    if (socket.ok()) {
      options.addresses.push_back("unix:" + *socket);
    } else if (config.listen.tcp) {
      Log(LogLevel::kWarning, "no Unix socket", {{"why", std::string(socket.status().message())}});
    } else {
      return socket.status();
    }
  }
  if (!config.listen.tcp) return options;
  options.addresses.push_back(config.listen.address);
  if (config.listen.tls_certificate.empty()) return options;
  if (absl::Status status = CheckTlsFiles(config.listen); !status.ok()) return status;
  options.tls = {config.listen.tls_certificate, config.listen.tls_key, config.listen.tls_client_ca};
  return options;
}

int Complain(const absl::Status& status) {
  Log(LogLevel::kError, std::string(status.message()));
  return kFailed;
}

// Runs the loop on a thread of its own, from its making until its end.
class LoopThread {
 public:
  explicit LoopThread(HubLoop& loop) : loop_(loop), thread_([&loop] { loop.Run(); }) {}
  LoopThread(const LoopThread&) = delete;
  LoopThread& operator=(const LoopThread&) = delete;
  ~LoopThread() {
    loop_.Stop();
    thread_.join();
  }

 private:
  HubLoop& loop_;
  std::thread thread_;
};

bool Quiet(HubLoop& loop, const Hub& hub, const Gateway* gateway) {
  std::promise<bool> quiet;
  loop.Post([&] { quiet.set_value(hub.Quiet() && (gateway == nullptr || gateway->drained())); });
  return quiet.get_future().get();
}

// Every legacy program is gone.
bool Left(HubLoop& loop, const Gateway* gateway) {
  if (gateway == nullptr) return true;
  std::promise<bool> left;
  loop.Post([&] { left.set_value(gateway->empty()); });
  return left.get_future().get();
}

// Nothing new comes in; waits until what is there is finished, or the time is over.
void Drain(HubLoop& loop, Hub& hub, RpcServer& rpc, Gateway* gateway, StopSignals& signals) {
  Log(LogLevel::kInfo, "draining");
  rpc.SayNotReady();
  loop.Post([&hub, gateway] {
    hub.Drain(kDrain + kLastWords);
    if (gateway != nullptr) gateway->Drain();
  });
  const auto end = std::chrono::steady_clock::now() + kDrain;
  milliseconds patience = kLastWords;
  while (!Quiet(loop, hub, gateway) && std::chrono::steady_clock::now() < end) {
    if (!signals.Wait(kLook)) continue;
    patience = kSecondSignal;
    break;
  }
  if (gateway != nullptr) loop.Post([gateway] { gateway->SendAway(); });
  rpc.Stop(patience);
  const auto last = std::chrono::steady_clock::now() + patience;
  while (!Left(loop, gateway) && std::chrono::steady_clock::now() < last) {
    std::this_thread::sleep_for(kLook);
  }
}

}  // namespace

int Serve(const Config& config, DataFolder& folder) {
  // Debian's Abseil looks for cycles at every lock, as is meant for debugging; gRPC takes many.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  StopSignals signals;
  HubLoop loop;
  auto engine = OpenEngine(
      {.kind = std::string(EngineName(config.engine.kind)), .folder = folder.path()}, loop);
  if (!engine.ok()) return Complain(engine.status());
  ThreadWorkshop workshop(loop);
  Hub hub(HubOptions(config), loop, workshop, **engine);
  Reception reception(folder.owner_token(), hub.tokens(), loop);

  const auto where = WhereToListen(config, folder);
  if (!where.ok()) return Complain(where.status());
  auto gateway = StartGateway(config.gateway, folder, hub, loop, workshop);
  if (!gateway.ok()) return Complain(gateway.status());
  const auto metrics = StartMetrics(config.metrics, hub, loop);
  if (!metrics.ok()) return Complain(metrics.status());
  LoopThread loop_thread(loop);
  auto rpc = RpcServer::Start(*where, hub, loop, reception);
  if (!rpc.ok()) return Complain(rpc.status());
  if (absl::Status status = folder.WriteEndpoints((*rpc)->addresses()); !status.ok()) {
    (*rpc)->Stop(kSecondSignal);
    return Complain(status);
  }
  for (const std::string& address : (*rpc)->addresses()) {
    Log(LogLevel::kInfo, "listening", {{"address", address}});
  }
  Log(LogLevel::kInfo, "ready", {{"hub", config.name}, {"data", folder.path().string()}});

  signals.Wait();
  Drain(loop, hub, **rpc, gateway->get(), signals);
  Log(LogLevel::kInfo, "ended");
  return 0;
}

}  // namespace chathub
