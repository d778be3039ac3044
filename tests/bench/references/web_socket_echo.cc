// Says again what it hears from a bare WebSocket relay: web-socket-echo PORT.
#include <iostream>

#include "tests/bench/references/web_socket_peer.h"

int main(int count, char** words) {
  if (count != 2) return 2;
  chathub::bench::WebSocketPeer peer(std::stoi(words[1]), "/echo");
  std::cout << "ready" << std::endl;
  peer.Run([&](std::string_view text) { peer.Say(std::string(text)); });
}
