// Which mailboxes there are: one for each configured adapter, one for each handler heard of.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/functional/any_invocable.h"
#include "hub/core/mailboxes/adapter_mailbox.h"

namespace chathub {

class HandlerMailbox;

// Mailboxes live as long as the directory.
class Directory : public AdapterMailbox::Author {
 public:
  using Adapters = std::map<std::string, std::unique_ptr<AdapterMailbox>, std::less<>>;
  using Handlers = std::map<std::string, std::unique_ptr<HandlerMailbox>, std::less<>>;
  using MakeHandler = absl::AnyInvocable<std::unique_ptr<HandlerMailbox>(const std::string& name)>;

  Directory();
  ~Directory() override;
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;

  void Add(std::unique_ptr<AdapterMailbox> adapter);
  // How a handler's mailbox is made when its name is first used.
  void MakeHandlersWith(MakeHandler make) { make_handler_ = std::move(make); }

  // Null: not configured.
  AdapterMailbox* FindAdapter(std::string_view name) const;
  // Null: never heard of.
  HandlerMailbox* FindHandler(std::string_view name) const;
  HandlerMailbox& Handler(const std::string& name);

  const Adapters& adapters() const { return adapters_; }
  const Handlers& handlers() const { return handlers_; }

  // For what an earlier life of the hub left: held until it is settled. Null: no such adapter.
  Duty RestoredDuty(std::string_view adapter) const;

  // Who hears of every order that is done, besides its author.
  using HearDone = absl::AnyInvocable<void(const v1::Order& order, const v1::Done& done)>;
  void TellDone(HearDone hear) { hear_done_ = std::move(hear); }

  // Tells the instance that ordered it.
  void OrderDone(const internal::Envelope& order, v1::Done&& done) override;

 private:
  Adapters adapters_;
  Handlers handlers_;
  MakeHandler make_handler_;
  HearDone hear_done_;
};

}  // namespace chathub
