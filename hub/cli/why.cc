#include <CLI/CLI.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "chathub/v1/admin.grpc.pb.h"
#include "hub/cli/commands.h"
#include "hub/cli/hub_client.h"
#include "hub/cli/place.h"
#include "hub/cli/printing.h"

namespace chathub::cli {
namespace {

void PrintVerdicts(std::ostream& out, const v1::ExplainMessageResponse& explained) {
  out << (explained.addressed() ? "said to the bot" : "not said to the bot") << ": "
      << Shown(explained.text()) << '\n';
  std::vector<TableRow> rows = {{"HANDLER", "ROUTE", "REACHED", "WHY"}};
  for (const v1::RouteVerdict& verdict : explained.verdicts()) {
    rows.push_back({Shown(verdict.handler()), Shown(verdict.route()),
                    verdict.reached() ? "yes" : "no", Shown(verdict.why())});
  }
  PrintTable(out, rows);
}

class WhyCommand final : public Command {
 public:
  void Describe(CLI::App& app) override {
    DescribeHub(app, hub_);
    DescribeJson(app, json_);
    app.add_option("text", text_, "The message, as somebody would type it")
        ->type_name("TEXT")
        ->required();
    app.add_option("--user", user_, "Who says it, as ADAPTER/ID")->type_name("ID")->check(RefuseId);
    app.add_flag("--unauthenticated", unauthenticated_,
                 "As if the chat service did not vouch for who that is");
    app.add_option("--room", room_, "Where, as ADAPTER/ID; else privately")
        ->type_name("ID")
        ->check(RefuseId);
  }

  int Run(const Outside& outside) override {
    const auto client = HubClient::Find(hub_);
    if (!client.ok()) return Complain(outside, client.status());
    const auto explained = client->Call(&v1::Admin::Stub::ExplainMessage, Request());
    if (!explained.ok()) return Complain(outside, explained.status());
    json_ ? PrintJson(outside.out, *explained) : PrintVerdicts(outside.out, *explained);
    return kOk;
  }

 private:
  v1::ExplainMessageRequest Request() const {
    v1::ExplainMessageRequest request;
    request.set_text(text_);
    if (!user_.empty()) {
      request.mutable_user()->set_id(user_);
      request.mutable_user()->set_authenticated(!unauthenticated_);
    }
    *request.mutable_conversation() = ConversationOf(room_, user_);
    return request;
  }

  HubOptions hub_;
  bool json_ = false;
  std::string text_;
  std::string user_;
  bool unauthenticated_ = false;
  std::string room_;
};

}  // namespace

std::unique_ptr<Command> MakeWhy() { return std::make_unique<WhyCommand>(); }

}  // namespace chathub::cli
