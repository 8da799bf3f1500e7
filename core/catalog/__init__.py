"""The approved catalog: what may be installed here, on whose word, and what was stopped.

On the keepers' side ``keys``, ``repository``, ``writing``, ``ceremonies`` and ``packing``; on an
installation's side everything else.
"""
