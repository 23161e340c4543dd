"""What whoever operates the site sees of it: what is counted, what is logged, what is wrong with the machine at a start."""
