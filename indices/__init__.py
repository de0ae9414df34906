"""Vietnam's provincial governance indices: figures, answers, charts."""
