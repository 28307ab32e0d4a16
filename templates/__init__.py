"""GOAL templates: a plain Python package, not a folder with HTML and not an app itself.

``library`` holds the goal templates that POS publishes; ``workspace`` is what an organisation does with them.
HTML lives in each app's own ``templates/<label>/``.
"""
