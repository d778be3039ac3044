// Who the bot is on IRC, where it is to be, and the manners of the server.
#pragma once

#include <string>
#include <vector>

#include "adapters/irc/moment.h"

namespace chathub::irc {

struct Settings {
  // Of the adapter: ids of users and rooms begin with it and '/'.
  std::string adapter = "irc";
  std::string nick = "hub";
  std::string user = "hub";
  std::string real_name = "Chathub";
  // Empty: the server asks for none.
  std::string server_password = {};

  // At the network's services. Empty: the bot has none.
  std::string account = {};
  std::string password = {};
  // The certificate of the connection says who we are: SASL EXTERNAL.
  bool external = false;
  // Whom to identify to where there is no SASL.
  std::string nickserv = "NickServ";

  // Each `#name`, or `#name key`.
  std::vector<std::string> channels = {};
  // After being kicked out of one; 0: stay away.
  Moment return_after_kick{30'000};

  // What the server puts up with: so many lines at once, then one in each interval.
  int flood_burst = 5;
  Moment flood_interval{2'000};
};

}  // namespace chathub::irc
