"""The tests of the Python package; `python3 -m unittest discover -s python/tests -t python` runs them.

They take the library that the package finds. `EXEQUATUR_TEST_PACK` names the shipped rules as a pack file.
"""
