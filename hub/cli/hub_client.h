// One command's talk with a running hub.
#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "chathub/channel.h"
#include "chathub/hub_address.h"
#include "hub/cli/command.h"

namespace chathub::cli {

// `--data` and `--address`, which every command that asks the hub has.
void DescribeHub(CLI::App& app, HubOptions& options);

// `--json`.
void DescribeJson(CLI::App& app, bool& json);

struct SubcommandName {
  const char* name;
  const char* summary;
};

// A subcommand with both. Owned by `app`.
CLI::App* AddHubSubcommand(CLI::App& app, SubcommandName name, HubOptions& options, bool& json);

// How a call to a hub failed, as one sentence with what to do; the code is gRPC's.
absl::Status ToStatus(const grpc::Status& status, const std::string& target);

// kUnreachable, kUsage or kFailed.
ExitCode ExitCodeOf(const absl::Status& status);

// Complains, unless the hub's answer is a good one.
int Complain(const Outside& outside, const absl::Status& status);

// Made for one command and a handful of calls.
class HubClient {
 public:
  // Finds the hub; the network is first asked by a call.
  static absl::StatusOr<HubClient> Find(const HubOptions& options);

  const std::string& target() const { return address_.target; }

  // One question, one answer: Call(&v1::Admin::Stub::GetStatus, request).
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Stub::*rpc)(grpc::ClientContext*, const Request&,
                                                          Response*),
                                const Request& request,
                                std::chrono::milliseconds patience = kPatience) const {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + patience);
    Prepare(context);
    Stub stub(channel_);
    Response response;
    const grpc::Status status = (stub.*rpc)(&context, request, &response);
    if (!status.ok()) return ToStatus(status, target());
    return response;
  }

  // Puts the credential on a stream's context.
  void Prepare(grpc::ClientContext& context) const;
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

 private:
  static constexpr std::chrono::seconds kPatience{10};

  explicit HubClient(HubAddress address)
      : address_(std::move(address)), channel_(MakeChannel(address_)) {}

  HubAddress address_;
  // gRPC shares it with its calls.
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace chathub::cli
