"""What the documentation is made with: tables from the catalogue, pages of rules, the picture.

``python docs/making/tables.py`` and ``python docs/making/picture.py`` write
what is kept in the repository; the rest is made while Sphinx builds the site.
"""
