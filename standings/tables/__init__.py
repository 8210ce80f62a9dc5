"""The tables of the site: classes of their own, drawn by django-tables2 and tested without a request."""
