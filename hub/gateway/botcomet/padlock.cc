#include "hub/gateway/botcomet/padlock.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <functional>
#include <memory>

#include "absl/strings/escaping.h"
#include "hub/base/secrets.h"

namespace chathub::botcomet {
namespace {

constexpr std::size_t kLongestText = 4096;
constexpr std::size_t kOaepOverhead = 42;
constexpr std::size_t kPkcsOverhead = 11;
constexpr int kBits = 2048;

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Free>;
using Bio = std::unique_ptr<BIO, Free>;

// Only RSA keys; null for anything else.
Key ReadKey(const std::string& pem, bool is_private) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const auto no_password = [](char*, int, int, void*) { return 0; };
  Key key(is_private ? PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr)
                     : PEM_read_bio_PUBKEY(bio.get(), nullptr, no_password, nullptr));
  ERR_clear_error();
  if (key != nullptr && EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA) key.reset();
  return key;
}

// What was written into memory by `write`.
std::string Written(const std::function<int(BIO*)>& write) {
  const Bio bio(BIO_new(BIO_s_mem()));
  write(bio.get());
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

std::string PublicPem(EVP_PKEY* key) {
  return Written([key](BIO* bio) { return PEM_write_bio_PUBKEY(bio, key); });
}

using Start = int (*)(EVP_PKEY_CTX*);
using Work = int (*)(EVP_PKEY_CTX*, unsigned char*, std::size_t*, const unsigned char*,
                     std::size_t);

// Block by block; nothing if any of them fails.
std::optional<std::string> InBlocks(EVP_PKEY* key, std::string_view text, std::size_t block,
                                    int padding, Start start, Work work) {
  const Context context(EVP_PKEY_CTX_new(key, nullptr));
  if (start(context.get()) <= 0) return std::nullopt;
  if (EVP_PKEY_CTX_set_rsa_padding(context.get(), padding) <= 0) return std::nullopt;
  std::string result;
  std::string piece(static_cast<std::size_t>(EVP_PKEY_get_size(key)), '\0');
  for (; !text.empty(); text.remove_prefix(std::min(block, text.size()))) {
    const std::string_view part = text.substr(0, block);
    std::size_t size = piece.size();
    const int done = work(context.get(), reinterpret_cast<unsigned char*>(piece.data()), &size,
                          reinterpret_cast<const unsigned char*>(part.data()), part.size());
    ERR_clear_error();
    if (done <= 0) return std::nullopt;
    result.append(piece, 0, size);
  }
  return result;
}

std::string ToBase64(const std::string& bytes) { return absl::Base64Escape(bytes); }

std::optional<std::string> FromBase64(std::string_view text) {
  std::string bytes;
  if (!absl::Base64Unescape(absl::string_view(text.data(), text.size()), &bytes)) {
    return std::nullopt;
  }
  if (bytes.empty() || bytes.size() > kLongestText) return std::nullopt;
  return bytes;
}

std::size_t SizeOf(const Key& key) {
  return static_cast<std::size_t>(EVP_PKEY_get_size(key.get()));
}

}  // namespace

std::optional<KeyPair> MakeKeyPair() {
  const Key key(EVP_RSA_gen(kBits));
  if (key == nullptr) return std::nullopt;
  return KeyPair{PublicPem(key.get()), Written([&](BIO* bio) {
                   return PEM_write_bio_PKCS8PrivateKey(bio, key.get(), nullptr, nullptr, 0,
                                                        nullptr, nullptr);
                 })};
}

std::optional<KeyPair> PairOf(const std::string& private_pem) {
  const Key key = ReadKey(private_pem, true);
  if (key == nullptr) return std::nullopt;
  return KeyPair{PublicPem(key.get()), private_pem};
}

std::string AddressOf(std::string_view public_pem) {
  return absl::BytesToHexString(Sha256(public_pem));
}

std::optional<std::string> Lock(const std::string& public_pem, std::string_view text) {
  const Key key = ReadKey(public_pem, false);
  if (key == nullptr || SizeOf(key) <= kOaepOverhead) return std::nullopt;
  const auto locked = InBlocks(key.get(), text, SizeOf(key) - kOaepOverhead, RSA_PKCS1_OAEP_PADDING,
                               EVP_PKEY_encrypt_init, EVP_PKEY_encrypt);
  return locked.has_value() ? std::optional(ToBase64(*locked)) : std::nullopt;
}

std::optional<std::string> Unlock(const std::string& private_pem, std::string_view challenge) {
  const Key key = ReadKey(private_pem, true);
  const auto locked = FromBase64(challenge);
  if (key == nullptr || !locked.has_value()) return std::nullopt;
  const auto text = InBlocks(key.get(), *locked, SizeOf(key), RSA_PKCS1_OAEP_PADDING,
                             EVP_PKEY_decrypt_init, EVP_PKEY_decrypt);
  if (!text.has_value()) return std::nullopt;
  const auto answer = InBlocks(key.get(), *text, SizeOf(key) - kPkcsOverhead, RSA_PKCS1_PADDING,
                               EVP_PKEY_sign_init, EVP_PKEY_sign);
  return answer.has_value() ? std::optional(ToBase64(*answer)) : std::nullopt;
}

std::optional<std::string> Open(const std::string& public_pem, std::string_view answer) {
  const Key key = ReadKey(public_pem, false);
  const auto bytes = FromBase64(answer);
  if (key == nullptr || !bytes.has_value()) return std::nullopt;
  return InBlocks(key.get(), *bytes, SizeOf(key), RSA_PKCS1_PADDING, EVP_PKEY_verify_recover_init,
                  EVP_PKEY_verify_recover);
}

}  // namespace chathub::botcomet
