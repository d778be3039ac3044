#include <CLI/CLI.hpp>
#include <chrono>
#include <ostream>
#include <string>
#include <vector>

#include "chathub/v1/admin.grpc.pb.h"
#include "hub/cli/commands.h"
#include "hub/cli/hub_client.h"
#include "hub/cli/printing.h"

namespace chathub::cli {
namespace {

// A bot may think for 10 seconds.
constexpr std::chrono::seconds kPatienceWithBots{20};

// Without what all names of an enum have in common.
std::string Word(const std::string& name, std::string_view prefix) {
  return name.starts_with(prefix) ? name.substr(prefix.size()) : name;
}

// `botica list|stop`.
class BoticaCommand final : public Command {
 public:
  void Describe(CLI::App& app) override {
    app.require_subcommand(1);
    list_ = Add(app, "list", "the bots that this hub directs, and how they are");
    stop_ = Add(app, "stop", "asks a bot to stop, and waits for what becomes of it");
    stop_->add_option("id", id_, "Its id")->type_name("ID")->required();
    stop_->add_flag("--force", force_, "Stop it after 3 seconds whatever it says");
  }

  int Run(const Outside& outside) override {
    const auto client = HubClient::Find(hub_);
    if (!client.ok()) return Complain(outside, client.status());
    return *list_ ? List(*client, outside) : Stop(*client, outside);
  }

 private:
  CLI::App* Add(CLI::App& app, const char* name, const char* summary) {
    return AddHubSubcommand(app, {name, summary}, hub_, json_);
  }

  int List(const HubClient& client, const Outside& outside) const {
    const auto bots = client.Call(&v1::Admin::Stub::ListBoticaBots, v1::ListBoticaBotsRequest());
    if (!bots.ok()) return Complain(outside, bots.status());
    std::vector<TableRow> rows = {{"BOT", "STATUS", "LAST HEARTBEAT"}};
    for (const v1::BoticaBot& bot : bots->bots()) {
      if (json_) PrintJson(outside.out, bot);
      rows.push_back({Shown(bot.id()), Word(v1::BoticaStatus_Name(bot.status()), "BOTICA_STATUS_"),
                      bot.has_last_heartbeat() ? Shown(bot.last_heartbeat()) : "never"});
    }
    if (!json_) PrintTable(outside.out, rows);
    return kOk;
  }

  int Stop(const HubClient& client, const Outside& outside) const {
    v1::StopBoticaBotRequest request;
    request.set_id(id_);
    request.set_force(force_);
    const auto stopped = client.Call(&v1::Admin::Stub::StopBoticaBot, request, kPatienceWithBots);
    if (!stopped.ok()) return Complain(outside, stopped.status());
    if (json_) PrintJson(outside.out, *stopped);
    if (!json_) {
      outside.out << Word(v1::BoticaStopOutcome_Name(stopped->outcome()), "BOTICA_STOP_OUTCOME_")
                  << '\n';
    }
    return stopped->outcome() == v1::BOTICA_STOP_OUTCOME_STOPPED ? kOk : kFailed;
  }

  HubOptions hub_;
  bool json_ = false;
  bool force_ = false;
  std::string id_;
  CLI::App* list_ = nullptr;
  CLI::App* stop_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> MakeBotica() { return std::make_unique<BoticaCommand>(); }

}  // namespace chathub::cli
