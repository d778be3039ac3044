// How comets and plugins prove their keys to each other: RSA, as the reference's programs do it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace chathub::botcomet {

struct KeyPair {
  std::string public_pem;   // SPKI
  std::string private_pem;  // PKCS#8
};

// All of these take milliseconds: not for the hub thread. Nothing means: not a key, or not for it.

// RSA-2048; takes a second at worst.
std::optional<KeyPair> MakeKeyPair();
std::optional<KeyPair> PairOf(const std::string& private_pem);

// A plugin's address: SHA-256 over the PEM text of its public key, byte for byte, in hexadecimal.
std::string AddressOf(std::string_view public_pem);

// What a comet asks: the text encrypted for the key (OAEP with SHA-1), in base64; long texts in
// several blocks.
std::optional<std::string> Lock(const std::string& public_pem, std::string_view text);
// What a plugin answers: the text decrypted, and encrypted with its private key (PKCS#1 type 1).
std::optional<std::string> Unlock(const std::string& private_pem, std::string_view challenge);
// What a comet reads in the answer.
std::optional<std::string> Open(const std::string& public_pem, std::string_view answer);

}  // namespace chathub::botcomet
