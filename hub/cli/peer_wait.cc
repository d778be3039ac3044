#include "hub/cli/peer_wait.h"

#include <algorithm>
#include <cstdio>
#include <set>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/strings/str_split.h"
#include "chathub/v1/admin.grpc.pb.h"
#include "hub/base/names.h"
#include "hub/cli/hub_client.h"

namespace chathub::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kBetweenQuestions(50);
constexpr milliseconds kPatienceWithOneQuestion(1000);

std::string FullName(const std::string& name) {
  return name.find('/') == std::string::npos ? "handler/" + name : name;
}

// Finds the hub anew: it may listen elsewhere since the last time.
absl::StatusOr<std::set<std::string>> Attached(const HubOptions& hub) {
  const auto client = HubClient::Find(hub);
  if (!client.ok()) return client.status();
  const auto response =
      client->Call(&v1::Admin::Stub::ListPeers, v1::ListPeersRequest(), kPatienceWithOneQuestion);
  if (!response.ok()) return response.status();
  std::set<std::string> attached;
  for (const v1::Peer& peer : response->peers()) {
    if (!peer.leaving()) attached.insert(peer.name());
  }
  return attached;
}

std::string Missing(const std::vector<std::string>& names, const std::set<std::string>& attached) {
  std::string missing;
  for (const std::string& name : names) {
    if (attached.contains(name)) continue;
    missing.append(missing.empty() ? "" : ", ").append(name);
  }
  return missing;
}

absl::Status TimedOut(const std::string& missing, milliseconds timeout,
                      const absl::Status& trouble) {
  char seconds[32];
  std::snprintf(seconds, sizeof seconds, "%g", std::chrono::duration<double>(timeout).count());
  std::string what = "not attached after " + std::string(seconds) + " s: " + missing;
  if (!trouble.ok()) what += "; " + std::string(trouble.message());
  // Not "unreachable": who waits has asked for these peers, not for the hub.
  return absl::Status(absl::StatusCode::kFailedPrecondition, what);
}

}  // namespace

std::vector<std::string> PeerNames(const std::string& list) {
  std::vector<std::string> names = absl::StrSplit(list, ',');
  std::transform(names.begin(), names.end(), names.begin(), FullName);
  return names;
}

std::string RefusePeerNames(const std::string& list) {
  for (const std::string& name : PeerNames(list)) {
    if (!ParsePeerName(name)) {
      return "\"" + name + "\" is not the name of a peer, for example adapter/shell";
    }
  }
  return "";
}

absl::Status WaitForPeers(const HubOptions& hub, const std::vector<std::string>& names,
                          milliseconds timeout) {
  const auto end = steady_clock::now() + timeout;
  while (true) {
    const auto attached = Attached(hub);
    if (!attached.ok() && ExitCodeOf(attached.status()) != kUnreachable) return attached.status();
    const std::string missing = Missing(names, attached.ok() ? *attached : std::set<std::string>());
    if (missing.empty()) return absl::OkStatus();
    if (steady_clock::now() >= end) return TimedOut(missing, timeout, attached.status());
    std::this_thread::sleep_for(kBetweenQuestions);
  }
}

}  // namespace chathub::cli
