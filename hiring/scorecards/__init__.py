"""The interview kit and the scorecard: rating with evidence, saving, submitting."""
