//go:build tools

// Package tools names the programs that scripts/stubs builds, so that go.mod and go.sum pin them.
package tools

import (
	_ "google.golang.org/grpc/cmd/protoc-gen-go-grpc"
	_ "google.golang.org/protobuf/cmd/protoc-gen-go"
)
