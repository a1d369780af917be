"""How well a defence works: the same spoken requests under every defence and condition, judged alike.

``sets`` say what is asked, ``conditions`` how it sounds or is dressed up, ``defences`` what stands in the way,
``engine`` who answers, ``judges`` what an answer is, ``statistics`` how sure one may be, ``suite`` runs it all and
``report`` shows it.
"""
