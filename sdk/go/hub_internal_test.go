package chathub

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheHubIsFoundByOptionsThenEnvironmentThenDataFolder(t *testing.T) {
	for name, c := range map[string]struct {
		hub            Hub
		environment    map[string]string
		files          map[string]string
		address, token string
		complaint      string
	}{
		"options win": {
			hub:         Hub{Address: "a", Token: "t"},
			environment: map[string]string{"CHATHUB_ADDRESS": "other", "CHATHUB_TOKEN": "other"},
			address:     "a", token: "t",
		},
		"the environment is next": {
			environment: map[string]string{"CHATHUB_ADDRESS": "a", "CHATHUB_TOKEN": "t"},
			files:       map[string]string{"endpoints": "other\n", "owner-token": "other\n"},
			address:     "a", token: "t",
		},
		"then the data folder": {
			files:   map[string]string{"endpoints": "unix:/hub.sock \r\n127.0.0.1:1\n", "owner-token": "t\n"},
			address: "unix:/hub.sock", token: "t",
		},
		"a mixture": {
			hub:     Hub{Address: "a"},
			files:   map[string]string{"owner-token": "t"},
			address: "a", token: "t",
		},
		"no hub": {complaint: "no hub is running in FOLDER (start one with: chathub serve)"},
		"a hub that ended": {
			files: map[string]string{"owner-token": "t\n"}, complaint: "no hub is running in FOLDER",
		},
		"a hub without a token yet": {
			files: map[string]string{"endpoints": "a\n"}, complaint: "no hub is running in FOLDER",
		},
		"an address and no token": {
			hub: Hub{Address: "a"}, complaint: "no token: set CHATHUB_TOKEN, or make FOLDER/owner-token readable",
		},
		"a token that is none": {
			hub: Hub{Address: "a", Token: "ü"}, complaint: "the token holds characters no token has",
		},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			t.Setenv("CHATHUB_ADDRESS", c.environment["CHATHUB_ADDRESS"])
			t.Setenv("CHATHUB_TOKEN", c.environment["CHATHUB_TOKEN"])
			t.Setenv("CHATHUB_DATA", folder)
			for file, text := range c.files {
				if err := os.WriteFile(filepath.Join(folder, file), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			address, token, err := c.hub.find()
			if address != c.address || token != c.token {
				t.Errorf("found %q and %q (%v)", address, token, err)
			}
			complaint := strings.ReplaceAll(c.complaint, "FOLDER", folder)
			if (err != nil) != (complaint != "") || err != nil && !strings.HasPrefix(err.Error(), complaint) {
				t.Errorf("complained %v", err)
			}
			if waits := strings.HasPrefix(c.complaint, "no hub"); err != nil && isFinal(err) == waits {
				t.Errorf("waiting helps: %v", !waits)
			}
		})
	}
}

func TestTheDataFolderIsWhereTheEnvironmentSays(t *testing.T) {
	t.Setenv("HOME", "/home/ada")
	t.Setenv("XDG_DATA_HOME", "")
	t.Setenv("CHATHUB_DATA", "")
	expect := func(expected string, hub Hub) {
		t.Helper()
		if folder := hub.dataFolder(); folder != expected {
			t.Errorf("it is %s, expected %s", folder, expected)
		}
	}
	expect("/home/ada/.local/share/chathub", Hub{})
	t.Setenv("XDG_DATA_HOME", "/xdg")
	expect("/xdg/chathub", Hub{})
	t.Setenv("CHATHUB_DATA", "/data")
	expect("/data", Hub{})
	expect("/given", Hub{DataFolder: "/given"})
}
