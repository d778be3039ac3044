// A load program (closed_loop.h) that asks through a NATS server: nats-load URL ECHOES.
//
// Request and reply as the client library does many at a time: one inbox for all answers. Every
// publish goes out at once.
#include <nats/nats.h>

#include "tests/bench/programs/closed_loop.h"
#include "tests/bench/references/nats_connection.h"

int main(int count, char** words) {
  using chathub::bench::ClosedLoop;
  if (count != 3) return 2;
  natsConnection* connection = chathub::bench::ConnectToNats(words[1]);
  const int echoes = std::stoi(words[2]);
  natsInbox* inbox = nullptr;
  chathub::bench::Check(natsInbox_Create(&inbox));
  ClosedLoop loop([&](int slot) {
    const std::string subject = "work." + std::to_string(slot % echoes);
    const std::string text = chathub::bench::TextOf("", slot);
    natsConnection_PublishRequest(connection, subject.c_str(), inbox, text.data(),
                                  static_cast<int>(text.size()));
  });
  natsSubscription* subscription = nullptr;
  const auto hear = [](natsConnection*, natsSubscription*, natsMsg* message, void* the_loop) {
    const std::string_view text(natsMsg_GetData(message),
                                static_cast<std::size_t>(natsMsg_GetDataLength(message)));
    static_cast<ClosedLoop*>(the_loop)->Returned(chathub::bench::SlotIn(text));
    natsMsg_Destroy(message);
  };
  chathub::bench::Check(natsConnection_Subscribe(&subscription, connection, inbox, hear, &loop));
  chathub::bench::Check(natsConnection_Flush(connection));
  return loop.Obey();
}
