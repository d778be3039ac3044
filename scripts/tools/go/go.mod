// What makes the stubs of sdk/go from proto/: programs for building, not libraries of ours.
module github.com/chathub/chathub/scripts/tools/go

go 1.22.0

require (
	google.golang.org/grpc/cmd/protoc-gen-go-grpc v1.5.1
	google.golang.org/protobuf v1.36.4
)
