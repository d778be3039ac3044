// What a handler's function gets: the message that matched, and how to answer it.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "chathub/content.h"
#include "chathub/conversation.h"

namespace chathub {

namespace v1 {
class Action;
class Delivery;
class StoreWrite;
}  // namespace v1

namespace sdk {
class MessageState;
}  // namespace sdk

// Lives as long as the function runs, on the thread that runs it; Cancelled, Say and Update may be
// called from others meanwhile.
class Message {
 public:
  explicit Message(std::unique_ptr<sdk::MessageState> state);
  ~Message();
  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;

  // The text that was matched, without the mention or prefix.
  const std::string& Text() const;
  // A named capture or argument; empty if it took no part in the match.
  std::string Capture(std::string_view name) const;
  // A capture by number; 0 is the whole match.
  std::string Group(int index) const;
  const chathub::User& User() const;
  const chathub::Conversation& Conversation() const;
  const chathub::Room& Room() const;
  // The message itself, to be edited or reacted to.
  MessageRef Ref() const;
  // From 1; above 1 somebody had it before and did not finish.
  std::uint32_t Attempt() const;
  bool Addressed() const;
  // What is left of the user's patience, after which the hub answers by itself.
  std::chrono::milliseconds TimeLeft() const;
  // All that came over the wire; include "chathub/v1/handlers.pb.h" to use it.
  const v1::Delivery& Delivery() const;

  // The answer: happens in this order, all together, when the function returns.
  void Reply(Content content);
  void ReplyAt(std::chrono::system_clock::time_point not_before, Content content);
  void Edit(const MessageRef& target, Content content);
  void React(std::string emoji);
  void React(const MessageRef& target, std::string emoji);
  void Delete(const MessageRef& target);
  void Do(v1::Action action);

  // Writes to the handler's memory in the hub: together with the answer, or not at all. If a
  // value's revision is another one by then (0: there is no such key), the function runs again.
  void StorePut(std::string key, std::string value,
                std::optional<std::uint64_t> if_revision = std::nullopt);
  // To a decimal number; a missing one counts as 0.
  void StoreAdd(std::string key, std::int64_t amount);
  void StoreRemove(std::string key);
  void Store(v1::StoreWrite write);

  // Progress: sent at once; restarts the user's patience; may be seen twice after a failure.
  MessageRef Say(Content content);
  // Changes at once what an earlier Say posted.
  void Update(const MessageRef& target, Content content);

  // Gives up: no answer, and the message goes to another instance or comes again. `why` is for the
  // log. Throwing does the same.
  void Nack(std::string why, std::chrono::milliseconds retry_after = {});
  // Somebody else has ended it; what the function still says is not heard.
  bool Cancelled() const;

 private:
  std::unique_ptr<sdk::MessageState> state_;
};

}  // namespace chathub
