"""`quizline chaos`: faults in the middle of play, on real processes; the log tells what held."""
