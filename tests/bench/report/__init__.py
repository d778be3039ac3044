"""docs/performance.md and its drawings, made of docs/performance.json and nothing else."""
