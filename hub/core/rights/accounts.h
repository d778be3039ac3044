// Accounts of those who come with a name and a password: bots that speak WNet.
#pragma once

#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "hub/base/workshop.h"
#include "hub/engine/engine.h"

namespace chathub {

// Rests in the store under `hub.accounts`: a hash for each name. Hashing is the workshop's.
class Accounts {
 public:
  Accounts(Engine& engine, Workshop& workshop) : engine_(engine), workshop_(workshop) {}
  Accounts(const Accounts&) = delete;
  Accounts& operator=(const Accounts&) = delete;

  // Also gives an account another password. kBadFrame: no name, or a password that is empty or
  // longer than 1024 bytes.
  void Add(const std::string& name, std::string password,
           absl::AnyInvocable<void(absl::Status)> answer);
  // kNoSuchPeer.
  absl::Status Remove(const std::string& name);
  std::vector<std::string> List() const;

  // Takes as long whether there is such an account or not.
  void Check(const std::string& name, std::string password,
             absl::AnyInvocable<void(bool)> answer) const;

 private:
  absl::Status Keep(const std::string& name, const std::string& hash);

  Engine& engine_;
  Workshop& workshop_;
};

}  // namespace chathub
