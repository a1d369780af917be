"""How the reference LALM is trained: from random weights, on speech made here, by fixed numbers of steps.

``labels`` what it is taught to say -> ``vocabulary`` and ``network`` the untrained model -> ``features`` speech as
log-mel, and its changes -> ``hearing`` the losses that align sound with words -> ``stages`` text, hearing, joint ->
``loop`` one stage's steps, resumable -> ``export`` the checkpoint as transformers and vLLM load it.
"""
