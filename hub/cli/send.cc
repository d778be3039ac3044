#include <CLI/CLI.hpp>
#include <ostream>
#include <string>

#include "chathub/v1/chat.grpc.pb.h"
#include "hub/base/secrets.h"
#include "hub/cli/commands.h"
#include "hub/cli/hub_client.h"
#include "hub/cli/place.h"
#include "hub/cli/printing.h"

namespace chathub::cli {
namespace {

class SendCommand final : public Command {
 public:
  void Describe(CLI::App& app) override {
    DescribeHub(app, hub_);
    DescribeJson(app, json_);
    app.add_option("target", target_, "A room, or with --user a user, as ADAPTER/ID")
        ->type_name("TARGET")
        ->required()
        ->check(RefuseId);
    app.add_option("text", text_, "What to say")->type_name("TEXT")->required();
    app.add_flag("--user", to_user_, "Privately, to a user");
  }

  int Run(const Outside& outside) override {
    const auto client = HubClient::Find(hub_);
    if (!client.ok()) return Complain(outside, client.status());
    const auto sent = client->Call(&v1::Chat::Stub::SendMessage, Request());
    if (!sent.ok()) return Complain(outside, sent.status());
    if (json_) {
      PrintJson(outside.out, *sent);
    } else {
      outside.out << "kept as " << Shown(sent->key()) << '\n';
    }
    return kOk;
  }

 private:
  v1::SendMessageRequest Request() const {
    v1::SendMessageRequest request;
    // A call that gRPC repeats must not be said twice.
    request.set_request_id(RandomId());
    *request.mutable_conversation() =
        to_user_ ? ConversationOf("", target_) : ConversationOf(target_, "");
    request.mutable_content()->set_text(text_);
    return request;
  }

  HubOptions hub_;
  bool json_ = false;
  bool to_user_ = false;
  std::string target_;
  std::string text_;
};

}  // namespace

std::unique_ptr<Command> MakeSend() { return std::make_unique<SendCommand>(); }

}  // namespace chathub::cli
