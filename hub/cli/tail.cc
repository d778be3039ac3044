#include <CLI/CLI.hpp>
#include <ostream>
#include <string>

#include "chathub/v1/admin.grpc.pb.h"
#include "hub/cli/commands.h"
#include "hub/cli/hub_client.h"
#include "hub/cli/printing.h"

namespace chathub::cli {
namespace {

// One line for each; who reads along wants it at once.
void PrintEntry(std::ostream& out, const v1::TailEntry& entry) {
  out << Shown(entry.at()) << ' ' << Shown(entry.what()) << ' ' << Shown(entry.id());
  if (!entry.from().empty()) out << " from " << Shown(entry.from());
  if (!entry.to().empty()) out << " to " << Shown(entry.to());
  if (!entry.text().empty()) out << ": " << Shown(entry.text());
  out << '\n';
}

class TailCommand final : public Command {
 public:
  void Describe(CLI::App& app) override {
    DescribeHub(app, hub_);
    DescribeJson(app, json_);
  }

  // Until the hub ends or the user interrupts.
  int Run(const Outside& outside) override {
    const auto client = HubClient::Find(hub_);
    if (!client.ok()) return Complain(outside, client.status());
    grpc::ClientContext context;
    client->Prepare(context);
    const auto stream = v1::Admin::NewStub(client->channel())->Tail(&context, v1::TailRequest());
    v1::TailResponse response;
    while (stream->Read(&response)) Print(outside.out, response);
    const grpc::Status status = stream->Finish();
    return status.ok() ? kOk : Complain(outside, ToStatus(status, client->target()));
  }

 private:
  void Print(std::ostream& out, const v1::TailResponse& response) const {
    for (const v1::TailEntry& entry : response.entries()) {
      json_ ? PrintJson(out, entry) : PrintEntry(out, entry);
    }
    out.flush();
  }

  HubOptions hub_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeTail() { return std::make_unique<TailCommand>(); }

}  // namespace chathub::cli
