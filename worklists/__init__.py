"""Work finds its people: translations that are asked for, what waits for whom, the home of each role, a mail a day."""
