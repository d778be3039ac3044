#include "hub/core/mailboxes/directory.h"

#include <string_view>
#include <utility>

#include "hub/core/mailboxes/handler_mailbox.h"

namespace chathub {

Directory::Directory() = default;

Directory::~Directory() = default;

void Directory::Add(std::unique_ptr<AdapterMailbox> adapter) {
  std::string name = adapter->name();
  adapters_[std::move(name)] = std::move(adapter);
}

AdapterMailbox* Directory::FindAdapter(std::string_view name) const {
  const auto found = adapters_.find(name);
  return found == adapters_.end() ? nullptr : found->second.get();
}

HandlerMailbox* Directory::FindHandler(std::string_view name) const {
  const auto found = handlers_.find(name);
  return found == handlers_.end() ? nullptr : found->second.get();
}

HandlerMailbox& Directory::Handler(const std::string& name) {
  auto& mailbox = handlers_[name];
  if (mailbox == nullptr) mailbox = make_handler_(name);
  return *mailbox;
}

Duty Directory::RestoredDuty(std::string_view adapter) const {
  AdapterMailbox* mailbox = FindAdapter(adapter);
  return mailbox == nullptr ? nullptr : mailbox->RestoredDuty();
}

void Directory::OrderDone(const internal::Envelope& order, v1::Done&& done) {
  if (hear_done_) hear_done_(order.order(), done);
  constexpr std::string_view kHandler = "handler/";
  const std::string_view author = order.from();
  if (!author.starts_with(kHandler)) return;
  HandlerMailbox* mailbox = FindHandler(author.substr(kHandler.size()));
  if (mailbox != nullptr) mailbox->OrderDone(order, std::move(done));
}

}  // namespace chathub
