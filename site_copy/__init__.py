"""The site as files that any web server or object storage serves: its pages, uploads, files for machines and error pages."""
