// Says again what it hears from a bare WebSocket relay: web-socket-echo PORT.
#include <iostream>

#include "tests/bench/references/web_socket_peer.h"

int main(int count, char** words) {
  using namespace chathub::bench;
  if (count != 2) return 2;
  WebSocketLoop sockets;
  WebSocketPeer peer(sockets, std::stoi(words[1]), "/echo");
  peer.Listen([&](std::string_view text) { peer.Say(std::string(text)); });
  std::cout << "ready" << std::endl;
  sockets.Run();
}
