// Package session is a peer's talk with the hub, without goroutines, sockets or clock: what is heard
// goes in, what is to be said and done comes out. Nothing here is safe for concurrent use; the
// lifeline that owns a session has the lock.
package session
