"""The reference LALM's own requests for evaluations, as items: the conditions they are spoken in, and calibration.

``questions`` draws what is asked, ``takes`` speaks it, ``composed`` and ``translations`` ask it otherwise, ``suite``
gives whole conditions by name, ``calibration`` what defences are fitted on.
"""
