#include <CLI/CLI.hpp>
#include <chrono>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "chathub/v1/admin.grpc.pb.h"
#include "hub/cli/commands.h"
#include "hub/cli/hub_client.h"
#include "hub/cli/peer_wait.h"
#include "hub/cli/printing.h"

namespace chathub::cli {
namespace {

constexpr double kLongestTimeout = 86400;

void PrintPeers(std::ostream& out, const v1::ListPeersResponse& response) {
  std::vector<TableRow> rows = {{"PEER", "ATTACHED", "HOLDS", "WAITING", "ROUTES", "SERVICE"}};
  for (const v1::Peer& peer : response.peers()) {
    rows.push_back({Shown(peer.name()) + (peer.leaving() ? " (leaving)" : ""),
                    Shown(peer.attached_at()), std::to_string(peer.in_flight()),
                    std::to_string(peer.waiting()), std::to_string(peer.routes()),
                    Shown(peer.service())});
  }
  PrintTable(out, rows);
}

std::string RefuseTimeout(const std::string& seconds) {
  double value = -1;
  const bool number = absl::SimpleAtod(seconds, &value);
  return number && value >= 0 && value <= kLongestTimeout ? "" : "needs seconds, at most a day";
}

class PeersCommand final : public Command {
 public:
  void Describe(CLI::App& app) override {
    DescribeHub(app, hub_);
    DescribeJson(app, json_);
    auto* wait = app.add_option("--wait", names_,
                                "Wait until all are attached, and for the hub too; prints nothing. "
                                "For example adapter/shell,echo (echo is handler/echo)");
    wait->type_name("NAMES")->check(RefusePeerNames);
    app.add_option("--timeout", timeout_, "Wait at most so long")
        ->type_name("SECONDS")
        ->check(RefuseTimeout)
        ->needs(wait)
        ->capture_default_str();
  }

  int Run(const Outside& outside) override {
    return names_.empty() ? List(outside) : Wait(outside);
  }

 private:
  int List(const Outside& outside) {
    const auto client = HubClient::Find(hub_);
    if (!client.ok()) return Complain(outside, client.status());
    const auto peers = client->Call(&v1::Admin::Stub::ListPeers, v1::ListPeersRequest());
    if (!peers.ok()) return Complain(outside, peers.status());
    if (!json_) PrintPeers(outside.out, *peers);
    for (const v1::Peer& peer : peers->peers()) {
      if (json_) PrintJson(outside.out, peer);
    }
    return kOk;
  }

  // Prints nothing: the exit code is the answer.
  int Wait(const Outside& outside) {
    const auto timeout = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::duration<double>(timeout_));
    const absl::Status status = WaitForPeers(hub_, PeerNames(names_), timeout);
    return status.ok() ? kOk : Complain(outside, status);
  }

  HubOptions hub_;
  bool json_ = false;
  std::string names_;
  double timeout_ = 30;
};

}  // namespace

std::unique_ptr<Command> MakePeers() { return std::make_unique<PeersCommand>(); }

}  // namespace chathub::cli
