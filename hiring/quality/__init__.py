"""How well people, questions and the process do: a private mirror, question statistics, waiting times."""
