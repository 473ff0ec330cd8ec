"""CloudWatch alarms: which there are, as a table, and what a cluster makes of each."""
