// How the gRPC door proves who it is and asks who comes.
#pragma once

#include <grpcpp/security/server_credentials.h>

#include <memory>
#include <string>

namespace chathub {

// Paths of PEM files.
struct TlsFiles {
  std::string certificate;  // with what stands between it and its authority
  std::string key;
  std::string client_ca;  // empty: nobody is asked for a certificate
};

// TLS 1.2 at least. The files are looked at again every second: new ones count for the next
// handshake, and what is wrong with new ones leaves the old ones in force.
std::shared_ptr<grpc::ServerCredentials> TlsCredentials(const TlsFiles& files);

}  // namespace chathub
