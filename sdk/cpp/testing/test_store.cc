#include "sdk/cpp/testing/test_store.h"

#include <charconv>
#include <utility>

#include "chathub/internal/rpc_status.pb.h"

namespace chathub::sdk {
namespace {

constexpr std::size_t kUsualPage = 100;

v1::Problem ProblemFor(v1::Reason reason, std::string detail) {
  v1::Problem problem;
  problem.set_reason(reason);
  problem.set_detail(std::move(detail));
  return problem;
}

grpc::Status StatusOf(grpc::StatusCode code, const v1::Problem& problem) {
  internal::RpcStatus details;
  details.set_code(code);
  details.set_message(problem.detail());
  details.add_details()->PackFrom(problem);
  return {code, problem.detail(), details.SerializeAsString()};
}

grpc::Status StatusOf(const TestStore::Applied& applied) {
  if (applied.problem) return StatusOf(grpc::StatusCode::INVALID_ARGUMENT, *applied.problem);
  if (!applied.conflict) return grpc::Status::OK;
  return StatusOf(grpc::StatusCode::ABORTED,
                  ProblemFor(v1::REASON_CONFLICT, applied.conflict->key() + " has changed"));
}

// Nothing: it is no number.
std::optional<std::int64_t> NumberIn(const std::string& text) {
  if (text.empty()) return 0;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

TestStore::Applied TestStore::Apply(const Writes& writes) {
  std::lock_guard lock(mutex_);
  Entries entries = entries_;
  Applied applied;
  for (const v1::StoreWrite& write : writes) {
    Apply(write, entries, applied);
    if (applied.conflict || applied.problem) return applied;
  }
  entries_ = std::move(entries);
  return applied;
}

void TestStore::Apply(const v1::StoreWrite& write, Entries& entries, Applied& applied) {
  v1::StoreEntry entry;
  if (const auto found = entries.find(write.key()); found != entries.end()) entry = found->second;
  if (write.has_if_revision() && write.if_revision() != entry.revision()) {
    applied.conflict.emplace();
    applied.conflict->set_key(write.key());
    applied.conflict->set_revision(entry.revision());
    return;
  }
  if (write.has_delete_()) {
    entries.erase(write.key());
    applied.revisions.push_back(0);
    return;
  }
  if (write.change_case() == v1::StoreWrite::kAdd) {
    const auto number = NumberIn(entry.value());
    if (!number) {
      applied.problem = ProblemFor(v1::REASON_BAD_FRAME, write.key() + " is no number");
      return;
    }
    entry.set_value(std::to_string(*number + write.add()));
  } else {
    entry.set_value(write.put().value());
  }
  entry.set_key(write.key());
  entry.set_revision(++revision_);
  applied.revisions.push_back(revision_);
  entries[write.key()] = std::move(entry);
}

std::optional<v1::StoreEntry> TestStore::Find(const std::string& key) const {
  std::lock_guard lock(mutex_);
  const auto found = entries_.find(key);
  return found == entries_.end() ? std::nullopt : std::optional(found->second);
}

grpc::Status TestStore::Get(grpc::ServerContext*, const v1::StoreGetRequest* request,
                            v1::StoreGetResponse* response) {
  if (const auto entry = Find(request->key())) *response->mutable_entry() = *entry;
  return grpc::Status::OK;
}

grpc::Status TestStore::Put(grpc::ServerContext*, const v1::StorePutRequest* request,
                            v1::StorePutResponse* response) {
  Writes writes;
  v1::StoreWrite& write = *writes.Add();
  write.set_key(request->key());
  write.mutable_put()->set_value(request->value());
  if (request->has_if_revision()) write.set_if_revision(request->if_revision());
  const Applied applied = Apply(writes);
  if (!applied.revisions.empty()) response->set_revision(applied.revisions.front());
  return StatusOf(applied);
}

grpc::Status TestStore::Delete(grpc::ServerContext*, const v1::StoreDeleteRequest* request,
                               v1::StoreDeleteResponse*) {
  Writes writes;
  v1::StoreWrite& write = *writes.Add();
  write.set_key(request->key());
  write.mutable_delete_();
  if (request->has_if_revision()) write.set_if_revision(request->if_revision());
  return StatusOf(Apply(writes));
}

// The token of a page is the last key of the one before.
grpc::Status TestStore::List(grpc::ServerContext*, const v1::StoreListRequest* request,
                             v1::StoreListResponse* response) {
  const std::size_t most = request->page_size() == 0 ? kUsualPage : request->page_size();
  std::lock_guard lock(mutex_);
  auto place = request->page_token().empty() ? entries_.lower_bound(request->prefix())
                                             : entries_.upper_bound(request->page_token());
  for (; place != entries_.end() && place->first.starts_with(request->prefix()); ++place) {
    if (static_cast<std::size_t>(response->entries_size()) == most) {
      response->set_next_page_token(response->entries().rbegin()->key());
      break;
    }
    *response->add_entries() = place->second;
  }
  return grpc::Status::OK;
}

grpc::Status TestStore::Batch(grpc::ServerContext*, const v1::StoreBatchRequest* request,
                              v1::StoreBatchResponse* response) {
  const Applied applied = Apply(request->writes());
  for (const std::uint64_t revision : applied.revisions) response->add_revisions(revision);
  return StatusOf(applied);
}

}  // namespace chathub::sdk
