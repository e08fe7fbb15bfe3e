"""The pages with no server: a folder of files in which the same program runs inside the browser."""
