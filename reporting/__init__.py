"""What all reports for staff share."""
