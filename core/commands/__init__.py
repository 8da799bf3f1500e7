"""What ``thongthin`` can do on the command line: one module for each command."""
