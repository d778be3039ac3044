package chathub

import (
	"bufio"
	"crypto/tls"
	"errors"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strings"
)

// Hub tells how to reach the hub. Every field may stay empty: on one machine nothing needs saying.
type Hub struct {
	// Address is a gRPC target, for example `unix:/run/chathub/hub.sock` or `127.0.0.1:6196`. Empty:
	// the environment's CHATHUB_ADDRESS, else the first line of `endpoints` in the data folder.
	Address string
	// Token. Empty: the environment's CHATHUB_TOKEN, else `owner-token` in the data folder.
	Token string
	// DataFolder is where the hub keeps its data. Empty: $CHATHUB_DATA, else $XDG_DATA_HOME/chathub,
	// else ~/.local/share/chathub.
	DataFolder string
	// TLS, if set, encrypts the connection: its RootCAs say whom to trust, its Certificates who we
	// are. Nil: the environment's CHATHUB_CA, with CHATHUB_CERTIFICATE and CHATHUB_KEY (PEM files);
	// else in the clear, on Unix sockets and the loopback address alone.
	TLS *tls.Config
}

// errNotRunning: nothing listens yet; it may be there a moment later.
type errNotRunning struct{ folder string }

func (e errNotRunning) Error() string {
	return "no hub is running in " + e.folder + " (start one with: chathub serve)"
}

// errSetup: waiting will not help.
type errSetup string

func (e errSetup) Error() string { return string(e) }

// find reads the fields, the environment and the data folder, in this order; never the network. The
// answer changes when the hub starts, ends or listens elsewhere: ask again before every connection.
func (h Hub) find() (address, token string, err error) {
	folder := h.dataFolder()
	address = firstOf(h.Address, os.Getenv("CHATHUB_ADDRESS"))
	toldWhere := address != ""
	if !toldWhere {
		if address, _ = firstLine(filepath.Join(folder, "endpoints")); address == "" {
			return "", "", errNotRunning{folder}
		}
	}
	if token = firstOf(h.Token, os.Getenv("CHATHUB_TOKEN")); token == "" {
		line, exists := firstLine(filepath.Join(folder, "owner-token"))
		// The hub writes it before it listens, so without an address there is no hub here yet.
		if !exists && !toldWhere {
			return "", "", errNotRunning{folder}
		}
		if line == "" {
			return "", "", errSetup("no token: set CHATHUB_TOKEN, or make " + folder + "/owner-token readable")
		}
		token = line
	}
	if !isToken(token) {
		return "", "", errSetup("the token holds characters no token has")
	}
	return address, token, nil
}

func (h Hub) dataFolder() string {
	if folder := firstOf(h.DataFolder, os.Getenv("CHATHUB_DATA")); folder != "" {
		return folder
	}
	if folder := os.Getenv("XDG_DATA_HOME"); folder != "" {
		return folder + "/chathub"
	}
	return homeFolder() + "/.local/share/chathub"
}

func homeFolder() string {
	if home := os.Getenv("HOME"); home != "" {
		return home
	}
	if user, err := user.Current(); err == nil {
		return user.HomeDir
	}
	return ""
}

// firstLine of a file; an unreadable file counts as empty.
func firstLine(path string) (line string, exists bool) {
	file, err := os.Open(path)
	if err != nil {
		return "", errors.Is(err, fs.ErrPermission)
	}
	defer file.Close()
	line, _ = bufio.NewReader(file).ReadString('\n')
	return strings.TrimRight(strings.TrimSuffix(line, "\n"), "\r "), true
}

// isToken: a token goes into a header, where only visible ASCII may stand.
func isToken(token string) bool {
	return !strings.ContainsFunc(token, func(r rune) bool { return r < '!' || r > '~' })
}

func firstOf(first, second string) string {
	if first != "" {
		return first
	}
	return second
}
