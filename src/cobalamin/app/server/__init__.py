"""The web server: the pages over HTTP, and what keeps them safe. Loaded only by `cobalamin serve`."""
