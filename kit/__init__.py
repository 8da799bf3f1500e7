"""The parts that services are built from: Thai conventions, forms, places, papers, cases.

Arrows between its rooms run one way: thai, geo, forms, offline, documents, treasury, casework.
"""
