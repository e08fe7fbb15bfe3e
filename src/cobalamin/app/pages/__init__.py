"""The pages of the point of care: from what a form holds to HTML and its JSON twin, with no server in sight, so that they also run inside a browser."""
