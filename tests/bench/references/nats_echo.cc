// Answers requests through a NATS server with what they said: nats-echo URL NUMBER.
#include <nats/nats.h>
#include <unistd.h>

#include <iostream>

#include "tests/bench/references/nats_connection.h"

int main(int count, char** words) {
  if (count != 3) return 2;
  natsConnection* connection = chathub::bench::ConnectToNats(words[1]);
  const auto answer = [](natsConnection* the_connection, natsSubscription*, natsMsg* message,
                         void*) {
    natsConnection_Publish(the_connection, natsMsg_GetReply(message), natsMsg_GetData(message),
                           natsMsg_GetDataLength(message));
    natsMsg_Destroy(message);
  };
  natsSubscription* subscription = nullptr;
  const std::string subject = std::string("work.") + words[2];
  chathub::bench::Check(
      natsConnection_Subscribe(&subscription, connection, subject.c_str(), answer, nullptr));
  chathub::bench::Check(natsConnection_Flush(connection));
  std::cout << "ready" << std::endl;
  pause();
}
