"""The commands, one file each; `command` in each is what `parsing` looks for."""
