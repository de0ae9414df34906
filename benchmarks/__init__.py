"""What `make bench` runs: times, bytes and memory of this machine, each against its goal."""
