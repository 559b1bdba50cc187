"""What the month holds, day by day: a page, and a feed for the calendar of a phone."""
