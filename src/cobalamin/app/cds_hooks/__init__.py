"""CDS Hooks 2.0: what a record system asks and the cards it gets. Pure functions from plain data to plain data; the router puts them behind HTTP."""
