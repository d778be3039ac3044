#include "hub/tls_files.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <string>

#include "hub/base/errors.h"

namespace chathub {
namespace {

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

absl::Status CannotRead(const std::string& path) {
  return Fail(Reason::kOurFault, "cannot read " + path + ": " + std::strerror(errno));
}

// Links are followed: who renews certificates often keeps them behind links.
absl::Status CheckPrivate(const std::string& path) {
  struct stat found {};
  if (stat(path.c_str(), &found) != 0) return CannotRead(path);
  if (found.st_uid != geteuid() && found.st_uid != 0) {
    return Fail(Reason::kNotAllowed, "the key " + path + " belongs to another user");
  }
  if ((found.st_mode & 077) != 0) {
    return Fail(Reason::kNotAllowed, "the key " + path +
                                         " is open to other users, who may have read it; close "
                                         "it with: chmod 600 " +
                                         path);
  }
  return absl::OkStatus();
}

absl::Status CheckReadable(const std::string& path) {
  return access(path.c_str(), R_OK) == 0 ? absl::OkStatus() : CannotRead(path);
}

absl::Status CheckPair(SSL_CTX* context, const ListenConfig& listen) {
  if (SSL_CTX_use_certificate_chain_file(context, listen.tls_certificate.c_str()) != 1) {
    return Fail(Reason::kBadFrame, listen.tls_certificate + " holds no certificate in PEM");
  }
  // Wrong as a key, or of another certificate.
  if (SSL_CTX_use_PrivateKey_file(context, listen.tls_key.c_str(), SSL_FILETYPE_PEM) == 1) {
    return absl::OkStatus();
  }
  return Fail(Reason::kBadFrame, listen.tls_key + " holds no key in PEM without a password that " +
                                     "belongs to the certificate " + listen.tls_certificate);
}

absl::Status CheckAuthority(SSL_CTX* context, const std::string& path) {
  if (SSL_CTX_load_verify_locations(context, path.c_str(), nullptr) == 1) return absl::OkStatus();
  return Fail(Reason::kBadFrame, path + " holds no certificate in PEM");
}

}  // namespace

absl::Status CheckTlsFiles(const ListenConfig& listen) {
  if (listen.tls_certificate.empty()) return absl::OkStatus();
  absl::Status status = CheckReadable(listen.tls_certificate);
  if (status.ok()) status = CheckPrivate(listen.tls_key);
  if (status.ok()) status = CheckReadable(listen.tls_key);
  if (status.ok() && !listen.tls_client_ca.empty()) status = CheckReadable(listen.tls_client_ca);
  if (!status.ok()) return status;

  const Context context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  status = CheckPair(context.get(), listen);
  if (status.ok() && !listen.tls_client_ca.empty()) {
    status = CheckAuthority(context.get(), listen.tls_client_ca);
  }
  ERR_clear_error();
  return status;
}

}  // namespace chathub
