"""What AWS holds, read back through boto3 and compared with the resolved clusters: `table.ROWS` is the way in."""
