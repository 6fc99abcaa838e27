"""The data as a whole: what they are, what was published when, dumps, changes, sitemap."""
