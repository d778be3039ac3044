// A connection to a NATS server that sends everything at once.
#pragma once

#include <nats/nats.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace chathub::bench {

inline void Check(natsStatus status) {
  if (status == NATS_OK) return;
  std::fprintf(stderr, "%s\n", natsStatus_GetText(status));
  std::exit(1);
}

inline natsConnection* ConnectToNats(const std::string& url) {
  natsOptions* options = nullptr;
  natsConnection* connection = nullptr;
  Check(natsOptions_Create(&options));
  Check(natsOptions_SetURL(options, url.c_str()));
  // Otherwise the client waits up to a millisecond for more.
  Check(natsOptions_SetSendAsap(options, true));
  Check(natsConnection_Connect(&connection, options));
  natsOptions_Destroy(options);
  return connection;
}

}  // namespace chathub::bench
