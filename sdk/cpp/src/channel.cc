#include "chathub/channel.h"

#include <fstream>
#include <iterator>

#include "chathub/internal/rpc_status.pb.h"

namespace chathub {
namespace {

constexpr int kKeepaliveTimeMs = 10'000;
constexpr int kKeepaliveTimeoutMs = 5'000;
// What gRPC calls the least time between two attempts is also the time one attempt may take.
constexpr int kConnectTimeoutMs = 5'000;
constexpr int kFirstRetryMs = 100;

std::string TextOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string((std::istreambuf_iterator<char>(file)), {});
}

// Read for every channel, so that new files count for the next.
std::shared_ptr<grpc::ChannelCredentials> CredentialsFor(const HubAddress& address) {
  if (address.ca.empty() || address.target.starts_with("unix")) {
    return grpc::InsecureChannelCredentials();
  }
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = TextOf(address.ca);
  if (!address.key.empty()) {
    options.pem_cert_chain = TextOf(address.certificate);
    options.pem_private_key = TextOf(address.key);
  }
  return grpc::SslCredentials(options);
}

}  // namespace

std::shared_ptr<grpc::Channel> MakeChannel(const HubAddress& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveTimeMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kFirstRetryMs);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kConnectTimeoutMs);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kConnectTimeoutMs);
  // Its pings cost each end a wake-up for every frame or two.
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  // Otherwise a new channel would wait out the failures of another one to the same target.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  // A proxy for the web must not come between a program and the hub on its own machine.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return grpc::CreateCustomChannel(address.target, CredentialsFor(address), arguments);
}

void Authorize(grpc::ClientContext& context, const HubAddress& address, std::string_view peer) {
  context.AddMetadata("authorization", "Bearer " + address.token);
  if (!peer.empty()) context.AddMetadata("chathub-peer", std::string(peer));
}

std::optional<v1::Problem> ProblemOf(const grpc::Status& status) {
  internal::RpcStatus details;
  if (status.error_details().empty() || !details.ParseFromString(status.error_details())) {
    return std::nullopt;
  }
  v1::Problem problem;
  if (details.details().empty() || !details.details(0).UnpackTo(&problem)) return std::nullopt;
  return problem;
}

std::string Explain(const grpc::Status& status) {
  if (const auto problem = ProblemOf(status); problem && !problem->detail().empty()) {
    return problem->detail();
  }
  return status.error_message().empty() ? "gRPC status " + std::to_string(status.error_code())
                                        : status.error_message();
}

}  // namespace chathub
