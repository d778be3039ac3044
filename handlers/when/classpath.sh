# What gRPC for Java stands on, all of it from Debian; `classpath` is how Java wants it.
jars=(grpc-api grpc-context grpc-core grpc-netty grpc-protobuf grpc-protobuf-lite grpc-stub protobuf guava
  perfmark-api netty-buffer netty-codec netty-codec-http netty-codec-http2 netty-common netty-handler
  netty-resolver netty-transport geronimo-annotation-1.3-spec)
classpath=$(printf '/usr/share/java/%s.jar:' "${jars[@]}")
