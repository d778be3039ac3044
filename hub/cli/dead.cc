#include <CLI/CLI.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "chathub/v1/admin.grpc.pb.h"
#include "hub/cli/commands.h"
#include "hub/cli/hub_client.h"
#include "hub/cli/printing.h"

namespace chathub::cli {
namespace {

// What it was about, in one line.
std::string Gist(const v1::DeadLetter& letter) {
  if (letter.has_delivery()) return letter.delivery().text();
  if (letter.actions().empty()) return "";
  return letter.actions(0).send().content().text();
}

void PrintLetter(std::ostream& out, const v1::DeadLetter& letter) {
  out << "id        " << Shown(letter.id()) << '\n'
      << "died      " << Shown(letter.died_at()) << '\n'
      << "mailbox   " << Shown(letter.mailbox()) << '\n'
      << "why       " << Shown(letter.why()) << '\n'
      << "attempts  " << letter.attempts() << '\n'
      << "text      " << Shown(Gist(letter)) << '\n';
}

// `dead list|show|replay|drop`.
class DeadCommand final : public Command {
 public:
  void Describe(CLI::App& app) override {
    app.require_subcommand(1);
    list_ = Add(app, "list", "what nobody handled, the oldest first");
    list_->add_option("--mailbox", mailbox_, "Only of this one")->type_name("KIND/NAME");
    show_ = Add(app, "show", "one of them");
    show_->add_option("id", ids_, "Its id")->type_name("ID")->required()->expected(1);
    replay_ = Add(app, "replay", "puts them into their mailboxes again, as first attempts");
    drop_ = Add(app, "drop", "forgets them");
    for (CLI::App* each : {replay_, drop_}) {
      CLI::Option* ids = each->add_option("ids", ids_, "Their ids")->type_name("ID");
      each->add_option("--mailbox", mailbox_, "All of this one")
          ->type_name("KIND/NAME")
          ->excludes(ids);
    }
  }

  int Run(const Outside& outside) override {
    const auto client = HubClient::Find(hub_);
    if (!client.ok()) return Complain(outside, client.status());
    if (*list_) return List(*client, outside);
    if (*show_) return Show(*client, outside);
    if (ids_.empty() && mailbox_.empty()) {
      return Complain(outside, kUsage, "name the dead letters by their ids, or --mailbox");
    }
    return *replay_ ? Replay(*client, outside) : Drop(*client, outside);
  }

 private:
  CLI::App* Add(CLI::App& app, const char* name, const char* summary) {
    return AddHubSubcommand(app, {name, summary}, hub_, json_);
  }

  int List(const HubClient& client, const Outside& outside) const {
    v1::ListDeadLettersRequest request;
    request.set_mailbox(mailbox_);
    std::vector<TableRow> rows = {{"ID", "MAILBOX", "ATTEMPTS", "WHY", "TEXT"}};
    do {
      const auto page = client.Call(&v1::Admin::Stub::ListDeadLetters, request);
      if (!page.ok()) return Complain(outside, page.status());
      for (const v1::DeadLetter& letter : page->dead_letters()) {
        if (json_) PrintJson(outside.out, letter);
        rows.push_back({Shown(letter.id()), Shown(letter.mailbox()),
                        std::to_string(letter.attempts()), Shown(letter.why()),
                        Shown(Gist(letter))});
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    if (!json_) PrintTable(outside.out, rows);
    return kOk;
  }

  int Show(const HubClient& client, const Outside& outside) const {
    v1::GetDeadLetterRequest request;
    request.set_id(ids_.front());
    const auto found = client.Call(&v1::Admin::Stub::GetDeadLetter, request);
    if (!found.ok()) return Complain(outside, found.status());
    json_ ? PrintJson(outside.out, found->dead_letter())
          : PrintLetter(outside.out, found->dead_letter());
    return kOk;
  }

  int Replay(const HubClient& client, const Outside& outside) const {
    const auto done =
        client.Call(&v1::Admin::Stub::ReplayDeadLetters, Choice<v1::ReplayDeadLettersRequest>());
    if (!done.ok()) return Complain(outside, done.status());
    if (json_) PrintJson(outside.out, *done);
    if (!json_) outside.out << "replayed " << done->replayed() << '\n';
    return kOk;
  }

  int Drop(const HubClient& client, const Outside& outside) const {
    const auto done =
        client.Call(&v1::Admin::Stub::DropDeadLetters, Choice<v1::DropDeadLettersRequest>());
    if (!done.ok()) return Complain(outside, done.status());
    if (json_) PrintJson(outside.out, *done);
    if (!json_) outside.out << "dropped " << done->dropped() << '\n';
    return kOk;
  }

  template <typename Request>
  Request Choice() const {
    Request request;
    request.mutable_ids()->Add(ids_.begin(), ids_.end());
    request.set_mailbox(mailbox_);
    return request;
  }

  HubOptions hub_;
  bool json_ = false;
  std::vector<std::string> ids_;
  std::string mailbox_;
  CLI::App* list_ = nullptr;
  CLI::App* show_ = nullptr;
  CLI::App* replay_ = nullptr;
  CLI::App* drop_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> MakeDead() { return std::make_unique<DeadCommand>(); }

}  // namespace chathub::cli
