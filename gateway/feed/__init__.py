"""From a session's feed to its clients: this gateway's copy, snapshots, resume, fan-out."""
