#include <CLI/CLI.hpp>
#include <iostream>
#include <ostream>
#include <string>

#include "chathub/v1/admin.grpc.pb.h"
#include "hub/cli/commands.h"
#include "hub/cli/hub_client.h"
#include "hub/cli/printing.h"

namespace chathub::cli {
namespace {

// `account add|remove|list`. A password never stands among the arguments: others could read it.
class AccountCommand final : public Command {
 public:
  void Describe(CLI::App& app) override {
    app.require_subcommand(1);
    add_ = Add(app, "add", "a new account, or another password for one");
    add_->add_option("name", name_, "Its name")->type_name("NAME")->required();
    add_->add_flag("--password-stdin", from_stdin_, "The password is a line of the standard input")
        ->required();
    remove_ = Add(app, "remove", "its bots cannot come again");
    remove_->add_option("name", name_, "Its name")->type_name("NAME")->required();
    list_ = Add(app, "list", "the names of all accounts");
  }

  int Run(const Outside& outside) override {
    const auto client = HubClient::Find(hub_);
    if (!client.ok()) return Complain(outside, client.status());
    if (*list_) return List(*client, outside);
    return *add_ ? AddOne(*client, outside) : RemoveOne(*client, outside);
  }

 private:
  CLI::App* Add(CLI::App& app, const char* name, const char* summary) {
    return AddHubSubcommand(app, {name, summary}, hub_, json_);
  }

  int AddOne(const HubClient& client, const Outside& outside) const {
    v1::AddAccountRequest request;
    request.set_name(name_);
    std::getline(std::cin, *request.mutable_password());
    const auto added = client.Call(&v1::Admin::Stub::AddAccount, request);
    if (!added.ok()) return Complain(outside, added.status());
    if (json_) PrintJson(outside.out, *added);
    return kOk;
  }

  int RemoveOne(const HubClient& client, const Outside& outside) const {
    v1::RemoveAccountRequest request;
    request.set_name(name_);
    const auto removed = client.Call(&v1::Admin::Stub::RemoveAccount, request);
    if (!removed.ok()) return Complain(outside, removed.status());
    if (json_) PrintJson(outside.out, *removed);
    return kOk;
  }

  int List(const HubClient& client, const Outside& outside) const {
    const auto accounts = client.Call(&v1::Admin::Stub::ListAccounts, v1::ListAccountsRequest());
    if (!accounts.ok()) return Complain(outside, accounts.status());
    if (json_) PrintJson(outside.out, *accounts);
    for (const std::string& name : accounts->names()) {
      if (!json_) outside.out << Shown(name) << '\n';
    }
    return kOk;
  }

  HubOptions hub_;
  bool json_ = false;
  bool from_stdin_ = false;
  std::string name_;
  CLI::App* add_ = nullptr;
  CLI::App* remove_ = nullptr;
  CLI::App* list_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> MakeAccount() { return std::make_unique<AccountCommand>(); }

}  // namespace chathub::cli
