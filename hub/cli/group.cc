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

class GroupCommand final : public Command {
 public:
  void Describe(CLI::App& app) override {
    app.require_subcommand(1);
    add_ = Add(app, "add", "puts a user into a group");
    remove_ = Add(app, "remove", "takes a user out of a group");
    list_ = Add(app, "list", "lists the groups and who is in them");
    for (CLI::App* change : {add_, remove_}) {
      change->add_option("group", group_, "The group's name")->type_name("GROUP")->required();
      change->add_option("user", user_, "Who, as ADAPTER/ID")
          ->type_name("ID")
          ->check(RefuseId)
          ->required();
    }
    list_->add_option("group", group_, "Only this one")->type_name("GROUP");
  }

  int Run(const Outside& outside) override {
    const auto client = HubClient::Find(hub_);
    if (!client.ok()) return Complain(outside, client.status());
    if (list_->parsed()) return List(*client, outside);
    return add_->parsed()
               ? Change<v1::AddToGroupRequest>(*client, &v1::Admin::Stub::AddToGroup, outside)
               : Change<v1::RemoveFromGroupRequest>(*client, &v1::Admin::Stub::RemoveFromGroup,
                                                    outside);
  }

 private:
  CLI::App* Add(CLI::App& app, const char* name, const char* summary) {
    return AddHubSubcommand(app, {name, summary}, hub_, json_);
  }

  template <typename Request, typename Rpc>
  int Change(const HubClient& client, Rpc rpc, const Outside& outside) const {
    Request request;
    request.set_group(group_);
    request.set_user(user_);
    const auto changed = client.Call(rpc, request);
    if (!changed.ok()) return Complain(outside, changed.status());
    if (json_) PrintJson(outside.out, *changed);
    return kOk;
  }

  int List(const HubClient& client, const Outside& outside) const {
    v1::ListGroupsRequest request;
    request.set_group(group_);
    const auto listed = client.Call(&v1::Admin::Stub::ListGroups, request);
    if (!listed.ok()) return Complain(outside, listed.status());
    std::vector<TableRow> rows = {{"GROUP", "USER"}};
    for (const v1::Group& group : listed->groups()) {
      if (json_) PrintJson(outside.out, group);
      for (const std::string& user : group.users()) {
        rows.push_back({Shown(group.name()), Shown(user)});
      }
    }
    if (!json_) PrintTable(outside.out, rows);
    return kOk;
  }

  HubOptions hub_;
  bool json_ = false;
  std::string group_;
  std::string user_;
  CLI::App* add_ = nullptr;
  CLI::App* remove_ = nullptr;
  CLI::App* list_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> MakeGroup() { return std::make_unique<GroupCommand>(); }

}  // namespace chathub::cli
