"""`quizline play`: bots play a whole quiz over real wires, and what they saw is checked against Kafka's log."""
