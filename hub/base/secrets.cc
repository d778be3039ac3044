#include "hub/base/secrets.h"

#include <sodium.h>

#include <cstdlib>

namespace chathub {
namespace {

// Fails only where the system has no source of random bits at all.
void StartSodium() {
  if (sodium_init() < 0) std::abort();
}

std::string RandomHex(std::size_t bytes) {
  StartSodium();
  std::string raw(bytes, '\0');
  randombytes_buf(raw.data(), raw.size());
  std::string hex(bytes * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), reinterpret_cast<const unsigned char*>(raw.data()),
                 raw.size());
  hex.pop_back();
  return hex;
}

}  // namespace

std::string RandomId() { return RandomHex(16); }

std::string RandomSecret() { return RandomHex(32); }

std::string Sha256(std::string_view text) {
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()),
                     reinterpret_cast<const unsigned char*>(text.data()), text.size());
  return hash;
}

std::string HashPassword(std::string_view password) {
  StartSodium();
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  // Fails only where there is no memory.
  if (crypto_pwhash_str(hash.data(), password.data(), password.size(),
                        crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    std::abort();
  }
  hash.resize(hash.find('\0'));
  return hash;
}

bool IsPassword(std::string_view password, const std::string& hash) {
  StartSodium();
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool EqualInConstantTime(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace chathub
