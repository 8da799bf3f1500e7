"""The web application around the plugins: requests, pages, refusals."""
