package chathub

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"os"
	"strings"
)

// tlsFor is how a connection to address is encrypted; nil: in the clear, which only this machine gets
// to hear. The field TLS comes before the environment; docs/security.md has the rules.
func (h Hub) tlsFor(address string) (*tls.Config, error) {
	if strings.HasPrefix(address, "unix") {
		return nil, nil
	}
	if h.TLS != nil {
		return h.TLS, nil
	}
	ca := os.Getenv("CHATHUB_CA")
	if ca != "" {
		return tlsFromFiles(ca, os.Getenv("CHATHUB_CERTIFICATE"), os.Getenv("CHATHUB_KEY"))
	}
	if isLoopback(address) {
		return nil, nil
	}
	return nil, errSetup("the hub at " + address + " is beyond this machine, where a token must not go " +
		"in the clear; name its authority's certificate with CHATHUB_CA")
}

func tlsFromFiles(ca, certificate, key string) (*tls.Config, error) {
	text, err := os.ReadFile(ca)
	if err != nil {
		return nil, errSetup("cannot read " + ca + ": " + err.Error())
	}
	config := &tls.Config{RootCAs: x509.NewCertPool()}
	if !config.RootCAs.AppendCertsFromPEM(text) {
		return nil, errSetup("there is no certificate in " + ca)
	}
	if (certificate == "") != (key == "") {
		return nil, errSetup("CHATHUB_CERTIFICATE and CHATHUB_KEY go together; one of them is missing")
	}
	if key == "" {
		return config, nil
	}
	if found, err := os.Stat(key); err == nil && found.Mode()&0o077 != 0 {
		return nil, errSetup("the key " + key + " is open to other users, who may have read it; " +
			"close it with: chmod 600 " + key)
	}
	own, err := tls.LoadX509KeyPair(certificate, key)
	if err != nil {
		return nil, errSetup("the certificate cannot be used: " + err.Error())
	}
	config.Certificates = []tls.Certificate{own}
	return config, nil
}

func isLoopback(address string) bool {
	for _, scheme := range []string{"dns:///", "dns:", "ipv4:", "ipv6:", "passthrough:///"} {
		address = strings.TrimPrefix(address, scheme)
	}
	host, _, err := net.SplitHostPort(address)
	return err == nil && (host == "localhost" || net.ParseIP(host).IsLoopback())
}
