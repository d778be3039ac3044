"""What every goal is measured with; start reading at goal.py."""
