// A handler's store in memory: of a test, and forgotten with it.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "chathub/v1/problem.pb.h"
#include "chathub/v1/store.grpc.pb.h"

namespace chathub::sdk {

// Any thread. Nothing in it expires; a watch is UNIMPLEMENTED.
class TestStore final : public v1::Store::Service {
 public:
  using Writes = google::protobuf::RepeatedPtrField<v1::StoreWrite>;

  // What became of writes: all happened, unless one of the first two is there.
  struct Applied {
    std::optional<v1::StoreConflict> conflict = {};
    std::optional<v1::Problem> problem = {};
    // One for each write, 0 for a delete.
    std::vector<std::uint64_t> revisions = {};
  };
  Applied Apply(const Writes& writes);
  std::optional<v1::StoreEntry> Find(const std::string& key) const;

  grpc::Status Get(grpc::ServerContext* context, const v1::StoreGetRequest* request,
                   v1::StoreGetResponse* response) override;
  grpc::Status Put(grpc::ServerContext* context, const v1::StorePutRequest* request,
                   v1::StorePutResponse* response) override;
  grpc::Status Delete(grpc::ServerContext* context, const v1::StoreDeleteRequest* request,
                      v1::StoreDeleteResponse* response) override;
  grpc::Status List(grpc::ServerContext* context, const v1::StoreListRequest* request,
                    v1::StoreListResponse* response) override;
  grpc::Status Batch(grpc::ServerContext* context, const v1::StoreBatchRequest* request,
                     v1::StoreBatchResponse* response) override;

 private:
  using Entries = std::map<std::string, v1::StoreEntry>;

  // Under the lock. Leaves what it fails at in `applied`.
  void Apply(const v1::StoreWrite& write, Entries& entries, Applied& applied);

  mutable std::mutex mutex_;
  Entries entries_;
  std::uint64_t revision_ = 0;
};

}  // namespace chathub::sdk
