"""What the law and the form demand of a report: catalogue, checks, verdicts."""
