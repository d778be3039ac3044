#include "hub/cli/hub_client.h"

#include <CLI/CLI.hpp>

#include "hub/base/text.h"

namespace chathub::cli {
namespace {

// Long enough for every sentence of a hub.
constexpr std::size_t kLongestSentence = 2000;

std::string Sentence(const grpc::Status& status, const std::string& target) {
  const std::string words = ForLog(Explain(status), kLongestSentence);
  switch (status.error_code()) {
    case grpc::StatusCode::UNAVAILABLE:
      if (ProblemOf(status)) return "the hub at " + target + " is not available: " + words;
      return "no hub can be reached at " + target + " (start one with: chathub serve): " + words;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return "the hub at " + target + " does not answer in time";
    case grpc::StatusCode::UNAUTHENTICATED:
      return "the hub at " + target +
             " does not know this token; set CHATHUB_TOKEN, or name the hub's data folder with "
             "--data";
    case grpc::StatusCode::PERMISSION_DENIED:
      return words + "; the hub's owner may: use the token in its data folder";
    case grpc::StatusCode::UNIMPLEMENTED:
      if (ProblemOf(status)) return words;
      return "the hub at " + target + " does not know this command; it may be an older release";
    default:
      return words;
  }
}

absl::Status Unfound(absl::StatusCode code, const std::string& problem) {
  return absl::Status(code, problem);
}

}  // namespace

void DescribeHub(CLI::App& app, HubOptions& options) {
  app.add_option("--data", options.data_folder,
                 "The hub's data folder, where its address and token lie (else CHATHUB_DATA)")
      ->type_name("DIR");
  app.add_option("--address", options.address, "Where the hub listens (else CHATHUB_ADDRESS)")
      ->type_name("TARGET");
  app.add_option("--ca", options.ca,
                 "Whose certificate the hub must have, if it speaks TLS (else CHATHUB_CA)")
      ->type_name("FILE");
  app.add_option("--certificate", options.certificate,
                 "Ours, for a hub that asks for one (else CHATHUB_CERTIFICATE)")
      ->type_name("FILE");
  app.add_option("--key", options.key, "Its key (else CHATHUB_KEY)")->type_name("FILE");
}

void DescribeJson(CLI::App& app, bool& json) {
  app.add_flag("--json", json, "One JSON object in each line, as the .proto files name them");
}

CLI::App* AddHubSubcommand(CLI::App& app, SubcommandName name, HubOptions& options, bool& json) {
  CLI::App* added = app.add_subcommand(name.name, name.summary);
  DescribeHub(*added, options);
  DescribeJson(*added, json);
  return added;
}

absl::Status ToStatus(const grpc::Status& status, const std::string& target) {
  // gRPC's codes and Abseil's have the same numbers.
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), Sentence(status, target));
}

ExitCode ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return kUnreachable;
    case absl::StatusCode::kInvalidArgument:
      return kUsage;
    default:
      return kFailed;
  }
}

int Complain(const Outside& outside, const absl::Status& status) {
  return Complain(outside, ExitCodeOf(status), std::string(status.message()));
}

absl::StatusOr<HubClient> HubClient::Find(const HubOptions& options) {
  FoundHub found = FindHub(options);
  switch (found.outcome) {
    case FoundHub::Outcome::kNotRunning:
      return Unfound(absl::StatusCode::kUnavailable, found.problem);
    case FoundHub::Outcome::kMisconfigured:
      return Unfound(absl::StatusCode::kInvalidArgument, found.problem);
    case FoundHub::Outcome::kFound:
      break;
  }
  return HubClient(std::move(found.address));
}

void HubClient::Prepare(grpc::ClientContext& context) const {
  Authorize(context, address_, "client/cli");
}

}  // namespace chathub::cli
