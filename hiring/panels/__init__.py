"""The panel planner: who interviews whom for a job."""
