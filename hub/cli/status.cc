#include <google/protobuf/util/time_util.h>

#include <CLI/CLI.hpp>
#include <ostream>
#include <string>

#include "chathub/v1/admin.grpc.pb.h"
#include "hub/cli/commands.h"
#include "hub/cli/hub_client.h"
#include "hub/cli/printing.h"

namespace chathub::cli {
namespace {

// `2d 3h 4m 5s`, from the first part that is not zero.
std::string Spoken(const google::protobuf::Duration& duration) {
  const auto seconds = duration.seconds();
  const std::pair<std::int64_t, const char*> parts[] = {
      {seconds / 86400, "d"}, {seconds / 3600 % 24, "h"}, {seconds / 60 % 60, "m"}};
  std::string spoken;
  for (const auto& [count, unit] : parts) {
    if (count > 0 || !spoken.empty()) spoken += std::to_string(count) + unit + " ";
  }
  return spoken + std::to_string(seconds % 60) + "s";
}

void PrintStatus(std::ostream& out, const v1::GetStatusResponse& status) {
  out << Shown(status.hub()) << ": chathub " << Shown(status.version()) << ", "
      << Shown(status.engine()) << " engine, up " << Spoken(status.uptime())
      << (status.draining() ? ", going away" : "") << '\n';
  PrintTable(out, {{"events", std::to_string(status.events())},
                   {"deliveries", std::to_string(status.deliveries()),
                    std::to_string(status.waiting_deliveries()) + " waiting"},
                   {"finished", std::to_string(status.finished())},
                   {"orders", std::to_string(status.orders()),
                    std::to_string(status.waiting_orders()) + " waiting",
                    std::to_string(status.in_doubt()) + " in doubt"},
                   {"dead letters", std::to_string(status.dead_letters())}});
  for (const std::string& trouble : status.troubles()) out << "trouble: " << Shown(trouble) << '\n';
}

class StatusCommand final : public Command {
 public:
  void Describe(CLI::App& app) override {
    DescribeHub(app, hub_);
    DescribeJson(app, json_);
  }

  int Run(const Outside& outside) override {
    const auto client = HubClient::Find(hub_);
    if (!client.ok()) return Complain(outside, client.status());
    const auto status = client->Call(&v1::Admin::Stub::GetStatus, v1::GetStatusRequest());
    if (!status.ok()) return Complain(outside, status.status());
    json_ ? PrintJson(outside.out, *status) : PrintStatus(outside.out, *status);
    return kOk;
  }

 private:
  HubOptions hub_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeStatus() { return std::make_unique<StatusCommand>(); }

}  // namespace chathub::cli
