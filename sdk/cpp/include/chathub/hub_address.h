// Finds the hub of this user: where it listens and the token that it asks for.
#pragma once

#include <string>

namespace chathub {

// How a program reaches the hub. Every field may stay empty: on one machine nothing needs saying.
struct HubOptions {
  // A gRPC target, for example `unix:/run/chathub/hub.sock` or `127.0.0.1:6196`. Empty: the
  // environment's CHATHUB_ADDRESS, else the first line of `endpoints` in the data folder.
  std::string address;
  // Empty: the environment's CHATHUB_TOKEN, else `owner-token` in the data folder.
  std::string token;
  // Where the hub keeps its data. Empty: see DataFolder.
  std::string data_folder;
  // A PEM file with the certificate of the authority that the hub's own certificate must come from;
  // says that the hub speaks TLS. Empty: the environment's CHATHUB_CA, else there is no TLS. Not
  // for the Unix socket; beyond this machine there must be one.
  std::string ca;
  // PEM files, for a hub that asks for a certificate. Nobody but their owner may read the key.
  // Empty: the environment's CHATHUB_CERTIFICATE and CHATHUB_KEY, else none.
  std::string certificate;
  std::string key;
};

struct HubAddress {
  std::string target;
  std::string token;
  // Paths. Empty: no TLS; no certificate of our own.
  std::string ca;
  std::string certificate;
  std::string key;
};

// What FindHub found: an address, or why there is none.
struct FoundHub {
  enum class Outcome {
    kFound,
    // Nothing listens yet; it may be there a moment later.
    kNotRunning,
    // Waiting will not help.
    kMisconfigured,
  };

  Outcome outcome = Outcome::kFound;
  HubAddress address;
  // One sentence for a person, unless kFound.
  std::string problem;

  explicit operator bool() const { return outcome == Outcome::kFound; }
};

// Reads the options, the environment and the data folder, in this order; never the network. The
// answer changes when the hub starts, ends or listens elsewhere: ask again before every connection.
FoundHub FindHub(const HubOptions& options = {});

// `given`, else $CHATHUB_DATA, else $XDG_DATA_HOME/chathub, else ~/.local/share/chathub.
std::string DataFolder(const std::string& given = {});

}  // namespace chathub
