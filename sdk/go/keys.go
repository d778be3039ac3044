package chathub

import (
	"regexp"
	"strings"
)

var peerName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// orderKey is how others than the delivery itself name what a Say posted under key: the key ends with
// the delivery's id.
func orderKey(key string) string {
	said := strings.SplitN(key, " ", 3)
	if len(said) != 3 || said[0] != "say" {
		return key
	}
	return said[2] + "/say/" + key
}
