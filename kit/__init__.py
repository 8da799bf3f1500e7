"""The parts that services are built from: Thai conventions, forms, places, law, papers, cases.

Arrows between its rooms run one way: thai, geo, forms, law, offline, documents,
treasury, casework.
"""
