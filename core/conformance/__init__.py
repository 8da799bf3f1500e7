"""What a plugin must show: checks of a plugin from outside, and the tier that it reaches.

``thongthin plugin check`` runs them, and so does pytest with ``--thongthin-plugin``.
"""
