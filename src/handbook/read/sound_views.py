SOUND_VIEWS: frozenset[str] = frozenset()
