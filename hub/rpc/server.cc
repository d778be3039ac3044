#include "hub/rpc/server.h"

#include <grpc/grpc.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <chrono>
#include <future>
#include <thread>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/wakefulness.h"
#include "hub/rpc/adapter_service.h"
#include "hub/rpc/admin_service.h"
#include "hub/rpc/call.h"
#include "hub/rpc/chat_service.h"
#include "hub/rpc/desk.h"
#include "hub/rpc/handler_service.h"
#include "hub/rpc/health_service.h"
#include "hub/rpc/outbox.h"
#include "hub/rpc/reflection_service.h"
#include "hub/rpc/robot_service.h"
#include "hub/rpc/rooms_service.h"
#include "hub/rpc/store_service.h"
#include "hub/rpc/tag.h"
#include "hub/rpc/users_service.h"

namespace chathub {
namespace {

constexpr int kKeepaliveEvery = 10'000;  // milliseconds
constexpr int kKeepalivePatience = 5'000;
constexpr int kMostOftenPinged = 5'000;
constexpr int kHandshakePatience = 5'000;
constexpr int kMostStreamsPerConnection = 100;
constexpr int kMostInOneLap = 256;  // what gRPC hands back, before others have their turn

void Configure(grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(kLargestFrame);
  // A small frame must not become a large one before its size is looked at.
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_GZIP, false);
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_DEFLATE, false);
  builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_COMPRESSION, 0);
  builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);  // a taken port is an error
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveEvery);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepalivePatience);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             kMostOftenPinged);
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, kHandshakePatience);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  builder.AddChannelArgument(GRPC_ARG_ENABLE_CHANNELZ, 0);  // nobody asks, and it costs each peer
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kMostStreamsPerConnection);
}

bool IsUnix(const std::string& address) { return address.starts_with("unix:"); }

std::shared_ptr<grpc::ServerCredentials> CredentialsFor(const std::string& address,
                                                        const RpcOptions& options) {
  if (IsUnix(address) || !options.tls) return grpc::InsecureServerCredentials();
  return TlsCredentials(*options.tls);
}

// `127.0.0.1:0` with the port that was found.
std::string WithPort(const std::string& address, int port) {
  if (IsUnix(address)) return address;
  return address.substr(0, address.rfind(':') + 1) + std::to_string(port);
}

}  // namespace

struct RpcServer::Parts : Tokens::Listener {
  Parts(Hub& the_hub, HubLoop& the_loop, Reception& the_reception)
      : hub(the_hub), loop(the_loop), reception(the_reception) {}

  // Whoever came in with it must go.
  void TokenEnded(const std::string& id, const absl::Status& why) override;

  void ServeAll();
  void RunQueue();
  // Waits for what gRPC hands back next. False: there will be nothing any more.
  bool Next(void** tag, bool* ok);
  // Does not wait.
  bool NextAtOnce(void** tag, bool* ok);
  // Main thread: asks the hub thread.
  bool AllGone();

  Hub& hub;
  HubLoop& loop;
  Reception& reception;

  grpc::AsyncGenericService service;
  Health health;
  std::vector<std::string> addresses;

  std::unique_ptr<grpc::ServerCompletionQueue> queue;
  Wakefulness wakefulness;  // of the thread at the queue
  std::unique_ptr<grpc::Server> server;
  std::unique_ptr<Desk> desk;
  std::thread thread;
};

void RpcServer::Parts::TokenEnded(const std::string& id, const absl::Status& why) {
  for (auto& [stream, open] : desk->open_streams) {
    if (open.token == id) open.close(why);
  }
}

void RpcServer::Parts::ServeAll() {
  ServeAdapters(*desk);
  ServeHandlers(*desk);
  ServeChat(*desk);
  ServeStore(*desk);
  ServeUsers(*desk);
  ServeRooms(*desk);
  ServeAdmin(*desk);
  ServeRobot(*desk);
  health.Serve(*desk);
  ServeReflection(*desk);
  Call::Accept(*desk);
}

// What has come meanwhile is handled in the same turn, and what that makes the hub say is written
// behind it: so many items go in one frame. What a stream has put off is heard between what comes.
void RpcServer::Parts::RunQueue() {
  Turn& turn = loop.turn();
  void* tag = nullptr;
  bool ok = false;
  while (Next(&tag, &ok)) {
    if (!turn.Take([tag, ok] { static_cast<Tag*>(tag)->Proceed(ok); })) continue;
    static_cast<Tag*>(tag)->Proceed(ok);
    do {
      int tags = 0;
      while (tags < kMostInOneLap && NextAtOnce(&tag, &ok)) {
        static_cast<Tag*>(tag)->Proceed(ok);
        ++tags;
      }
      desk->busy = tags > 0;
    } while (turn.GoOn());
    desk->busy = false;
    turn.End();
  }
}

bool RpcServer::Parts::NextAtOnce(void** tag, bool* ok) {
  return queue->AsyncNext(tag, ok, gpr_inf_past(GPR_CLOCK_MONOTONIC)) ==
         grpc::CompletionQueue::GOT_EVENT;
}

bool RpcServer::Parts::Next(void** tag, bool* ok) {
  const auto since = std::chrono::steady_clock::now();
  const auto waited = [since] { return std::chrono::steady_clock::now() - since; };
  bool came = false;
  while (!came && wakefulness.awake() && waited() < Wakefulness::kShort) {
    came = NextAtOnce(tag, ok);
    if (!came) std::this_thread::yield();
  }
  if (!came) came = queue->Next(tag, ok);
  wakefulness.Waited(waited());
  return came;
}

bool RpcServer::Parts::AllGone() {
  std::promise<bool> gone;
  loop.Post([this, &gone] { gone.set_value(desk->calls == 0); });
  return gone.get_future().get();
}

RpcServer::RpcServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

RpcServer::~RpcServer() = default;

absl::StatusOr<std::unique_ptr<RpcServer>> RpcServer::Start(const RpcOptions& options, Hub& hub,
                                                            HubLoop& loop, Reception& reception) {
  // Never given back: gRPC's global shutdown joins a thread that may sleep for 10 s.
  grpc_init();
  auto parts = std::make_unique<Parts>(hub, loop, reception);
  grpc::ServerBuilder builder;
  Configure(builder);
  std::vector<int> ports(options.addresses.size(), 0);
  for (std::size_t i = 0; i < ports.size(); ++i) {
    builder.AddListeningPort(options.addresses[i], CredentialsFor(options.addresses[i], options),
                             &ports[i]);
  }
  builder.RegisterAsyncGenericService(&parts->service);
  parts->queue = builder.AddCompletionQueue();
  parts->server = builder.BuildAndStart();

  for (std::size_t i = 0; i < ports.size(); ++i) {
    if (parts->server != nullptr && ports[i] != 0) {
      parts->addresses.push_back(WithPort(options.addresses[i], ports[i]));
      continue;
    }
    if (parts->server != nullptr) parts->server->Shutdown();
    parts->queue->Shutdown();
    parts->RunQueue();
    return Fail(Reason::kGoingAway, "cannot listen on " + options.addresses[i] +
                                        "; is something else listening there?");
  }
  parts->desk.reset(new Desk{hub, loop, reception, *parts->queue, parts->service, {}, {}});
  parts->ServeAll();
  loop.Post([&hub, listener = parts.get()] { hub.tokens().Tell(listener); });
  parts->thread = std::thread([&parts = *parts] { parts.RunQueue(); });
  return std::unique_ptr<RpcServer>(new RpcServer(std::move(parts)));
}

const std::vector<std::string>& RpcServer::addresses() const { return parts_->addresses; }

void RpcServer::SayNotReady() {
  parts_->loop.Post([&health = parts_->health] { health.SayNotServing(); });
}

void RpcServer::Stop(std::chrono::milliseconds patience) {
  parts_->loop.Post([desk = parts_->desk.get()] {
    desk->hub.tokens().Tell(nullptr);
    desk->closing = true;
    for (auto& [stream, open] : desk->open_streams) {
      open.close(Fail(Reason::kGoingAway, "the hub is going away"));
    }
  });
  parts_->server->Shutdown(std::chrono::system_clock::now() + patience);
  // What gRPC handed back may start another operation: the queue must not be shut down before.
  while (!parts_->AllGone()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  parts_->queue->Shutdown();
  parts_->thread.join();
}

}  // namespace chathub
