"""How findings and verdicts are written down: each module one format, from an assessment to text or bytes."""
