package chathub_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"
	"testing"
	"time"

	chathub "github.com/chathub/chathub/sdk/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
)

// certificate is one that names the loopback address, and the pool that trusts it alone.
func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"},
		NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true,
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key}, pool
}

func TestBothEndsShowTheirCertificates(t *testing.T) {
	hubs, trustInHub := certificate(t)
	ours, trustInUs := certificate(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer(grpc.Creds(credentials.NewTLS(&tls.Config{
		Certificates: []tls.Certificate{hubs}, ClientCAs: trustInUs, ClientAuth: tls.RequireAndVerifyClientCert,
	})))
	hub := serveFakeHub(t, listener.Addr().String(), listener, server)
	stranger := hi()
	stranger.Hub = chathub.Hub{Address: hub.address, Token: "secret", TLS: &tls.Config{RootCAs: trustInHub}}
	hub.run(stranger)
	trusted := calling(nil)
	trusted.Hub = chathub.Hub{Address: hub.address, Token: "secret", TLS: &tls.Config{
		RootCAs: trustInHub, Certificates: []tls.Certificate{ours},
	}}
	hub.run(trusted)
	if _, hello := hub.greeted(); hello.Name != "bot" {
		t.Errorf("heard %v", hello)
	}
}
