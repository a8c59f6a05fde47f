"""What hosts, players and the clock do to sessions: commands, deadlines, joins, the events that tell of them."""
